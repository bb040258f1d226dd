#include "ui/pages/sensor_trial_view.h"

#include "engine/base/json.h"
#include "ui/pages/sunken_box.h"
#include "ui/widgets/button.h"
#include "ui/widgets/log_view.h"
#include "ui/widgets/states.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace stormglass::ui {

namespace {

constexpr int trialSeconds = 30;

QString eventLine(const Value &event)
{
    return QStringLiteral("%1  %2").arg(event["trigger"].toQStringOr({}),
                                        QString::fromStdString(writeJson(event["payload"])));
}

} // namespace

SensorTrialView::SensorTrialView(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_begin(new Button(tr("Run once"), QStringLiteral("play")))
    , m_error(new ErrorBanner)
    , m_end(new Text(tr("Looks one time beside the sensor that runs. Its events are shown here and "
                        "go nowhere else."),
                     Face::Body, Tone::Muted))
    , m_result(new LogView(tr("What one run gave")))
{
    m_end->setWrapping();
    m_result->setFixedHeight(168);
    m_box = new SunkenBox(m_result);
    m_box->hide();
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_begin);
    line->addWidget(m_end, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_error);
    layout->addLayout(line);
    layout->addWidget(m_box);
    connect(m_begin, &QAbstractButton::clicked, this, &SensorTrialView::begin);
}

void SensorTrialView::setSensor(const QString &ref)
{
    if (ref == m_ref)
        return;
    m_ref = ref;
    m_error->clear();
    m_box->hide();
    m_begin->setEnabled(true);
}

void SensorTrialView::begin()
{
    m_error->clear();
    m_begin->setEnabled(false);
    m_end->setText(tr("It looks, for %1 seconds at most.").arg(trialSeconds));
    m_session.connection.post(
        QStringLiteral("/sensortypes/%1/run_once").arg(m_ref),
        Value::map({{"seconds", trialSeconds}}),
        Reply<Value>(this, [this, ref = m_ref](Result<Value> answer) { takeAnswer(ref, answer); }));
}

void SensorTrialView::takeAnswer(const QString &ref, const Result<Value> &answer)
{
    // Another sensor is shown by now.
    if (ref != m_ref)
        return;
    m_begin->setEnabled(true);
    if (answer)
        return showTrial(*answer);
    m_end->setText({});
    m_error->showError(tr("The sensor could not be tried."), answer.error().message);
}

void SensorTrialView::showTrial(const Value &trial)
{
    const ValueList &events = trial["events"].itemsOrNone();
    m_end->setText(
        tr("It %1 after %2 ms, having raised %3 events.")
            .arg(trial["end"].toQStringOr({}))
            .arg(trial["milliseconds"].toIntOr(0))
            .arg(static_cast<std::int64_t>(events.size()) + trial["events_dropped"].toIntOr(0)));
    m_result->clear();
    for (const Value &line : trial["log"].itemsOrNone()) {
        const bool isError = line["stream"].toQStringOr({}) == QLatin1String("stderr");
        m_result->appendLine(isError ? LogChannel::Error : LogChannel::Output,
                             line["line"].toQStringOr({}));
    }
    for (const Value &event : events) {
        m_result->appendLine(LogChannel::Output, eventLine(event));
        if (const QString refusal = event["refusal"].toQStringOr({}); !refusal.isEmpty())
            m_result->appendLine(LogChannel::Error, tr("would be refused: %1").arg(refusal));
    }
    m_box->show();
}

} // namespace stormglass::ui
