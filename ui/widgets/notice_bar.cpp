#include "ui/widgets/notice_bar.h"

#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPainter>

namespace stormglass::ui {

NoticeBar::NoticeBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new Text)
    , m_actions(new QHBoxLayout)
    , m_dismiss(new IconButton(QStringLiteral("close"), tr("Put away")))
{
    m_text->setWrapping();
    m_actions->setSpacing(6);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(40, 5, 12, 6);
    layout->setSpacing(12);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_actions);
    layout->addWidget(m_dismiss);
    setMinimumHeight(metrics::bar);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(m_dismiss, &QAbstractButton::clicked, this, &NoticeBar::clear);
    hide();
}

void NoticeBar::show(Tone tone, const QString &glyphName, const QString &text)
{
    m_tone = tone;
    m_glyph = glyphName;
    m_said = text;
    m_text->setText(breakable(text));
    setAccessibleName(text);
    removeActions();
    m_dismiss->show();
    show();
    update();
}

void NoticeBar::addAction(const QString &text, const QString &glyphName, std::function<void()> act)
{
    auto *button = new Button(text, glyphName);
    m_actions->addWidget(button);
    button->show();
    connect(button, &QAbstractButton::clicked, this, std::move(act));
}

void NoticeBar::setDismissable(bool may)
{
    m_dismiss->setVisible(may);
}

void NoticeBar::clear()
{
    // Where the focus is inside, it goes on to what follows rather than anywhere.
    if (isAncestorOf(QApplication::focusWidget()))
        focusNextChild();
    hide();
    m_said.clear();
    m_text->clear();
    removeActions();
}

void NoticeBar::removeActions()
{
    while (QLayoutItem *item = m_actions->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

void NoticeBar::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.soft(m_tone));
    painter.fillRect(0, height() - 1, width(), 1, mixed(tokens.of(m_tone), tokens.surface, 0.35));
    paintGlyph(painter, QRect(14, (height() - 17) / 2, 16, 16), m_glyph, tokens.of(m_tone));
}

} // namespace stormglass::ui
