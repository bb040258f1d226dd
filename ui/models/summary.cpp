#include "ui/models/summary.h"

#include "engine/base/json.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace stormglass::ui {

namespace {

constexpr std::size_t looked = 12;

// What people name the member that says what happened.
bool isTelling(std::string_view key)
{
    static constexpr std::string_view telling[]
        = {"line", "message", "summary", "text", "title", "subject", "stdout"};
    for (const std::string_view name : telling) {
        if (key == name)
            return true;
    }
    return false;
}

QString oneLine(const Value &text, qsizetype limit)
{
    const std::string_view bytes = text.text().substr(0, static_cast<std::size_t>(limit) * 4);
    QString line = printable(QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size())))
                       .simplified();
    if (line.size() > limit) {
        line.truncate(limit - 1);
        line += QChar(0x2026);
    }
    return line;
}

QString memberText(const Value &value)
{
    if (value.isSecret())
        return QStringLiteral("********");
    if (value.isText())
        return oneLine(value, 60);
    if (value.isMap())
        return QStringLiteral("{%1}").arg(value.entries().size());
    if (value.isSequence())
        return QStringLiteral("[%1]").arg(value.items().size());
    return QString::fromStdString(writeJson(value)).left(40);
}

QString ofMap(const ValueMap &entries, qsizetype limit)
{
    // What a webhook brought says more than the headers it came with.
    if (const Value *body = entries.find(std::string_view("body"));
        body && body->isMap() && entries.contains(std::string_view("headers")))
        return ofMap(body->entries(), limit);
    QStringList telling;
    QStringList rest;
    std::size_t seen = 0;
    for (const ValueMap::Entry &entry : entries) {
        if (++seen > looked)
            break;
        if (!entry.key.isText() || entry.value.isNull())
            continue;
        if (isTelling(entry.key.text()) && entry.value.isText() && !entry.value.text().empty())
            telling.append(oneLine(entry.value, limit));
        else
            rest.append(entry.key.toQString() + QLatin1Char('=') + memberText(entry.value));
    }
    QString text = (telling + rest).join(QLatin1String("  "));
    if (text.size() > limit) {
        text.truncate(limit - 1);
        text += QChar(0x2026);
    }
    return text;
}

} // namespace

QString printable(const QString &text)
{
    const auto doesPrint = [](QChar c) {
        return c.unicode() >= 0x20 || c == QLatin1Char('\n') || c == QLatin1Char('\t');
    };
    if (std::all_of(text.begin(), text.end(), doesPrint))
        return text;
    static const QRegularExpression escape(QStringLiteral(
        "\x1b\\[[0-9;:?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)|\x1b[@-_]"));
    QString plain = text;
    plain.remove(escape);
    plain.removeIf([doesPrint](QChar c) { return !doesPrint(c); });
    return plain;
}

QString summaryOf(const Value &value, qsizetype limit)
{
    if (value.isSecret())
        return QStringLiteral("********");
    if (value.isMap())
        return ofMap(value.entries(), limit);
    if (value.isText())
        return oneLine(value, limit);
    if (value.isSequence())
        return value.items().empty() ? QString() : QStringLiteral("[%1]").arg(value.items().size());
    return value.isNull() ? QString() : QString::fromStdString(writeJson(value)).left(limit);
}

QString shortText(const Value &value, qsizetype limit)
{
    if (value.isText() && !value.isSecret())
        return QLatin1Char('"') + oneLine(value, limit) + QLatin1Char('"');
    if (value.isNull())
        return QStringLiteral("null");
    if (value.isMap() || value.isSequence()) {
        const QString text = QString::fromStdString(writeJson(value, {.maskSecrets = true}));
        return text.size() <= limit ? text : summaryOf(value, limit);
    }
    return summaryOf(value, limit);
}

} // namespace stormglass::ui
