#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <QString>

#include <vector>

namespace stormglass {

// Rules for where we differ from the reference on purpose: deviations.yaml. A rule names a corpus
// and what its cases have in common, never a case.
class Deviations
{
public:
    static Result<Deviations> read(const QString &path);

    // Whether a rule covers a case that failed.
    bool cover(std::string_view corpus, const Value &recorded) const;

private:
    ValueList m_rules;
};

} // namespace stormglass
