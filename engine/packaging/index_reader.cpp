#include "engine/packaging/index_reader.h"

#include "engine/base/thread_name.h"
#include "engine/packaging/package_layout.h"
#include "engine/packaging/packaging_log.h"
#include "engine/packaging/tool_commands.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace stormglass {

using namespace std::chrono_literals;

namespace {

// A catalogue that was not read is asked for again sooner.
constexpr auto faultyAge = 1min;
constexpr auto downloadTimeout = 30s;

QString shown(const QString &url)
{
    return QUrl(url).toString(QUrl::RemoveUserInfo);
}

QByteArray contentOf(const QString &path, std::int64_t most)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(most) : QByteArray();
}

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

IndexReader::IndexReader(const PackagingSettings &settings, const Clock &clock, Commands &commands)
    : m_settings(settings)
    , m_clock(clock)
    , m_commands(commands)
{
}

void IndexReader::want(Take take)
{
    SG_ON(Engine);
    const std::vector<IndexStatus> &status = m_index.status();
    const bool isFaulty = std::any_of(status.begin(), status.end(), [](const IndexStatus &each) {
        return !each.error.isEmpty();
    });
    const Instant::duration age = m_clock.instant() - m_read;
    if (!m_isRead || age >= m_settings.indexAge)
        return wantFresh(std::move(take));
    // Nobody waits for one that is slow or away while there is something to show.
    if (isFaulty && age >= faultyAge && m_awaited == 0)
        download();
    take(m_index);
}

void IndexReader::wantFresh(Take take)
{
    SG_ON(Engine);
    m_waiting.push_back(std::move(take));
    if (m_awaited == 0)
        download();
}

QString IndexReader::fileOf(std::size_t position) const
{
    const QByteArray url = m_settings.indexes[static_cast<qsizetype>(position)].toUtf8();
    const QByteArray digest = QCryptographicHash::hash(url, QCryptographicHash::Sha256).toHex();
    return PackageLayout{m_settings.dataFolder}.indexes() + u'/'
        + QString::fromLatin1(digest.first(24)) + u".json"_s;
}

void IndexReader::download()
{
    const auto count = static_cast<std::size_t>(m_settings.indexes.size());
    m_parts.assign(count, {});
    m_awaited = count;
    QDir().mkpath(PackageLayout{m_settings.dataFolder}.indexes());
    for (std::size_t i = 0; i < count; ++i) {
        const QString &url = m_settings.indexes[static_cast<qsizetype>(i)];
        ProcessSpec spec
            = downloadCommand(m_settings, url, fileOf(i) + u".new"_s, m_settings.indexBytes);
        spec.timeout = downloadTimeout;
        m_commands.run(
            std::move(spec),
            {[](const QString &) {}, [this, i](Result<CommandEnd> end) { take(i, end); }});
    }
    if (count == 0)
        finish();
}

void IndexReader::take(std::size_t position, const Result<CommandEnd> &end)
{
    m_parts[position] = partOf(position, end);
    const IndexStatus &status = m_parts[position].status;
    if (!status.error.isEmpty())
        qCWarning(packagingLog).noquote()
            << "The catalogue" << status.url << "was not read:" << status.message;
    if (--m_awaited == 0)
        finish();
}

IndexPart IndexReader::partOf(std::size_t position, const Result<CommandEnd> &end) const
{
    const QString url = shown(m_settings.indexes[static_cast<qsizetype>(position)]);
    const QString file = fileOf(position);
    if (!end || !end->succeeded()) {
        const QString why = !end                              ? end.error().message
            : end->exit.cause == ProcessExit::Cause::TimedOut ? u"It did not answer in time."_s
                                                              : end->lastLines.join(u' ');
        return keptPart(position, why);
    }
    IndexPart part = indexPartOf(url, view(contentOf(file + u".new"_s, m_settings.indexBytes)));
    if (!part.status.error.isEmpty()) {
        const IndexStatus status = part.status;
        part = keptPart(position, status.message);
        part.status.error = status.error;
        return part;
    }
    QFile::remove(file);
    QFile::rename(file + u".new"_s, file);
    return part;
}

// What an earlier download left, with the reason why it is not newer.
IndexPart IndexReader::keptPart(std::size_t position, const QString &message) const
{
    const QString url = shown(m_settings.indexes[static_cast<qsizetype>(position)]);
    const QString file = fileOf(position);
    IndexPart part = unreadPart(url, u"unresponsive"_s, message);
    if (!QFileInfo::exists(file))
        return part;
    const IndexPart kept = indexPartOf(url, view(contentOf(file, m_settings.indexBytes)));
    part.packs = kept.packs;
    part.status.packs = kept.status.packs;
    part.status.message += u" Shown is what it held on %1."_s.arg(
        QFileInfo(file).lastModified().toUTC().toString(Qt::ISODate));
    return part;
}

void IndexReader::finish()
{
    m_index = PackIndex(std::exchange(m_parts, {}));
    m_isRead = true;
    m_read = m_clock.instant();
    std::vector<Take> waiting;
    waiting.swap(m_waiting);
    for (const Take &take : waiting)
        take(m_index);
}

} // namespace stormglass
