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

} // namespace stormglass::ui
