#include "engine/remote/remote_options.h"

#include <QStringList>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

QString withoutEnd(QString path, const QString &end)
{
    if (path.endsWith(end))
        path.chop(end.size());
    return path;
}

QUrl below(QUrl base, const QString &path)
{
    base.setPath(base.path() + path);
    return base;
}

QByteArray encodedQuery(const std::vector<std::pair<QString, QString>> &query)
{
    QByteArray encoded;
    for (const auto &[name, value] : query) {
        if (!encoded.isEmpty())
            encoded.append('&');
        encoded.append(QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value));
    }
    return encoded;
}

} // namespace

RemoteUrls RemoteUrls::at(const QString &typed)
{
    const QString text = typed.trimmed();
    QUrl base(text.contains("://"_L1) ? text : "https://"_L1 + text);
    base.setQuery(QString());
    base.setFragment(QString());
    QString path = base.path();
    for (const QString &end : {u"/"_s, u"/v1"_s, u"/api"_s})
        path = withoutEnd(path, end);
    base.setPath(path);
    return {below(base, u"/api/v1"_s), below(base, u"/auth/v1"_s), below(base, u"/stream/v1"_s)};
}

QUrl RemoteUrls::urlOf(const QString &path,
                       const std::vector<std::pair<QString, QString>> &query) const
{
    const QString service = path.section(u'/', 1, 1);
    QUrl url = service == "auth"_L1 ? auth : service == "stream"_L1 ? stream : api;
    const QString rest = path.section(u'/', 3);
    url.setPath(url.path() + u'/' + rest, QUrl::DecodedMode);
    if (!query.empty())
        url.setQuery(QString::fromLatin1(encodedQuery(query)), QUrl::StrictMode);
    return url;
}

} // namespace stormglass
