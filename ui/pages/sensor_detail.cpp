#include "ui/pages/sensor_detail.h"

#include "ui/models/times.h"
#include "ui/pages/detail_parts.h"
#include "ui/pages/layouts.h"
#include "ui/pages/looks.h"
#include "ui/pages/sensor_trial_view.h"
#include "ui/pages/sunken_box.h"
#include "ui/widgets/button.h"
#include "ui/widgets/charts.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/form.h"
#include "ui/widgets/log_view.h"
#include "ui/widgets/states.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace stormglass::ui {

namespace {

constexpr std::size_t shownRestarts = 6;

double numberOf(const Value &value)
{
    return value.isDouble() ? value.toDouble() : static_cast<double>(value.toIntOr(0));
}

QString secondsText(double seconds)
{
    return durationText(std::chrono::microseconds(static_cast<std::int64_t>(seconds * 1e6)));
}

QString spoken(QString state)
{
    return state.replace(QLatin1Char('_'), QLatin1Char(' '));
}

Text *fact(const QString &text, Face face = Face::Body)
{
    auto *label = new Text(text, face);
    label->setWrapping();
    label->setCopyable();
    return label;
}

} // namespace

SensorDetail::SensorDetail(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_head(new DetailHead)
    , m_toggle(new Button(tr("Disable"), QStringLiteral("power")))
    , m_restart(new Button(tr("Restart"), QStringLiteral("restart")))
    , m_pause(new Button(tr("Pause"), QStringLiteral("pause")))
    , m_error(new ErrorBanner)
    , m_facts(new QVBoxLayout)
    , m_rate(new Text({}, Face::Body, Tone::Muted))
    , m_line(new Sparkline(tr("Events a minute")))
    , m_trial(new SensorTrialView(session))
    , m_instances(new QVBoxLayout)
    , m_triggers(new QVBoxLayout)
    , m_restarts(new QVBoxLayout)
    , m_logView(new LogView(tr("What the sensor says")))
{
    m_head->addAction(m_pause);
    m_head->addAction(m_restart);
    m_head->addAction(m_toggle);
    m_line->setFixedHeight(56);
    m_instances->setSpacing(4);
    m_triggers->setSpacing(4);
    m_restarts->setSpacing(6);
    m_logView->setFixedHeight(168);
    m_logView->setPlaceholder(tr("The sensor has said nothing."));
    auto *scroll = new DetailScroll;
    QVBoxLayout *body = scroll->body();
    body->addWidget(m_error);
    body->addLayout(m_facts);
    body->addLayout(m_instances);
    body->addWidget(sectionTitle(tr("Events a minute")));
    body->addWidget(m_line);
    body->addWidget(m_rate);
    body->addWidget(sectionTitle(tr("What it raises, and the rules that listen")));
    body->addLayout(m_triggers);
    body->addWidget(sectionTitle(tr("Try it")));
    body->addWidget(m_trial);
    body->addWidget(sectionTitle(tr("Restarts")));
    body->addLayout(m_restarts);
    body->addWidget(sectionTitle(tr("What it says")));
    body->addWidget(new SunkenBox(m_logView));
    body->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(scroll, 1);
    listen();
}

void SensorDetail::listen()
{
    connect(m_toggle, &QAbstractButton::clicked, this,
            [this] { setEnabledState(!m_sensor["enabled"].toBoolOr(true)); });
    connect(m_restart, &QAbstractButton::clicked, this, [this] {
        command(QStringLiteral("restart"), tr("The sensor could not be restarted."));
    });
    connect(m_pause, &QAbstractButton::clicked, this, [this] {
        if (SensorsModel::stateOf(m_sensor) == QLatin1String("paused"))
            command(QStringLiteral("resume"), tr("The sensor could not be resumed."));
        else
            command(QStringLiteral("pause"), tr("The sensor could not be paused."));
    });
    connect(&m_session.rules, &CatalogueModel::countsChanged, this, &SensorDetail::showTriggers);
}

void SensorDetail::show(const Value &sensor)
{
    const QString ref = sensor["ref"].toQStringOr({});
    if (ref != m_ref)
        m_error->clear();
    m_ref = ref;
    m_sensor = sensor;
    const QString state = SensorsModel::stateOf(sensor);
    const StateLook look = lookOfSensor(state);
    m_head->setName(ref);
    m_head->setLine(sensor["description"].toQStringOr({}));
    m_head->chip().show(spoken(state), look.tone, look.glyph);
    const bool isEnabled = sensor["enabled"].toBoolOr(true);
    m_toggle->setText(isEnabled ? tr("Disable") : tr("Enable"));
    m_restart->setVisible(isEnabled);
    const bool isPaused = state == QLatin1String("paused");
    m_pause->setVisible(isPaused || state == QLatin1String("running"));
    m_pause->setText(isPaused ? tr("Resume") : tr("Pause"));
    m_trial->setSensor(ref);
    showFacts();
    showInstances();
    showTriggers();
    showRestarts();
    showLog();
}

void SensorDetail::showFacts()
{
    clearLayout(*m_facts);
    const Value &status = m_sensor["status"];
    auto *facts = new Facts;
    const std::int64_t process = status["pid"].toIntOr(0);
    facts->add(tr("Process"), fact(process > 0 ? QString::number(process) : tr("none")));
    if (process > 0) {
        facts->add(tr("CPU"), fact(tr("%1 %").arg(numberOf(status["cpu"]), 0, 'f', 1)));
        facts->add(tr("Memory"), fact(sizeText(status["memory"].toIntOr(0))));
    }
    const Timestamp now = m_session.connection.clock().now();
    const std::optional<Timestamp> last = timeOf(status["last_event"]);
    facts->add(tr("Last event"),
               fact(last ? QStringLiteral("%1 · %2").arg(relativeText(*last, now),
                                                         clockText(*last, now, m_session.zone()))
                         : tr("none yet")));
    if (status["silent"].toBoolOr(false))
        facts->add(tr("Silent"), fact(tr("It was expected to be heard of by now.")));
    if (const std::int64_t seconds = status["in_poll_for"].toIntOr(0); seconds > 0)
        facts->add(tr("In its poll for"), fact(secondsText(static_cast<double>(seconds))));
    const Value &poll = m_sensor["poll_interval"];
    if (!poll.isNull())
        facts->add(tr("Looks every"), fact(secondsText(numberOf(poll))));
    const QString reason = status["reason"].toQStringOr({});
    if (!reason.isEmpty())
        facts->add(tr("Because"), fact(reason));
    if (const std::optional<Timestamp> next = timeOf(status["next_start"]); next && *next > now)
        facts->add(tr("Starts again"), fact(relativeText(*next, now)));
    const QString source = m_sensor["class_name"].toQStringOr({});
    if (!source.isEmpty())
        facts->add(tr("Class"), fact(source, Face::Code));
    m_facts->addWidget(facts);
    showRate();
}

void SensorDetail::showRate()
{
    const QList<double> rate = SensorsModel::eventsPerMinute(m_sensor);
    m_line->setValues(rate);
    const double top = rate.isEmpty() ? 0 : *std::max_element(rate.begin(), rate.end());
    m_line->setVisible(top > 0);
    m_rate->setText(rate.isEmpty() ? tr("It has not run lately.")
                        : top <= 0 ? tr("None over the last %1 minutes.").arg(rate.size())
                                   : tr("%1 in the last minute, at most %2 over %3 minutes")
                                         .arg(countText(static_cast<std::int64_t>(rate.back())),
                                              countText(static_cast<std::int64_t>(top)))
                                         .arg(rate.size()));
}

// Several of one type, each with a configuration of its own.
void SensorDetail::showInstances()
{
    clearLayout(*m_instances);
    const ValueList &instances = m_sensor["instances"].itemsOrNone();
    if (instances.empty())
        return;
    m_instances->addWidget(sectionTitle(tr("Instances")));
    auto *facts = new Facts;
    for (const Value &instance : instances) {
        const Value &status = instance["status"];
        const QString state = spoken(status["state"].toQStringOr(tr("unknown")));
        const QString reason = status["reason"].toQStringOr({});
        facts->add(instance["name"].toQStringOr({}),
                   fact(reason.isEmpty() ? state : QStringLiteral("%1: %2").arg(state, reason)));
    }
    m_instances->addWidget(facts);
}

void SensorDetail::showTriggers()
{
    clearLayout(*m_triggers);
    for (const Value &trigger : m_sensor["trigger_types"].itemsOrNone()) {
        const QString ref = trigger.toQStringOr({});
        QStringList listeners;
        for (const Value &rule : m_session.rules.all()) {
            if (rule["trigger"]["type"].toQStringOr({}) == ref)
                listeners.append(rule["ref"].toQStringOr({}));
        }
        auto *line = new QHBoxLayout;
        line->setSpacing(8);
        auto *link = new LinkButton(ref);
        connect(link, &QAbstractButton::clicked, this, [this, ref] {
            emit placeWanted(
                {QStringLiteral("events"), {}, filterTerm(QStringLiteral("trigger"), Value(ref))});
        });
        line->addWidget(link);
        line->addWidget(new ElidedText(listeners.isEmpty() ? tr("no rule listens")
                                                           : listeners.join(QStringLiteral(", ")),
                                       Face::Body, Tone::Muted),
                        1);
        m_triggers->addLayout(line);
    }
}

void SensorDetail::showRestarts()
{
    clearLayout(*m_restarts);
    const ValueList &restarts = m_sensor["status"]["restarts"].itemsOrNone();
    if (restarts.empty())
        m_restarts->addWidget(
            new Text(tr("It has never had to be started again."), Face::Body, Tone::Muted));
    const Timestamp now = m_session.connection.clock().now();
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    int row = 0;
    const std::size_t count = std::min(restarts.size(), shownRestarts);
    for (std::size_t i = 0; i < count; ++i) {
        const Value &restart = restarts[restarts.size() - 1 - i];
        const std::optional<Timestamp> time = timeOf(restart["time"]);
        auto *when = new Text(time ? clockText(*time, now, m_session.zone()) : QString(),
                              Face::Code, Tone::Muted);
        auto *why = fact(restart["reason"].toQStringOr({}));
        grid->addWidget(when, row, 0, Qt::AlignTop);
        grid->addWidget(why, row, 1);
        ++row;
    }
    m_restarts->addLayout(grid);
    if (restarts.size() > shownRestarts)
        m_restarts->addWidget(new Text(tr("and %1 before").arg(restarts.size() - shownRestarts),
                                       Face::Body, Tone::Muted));
}

void SensorDetail::showLog()
{
    const Value &log = m_sensor["status"]["log"];
    if (log == m_log)
        return;
    m_log = log;
    m_logView->clear();
    for (const Value &line : log.itemsOrNone()) {
        // A line, or a document with its time and stream.
        const QString text = line.isText() ? line.toQString()
                                           : line["line"].toQStringOr(line["text"].toQStringOr({}));
        const bool isError = line["stream"].toQStringOr({}) == QLatin1String("stderr");
        m_logView->appendLine(isError ? LogChannel::Error : LogChannel::Output, text);
    }
}

void SensorDetail::setEnabledState(bool enabled)
{
    m_error->clear();
    m_toggle->setEnabled(false);
    Value body = m_sensor;
    body.set("enabled", enabled);
    m_session.connection.put(QStringLiteral("/sensortypes/%1").arg(m_ref), body,
                             Reply<Value>(this, [this, enabled](Result<Value> answer) {
                                 takeAnswer(enabled ? tr("The sensor could not be enabled.")
                                                    : tr("The sensor could not be disabled."),
                                            answer);
                             }));
}

void SensorDetail::command(const QString &name, const QString &failed)
{
    m_error->clear();
    m_restart->setEnabled(false);
    m_pause->setEnabled(false);
    m_session.connection.post(
        QStringLiteral("/sensortypes/%1/%2").arg(m_ref, name), Value::map(),
        Reply<Value>(this, [this, failed](Result<Value> answer) { takeAnswer(failed, answer); }));
}

void SensorDetail::takeAnswer(const QString &failed, const Result<Value> &answer)
{
    m_toggle->setEnabled(true);
    m_restart->setEnabled(true);
    m_pause->setEnabled(true);
    if (!answer)
        m_error->showError(failed, answer.error().message);
    else if (answer->isMap() && !(*answer)["ref"].isNull())
        m_session.sensors.take(*answer);
}

} // namespace stormglass::ui
