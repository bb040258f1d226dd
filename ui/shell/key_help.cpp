#include "ui/shell/key_help.h"

#include "ui/pages/layouts.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/widgets/text.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace stormglass::ui {

namespace {

class KeyCap final : public QWidget
{
public:
    explicit KeyCap(const QString &keys)
        : m_keys(keys)
    {
        setAccessibleName(keys);
        setFixedSize(QFontMetrics(fonts::small()).horizontalAdvance(keys) + 14, 22);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = tokensOf(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(tokens.strongLine());
        painter.setBrush(tokens.sunken());
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.setFont(fonts::small());
        painter.setPen(tokens.text);
        painter.drawText(rect(), Qt::AlignCenter, m_keys);
    }

private:
    QString m_keys;
};

} // namespace

KeyHelpSheet::KeyHelpSheet(QWidget *window)
    : Overlay(window)
{
    setSheetWidth(680);
    setAccessibleName(tr("Keys"));
}

void KeyHelpSheet::show(const QString &page, const QList<KeyHelp> &own,
                        const QList<KeyHelp> &everywhere)
{
    clearLayout(*sheet());
    auto *columns = new QHBoxLayout;
    columns->setContentsMargins(24, 20, 24, 24);
    columns->setSpacing(40);
    auto *left = new QVBoxLayout;
    auto *right = new QVBoxLayout;
    addGroup(*left, page, own);
    addGroup(*right, tr("Everywhere"), everywhere);
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    sheet()->addLayout(columns);
    open();
    setFocus();
}

void KeyHelpSheet::addGroup(QVBoxLayout &layout, const QString &title, const QList<KeyHelp> &keys)
{
    layout.setSpacing(8);
    layout.addWidget(new Text(title, Face::Heading));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(0, 76);
    int row = 0;
    for (const KeyHelp &key : keys) {
        grid->addWidget(new KeyCap(key.keys), row, 0, Qt::AlignRight | Qt::AlignVCenter);
        auto *meaning = new Text(key.meaning, Face::Body, Tone::Muted);
        meaning->setWrapping();
        grid->addWidget(meaning, row, 1);
        ++row;
    }
    layout.addLayout(grid);
    layout.addStretch(1);
}

} // namespace stormglass::ui
