#include "ui/pages/event_detail.h"

#include "ui/models/execution_words.h"
#include "ui/models/times.h"
#include "ui/pages/detail_parts.h"
#include "ui/pages/layouts.h"
#include "ui/pages/looks.h"
#include "ui/pages/sunken_box.h"
#include "ui/pages/verdict_list.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/states.h"
#include "ui/widgets/value_tree.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace stormglass::ui {

EventDetail::EventDetail(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_head(new DetailHead)
    , m_reEmit(new Button(tr("Re-emit"), QStringLiteral("rerun")))
    , m_error(new ErrorBanner)
    , m_noRules(new Text({}, Face::Body, Tone::Muted))
    , m_verdicts(new VerdictList(session.rules))
    , m_payload(new ValueTree(tr("Payload")))
    , m_trace(new QVBoxLayout)
{
    m_head->addAction(m_reEmit);
    m_reEmit->setToolTip(tr("Lets the rules judge the same payload again, as a new event."));
    m_noRules->setWrapping();
    m_payload->fitRows(24);
    m_trace->setSpacing(4);
    auto *scroll = new DetailScroll;
    scroll->body()->addWidget(m_error);
    scroll->body()->addWidget(sectionTitle(tr("What the rules said")));
    scroll->body()->addWidget(m_noRules);
    scroll->body()->addWidget(m_verdicts);
    scroll->body()->addWidget(sectionTitle(tr("Payload")));
    scroll->body()->addWidget(new SunkenBox(m_payload));
    scroll->body()->addWidget(sectionTitle(tr("What followed")));
    scroll->body()->addLayout(m_trace);
    scroll->body()->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(scroll, 1);
    connect(m_reEmit, &QAbstractButton::clicked, this, &EventDetail::reEmit);
    connect(m_payload, &ValueTree::filterWanted, this,
            [this](const QString &path, const Value &value) {
                emit filterWanted(QStringLiteral("payload.") + path, value);
            });
    connect(m_verdicts, &VerdictList::ruleWanted, this, [this](const QString &ref) {
        emit placeWanted({QStringLiteral("rules"), ref});
    });
    connect(&m_session.events, &TriggerInstancesModel::verdictsChanged, this,
            [this](const QString &id) {
                if (id == m_id)
                    showVerdicts();
            });
    connect(&m_session.connection, &Connection::stateChanged, this, &EventDetail::askAgain);
    connect(&m_session.rules, &CatalogueModel::loadingChanged, this, &EventDetail::showVerdicts);
    connect(&m_session.triggerNames, &TriggerNames::learned, this, &EventDetail::showHead);
}

void EventDetail::show(const Value &event)
{
    const QString id = event["id"].toQStringOr({});
    const bool isOther = id != m_id;
    m_id = id;
    m_event = event;
    m_payload->setValue(event["payload"]);
    showHead();
    showVerdicts();
    if (!isOther)
        return;
    m_error->clear();
    m_ownVerdicts.reset();
    m_isIncomplete = false;
    askVerdicts();
    showExecutions({});
    askExecutions();
}

void EventDetail::showHead()
{
    if (m_id.isEmpty())
        return;
    m_head->setName(m_session.events.triggerType(m_event));
    const Timestamp now = m_session.connection.clock().now();
    QStringList line;
    if (const std::optional<Timestamp> time = timeOf(m_event["occurrence_time"]))
        line << clockText(*time, now, m_session.zone()) << relativeText(*time, now);
    const QString parameters
        = m_session.triggerNames.parametersOf(m_event["trigger"].toQStringOr({}));
    if (!parameters.isEmpty())
        line << parameters;
    m_head->setLine(line.join(QStringLiteral(" · ")));
}

void EventDetail::showVerdicts()
{
    if (m_id.isEmpty())
        return;
    const std::vector<VerdictView> *verdicts = this->verdicts();
    const std::int64_t candidates = m_event["candidates"].toIntOr(0);
    const bool isKnown = verdicts != nullptr;
    m_verdicts->show(isKnown ? *verdicts : std::vector<VerdictView>());
    m_verdicts->setVisible(isKnown && !verdicts->empty());
    m_noRules->say(isKnown && verdicts->empty() ? tr("No rule listens to this trigger.")
                       : isKnown                ? QString()
                       : m_isIncomplete         ? tr("Could not be read.")
                                                : tr("Reading\u2026"));
    if (!isKnown) {
        m_head->chip().show(candidates > 0 ? countedText(candidates, tr("1 rule"), tr("%1 rules"))
                                           : QString(),
                            Tone::Muted);
        return;
    }
    const bool hasFired
        = std::any_of(verdicts->begin(), verdicts->end(),
                      [](const VerdictView &view) { return view.kind == VerdictKind::Matched; });
    m_head->chip().show(verdictSummary(*verdicts), hasFired ? Tone::Good : Tone::Muted);
}

const std::vector<VerdictView> *EventDetail::verdicts() const
{
    const std::vector<VerdictView> *known = m_session.events.verdicts(m_id);
    const bool isOwnMore = m_ownVerdicts && (!known || m_ownVerdicts->size() > known->size());
    return isOwnMore ? &*m_ownVerdicts : known;
}

void EventDetail::askVerdicts()
{
    ++m_asked;
    const QString id = m_id;
    m_session.connection.get(QStringLiteral("/triggerinstances/%1/verdicts").arg(id), {},
                             Reply<Value>(this, [this, id](Result<Value> answer) {
                                 --m_asked;
                                 if (id != m_id)
                                     return;
                                 if (answer)
                                     m_ownVerdicts = verdictsOf(*answer);
                                 else
                                     m_isIncomplete = true;
                                 showVerdicts();
                             }));
}

void EventDetail::showFailure(const Error &error)
{
    m_isIncomplete = true;
    showVerdicts();
    m_error->showError(tr("What followed could not be read."), error.message);
}

void EventDetail::askAgain()
{
    if (m_id.isEmpty() || !m_isIncomplete || !m_session.connection.isReady())
        return;
    m_isIncomplete = false;
    m_error->clear();
    askVerdicts();
    askExecutions();
}

void EventDetail::askExecutions()
{
    ++m_asked;
    const QString id = m_id;
    m_session.connection.list(
        QStringLiteral("/executions"),
        {{QStringLiteral("trigger_instance"), id}, {QStringLiteral("limit"), QStringLiteral("20")}},
        Reply<Listing>(this, [this, id](Result<Listing> page) {
            --m_asked;
            if (id != m_id)
                return;
            if (page)
                showExecutions(page->items);
            else
                showFailure(page.error());
        }));
}

void EventDetail::showExecutions(const ValueList &executions)
{
    clearLayout(*m_trace);
    for (const Value &execution : executions)
        addExecution(execution);
    if (!executions.empty())
        return;
    auto *nothing = new Text(m_asked > 0 ? tr("Reading\u2026") : tr("No execution followed."),
                             Face::Body, Tone::Muted);
    m_trace->addWidget(nothing);
}

void EventDetail::addExecution(const Value &execution)
{
    const QString status = execution["status"].toQStringOr({});
    const StateLook look = lookOfExecution(status);
    const std::optional<ExecutionStatus> known = statusOf(execution);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    auto *link = new LinkButton(execution["action"]["ref"].toQStringOr({}));
    const QString id = execution["id"].toQStringOr({});
    connect(link, &QAbstractButton::clicked, this, [this, id] {
        emit placeWanted({QStringLiteral("executions"), id});
    });
    line->addWidget(new Chip(known ? statusWord(*known) : status, look.tone, look.glyph));
    line->addWidget(link);
    const QString rule = causeOf(execution);
    if (!rule.isEmpty())
        line->addWidget(new Text(tr("by %1").arg(rule), Face::Body, Tone::Muted));
    line->addStretch(1);
    m_trace->addLayout(line);
}

void EventDetail::reEmit()
{
    m_reEmit->setEnabled(false);
    m_error->clear();
    m_session.connection.post(QStringLiteral("/triggerinstances/%1/re_emit").arg(m_id), {},
                              Reply<Value>(this, [this](Result<Value> answer) {
                                  m_reEmit->setEnabled(true);
                                  if (!answer)
                                      m_error->showError(
                                          tr("The event could not be emitted again."),
                                          answer.error().message);
                              }));
}

} // namespace stormglass::ui
