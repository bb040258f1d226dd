#include "engine/packs/pack_folder.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>
#include <dirent.h>
#include <memory>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr std::size_t mostFiles = 50'000;
constexpr int deepest = 32;

// Plain system calls: packs have thousands of files, which are looked at whenever the engine
// starts.
class Listing
{
public:
    explicit Listing(QByteArray root)
        : m_root(std::move(root))
    {
    }

    std::vector<QByteArray> take()
    {
        enter({}, 0);
        std::sort(m_files.begin(), m_files.end());
        return std::move(m_files);
    }

private:
    void enter(const QByteArray &relative, int depth)
    {
        const QByteArray path = relative.isEmpty() ? m_root : m_root + '/' + relative;
        const auto close = [](DIR *folder) { closedir(folder); };
        const std::unique_ptr<DIR, decltype(close)> folder(opendir(path.constData()), close);
        if (!folder || depth > deepest)
            return;
        while (const dirent *entry = readdir(folder.get())) {
            if (m_files.size() >= mostFiles)
                return;
            take(relative, *entry, depth);
        }
    }

    void take(const QByteArray &folder, const dirent &entry, int depth)
    {
        const QByteArray name(entry.d_name);
        if (name == "." || name == ".." || (folder.isEmpty() && name == ".git"))
            return;
        const QByteArray relative = folder.isEmpty() ? name : folder + '/' + name;
        if (isFolder(relative, entry))
            enter(relative, depth + 1);
        else if (!name.endsWith(".pyc"))
            m_files.push_back(relative);
    }

    bool isFolder(const QByteArray &relative, const dirent &entry) const
    {
        if (entry.d_type != DT_UNKNOWN)
            return entry.d_type == DT_DIR;
        struct stat status = {};
        const QByteArray path = m_root + '/' + relative;
        return lstat(path.constData(), &status) == 0 && S_ISDIR(status.st_mode);
    }

    QByteArray m_root;
    std::vector<QByteArray> m_files;
};

// The manifest, the config schema, and what lies in a folder of content.
bool isRegistered(const QByteArray &path)
{
    if (!path.endsWith(".yaml") && !path.endsWith(".yml"))
        return false;
    return path.count('/') <= 1;
}

void addState(QCryptographicHash &hash, const QByteArray &path)
{
    struct stat status = {};
    if (stat(path.constData(), &status) != 0)
        return;
    for (const std::int64_t part :
         {std::int64_t(status.st_size), std::int64_t(status.st_ino),
          std::int64_t(status.st_mtim.tv_sec), std::int64_t(status.st_mtim.tv_nsec)}) {
        char bytes[sizeof part];
        std::copy_n(reinterpret_cast<const char *>(&part), sizeof part, bytes);
        hash.addData(QByteArrayView(bytes, sizeof bytes));
    }
}

} // namespace

QStringList filesOfPack(const QString &folder)
{
    QStringList files;
    for (const QByteArray &path : Listing(QFile::encodeName(folder)).take())
        files << QFile::decodeName(path);
    return files;
}

QString stampOfPack(const QString &folder, const QStringList &otherFiles)
{
    // Another version may read the same files otherwise.
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(QByteArrayView(SG_VERSION));
    const QByteArray root = QFile::encodeName(folder);
    hash.addData(root);
    for (const QByteArray &path : Listing(root).take()) {
        hash.addData(path);
        hash.addData(QByteArrayView("\0", 1));
        if (isRegistered(path))
            addState(hash, root + '/' + path);
    }
    for (const QString &path : otherFiles) {
        hash.addData(QByteArrayView("\0", 1));
        addState(hash, QFile::encodeName(path));
    }
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace stormglass
