#include "ui/pages/rehearsal_view.h"

#include "ui/models/times.h"
#include "ui/pages/detail_parts.h"
#include "ui/pages/rehearsal_findings.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/states.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QVBoxLayout>

namespace stormglass::ui {

namespace {

enum Span { LastHour, LastDay, Everything };

} // namespace

RehearsalView::RehearsalView(Session &session, std::function<RuleDraft()> draft, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_draft(std::move(draft))
    , m_model(session.connection, session.feed)
    , m_span(new Segmented(tr("Events of which time")))
    , m_start(new Button(tr("Rehearse"), QStringLiteral("play"), Emphasis::Primary))
    , m_cancel(new Button(tr("Cancel")))
    , m_progress(new QProgressBar)
    , m_line(new Text({}, Face::Small, Tone::Muted))
    , m_error(new ErrorBanner)
    , m_findings(new RehearsalFindings(session))
{
    m_span->add(tr("Last hour"));
    m_span->add(tr("Last day"));
    m_span->add(tr("All events"));
    m_span->setCurrent(LastDay);
    m_progress->setAccessibleName(tr("How far the rehearsal has come"));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_line->setWrapping();
    auto *scroll = new DetailScroll;
    scroll->body()->setContentsMargins(16, 4, 16, 16);
    scroll->body()->addWidget(m_findings);
    m_states = new States(scroll);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(16, 12, 16, 0);
    top->setSpacing(8);
    top->addWidget(m_span);
    top->addStretch(1);
    top->addWidget(m_cancel);
    top->addWidget(m_start);
    auto *below = new QVBoxLayout;
    below->setContentsMargins(16, 0, 16, 0);
    below->setSpacing(6);
    below->addWidget(m_progress);
    below->addWidget(m_line);
    below->addWidget(m_error);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addLayout(below);
    layout->addWidget(m_states, 1);
    connect(m_start, &QAbstractButton::clicked, this, &RehearsalView::start);
    connect(m_cancel, &QAbstractButton::clicked, &m_model, &RehearsalModel::cancel);
    connect(&m_model, &RehearsalModel::changed, this, &RehearsalView::refresh);
    connect(m_findings, &RehearsalFindings::placeWanted, this, &RehearsalView::placeWanted);
    refresh();
}

void RehearsalView::clear()
{
    m_model.clear();
}

void RehearsalView::start()
{
    m_model.start(wish());
}

RehearsalWish RehearsalView::wish() const
{
    RehearsalWish wish{.rule = ruleJson(m_draft())};
    const Timestamp now = m_session.connection.clock().now();
    if (m_span->current() == LastHour)
        wish.from = now - std::chrono::hours(1);
    if (m_span->current() == LastDay)
        wish.from = now - std::chrono::hours(24);
    return wish;
}

void RehearsalView::refresh()
{
    using Step = RehearsalModel::Step;
    const Step step = m_model.step();
    const bool isBusy = step == Step::Asked || step == Step::Running;
    m_start->setEnabled(!isBusy);
    m_start->setText(step == Step::Ended ? tr("Rehearse again") : tr("Rehearse"));
    m_cancel->setVisible(step == Step::Running);
    m_progress->setVisible(isBusy);
    m_error->clear();
    if (step == Step::Failed)
        m_error->showError(tr("The rule could not be rehearsed."), m_model.failure());
    showProgress();
    const RehearsalReport &report = m_model.report();
    if (isBusy && report.summary.events == 0) {
        m_states->showBusy(tr("Looking at what was recorded…"));
    } else if ((isBusy || step == Step::Ended) && report.summary.events > 0) {
        m_findings->show(report);
        m_states->showContent();
    } else {
        const bool isOver = step == Step::Ended;
        m_states->empty().show(
            QStringLiteral("events"),
            isOver ? tr("No event to try it on") : tr("What would it have done?"),
            isOver
                ? (report.message.isEmpty() ? tr("Nothing of this kind was recorded in that time.")
                                            : report.message)
                : tr(
                    "The rule as it stands in the form is held against recorded events. Nothing is "
                    "run, and nothing is saved."));
        m_states->showEmpty();
    }
}

void RehearsalView::showProgress()
{
    const RehearsalReport &report = m_model.report();
    const std::int64_t total = std::max<std::int64_t>(1, report.total);
    m_progress->setRange(0, report.total == 0 ? 0 : 1000);
    m_progress->setValue(static_cast<int>(report.summary.events * 1000 / total));
    QString line;
    if (report.summary.events > 0)
        line = tr("%1 of %2 events").arg(countText(report.summary.events), countText(report.total));
    if (report.status == RehearsalStatus::Canceled)
        line = tr("Canceled after %1.").arg(line);
    else if (!line.isEmpty() && m_model.step() == RehearsalModel::Step::Ended && report.ended)
        line = tr("%1 in %2").arg(line, durationText(*report.ended - report.started));
    m_line->say(report.summary.events > 0 && !report.message.isEmpty()
                    ? line + QStringLiteral(" \u00b7 ") + report.message
                    : line);
}

} // namespace stormglass::ui
