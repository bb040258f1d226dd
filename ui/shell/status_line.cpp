#include "ui/shell/status_line.h"

#include "ui/models/times.h"
#include "ui/theme/fonts.h"
#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/charts.h"
#include "ui/widgets/plain_text.h"

#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace stormglass::ui {

namespace {

constexpr int lineWidth = 64;

} // namespace

class StatusLine::Part final : public QAbstractButton
{
public:
    Part(QString glyph, QWidget *parent)
        : QAbstractButton(parent)
        , m_glyph(std::move(glyph))
    {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setFixedHeight(22);
        setCursor(Qt::PointingHandCursor);
    }

    void show(const QString &text, Tone tone, const QString &tip = {})
    {
        m_tone = tone;
        setToolTip(plainToolTip(tip));
        setAccessibleName(text);
        setAccessibleDescription(tip);
        if (this->text() != text) {
            setText(text);
            updateGeometry();
        }
        update();
    }
    void setGlyph(const QString &glyph)
    {
        m_glyph = glyph;
        updateGeometry();
    }
    void setLine(const QList<double> &values)
    {
        m_line = values;
        update();
    }

    QSize sizeHint() const override
    {
        int width = QFontMetrics(fonts::small()).horizontalAdvance(text()) + 12;
        width += m_glyph.isEmpty() ? 0 : 17;
        width += m_line.isEmpty() ? 0 : lineWidth + 8;
        return {width, 22};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = tokensOf(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (underMouse() || hasFocus()) {
            painter.setPen(hasFocus() ? QPen(tokens.accent) : QPen(Qt::NoPen));
            painter.setBrush(tokens.hover());
            painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        }
        int left = 6;
        if (!m_glyph.isEmpty()) {
            paintGlyph(painter, QRect(left, height() / 2 - 6, 13, 13), m_glyph,
                       tokens.of(m_tone == Tone::Muted ? Tone::Faint : m_tone));
            left += 17;
        }
        painter.setFont(fonts::small());
        painter.setPen(tokens.of(m_tone));
        painter.drawText(QRect(left, 0, width() - left, height()), Qt::AlignLeft | Qt::AlignVCenter,
                         text());
        if (!m_line.isEmpty())
            paintSparkline(painter, QRect(width() - lineWidth - 6, 3, lineWidth, height() - 6),
                           m_line, tokens.accent);
    }

private:
    QString m_glyph;
    Tone m_tone = Tone::Muted;
    QList<double> m_line;
};

StatusLine::StatusLine(QWidget *parent)
    : Ground(Kind::Surface, Top, parent)
    , m_rate(part({}))
    , m_running(part(QStringLiteral("running")))
    , m_waiting(part(QStringLiteral("waiting")))
    , m_trouble(part(QStringLiteral("sensors")))
    , m_engine(part(QStringLiteral("succeeded")))
    , m_zone(part(QStringLiteral("clock")))
{
    setFixedHeight(metrics::statusBar + 1);
    auto *dock = new IconButton(QStringLiteral("dock"), tr("Live dock (Ctrl+J)"));
    dock->setFixedSize(24, 22);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 1, 8, 0);
    layout->setSpacing(8);
    for (Part *left : {m_rate, m_running, m_waiting, m_trouble})
        layout->addWidget(left);
    layout->addStretch(1);
    layout->addWidget(m_engine);
    layout->addWidget(m_zone);
    layout->addWidget(dock);
    const auto lead = [this](Part *from, const Place &place) {
        connect(from, &QAbstractButton::clicked, this, [this, place] { emit placeWanted(place); });
    };
    lead(m_rate, {QStringLiteral("events")});
    lead(m_running, {QStringLiteral("executions"), {}, QStringLiteral("status == running")});
    lead(m_waiting,
         {QStringLiteral("executions"),
          {},
          QStringLiteral("status in (requested, scheduled, delayed, pending, paused)")});
    lead(m_trouble, {QStringLiteral("sensors")});
    lead(m_engine, {QStringLiteral("now")});
    connect(m_zone, &QAbstractButton::clicked, this,
            [this] { emit zoneMenuWanted(m_zone->mapToGlobal(QPoint(0, -4))); });
    connect(dock, &QAbstractButton::clicked, this, &StatusLine::dockToggled);
}

