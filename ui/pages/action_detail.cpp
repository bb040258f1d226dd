#include "ui/pages/action_detail.h"

#include "ui/editors/parameter_form.h"
#include "ui/models/execution_words.h"
#include "ui/models/times.h"
#include "ui/pages/detail_parts.h"
#include "ui/pages/looks.h"
#include "ui/pages/output_tail.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/states.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

namespace stormglass::ui {

ActionDetail::ActionDetail(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_head(new DetailHead)
    , m_error(new ErrorBanner)
    , m_form(new ParameterForm)
    , m_noParameters(new Text(tr("It takes no parameters."), Face::Body, Tone::Muted))
    , m_run(new Button(tr("Run"), QStringLiteral("play"), Emphasis::Primary))
    , m_splitter(new QSplitter(Qt::Vertical))
    , m_result(new QWidget)
    , m_state(new Chip)
    , m_took(new ElidedText({}, Face::Body, Tone::Muted))
    , m_link(new LinkButton(tr("Open the execution")))
    , m_output(new OutputTail(session))
{
    m_head->addAction(m_run);
    auto *scroll = new DetailScroll;
    scroll->body()->addWidget(m_error);
    scroll->body()->addWidget(m_noParameters);
    scroll->body()->addWidget(m_form);
    scroll->body()->addStretch(1);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(16, 8, 16, 0);
    line->setSpacing(8);
    line->addWidget(m_state);
    line->addWidget(m_took, 1);
    line->addWidget(m_link);
    auto *result = new QVBoxLayout(m_result);
    result->setContentsMargins(0, 0, 0, 0);
    result->setSpacing(0);
    result->addLayout(line);
    result->addWidget(m_output, 1);
    m_result->hide();
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(scroll);
    m_splitter->addWidget(m_result);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(m_splitter, 1);
    connect(m_run, &QAbstractButton::clicked, this, &ActionDetail::run);
    connect(m_link, &QAbstractButton::clicked, this, [this] {
        emit placeWanted({QStringLiteral("executions"), m_execution});
    });
    connect(&m_session.feed, &Feed::arrived, this, &ActionDetail::takeChanges);
}

void ActionDetail::show(const Value &action)
{
    const QString ref = action["ref"].toQStringOr({});
    if (ref == m_ref)
        return;
    m_ref = ref;
    m_action = action;
    m_error->clear();
    m_execution.clear();
    m_result->hide();
    m_output->clear();
    m_head->setName(ref);
    m_head->setLine(action["description"].toQStringOr({}));
    const bool isEnabled = action["enabled"].toBoolOr(true);
    m_head->chip().show(isEnabled ? action["runner_type"].toQStringOr({}) : tr("disabled"),
                        Tone::Muted);
    m_run->setEnabled(isEnabled && isKnown());
    fill(m_last.value(ref));
    askParameters();
}

void ActionDetail::fill(const Value &values)
{
    QStringList aside;
    for (const ValueMap::Entry &entry : m_action["parameters"].entriesOrNone()) {
        const QString name = entry.key.toQStringOr({});
        if (!m_own.isNull() && !m_own.find(name.toStdString()))
            aside.append(name);
    }
    m_form->setSchema(m_action["parameters"], values, aside);
    m_form->setVisible(!m_form->isEmpty());
    m_noParameters->setVisible(m_form->isEmpty() && isKnown());
}

// The list of actions need not carry what a form is made of.
bool ActionDetail::isKnown() const
{
    return m_action.find("parameters") != nullptr;
}

// The action's own come first; the runner adds some, and the overview has both.
void ActionDetail::askParameters()
{
    ++m_asked;
    m_own = Value();
    const QString ref = m_ref;
    m_session.connection.get(QStringLiteral("/actions/%1").arg(ref), {},
                             Reply<Value>(this, [this, ref](const Result<Value> &own) {
                                 if (ref == m_ref && own)
                                     m_own = (*own)["parameters"];
                                 askOverview(ref);
                             }));
}

void ActionDetail::askOverview(const QString &ref)
{
    m_session.connection.get(QStringLiteral("/actions/views/overview/%1").arg(ref), {},
                             Reply<Value>(this, [this, ref](const Result<Value> &whole) {
                                 --m_asked;
                                 if (ref == m_ref)
                                     takeParameters(whole);
                             }));
}

void ActionDetail::takeParameters(const Result<Value> &whole)
{
    // Without the whole there may still be the action's own.
    const Value parameters = whole ? (*whole)["parameters"] : m_own;
    if (parameters.isNull() && !isKnown())
        m_error->showError(tr("Its parameters could not be read."), whole.error().message);
    if (!parameters.isNull()) {
        const Value typed = m_form->draft();
        m_action.set("parameters", parameters);
        fill(typed);
    }
    m_run->setEnabled(isKnown() && m_action["enabled"].toBoolOr(true));
    if (std::exchange(m_isFocusWanted, false))
        m_form->focusFirst();
}

void ActionDetail::focusForm()
{
    m_form->focusFirst();
    m_isFocusWanted = m_asked > 0;
}

void ActionDetail::run()
{
    if (!m_run->isEnabled() || m_ref.isEmpty())
        return;
    m_error->clear();
    const std::optional<Value> values = m_form->values();
    if (!values)
        return;
    m_last.insert(m_ref, *values);
    m_run->setEnabled(false);
    m_session.connection.post(
        QStringLiteral("/executions"), Value::map({{"action", m_ref}, {"parameters", *values}}),
        Reply<Value>(this, [this](Result<Value> answer) { takeRun(answer); }));
}

void ActionDetail::takeRun(const Result<Value> &answer)
{
    m_run->setEnabled(true);
    if (!answer && m_form->showFault(answer.error()))
        return;
    if (!answer) {
        m_error->showError(tr("The action could not be run."), answer.error().message);
        return;
    }
    m_execution = (*answer)["id"].toQStringOr({});
    m_status.reset();
    if (m_result->isHidden()) {
        m_result->show();
        m_splitter->setSizes({m_splitter->height() / 2, m_splitter->height() / 2});
    }
    showRun(*answer);
    // What became of it may have been told before it was known by its id.
    m_session.connection.get(QStringLiteral("/executions/%1").arg(m_execution), {},
                             Reply<Value>(this, [this](Result<Value> execution) {
                                 if (execution)
                                     takeRunChange(*execution);
                             }));
}

void ActionDetail::showRun(const Value &execution)
{
    const QString text = execution["status"].toQStringOr({});
    const std::optional<ExecutionStatus> status = statusOf(execution);
    m_status = status;
    const StateLook look = lookOfExecution(text);
    m_state->show(status ? statusWord(*status) : text, look.tone, look.glyph);
    const auto elapsed = elapsedOf(execution, m_session.connection.clock().now());
    QStringList notes;
    if (status && isCompleted(*status) && elapsed)
        notes << tr("in %1").arg(durationText(*elapsed));
    if (status && isFailure(*status))
        notes << resultSummary(execution);
    notes.removeAll(QString());
    m_took->setText(notes.join(QStringLiteral(" \u00b7 ")));
    m_output->show(execution);
}

void ActionDetail::takeChanges(const std::vector<Change> &changes)
{
    for (const Change &change : changes) {
        if (change.event.startsWith(QLatin1String("st2.execution__")))
            takeRunChange(change.payload);
    }
}

void ActionDetail::takeRunChange(const Value &execution)
{
    if (m_execution.isEmpty() || execution["id"].toQStringOr({}) != m_execution)
        return;
    // What was asked for may be older than what was told.
    const std::optional<ExecutionStatus> status = statusOf(execution);
    if (m_status && isCompleted(*m_status) && !(status && isCompleted(*status)))
        return;
    showRun(execution);
}

} // namespace stormglass::ui
