#include "ui/pages/welcome_card.h"

#include "ui/models/times.h"
#include "ui/theme/glyph.h"
#include "ui/theme/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/copy_line.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>
#include <QVBoxLayout>

namespace stormglass::ui {

namespace {

// A glyph in a soft square: the mark of a step.
class Badge final : public QWidget
{
public:
    explicit Badge(QString glyph)
        : m_glyph(std::move(glyph))
    {
        setFixedSize(32, 32);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = tokensOf(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.selection);
        painter.drawRoundedRect(rect(), 8, 8);
        paintGlyph(painter, rect().adjusted(7, 7, -7, -7), m_glyph, tokens.accent);
    }

private:
    QString m_glyph;
};

const Value &offer(const Session &session)
{
    return session.pulse.stats()["welcome"];
}

QString quoted(QString path)
{
    static const QString plain
        = QStringLiteral("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-~+");
    for (const QChar c : std::as_const(path)) {
        if (!plain.contains(c))
            return QLatin1Char('\'') + path.replace(QLatin1Char('\''), QLatin1String("'\\''"))
                + QLatin1Char('\'');
    }
    return path;
}

} // namespace

WelcomeCard::WelcomeCard(Session &session, const TriggerInstancesModel &events, QWidget *parent)
    : Card(tr("Three things to try"), parent)
    , m_session(session)
    , m_events(events)
    , m_timer{nullptr, QStringLiteral("core.st2.IntervalTimer")}
    , m_file{nullptr, QStringLiteral("linux.file_watch.line")}
    , m_webhook{nullptr, QStringLiteral("core.st2.webhook")}
    , m_progress(new QProgressBar)
    , m_append(new CopyLine(tr("A line to add to the watched file")))
    , m_curl(new CopyLine(tr("A call of the webhook")))
{
    auto *close = new IconButton(QStringLiteral("close"), tr("Put this card away"));
    addToHead(close);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(8);
    m_progress->setAccessibleName(tr("Until the timer comes next"));
    auto *columns = new QHBoxLayout;
    columns->setSpacing(28);
    columns->addWidget(
        column(QStringLiteral("timer"), tr("A timer ticks"), {}, m_progress, m_timer), 1);
    columns->addWidget(column(QStringLiteral("file"), tr("A file is watched"),
                              tr("Add a line to it in a terminal; the rule welcome.on_file_line "
                                 "answers lines with the word ERROR."),
                              m_append, m_file),
                       1);
    columns->addWidget(
        column(QStringLiteral("webhook"), tr("A webhook listens"),
               tr("Call it from anywhere; what you send is the payload of an event."), m_curl,
               m_webhook),
        1);
    body()->addLayout(columns);
    auto *row = new QHBoxLayout;
    auto *toEvents = new LinkButton(tr("Watch them arrive in Events"));
    auto *rules = new LinkButton(tr("See the rules that take them"));
    row->addWidget(toEvents);
    row->addSpacing(16);
    row->addWidget(rules);
    row->addStretch(1);
    body()->addSpacing(2);
    body()->addLayout(row);
    connect(close, &QAbstractButton::clicked, this, &WelcomeCard::dismissed);
    connect(toEvents, &QAbstractButton::clicked, this,
            [this] { emit placeWanted({QStringLiteral("events")}); });
    connect(rules, &QAbstractButton::clicked, this, [this] {
        emit placeWanted(
            {QStringLiteral("rules"), {}, filterTerm(QStringLiteral("pack"), Value("welcome"))});
    });
}

QWidget *WelcomeCard::column(const QString &glyph, const QString &title, const QString &text,
                             QWidget *content, Step &step)
{
    auto *widget = new QWidget;
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto *head = new QHBoxLayout;
    head->setSpacing(10);
    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    step.seen = new Text({}, Face::Small, Tone::Faint);
    names->addWidget(new Text(title, Face::Strong));
    names->addWidget(step.seen);
    head->addWidget(new Badge(glyph));
    head->addLayout(names, 1);
    layout->addLayout(head);
    auto *words = new Text(text, Face::Body, Tone::Muted);
    words->setWrapping();
    words->setMinimumHeight(QFontMetrics(words->font()).lineSpacing() * 2);
    words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    step.words = words;
    layout->addWidget(words);
    layout->addStretch(1);
    layout->addWidget(content);
    return widget;
}

bool WelcomeCard::isOffered() const
{
    return offer(m_session).isMap();
}

void WelcomeCard::refresh()
{
    const Value &welcome = offer(m_session);
    const QString file = welcome["watched_file"].toQStringOr({});
    m_append->setText(QStringLiteral("echo ERROR hello >> %1").arg(quoted(file)));
    m_curl->setText(welcome["webhook_curl"].toQStringOr({}));
    const auto period = std::chrono::seconds(welcome["timer"]["every_seconds"].toIntOr(30));
    m_timer.words->setText(
        tr("Every %1 a timer raises an event, a rule takes it, and an action runs.")
            .arg(durationText(period)));
    if (m_session.connection.kind() == InstanceKind::Local)
        return showSteps();
    // Files and loopback addresses mean something on the engine's machine alone.
    const QString name = m_session.connection.name();
    m_file.words->setText(tr("On the machine of %1, add a line to it; the rule "
                             "welcome.on_file_line answers lines with the word ERROR.")
                              .arg(name));
    m_webhook.words->setText(
        tr("On the machine of %1, call it so; what is sent is the payload of an event.").arg(name));
    showSteps();
}

void WelcomeCard::showSteps()
{
    if (!std::exchange(m_isAsked, true)) {
        for (Step *step : {&m_timer, &m_file, &m_webhook})
            askSeen(*step);
    }
    for (const Value &event : m_events.newest(100))
        note(event);
    for (Step *step : {&m_timer, &m_file, &m_webhook})
        showSeen(*step);
}

// On a busy engine the newest events are others'.
void WelcomeCard::askSeen(Step &step)
{
    m_session.connection.list(
        QStringLiteral("/triggerinstances"),
        {{QStringLiteral("trigger_type"), step.trigger},
         {QStringLiteral("limit"), QStringLiteral("1")}},
        Reply<Listing>(this, [&step](const Result<Listing> &page) {
            if (page && !page->items.empty())
                step.last = std::max(step.last, timeOf(page->items.front()["occurrence_time"]));
        }));
}

void WelcomeCard::note(const Value &event)
{
    const QString type = m_events.triggerType(event);
    for (Step *step : {&m_timer, &m_file, &m_webhook}) {
        if (type == step->trigger)
            step->last = std::max(step->last, timeOf(event["occurrence_time"]));
    }
}

void WelcomeCard::showSeen(const Step &step)
{
    if (!step.last) {
        step.seen->setText(tr("not seen yet"));
        step.seen->setTone(Tone::Faint);
        return;
    }
    const auto age = m_session.connection.clock().now() - *step.last;
    step.seen->setText(
        tr("last seen %1").arg(relativeText(*step.last, m_session.connection.clock().now())));
    step.seen->setTone(age < std::chrono::seconds(6) ? Tone::Good : Tone::Faint);
    if (&step != &m_timer)
        return;
    const std::int64_t period
        = qMax<std::int64_t>(1, offer(m_session)["timer"]["every_seconds"].toIntOr(5));
    m_progress->setRange(0, static_cast<int>(period));
    m_progress->setValue(static_cast<int>(age / std::chrono::seconds(1) % period));
}

} // namespace stormglass::ui
