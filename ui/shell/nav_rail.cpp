#include "ui/shell/nav_rail.h"

#include "ui/theme/fonts.h"
#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/chip.h"

#include <QAbstractButton>
#include <QHash>
#include <QPainter>
#include <QVBoxLayout>

namespace stormglass::ui {

namespace {

class NavButton final : public QAbstractButton
{
public:
    NavButton(const QString &title, QString glyph, const QString &key)
        : m_glyph(std::move(glyph))
    {
        setText(title);
        setAccessibleName(title);
        setToolTip(key.isEmpty() ? title : QStringLiteral("%1 (%2)").arg(title, key));
        setCheckable(true);
        setAutoExclusive(true);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setFixedHeight(32);
    }

    void setBadge(int count)
    {
        m_badge = count;
        setAccessibleDescription(count > 0 ? NavRail::tr("%1 want attention").arg(count)
                                           : QString());
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = tokensOf(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF ground = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(hasFocus() ? QPen(tokens.accent) : QPen(Qt::NoPen));
        painter.setBrush(isChecked()        ? QBrush(tokens.selection)
                             : underMouse() ? QBrush(tokens.hover())
                                            : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(ground, metrics::radius, metrics::radius);
        const QColor color = isChecked() ? tokens.text : tokens.muted;
        paintGlyph(painter, QRect(9, (height() - 18) / 2, 18, 18), m_glyph,
                   isChecked() ? tokens.accent : tokens.muted);
        painter.setFont(isChecked() ? fonts::strong() : fonts::text());
        painter.setPen(color);
        painter.drawText(rect().adjusted(37, 0, -40, 0), Qt::AlignLeft | Qt::AlignVCenter, text());
        paintBadge(painter, rect().adjusted(0, 0, -8, 0), m_badge, tokens, Tone::Bad);
    }

private:
    QString m_glyph;
    int m_badge = 0;
};

} // namespace

NavRail::NavRail(QWidget *parent)
    : Ground(Kind::Rail, Right, parent)
    , m_layout(new QVBoxLayout(this))
{
    setFixedWidth(metrics::rail);
    setAccessibleName(tr("Places"));
    m_layout->setContentsMargins(8, 8, 8, 8);
    m_layout->setSpacing(2);
    m_layout->addStretch(1);
}

void NavRail::add(const QString &name, const QString &title, const QString &glyph,
                  const QString &key)
{
    auto *button = new NavButton(title, glyph, key);
    m_layout->insertWidget(m_layout->count() - 1, button);
    m_buttons.insert(name, button);
    connect(button, &QAbstractButton::clicked, this, [this, name] { emit chosen(name); });
}

void NavRail::setCurrent(const QString &name)
{
    if (QAbstractButton *button = m_buttons.value(name))
        button->setChecked(true);
}

void NavRail::setBadge(const QString &name, int count)
{
    if (QAbstractButton *button = m_buttons.value(name))
        static_cast<NavButton *>(button)->setBadge(count);
}

} // namespace stormglass::ui
