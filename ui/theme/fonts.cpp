#include "ui/theme/fonts.h"

#include <QFontDatabase>
#include <QGuiApplication>

namespace stormglass::ui::fonts {

namespace {

QString textFamily()
{
    static const QString family = [] {
        const QString inter = QStringLiteral("Inter");
        return QFontDatabase::hasFamily(inter)
            ? inter
            : QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    }();
    return family;
}

QFont face(int pixels, QFont::Weight weight = QFont::Normal)
{
    QFont font(textFamily());
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

} // namespace

QFont text()
{
    return face(13);
}

QFont strong()
{
    return face(13, QFont::DemiBold);
}

QFont small()
{
    return face(12);
}

QFont heading()
{
    return face(16, QFont::DemiBold);
}

QFont title()
{
    return face(22, QFont::DemiBold);
}

QFont code()
{
    QFont font(QFontDatabase::systemFont(QFontDatabase::FixedFont).family());
    font.setPixelSize(12);
    font.setStyleHint(QFont::Monospace);
    return font;
}

QFont label()
{
    return face(12, QFont::Medium);
}

} // namespace stormglass::ui::fonts