StatusLine::Part *StatusLine::part(const QString &glyph)
{
    return new Part(glyph, this);
}

void StatusLine::show(Session &session)
{
    if (m_session) {
        disconnect(&m_session->pulse, nullptr, this, nullptr);
        disconnect(&m_session->connection, nullptr, this, nullptr);
        disconnect(m_session, nullptr, this, nullptr);
    }
    m_session = &session;
    connect(&session.pulse, &Pulse::beaten, this, &StatusLine::refresh);
    connect(&session.pulse, &Pulse::statsChanged, this, &StatusLine::refresh);
    connect(&session.connection, &Connection::stateChanged, this, &StatusLine::refresh);
    connect(&session, &Session::zoneChanged, this, &StatusLine::refresh);
    refresh();
}

void StatusLine::refresh()
{
    const Pulse &pulse = m_session->pulse;
    const double rate = pulse.currentRate();
    m_rate->show(tr("%1 events/s")
                     .arg(rate < 10 ? QString::number(rate, 'f', 1) : countText(qRound64(rate))),
                 Tone::Muted, tr("Events a second, and over the last minute"));
    m_rate->setLine(pulse.eventsPerSecond().mid(60));
    const bool isKnown = !pulse.stats().isNull();
    const auto number = [isKnown](std::int64_t count) {
        return isKnown ? countText(count) : QStringLiteral("\u2013");
    };
    m_running->show(tr("%1 running").arg(number(pulse.running())),
                    pulse.running() > 0 ? Tone::Accent : Tone::Muted);
    m_waiting->show(tr("%1 waiting").arg(number(pulse.waiting())), Tone::Muted);
    const std::vector<Value> &sensors = m_session->sensors.all();
    const auto trouble = std::count_if(sensors.begin(), sensors.end(), &SensorsModel::isInTrouble);
    m_trouble->show(countedText(trouble, tr("1 sensor in trouble"), tr("%1 sensors in trouble")),
                    Tone::Warn);
    m_trouble->setVisible(trouble > 0);
    refreshEngine();
    m_zone->show(zoneText(m_session->zone(), m_session->connection.clock().now()), Tone::Muted,
                 QString::fromLatin1(m_session->zone().id()));
}

void StatusLine::refreshEngine()
{
    const InstanceState state = m_session->connection.state();
    const bool isStalled = m_session->connection.isStalled();
    const bool isReady = state.kind == InstanceState::Kind::Ready
        && m_session->pulse.failure().isEmpty() && !isStalled;
    const auto latency = m_session->connection.latency();
    const QString word = isReady && latency.count() > 0
        ? tr("engine ok · %1").arg(durationText(latency))
        : isReady                                     ? tr("engine ok")
        : state.kind == InstanceState::Kind::Starting ? tr("engine is starting")
        : state.kind == InstanceState::Kind::Stopping ? tr("engine is stopping")
        : state.isRefusal                             ? tr("key not accepted")
        : isStalled && state.kind == InstanceState::Kind::Ready
        ? tr("no answer for %1").arg(durationText(m_session->connection.waiting()))
        : tr("engine not reached");
    const bool isAway = !isReady && state.kind != InstanceState::Kind::Starting;
    m_engine->setGlyph(isReady      ? QStringLiteral("succeeded")
                           : isAway ? QStringLiteral("failed")
                                    : QStringLiteral("running"));
    m_engine->show(word,
                   isReady      ? Tone::Muted
                       : isAway ? Tone::Bad
                                : Tone::Warn,
                   state.message.isEmpty() ? m_session->pulse.failure() : state.message);
}

} // namespace stormglass::ui
