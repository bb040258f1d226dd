#include "ui/widgets/plain_text.h"

#include <QTextDocument>

namespace stormglass::ui {

QString plainToolTip(const QString &text)
{
    if (!Qt::mightBeRichText(text))
        return text;
    return QStringLiteral("<span>%1</span>").arg(text.toHtmlEscaped());
}

QString plainActionText(const QString &text)
{
    QString result = text;
    return result.replace(QLatin1Char('&'), QLatin1String("&&"));
}

QString shortened(const QString &text, qsizetype limit)
{
    QString line = text.left(limit + 1).simplified();
    if (text.size() <= limit)
        return line;
    line.truncate(limit - 1);
    return line + QChar(0x2026);
}

QString breakable(const QString &text)
{
    constexpr int longest = 32;
    QString result;
    result.reserve(text.size() + text.size() / longest);
    int length = 0;
    for (const QChar sign : text) {
        length = sign.isSpace() ? 0 : length + 1;
        result.append(sign);
        if (length > 0 && length % longest == 0 && !sign.isHighSurrogate())
            result.append(QChar(0x200b));
    }
    return result;
}

} // namespace stormglass::ui
