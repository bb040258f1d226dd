#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <QStringList>

namespace stormglass {

// What an operator says of packs' content without touching the packs: `_global.yaml` and
// `<pack>.yaml` of a folder (content.md 10). Pure once read; any thread.
class Overrides
{
public:
    // A file that is not there says nothing; one at fault is told and says nothing.
    static Overrides read(const QString &folder, const QString &pack);

    // Lays over a file's content what is said of it. `kind` is `actions`, `aliases`, `rules` or
    // `sensors`. Invalid if a member is named that cannot be overridden.
    Result<> apply(const QString &kind, Value &content) const;
    // What of the files could not be understood.
    const QStringList &faults() const { return m_faults; }

private:
    void take(const QString &folder, const QString &name, Value &said);

    QString m_pack;
    Value m_global = Value::map();
    Value m_own = Value::map();
    QStringList m_faults;
};

} // namespace stormglass
