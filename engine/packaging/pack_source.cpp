#include "engine/packaging/pack_source.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

bool isArchiveName(const QString &name)
{
    static const QRegularExpression form(
        uR"(\.(?:tar|tar\.gz|tgz|tar\.bz2|tbz2|tar\.xz|txz|zip)$)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return form.match(name).hasMatch();
}

bool isRepository(const QString &folder)
{
    return QFileInfo::exists(folder + u"/.git"_s)
        || (QFileInfo::exists(folder + u"/HEAD"_s) && QFileInfo(folder + u"/objects"_s).isDir());
}

Result<PackSource> localSource(const QString &path, const QString &version)
{
    PackSource source;
    source.location = QDir::cleanPath(u'/' + path);
    source.version = version;
    const QFileInfo info(source.location);
    if (!info.exists())
        return failure(ErrorCode::NotFound,
                       u"Local pack directory \"%1\" doesn't exist"_s.arg(source.location));
    if (info.isDir())
        source.kind
            = isRepository(source.location) ? PackSource::Kind::Git : PackSource::Kind::Folder;
    else
        source.kind = isArchiveName(source.location) ? PackSource::Kind::Archive
                                                     // git reads what `git bundle` wrote.
                                                     : PackSource::Kind::Git;
    return source;
}

Result<PackSource> remoteSource(const QString &address, const QString &version)
{
    QUrl url(address, QUrl::StrictMode);
    static const QStringList schemes{u"http"_s, u"https"_s, u"git"_s, u"ssh"_s};
    if (!url.isValid() || url.host().isEmpty() || !schemes.contains(url.scheme()))
        return failure(
            ErrorCode::Invalid,
            u"\"%1\" is no address of a pack. Known are http, https, git, ssh and file."_s.arg(
                url.isValid() ? url.toString(QUrl::RemoveUserInfo) : u"the given address"_s));
    PackSource source;
    source.version = version;
    const bool isWeb = url.scheme().startsWith(u"http");
    source.kind
        = isWeb && isArchiveName(url.path()) ? PackSource::Kind::Archive : PackSource::Kind::Git;
    if (isWeb) {
        source.user = url.userName(QUrl::FullyDecoded);
        source.password = url.password(QUrl::FullyDecoded);
        url.setUserInfo({});
    } else if (!url.password().isEmpty()) {
        return failure(ErrorCode::Invalid,
                       u"%1: ssh takes no password from an address; use a key."_s.arg(
                           url.toString(QUrl::RemoveUserInfo)));
    }
    source.location = url.toString(QUrl::FullyEncoded);
    return source;
}

// `git@host:owner/repo.git`
bool isSshShort(const QString &text)
{
    static const QRegularExpression form(
        uR"(^[A-Za-z0-9_.\-]+@[A-Za-z0-9][A-Za-z0-9.\-]*:[^:\s-][^\s]*$)"_s);
    return form.match(text).hasMatch();
}

Result<PackSource> namedSource(const QString &name, const QString &version)
{
    static const QRegularExpression form(uR"(^[A-Za-z0-9_][A-Za-z0-9_.\-]*$)"_s);
    if (!form.match(name).hasMatch())
        return failure(ErrorCode::Invalid, u"\"%1\" is no name of a pack."_s.arg(name));
    return PackSource{PackSource::Kind::Index, name, version, {}, {}};
}

} // namespace

QString PackSource::text() const
{
    return version.isEmpty() ? location : location + u'=' + version;
}

QString withSecret(const PackSource &source)
{
    const qsizetype host = source.location.indexOf(u"://") + 3;
    const auto encoded
        = [](const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); };
    PackSource full = source;
    if (!source.user.isEmpty() || !source.password.isEmpty())
        full.location.insert(host, encoded(source.user) + u':' + encoded(source.password) + u'@');
    return full.text();
}

Result<PackSource> packSourceOf(const QString &written)
{
    const QStringList parts = written.trimmed().split(u'=');
    return packSourceAt(parts[0], parts.value(1));
}

Result<PackSource> packSourceAt(const QString &location, const QString &version)
{
    static const QRegularExpression odd(uR"([\x00-\x20\x7f])"_s);
    if (location.isEmpty() || odd.match(location).hasMatch() || odd.match(version).hasMatch()
        || version.startsWith(u'-'))
        return failure(
            ErrorCode::Invalid,
            u"A pack is named as NAME, OWNER/NAME, an address or a path, with =VERSION if "
            "one is wanted."_s);
    if (location.startsWith(u"file://"))
        return localSource(location.mid(7), version);
    if (location.startsWith(u'/'))
        return localSource(location, version);
    if (isSshShort(location))
        return PackSource{PackSource::Kind::Git, location, version, {}, {}};
    if (location.contains(u"://"))
        return remoteSource(location, version);
    if (!location.contains(u'/'))
        return namedSource(location, version);
    static const QRegularExpression ownerAndName(
        uR"(^[A-Za-z0-9_][A-Za-z0-9_.\-]*/[A-Za-z0-9_.][A-Za-z0-9_.\-]*$)"_s);
    if (ownerAndName.match(location).hasMatch())
        return remoteSource(u"https://github.com/"_s + location, version);
    return failure(
        ErrorCode::Invalid,
        u"\"%1\" is neither a name, nor OWNER/NAME, nor an address with its scheme."_s.arg(
            location));
}

QString lastName(const QString &location)
{
    QString name = location.mid(location.lastIndexOf(u'/') + 1);
    if (name.contains(u".git"))
        name = name.section(u'.', 0, 0);
    return name;
}

} // namespace stormglass
