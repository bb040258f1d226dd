#include "engine/packs/metadata_file.h"

#include "engine/base/python_text.h"
#include "engine/base/yaml.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr qint64 largestFile = 8LL * 1024 * 1024;

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

// How many single-letter changes lead from one to the other, up to a few.
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

QString nearest(const QString &name, const QStringList &known)
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

tl::unexpected<Error> wrongKind(const char *name, const Value &value, const char *wanted)
{
    return failure(Error{
        ErrorCode::Invalid,
        u"\"%1\" must be %2, not %3."_s.arg(QLatin1String(name), QLatin1String(wanted),
                                            QString::fromStdString(pythonRepr(value)).left(60)),
        u"ValidationError"_s, QLatin1String(name)});
}

} // namespace

Result<MetadataFile> readMetadataFile(const QString &packFolder, const QString &path,
                                      const QString &packName)
{
    SG_LET(const QByteArray text, readWhole(packFolder + u'/' + path));
    SG_LET(YamlDocument document,
           readYamlDocument({text.constData(), static_cast<std::size_t>(text.size())}));
    if (!document.value.isMap())
        return failure(ErrorCode::Invalid, u"A metadata file must contain a mapping."_s);
    MetadataFile file{path, std::move(document.value), document.warnings};
    const Value &pack = file.content["pack"];
    if (pack.isNull() || pack == Value(""))
        file.content.set("pack", packName);
    else if (pack != Value(packName))
        return failure(ErrorCode::Invalid,
                       u"Model is in pack \"%1\" but field \"pack\" is different: %2"_s.arg(
                           packName, QString::fromStdString(pythonStr(pack))));
    return file;
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

Result<> refuseUnknownMembers(const Value &content, const QStringList &known)
{
    for (const ValueMap::Entry &entry : content.entriesOrNone()) {
        const QString name = QString::fromStdString(pythonStr(entry.key));
        if (known.contains(name))
            continue;
        const QString near = nearest(name, known);
        const QString hint = near.isEmpty() ? QString() : u" Did you mean \"%1\"?"_s.arg(near);
        return failure(Error{
            ErrorCode::Invalid,
            u"Additional properties are not allowed ('%1' was unexpected).%2"_s.arg(name, hint),
            u"ValidationError"_s, name});
    }
    return {};
}

Result<QString> textMember(const Value &content, const char *name, const QString &fallback)
{
    const Value &value = content[name];
    if (value.isNull())
        return fallback;
    if (!value.isText())
        return wrongKind(name, value, "a text");
    return value.toQString();
}

Result<QString> requiredText(const Value &content, const char *name)
{
    if (!content.find(name))
        return failure(Error{ErrorCode::Invalid,
                             u"'%1' is a required property"_s.arg(QLatin1String(name)),
                             u"ValidationError"_s, QLatin1String(name)});
    if (!content[name].isText())
        return wrongKind(name, content[name], "a text");
    return content[name].toQString();
}

Result<bool> flagMember(const Value &content, const char *name, bool fallback)
{
    const Value &value = content[name];
    if (value.isNull())
        return fallback;
    if (!value.isBool())
        return wrongKind(name, value, "true or false");
    return value.toBool();
}

Result<Value> mapMember(const Value &content, const char *name)
{
    const Value &value = content[name];
    if (value.isNull())
        return Value::map();
    if (!value.isMap())
        return wrongKind(name, value, "a mapping");
    return value;
}

Result<Value> listMember(const Value &content, const char *name)
{
    const Value &value = content[name];
    if (value.isNull())
        return Value::list();
    if (!value.isList())
        return wrongKind(name, value, "a list");
    return value;
}

} // namespace stormglass
