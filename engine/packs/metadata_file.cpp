#include "engine/packs/metadata_file.h"

#include "engine/base/python_text.h"
#include "engine/base/yaml.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr qint64 largestFile = 8LL * 1024 * 1024;
constexpr qsizetype longestTag = 1024;

Result<QByteArray> readWhole(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::NotFound,
                       u"The file cannot be read: %1."_s.arg(file.errorString()));
    QByteArray text = file.read(largestFile + 1);
    if (text.size() > largestFile)
        return failure(ErrorCode::Invalid,
                       u"The file is larger than %1 MiB."_s.arg(largestFile >> 20));
    return text;
}

bool isTime(const Value &value)
{
    return value.kind() == Value::Kind::DateTime || value.kind() == Value::Kind::Date;
}

bool hasTime(const Value &value)
{
    const auto inEntry
        = [](const ValueMap::Entry &entry) { return hasTime(entry.value) || isTime(entry.key); };
    return isTime(value)
        || std::any_of(value.itemsOrNone().begin(), value.itemsOrNone().end(), hasTime)
        || std::any_of(value.entriesOrNone().begin(), value.entriesOrNone().end(), inEntry);
}

// Rows and answers carry JSON, which has no times. Depth is bounded by the YAML reader.
Value withTimesAsText(const Value &value)
{
    if (value.kind() == Value::Kind::DateTime)
        return Value(isoText(value));
    if (value.kind() == Value::Kind::Date)
        return Value(pythonStr(value));
    if (value.isList()) {
        ValueList items;
        for (const Value &item : value.items())
            items.push_back(withTimesAsText(item));
        return Value(std::move(items));
    }
    if (!value.isMap())
        return value;
    Value map = Value::map();
    for (const ValueMap::Entry &entry : value.entries())
        map.set(withTimesAsText(entry.key), withTimesAsText(entry.value));
    return map;
}

Result<MetadataFile> mappingFrom(std::string_view text, const QString &path)
{
    SG_LET(YamlDocument document, readYamlDocument(text));
    if (!document.value.isMap())
        return failure(ErrorCode::Invalid, u"A metadata file must contain a mapping."_s);
    Value content
        = hasTime(document.value) ? withTimesAsText(document.value) : std::move(document.value);
    return MetadataFile{path, std::move(content), document.warnings};
}

Result<MetadataFile> inPack(MetadataFile file, const QString &packName)
{
    const Value &pack = file.content["pack"];
    if (pack.isNull() || pack == Value(""))
        file.content.set("pack", packName);
    else if (pack != Value(packName))
        return failure(Error{ErrorCode::Invalid,
                             u"Model is in pack \"%1\" but field \"pack\" is different: %2"_s.arg(
                                 packName, QString::fromStdString(pythonStr(pack))),
                             u"Exception"_s, u"pack"_s});
    return file;
}

// How many single-letter changes lead from one to the other.
qsizetype distance(const QString &a, const QString &b)
{
    QList<qsizetype> row(b.size() + 1);
    for (qsizetype j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (qsizetype i = 1; i <= a.size(); ++i) {
        qsizetype diagonal = row[0];
        row[0] = i;
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const qsizetype above = row[j];
            row[j]
                = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

Result<Value> tagText(const Value &tag, const char *member)
{
    const Value &value = tag[member];
    if (value.isNull())
        return Value("");
    if (!value.isText() || value.toQString().size() > longestTag)
        return failure(Error{
            ErrorCode::Invalid,
            u"The %1 of a tag must be a text of at most %2 characters."_s.arg(QLatin1String(member))
                .arg(longestTag),
            u"StorageValidationError"_s, u"tags"_s});
    return value;
}

} // namespace

Result<MetadataFile> readMapping(const QString &folder, const QString &path)
{
    SG_LET(const QByteArray text, readWhole(folder + u'/' + path));
    return mappingFrom({text.constData(), static_cast<std::size_t>(text.size())}, path);
}

Result<MetadataFile> readMetadataFile(const QString &packFolder, const QString &path,
                                      const QString &packName)
{
    SG_LET(MetadataFile file, readMapping(packFolder, path));
    return inPack(std::move(file), packName);
}

Result<MetadataFile> metadataFileFrom(std::string_view text, const QString &path,
                                      const QString &packName)
{
    SG_LET(MetadataFile file, mappingFrom(text, path));
    return inPack(std::move(file), packName);
}

QStringList metadataFilesIn(const QString &packFolder, const QString &folder)
{
    QStringList files;
    const QDir directory(packFolder + u'/' + folder);
    for (const QString &name :
         directory.entryList({u"*.yaml"_s, u"*.yml"_s}, QDir::Files | QDir::Readable)) {
        const QString path = folder + u'/' + name;
        if (!path.contains(u"actions/config.y"_s))
            files << path;
    }
    std::sort(files.begin(), files.end(),
              [](const QString &a, const QString &b) { return a.toUtf8() < b.toUtf8(); });
    return files;
}

Result<> expectName(const QString &pack, const QString &name)
{
    if (!pack.isEmpty() && !name.isEmpty())
        return {};
    return failure(
        Error{ErrorCode::Invalid,
              u"Both pack and name needed for building ref. pack=%1, name=%2"_s.arg(pack, name),
              u"ValueError"_s, u"name"_s});
}

Result<Value> tagsOf(const Value &content)
{
    Value tags = Value::list();
    for (const Value &tag : content["tags"].itemsOrNone()) {
        SG_LET(Value name, tagText(tag, "name"));
        SG_LET(Value value, tagText(tag, "value"));
        tags.append(Value::map({{"name", std::move(name)}, {"value", std::move(value)}}));
    }
    return tags;
}

QString nearestName(const QString &name, const QStringList &known)
{
    QString best;
    qsizetype least = 3;
    for (const QString &candidate : known) {
        const qsizetype steps = distance(name, candidate);
        if (steps < least) {
            least = steps;
            best = candidate;
        }
    }
    return best;
}

} // namespace stormglass
