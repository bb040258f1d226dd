#pragma once

#include "engine/base/result.h"

#include <QByteArray>
#include <QSet>
#include <QStringList>

#include <map>

namespace stormglass {

// What is in a pack's folder, by name, with a digest of what makes each up; enough to tell two
// versions apart. Files that cannot be read count under their path.
struct PackContent
{
    // `actions`, `sensors`, …, as the API names collections → ref → digest.
    std::map<QString, std::map<QString, QByteArray>> kinds;
    // Lines of requirements.txt that ask for something.
    QStringList requirements;
    // What its Python code imports, without what it brings itself.
    QSet<QString> imports;

    QStringList refsOf(const QString &kind) const;
};

// Reads a pack's folder a few files at a time, so that thousands of them keep nobody waiting.
// Thread: engine.
class ContentReader
{
public:
    // A folder that is not there has no content.
    ContentReader(QString folder, QString pack);

    // True once all is read.
    bool step();
    const PackContent &content() const { return m_content; }

private:
    struct File
    {
        QString kind;
        QString path;
    };
    void listPython();
    void take(const File &file);
    void takeMetadata(const File &file);
    void add(const QString &kind, const QString &name, const QByteArray &digest);

    QString m_folder;
    QString m_pack;
    std::vector<File> m_files;
    QSet<QString> m_ownModules;
    std::size_t m_next = 0;
    PackContent m_content;
};

struct ContentChange
{
    QStringList added;
    QStringList changed;
    QStringList removed;

    bool isEmpty() const { return added.isEmpty() && changed.isEmpty() && removed.isEmpty(); }
    friend bool operator==(const ContentChange &, const ContentChange &) = default;
};

// Kind → what is different; kinds without a difference are left out.
std::map<QString, ContentChange> difference(const PackContent &before, const PackContent &after);

// Requirements of a file as pip reads them: without comments, continued lines joined.
QStringList requirementsIn(const QByteArray &text);

} // namespace stormglass
