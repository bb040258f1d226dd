#include "engine/host/welcome.h"

#include "engine/access/credentials.h"

#include <QFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace stormglass {

Welcome::Welcome(const Settings &settings, const Clock &clock, IdGenerator &ids, Database &database)
    : m_settings(settings)
    , m_clock(clock)
    , m_ids(ids)
    , m_database(database)
{
}

Result<> Welcome::setApiUrl(const QString &url)
{
    m_apiUrl = url;
    return QFile::exists(headerFile()) ? Result<>() : keepKey();
}

Value Welcome::document() const
{
    Value document = Value::map(
        {{"watched_file", m_settings.contentPath(u"welcome/hello.log"_s)},
         {"timer", Value::map({{"every_seconds", 30}, {"rule", "welcome.on_timer"}})}});
    if (!m_apiUrl.isEmpty() && QFile::exists(headerFile()))
        document.set(
            "webhook_curl",
            u"curl -H @%1 -H 'Content-Type: application/json' -d '{\"name\": \"you\"}' %2/webhooks/hello"_s
                .arg(headerFile(), m_apiUrl));
    return document;
}

QString Welcome::headerFile() const
{
    return m_settings.contentPath(u"welcome/webhook.header"_s);
}

Result<> Welcome::keepKey()
{
    SG_LET(const QString key, issueApiKey(u"welcome"_s, m_database, m_ids, m_clock.now()));
    QSaveFile file(headerFile());
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return failure(ErrorCode::Unavailable,
                       u"%1 cannot be written: %2"_s.arg(file.fileName(), file.errorString()));
    file.write("St2-Api-Key: " + key.toUtf8() + '\n');
    if (!file.commit())
        return failure(ErrorCode::Unavailable,
                       u"%1 cannot be written: %2"_s.arg(file.fileName(), file.errorString()));
    return {};
}

} // namespace stormglass
