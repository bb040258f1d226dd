#pragma once

#include "engine/base/id.h"
#include "engine/host/settings.h"
#include "engine/store/database.h"

namespace stormglass {

// What the first page says of the pack `welcome`: the file it watches, the `curl` line that calls
// its webhook, its timer. The line reads its API key from a file that only its user can read, so
// the key is in no argument and no history. Thread: engine.
class Welcome
{
public:
    Welcome(const Settings &settings, const Clock &clock, IdGenerator &ids, Database &database);

    // Makes the key and its file, once, as soon as it is known where webhooks are served.
    Result<> setApiUrl(const QString &url);
    Value document() const;

private:
    QString headerFile() const;
    Result<> keepKey();

    const Settings &m_settings;
    const Clock &m_clock;
    IdGenerator &m_ids;
    Database &m_database;
    QString m_apiUrl;
};

} // namespace stormglass
