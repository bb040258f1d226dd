#include "engine/packaging/pack_fetch.h"

#include "engine/packaging/tool_commands.h"
#include "engine/packs/pack_versions.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

using Made = Result<std::optional<ProcessSpec>>;

constexpr const char *branchPrefix = "refs/remotes/origin/";

QString withUser(const PackSource &source)
{
    QUrl url(source.location);
    if (!source.user.isEmpty() || !source.password.isEmpty()) {
        url.setUserName(source.user, QUrl::DecodedMode);
        url.setPassword(source.password, QUrl::DecodedMode);
    }
    return url.toString(QUrl::FullyEncoded);
}

} // namespace

QStringList revisionsFor(const QString &version)
{
    if (version.isEmpty())
        return {u"HEAD"_s};
    QStringList revisions{QLatin1String(branchPrefix) + version, version};
    if (isPackVersion(version))
        revisions << u'v' + version;
    return revisions;
}

std::optional<FoundRevision> revisionIn(const QString &version, const QByteArray &answer)
{
    static const QRegularExpression commit(u"^([0-9a-f]{40,64}) commit$"_s);
    const QStringList asked = revisionsFor(version);
    const QList<QByteArray> lines = answer.split('\n');
    for (qsizetype i = 0; i < asked.size() && i < lines.size(); ++i) {
        const QRegularExpressionMatch match = commit.match(QString::fromLatin1(lines[i]));
        if (match.hasMatch())
            return FoundRevision{asked[i], match.captured(1)};
    }
    return std::nullopt;
}

QStringList versionsIn(const QByteArray &tags)
{
    QStringList versions;
    for (const QByteArray &tag : tags.split('\n')) {
        const QString name = QString::fromUtf8(tag);
        if (name.startsWith(u'v') && isPackVersion(name.mid(1)))
            versions << name.mid(1);
    }
    return versions;
}

PackFetch::PackFetch(const PackagingSettings &settings, Commands &commands,
                     CommandChain::Progress progress)
    : m_settings(settings)
    , m_chain(commands, std::move(progress))
{
}

void PackFetch::begin(const PackSource &source, const QString &folder, Done done)
{
    m_source = source;
    m_folder = folder;
    m_revision.clear();
    std::deque<CommandChain::Step> steps;
    switch (source.kind) {
    case PackSource::Kind::Index:
    case PackSource::Kind::Git:
        steps = gitSteps(source);
        break;
    case PackSource::Kind::Archive:
        steps = archiveSteps(source);
        break;
    case PackSource::Kind::Folder:
        steps.push_back(plainStep(
            u"Copying %1"_s.arg(source.location),
            packTool(m_settings,
                     {u"copy"_s, source.location, folder, QString::number(m_settings.packBytes),
                      QString::number(m_settings.packFiles)})));
        break;
    }
    m_chain.run(std::move(steps), [this, done = std::move(done)](Result<QByteArray> result) {
        if (!result)
            return done(failure(result.error()));
        done(m_revision);
    });
}

CommandChain::Step PackFetch::checkStep() const
{
    return plainStep(u"Looking through %1"_s.arg(m_source.text()),
                     packTool(m_settings,
                              {u"check"_s, m_folder, QString::number(m_settings.packBytes),
                               QString::number(m_settings.packFiles)}));
}

std::deque<CommandChain::Step> PackFetch::gitSteps(const PackSource &source)
{
    QByteArray questions;
    for (const QString &revision : revisionsFor(source.version))
        questions += revision.toUtf8() + "^{commit}\n";
    std::deque<CommandChain::Step> steps;
    steps.push_back(plainStep(u"Cloning %1"_s.arg(source.location),
                              cloneCommand(m_settings, source, m_folder)));
    // Once it is cloned: before, there is no folder to be in.
    steps.push_back(
        {u"Listing the versions of %1"_s.arg(source.location), [this](const QByteArray &) -> Made {
             return std::optional(
                 gitCommand(m_settings, m_folder, {u"tag"_s, u"--list"_s, u"--sort=v:refname"_s}));
         }});
    steps.push_back({u"Looking for %1"_s.arg(source.text()),
                     [this, questions](const QByteArray &listed) -> Made {
                         m_tags = listed;
                         ProcessSpec find = gitCommand(
                             m_settings, m_folder,
                             {u"cat-file"_s, u"--batch-check=%(objectname) %(objecttype)"_s});
                         find.input = questions;
                         return std::optional(find);
                     }});
    steps.push_back({u"Checking out %1"_s.arg(source.text()),
                     [this](const QByteArray &found) { return checkOut(found); }});
    steps.push_back(checkStep());
    return steps;
}

Made PackFetch::checkOut(const QByteArray &answer)
{
    const std::optional<FoundRevision> found = revisionIn(m_source.version, answer);
    if (!found)
        return failure(unknownVersion());
    m_revision = found->commit;
    QStringList arguments{u"checkout"_s, u"--quiet"_s, u"--force"_s};
    // On a branch where one was asked for, so that it is known later which.
    if (found->asked.startsWith(QLatin1String(branchPrefix)))
        arguments << u"-B"_s << m_source.version << m_revision;
    else if (m_source.version.isEmpty())
        arguments << u"HEAD"_s;
    else
        arguments << u"--detach"_s << m_revision;
    return std::optional(gitCommand(m_settings, m_folder, arguments << u"--"_s));
}

Error PackFetch::unknownVersion() const
{
    if (m_source.version.isEmpty())
        return {
            ErrorCode::Invalid, u"%1 has no commit to install."_s.arg(m_source.location), {}, {}};
    const QStringList versions = versionsIn(m_tags);
    QString message = u"\"%1\" is not a valid version, hash, tag or branch in %2."_s.arg(
        m_source.version, m_source.location);
    if (!versions.isEmpty())
        message += u" Available versions are: %1."_s.arg(versions.join(u", "_s));
    return {ErrorCode::Invalid, message, {}, {}};
}

std::deque<CommandChain::Step> PackFetch::archiveSteps(const PackSource &source)
{
    std::deque<CommandChain::Step> steps;
    QString archive = source.location;
    if (!archive.startsWith(u'/')) {
        archive = m_folder + u".archive"_s;
        steps.push_back(plainStep(
            u"Downloading %1"_s.arg(source.location),
            downloadCommand(m_settings, withUser(source), archive, m_settings.packBytes)));
    }
    steps.push_back(
        plainStep(u"Unpacking %1"_s.arg(source.location),
                  packTool(m_settings,
                           {u"unpack"_s, archive, m_folder, QString::number(m_settings.packBytes),
                            QString::number(m_settings.packFiles)})));
    return steps;
}

} // namespace stormglass
