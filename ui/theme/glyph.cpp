#include "ui/theme/glyph.h"

#include "ui/theme/style.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

// Outside any namespace, as the macro wants it.
static void loadIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace stormglass::ui {

namespace {

QByteArray source(const QString &name)
{
    static const bool loaded = [] {
        loadIcons();
        return true;
    }();
    Q_UNUSED(loaded)
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QPixmap rendered(const QString &name, const QColor &color, int size, qreal ratio)
{
    QByteArray svg = source(name);
    svg.replace("#000", color.name(QColor::HexRgb).toLatin1());
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.fill(Qt::transparent);
    pixmap.setDevicePixelRatio(ratio);
    QSvgRenderer renderer(svg);
    if (!renderer.isValid())
        return pixmap;
    QPainter painter(&pixmap);
    painter.setOpacity(color.alphaF());
    renderer.render(&painter, QRectF(0, 0, size, size));
    return pixmap;
}

class GlyphEngine final : public QIconEngine
{
public:
    GlyphEngine(QString name, Tone tone)
        : m_name(std::move(name))
        , m_tone(tone)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const Tokens &tokens = tokensOf(qApp->style());
        Tone tone = m_tone;
        if (mode == QIcon::Disabled)
            tone = Tone::Faint;
        else if (state == QIcon::On && m_tone == Tone::Muted)
            tone = Tone::Accent;
        else if (mode == QIcon::Active && m_tone == Tone::Muted)
            tone = Tone::Text;
        QColor color = tokens.of(tone);
        if (mode == QIcon::Disabled)
            color.setAlphaF(0.5F);
        paintGlyph(*painter, rect, m_name, color);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap result(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return result;
    }

    QIconEngine *clone() const override { return new GlyphEngine(m_name, m_tone); }

private:
    QString m_name;
    Tone m_tone;
};

} // namespace

QPixmap glyph(const QString &name, const QColor &color, int size, qreal ratio)
{
    const QString key = QStringLiteral("sg/%1/%2/%3/%4")
                            .arg(name, color.name(QColor::HexArgb))
                            .arg(size)
                            .arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = rendered(name, color, size, ratio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void paintGlyph(QPainter &painter, const QRect &area, const QString &name, const QColor &color)
{
    const int size = qMin(area.width(), area.height());
    if (size <= 0 || name.isEmpty())
        return;
    // A painter may be scaled (pictures at twice the size), which its device does not know.
    const qreal ratio
        = painter.device()->devicePixelRatioF() * qMax(1.0, painter.worldTransform().m11());
    const QPoint corner(area.x() + (area.width() - size) / 2,
                        area.y() + (area.height() - size) / 2);
    painter.drawPixmap(QRect(corner, QSize(size, size)), glyph(name, color, size, ratio));
}

QIcon themedIcon(const QString &name, Tone tone)
{
    return QIcon(new GlyphEngine(name, tone));
}

QIcon productIcon()
{
    loadIcons();
    return QIcon(QStringLiteral(":/icons/stormglass.svg"));
}

} // namespace stormglass::ui
