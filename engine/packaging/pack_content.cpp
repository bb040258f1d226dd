#include "engine/packaging/pack_content.h"

#include "engine/packaging/provided_modules.h"
#include "engine/packs/metadata_file.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <array>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr std::size_t filesAStep = 16;
constexpr qint64 requirementsRead = 1 << 20;
constexpr std::size_t mostSources = 5'000;
const QString python = u"python"_s;

// Folder of a pack → collection of the API.
const std::array<std::pair<const char *, const char *>, 6> folders{{{"actions", "actions"},
                                                                    {"sensors", "sensors"},
                                                                    {"rules", "rules"},
                                                                    {"triggers", "triggers"},
                                                                    {"aliases", "aliases"},
                                                                    {"policies", "policies"}}};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList without(const QStringList &from, const QStringList &what)
{
    QStringList left;
    for (const QString &each : from) {
        if (!what.contains(each))
            left << each;
    }
    return left;
}

} // namespace

QStringList PackContent::refsOf(const QString &kind) const
{
    QStringList refs;
    if (const auto found = kinds.find(kind); found != kinds.end()) {
        for (const auto &[ref, digest] : found->second)
            refs << ref;
    }
    return refs;
}

ContentReader::ContentReader(QString folder, QString pack)
    : m_folder(std::move(folder))
    , m_pack(std::move(pack))
{
    for (const auto &[name, kind] : folders) {
        for (const QString &path : metadataFilesIn(m_folder, QLatin1String(name)))
            m_files.push_back({QLatin1String(kind), path});
    }
    QFile requirements(m_folder + u"/requirements.txt"_s);
    if (requirements.open(QIODevice::ReadOnly))
        m_content.requirements = requirementsIn(requirements.read(requirementsRead));
    listPython();
}

// Tests are left out: they run elsewhere.
void ContentReader::listPython()
{
    std::size_t listed = 0;
    for (const char *const folder : {"actions", "sensors", "lib"}) {
        QDirIterator entries(m_folder + u'/' + QLatin1String(folder),
                             QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot,
                             QDirIterator::Subdirectories);
        while (entries.hasNext() && listed < mostSources) {
            const QFileInfo entry(entries.next());
            m_ownModules << entry.completeBaseName();
            if (entry.suffix() != u"py" || !entry.isFile())
                continue;
            m_files.push_back({python, entry.filePath().mid(m_folder.size() + 1)});
            ++listed;
        }
    }
}

bool ContentReader::step()
{
    const std::size_t end = std::min(m_files.size(), m_next + filesAStep);
    for (; m_next < end; ++m_next)
        take(m_files[m_next]);
    if (m_next < m_files.size())
        return false;
    m_content.imports.subtract(m_ownModules);
    return true;
}

void ContentReader::add(const QString &kind, const QString &name, const QByteArray &digest)
{
    m_content.kinds[kind][m_pack + u'.' + name] = digest;
}

void ContentReader::take(const File &file)
{
    if (file.kind == python)
        m_content.imports.unite(importsIn(contentOf(m_folder + u'/' + file.path)));
    else
        takeMetadata(file);
}

void ContentReader::takeMetadata(const File &file)
{
    const Result<MetadataFile> read = readMetadataFile(m_folder, file.path, m_pack);
    if (!read) {
        m_content.kinds[file.kind][file.path] = contentOf(m_folder + u'/' + file.path);
        return;
    }
    const Value &content = read->content;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(contentOf(m_folder + u'/' + file.path));
    const QString entry = content["entry_point"].toQStringOr({});
    if (!entry.isEmpty() && !entry.contains(u".."))
        hash.addData(contentOf(m_folder + u'/' + file.path.section(u'/', 0, 0) + u'/' + entry));
    const QByteArray digest = hash.result();
    const bool isSensor = file.kind == u"sensors";
    const QString name = content[isSensor ? "class_name" : "name"].toQStringOr(file.path);
    add(file.kind, name, digest);
    for (const Value &type : content["trigger_types"].itemsOrNone())
        add(u"triggers"_s, type["name"].toQStringOr({}), digest);
}

std::map<QString, ContentChange> difference(const PackContent &before, const PackContent &after)
{
    std::map<QString, ContentChange> changes;
    for (const auto &[name, kind] : folders) {
        const QString collection = QLatin1String(kind);
        const QStringList old = before.refsOf(collection);
        const QStringList now = after.refsOf(collection);
        ContentChange change{without(now, old), {}, without(old, now)};
        for (const QString &ref : now) {
            if (old.contains(ref)
                && before.kinds.at(collection).at(ref) != after.kinds.at(collection).at(ref))
                change.changed << ref;
        }
        if (!change.isEmpty())
            changes.emplace(collection, std::move(change));
    }
    return changes;
}

QStringList requirementsIn(const QByteArray &text)
{
    QString whole = QString::fromUtf8(text);
    whole.replace(u"\r\n"_s, u"\n"_s).replace(u"\\\n"_s, u" "_s);
    QStringList requirements;
    for (const QString &line : whole.split(u'\n')) {
        QString wanted = line.startsWith(u'#') ? QString() : line;
        // A sign within an address (`#egg=`) begins no comment.
        if (const qsizetype comment = wanted.indexOf(u" #"); comment >= 0)
            wanted.truncate(comment);
        wanted = wanted.simplified();
        if (!wanted.isEmpty() && !wanted.startsWith(u'#'))
            requirements << wanted;
    }
    return requirements;
}

} // namespace stormglass
