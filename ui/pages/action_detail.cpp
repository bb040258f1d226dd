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
    , m_result(new QWidget)
    , m_state(new Chip)
    , m_took(new Text({}, Face::Body, Tone::Muted))
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
    line->addWidget(m_took);
    line->addStretch(1);
    line->addWidget(m_link);
    auto *result = new QVBoxLayout(m_result);
    result->setContentsMargins(0, 0, 0, 0);
    result->setSpacing(0);
    result->addLayout(line);
    result->addWidget(m_output, 1);
    m_result->hide();
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(scroll);
    splitter->addWidget(m_result);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(splitter, 1);
    connect(m_run, &QAbstractButton::clicked, this, &ActionDetail::run);
    connect(m_link, &QAbstractButton::clicked, this, [this] {
        emit placeWanted({QStringLiteral("executions"), m_execution});
    });
    connect(&m_session.executions, &LiveModel::valueChanged, this, &ActionDetail::takeChange);
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
    m_run->setEnabled(isEnabled);
    fill(m_last.value(ref));
    askParameters();
}

void ActionDetail::fill(const Value &values)
{
    m_form->setSchema(m_action["parameters"], values);
    m_form->setVisible(!m_form->isEmpty());
    m_noParameters->setVisible(m_form->isEmpty());
}

// The runner adds parameters of its own; the overview has both.
void ActionDetail::askParameters()
{
    ++m_asked;
    const QString ref = m_ref;
    m_session.connection.get(QStringLiteral("/actions/views/overview/%1").arg(ref), {},
                             Reply<Value>(this, [this, ref](Result<Value> whole) {
                                 --m_asked;
                                 // Without it there is still the action's own schema.
                                 if (ref != m_ref || !whole
                                     || (*whole)["parameters"] == m_action["parameters"])
                                     return;
                                 const Value typed = m_form->draft();
                                 m_action.set("parameters", (*whole)["parameters"]);
                                 fill(typed);
                             }));
}

void ActionDetail::focusForm()
{
    m_form->focusFirst();
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
    m_result->show();
    showRun(*answer);
}

void ActionDetail::showRun(const Value &execution)
{
    const QString text = execution["status"].toQStringOr({});
    const std::optional<ExecutionStatus> status = statusOf(execution);
    const StateLook look = lookOfExecution(text);
    m_state->show(status ? statusWord(*status) : text, look.tone, look.glyph);
    const auto elapsed = elapsedOf(execution, m_session.connection.clock().now());
    m_took->setText(status && isCompleted(*status) && elapsed
                        ? tr("in %1").arg(durationText(*elapsed))
                        : QString());
    m_output->show(execution);
}

void ActionDetail::takeChange(const QString &id)
{
    if (id == m_execution && !id.isEmpty())
        showRun(m_session.executions.valueAt(m_session.executions.indexOf(id)));
}

} // namespace stormglass::ui
