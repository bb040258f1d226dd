#pragma once

#include "engine/base/id.h"
#include "engine/base/result.h"
#include "engine/base/value.h"

#include <QStringList>

namespace stormglass {

// A list of texts in a column, as JSON.
Value fromTextList(const QStringList &texts);
QStringList toTextList(const Value &list);

// What every store says when a row it is to change is not there.
tl::unexpected<Error> noSuchRow(const QString &what, const Id &id);
// Success if a statement changed a row, else NotFound.
Result<> expectRow(const Result<std::int64_t> &changed, const QString &what, const Id &id);

} // namespace stormglass
