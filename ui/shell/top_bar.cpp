#include "ui/shell/top_bar.h"

#include "ui/shell/kind_look.h"
#include "ui/theme/fonts.h"
#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace stormglass::ui {

namespace {

constexpr int stripe = 4;

Tone toneOf(InstanceState::Kind state)
{
    switch (state) {
    case InstanceState::Kind::Starting:
        return Tone::Warn;
    case InstanceState::Kind::Ready:
        return Tone::Good;
    case InstanceState::Kind::Unreachable:
        return Tone::Bad;
    case InstanceState::Kind::Stopping:
        return Tone::Warn;
    }
    return Tone::Faint;
}

} // namespace

// The name of the engine, with how it is, opening the list of engines.
class TopBar::InstanceButton final : public QAbstractButton
{
public:
    explicit InstanceButton(QWidget *parent)
        : QAbstractButton(parent)
    {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setFixedHeight(32);
    }

    void show(const QString &name, const InstanceState &state)
    {
        m_state = state.kind;
        setText(name);
        setAccessibleName(TopBar::tr("Engine: %1").arg(name));
        setAccessibleDescription(state.message);
        setToolTip(plainToolTip(state.message.isEmpty() ? TopBar::tr("Choose another engine")
                                                        : state.message));
        updateGeometry();
        update();
    }

    QSize sizeHint() const override
    {
        return QSize(qMin(220, QFontMetrics(fonts::strong()).horizontalAdvance(text()) + 56), 32);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = tokensOf(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(hasFocus() ? tokens.accent : tokens.strongLine());
        painter.setBrush(underMouse() || isDown() ? mixed(tokens.text, tokens.raised, 0.05)
                                                  : tokens.raised);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius,
                                metrics::radius);
        paintState(painter, tokens);
        painter.setFont(fonts::strong());
        painter.setPen(tokens.text);
        const QRect area = rect().adjusted(28, 0, -26, 0);
        painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text(), Qt::ElideRight, area.width()));
        paintGlyph(painter, QRect(width() - 22, height() / 2 - 6, 13, 13),
                   QStringLiteral("chevron-down"), tokens.muted);
    }

private:
    // By shape as well as colour: full while ready, a ring while it starts or stops, a cross while
    // it is away.
    void paintState(QPainter &painter, const Tokens &tokens) const
    {
        const QColor color = tokens.of(toneOf(m_state));
        const QRectF dot(12, height() / 2.0 - 4, 8, 8);
        if (m_state == InstanceState::Kind::Unreachable) {
            paintGlyph(painter, QRect(9, height() / 2 - 7, 14, 14), QStringLiteral("failed"),
                       color);
            return;
        }
        const bool isReady = m_state == InstanceState::Kind::Ready;
        painter.setPen(isReady ? QPen(Qt::NoPen) : QPen(color, 1.8));
        painter.setBrush(isReady ? QBrush(color) : QBrush(Qt::NoBrush));
        painter.drawEllipse(dot);
    }

    InstanceState::Kind m_state = InstanceState::Kind::Starting;
};

// Tells the key and is one.
class TopBar::KeyButton final : public QAbstractButton
{
public:
    KeyButton(const QString &keys, const QString &name, QWidget *parent)
        : QAbstractButton(parent)
    {
        setText(keys);
        setAccessibleName(name);
        setToolTip(name);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setFixedHeight(22);
    }

    QSize sizeHint() const override
    {
        return {QFontMetrics(fonts::small()).horizontalAdvance(text()) + 14, 22};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = tokensOf(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(hasFocus() ? tokens.accent : tokens.strongLine());
        painter.setBrush(underMouse() ? QBrush(tokens.hover()) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.setFont(fonts::small());
        painter.setPen(tokens.muted);
        painter.drawText(rect(), Qt::AlignCenter, text());
    }
};

TopBar::TopBar(QWidget *parent)
    : Ground(Kind::Surface, Bottom, parent)
    , m_instance(new InstanceButton(this))
    , m_crumbs(new QHBoxLayout)
    , m_filter(new FilterField(tr("Filter")))
    , m_view(new IconButton(QStringLiteral("appearance"), tr("Appearance, time zone, windows")))
{
    setFixedHeight(metrics::topBar);
    m_crumbs->setSpacing(6);
    m_filter->setMinimumWidth(160);
    m_filter->setMaximumWidth(560);
    m_filter->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto *palette = new KeyButton(QStringLiteral("Ctrl K"), tr("Go anywhere, do anything"), this);
    auto *help = new IconButton(QStringLiteral("keyboard"), tr("Keys of this page (?)"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 0, 12, 1);
    layout->setSpacing(8);
    layout->addWidget(m_instance);
    layout->addSpacing(4);
    layout->addLayout(m_crumbs, 2);
    layout->addWidget(m_filter, 3);
    layout->addWidget(palette);
    layout->addWidget(help);
    layout->addWidget(m_view);
    connect(palette, &QAbstractButton::clicked, this, &TopBar::paletteWanted);
    connect(help, &QAbstractButton::clicked, this, &TopBar::helpWanted);
}

void TopBar::setInstance(const QString &name, InstanceKind kind, const InstanceState &state)
{
    m_kind = kind;
    m_instance->show(name, state);
    update();
}

void TopBar::setInstanceMenu(QMenu *menu)
{
    connect(m_instance, &QAbstractButton::clicked, menu, [this, menu] {
        menu->popup(m_instance->mapToGlobal(QPoint(0, m_instance->height() + 4)));
    });
}

void TopBar::setViewMenu(QMenu *menu)
{
    connect(m_view, &QAbstractButton::clicked, menu, [this, menu] {
        menu->popup(m_view->mapToGlobal(
            QPoint(m_view->width() - menu->sizeHint().width(), m_view->height() + 4)));
    });
}

void TopBar::setCrumbs(const QStringList &crumbs)
{
    while (QLayoutItem *item = m_crumbs->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (int i = 0; i < crumbs.size(); ++i) {
        const bool isLast = i == crumbs.size() - 1;
        if (i > 0)
            m_crumbs->addWidget(new Text(QStringLiteral("\u203a"), Face::Body, Tone::Faint));
        if (i == 0 && !isLast) {
            auto *page = new LinkButton(crumbs.at(i));
            connect(page, &QAbstractButton::clicked, this, &TopBar::pageWanted);
            m_crumbs->addWidget(page);
            continue;
        }
        auto *text = new ElidedText(crumbs.at(i), isLast ? Face::Strong : Face::Body,
                                    isLast ? Tone::Text : Tone::Muted);
        text->setElide(Qt::ElideMiddle);
        text->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        m_crumbs->addWidget(text);
    }
    m_crumbs->addStretch(1);
}

void TopBar::paintEvent(QPaintEvent *event)
{
    Ground::paintEvent(event);
    QPainter painter(this);
    const Tokens &tokens = tokensOf(this);
    painter.fillRect(0, 0, stripe, height(), tokens.of(ui::toneOf(m_kind)));
}

} // namespace stormglass::ui
