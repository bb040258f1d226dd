#include "engine/packaging/package_folders.h"

#include "engine/packaging/json_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

tl::unexpected<Error> systemFailure(const QString &what)
{
    return failure(ErrorCode::Unavailable,
                   u"%1: %2."_s.arg(what, QString::fromLocal8Bit(std::strerror(errno))));
}

QByteArray encoded(const QString &path)
{
    return QFile::encodeName(path);
}

// Also a link that leads nowhere.
bool exists(const QString &path)
{
    return folderNumber(path) != 0;
}

QString packOf(const QString &previous)
{
    return previous + u"/pack"_s;
}

QString recordOf(const QString &previous)
{
    return previous + u"/record.json"_s;
}

} // namespace

QString environmentInUse(const PackageLayout &layout, const QString &ref)
{
    return QFileInfo(layout.virtualenv(ref)).symLinkTarget();
}

PackageFolders::PackageFolders(PackageLayout layout, QString operation)
    : m_layout(std::move(layout))
    , m_operation(std::move(operation))
{
}

Result<> PackageFolders::exchange(const QString &a, const QString &b) const
{
    if (renameat2(AT_FDCWD, encoded(a).constData(), AT_FDCWD, encoded(b).constData(),
                  RENAME_EXCHANGE)
        == 0)
        return {};
    if (errno != EINVAL && errno != ENOSYS)
        return systemFailure(u"%1 cannot take the place of %2"_s.arg(a, b));
    // A file system that cannot exchange: for a moment the pack is not there.
    const QString aside = a + u".aside"_s;
    SG_TRY(move(b, aside));
    SG_TRY(move(a, b));
    return move(aside, a);
}

Result<> PackageFolders::move(const QString &from, const QString &to) const
{
    QDir().mkpath(QFileInfo(to).path());
    if (std::rename(encoded(from).constData(), encoded(to).constData()) != 0)
        return systemFailure(u"%1 cannot be moved to %2"_s.arg(from, to));
    return {};
}

// Into the operation's trash, which is removed later: removing many files takes its time.
Result<> PackageFolders::discard(const QString &path, const QString &name) const
{
    if (!exists(path))
        return {};
    QString target = m_layout.trash(m_operation) + u'/' + name;
    for (int i = 1; exists(target); ++i)
        target = m_layout.trash(m_operation) + u'/' + name + u'-' + QString::number(i);
    return move(path, target);
}

Result<> PackageFolders::putInPlace(const PlannedPack &pack) const
{
    const QString installed = m_layout.pack(pack.ref);
    if (folderNumber(installed) != pack.stagedFolder) {
        const bool replaces = exists(installed);
        SG_TRY(replaces ? exchange(pack.staged, installed) : move(pack.staged, installed));
    }
    SG_TRY(keepPrevious(pack));
    SG_TRY(setLink(pack.ref, pack.environment));
    return writeJsonFile(m_layout.origin(pack.ref), pack.origin);
}

// What was exchanged for the new version lies where the new one was.
Result<> PackageFolders::keepPrevious(const PlannedPack &pack) const
{
    if (!exists(pack.staged))
        return {};
    const QString previous = m_layout.previous(pack.ref);
    if (pack.staged == packOf(previous))
        return writeJsonFile(recordOf(previous), pack.previous);
    SG_TRY(discard(previous, pack.ref + u"-previous"_s));
    SG_TRY(writeJsonFile(recordOf(previous), pack.previous));
    return move(pack.staged, packOf(previous));
}

Result<> PackageFolders::takeBack(const PlannedPack &pack) const
{
    const QString installed = m_layout.pack(pack.ref);
    const QString previous = m_layout.previous(pack.ref);
    if (folderNumber(installed) == pack.stagedFolder) {
        if (pack.installedFolder != 0)
            SG_TRY(exchange(packOf(previous), installed));
        else
            SG_TRY(discard(installed, pack.ref));
    }
    const bool wasRolledBack = pack.change == PackChange::RollBack;
    if (pack.installedFolder != 0 && !wasRolledBack) {
        SG_TRY(discard(previous, pack.ref));
        const QString kept = m_layout.trash(m_operation) + u'/' + pack.ref + u"-previous"_s;
        if (exists(kept))
            SG_TRY(move(kept, previous));
    }
    SG_TRY(setLink(pack.ref, pack.previous["environment"].toQStringOr({})));
    if (pack.installedFolder == 0) {
        QFile::remove(m_layout.origin(pack.ref));
        return {};
    }
    if (wasRolledBack)
        SG_TRY(writeJsonFile(
            recordOf(previous),
            Value::map({{"environment", pack.environment}, {"origin", pack.origin}})));
    return writeJsonFile(m_layout.origin(pack.ref), pack.previous["origin"]);
}

Result<> PackageFolders::takeAway(const PlannedPack &pack) const
{
    SG_TRY(discard(m_layout.pack(pack.ref), pack.ref));
    SG_TRY(discard(m_layout.previous(pack.ref), pack.ref + u"-previous"_s));
    SG_TRY(setLink(pack.ref, pack.environment));
    QFile::remove(m_layout.origin(pack.ref));
    return {};
}

Result<> PackageFolders::useEnvironment(const PlannedPack &pack) const
{
    SG_TRY(setLink(pack.ref, pack.environment));
    return writeJsonFile(m_layout.origin(pack.ref), pack.origin);
}

Result<> PackageFolders::setLink(const QString &ref, const QString &environment) const
{
    const QString link = m_layout.virtualenv(ref);
    if (environment == environmentInUse(m_layout, ref) && (exists(link) == !environment.isEmpty()))
        return {};
    // One that somebody made by hand is no link, and is put aside.
    if (exists(link) && !QFileInfo(link).isSymLink())
        SG_TRY(discard(link, ref + u"-environment"_s));
    if (environment.isEmpty()) {
        if (exists(link) && !QFile::remove(link))
            return systemFailure(u"%1 cannot be removed"_s.arg(link));
        return {};
    }
    QDir().mkpath(QFileInfo(link).path());
    const QString made = link + u".new"_s;
    QFile::remove(made);
    if (!QFile::link(environment, made))
        return systemFailure(u"%1 cannot be made"_s.arg(made));
    return move(made, link);
}

} // namespace stormglass
