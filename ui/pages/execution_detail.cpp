#include "ui/pages/execution_detail.h"

#include "engine/base/json.h"
#include "ui/models/execution_words.h"
#include "ui/models/times.h"
#include "ui/pages/danger_dialog.h"
#include "ui/pages/detail_parts.h"
#include "ui/pages/execution_history.h"
#include "ui/pages/execution_summary.h"
#include "ui/pages/looks.h"
#include "ui/pages/output_tail.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/states.h"
#include "ui/widgets/value_tree.h"

#include <QMenu>
#include <QTabWidget>
#include <QVBoxLayout>

namespace stormglass::ui {

namespace {

constexpr std::size_t rawLimit = 512UL * 1024;

// About how many bytes this would be as text; stops counting at the limit.
std::size_t roughSize(const Value &value, std::size_t limit)
{
    if (value.isText())
        return value.text().size();
    std::size_t size = 8;
    if (value.isMap()) {
        for (const ValueMap::Entry &entry : value.entries()) {
            size += 16 + roughSize(entry.value, limit);
            if (size > limit)
                break;
        }
    }
    for (const Value &item : value.itemsOrNone()) {
        size += roughSize(item, limit);
        if (size > limit)
            break;
    }
    return size;
}

// Keys stand below the words of the head, not at the edge.
QWidget *withAir(QWidget *content)
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(12, 10, 12, 0);
    layout->addWidget(content);
    page->setFocusProxy(content);
    return page;
}

} // namespace

ExecutionDetail::ExecutionDetail(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_head(new DetailHead)
    , m_error(new ErrorBanner)
    , m_reRun(new Button(tr("Re-run"), QStringLiteral("rerun")))
    , m_cancel(new Button(tr("Cancel"), QStringLiteral("stop")))
    , m_tabs(new QTabWidget)
    , m_summary(new ExecutionSummary(session))
    , m_input(new ValueTree(tr("Parameters")))
    , m_result(new ValueTree(tr("Result")))
    , m_output(new OutputTail(session))
    , m_history(new ExecutionHistory(session))
    , m_raw(new CodeView(tr("The whole document")))
{
    auto *menu = new QMenu(m_reRun);
    menu->addAction(tr("With the same parameters"), this, &ExecutionDetail::reRun);
    menu->addAction(tr("With other parameters\u2026"), this, [this] {
        emit placeWanted(
            {QStringLiteral("actions"),
             m_execution["action"]["ref"].toQStringOr({}),
             {},
             m_execution["parameters"].isNull() ? Value::map() : m_execution["parameters"]});
    });
    m_reRun->setMenu(menu);
    m_head->addAction(m_cancel);
    m_head->addAction(m_reRun);
    buildTabs();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    auto *banner = new QVBoxLayout;
    banner->setContentsMargins(16, 0, 16, 0);
    banner->addWidget(m_error);
    layout->addLayout(banner);
    layout->addWidget(m_tabs, 1);
    connect(&m_session.connection, &Connection::stateChanged, this, [this] {
        if (m_isIncomplete && m_session.connection.isReady())
            askWhole();
    });
    connect(m_cancel, &QAbstractButton::clicked, this, &ExecutionDetail::cancel);
    connect(m_summary, &ExecutionSummary::placeWanted, this, &ExecutionDetail::placeWanted);
    connect(m_tabs, &QTabWidget::currentChanged, this, &ExecutionDetail::showTab);
    connect(m_input, &ValueTree::filterWanted, this,
            [this](const QString &path, const Value &value) {
                emit filterWanted(QStringLiteral("parameters.") + path, value);
            });
    connect(m_result, &ValueTree::filterWanted, this,
            [this](const QString &path, const Value &value) {
                emit filterWanted(QStringLiteral("result.") + path, value);
            });
}

void ExecutionDetail::buildTabs()
{
    prepareTabs(*m_tabs);
    m_tabs->addTab(m_summary, tr("Summary"));
    m_tabs->addTab(withAir(m_input), tr("Input"));
    m_tabs->addTab(withAir(m_result), tr("Result"));
    m_tabs->addTab(m_output, tr("Output"));
    m_tabs->addTab(m_history, tr("History"));
    m_tabs->addTab(m_raw, tr("Raw"));
}

void ExecutionDetail::show(const Value &execution)
{
    const QString id = execution["id"].toQStringOr({});
    const bool isOther = id != m_id;
    m_id = id;
    m_execution = execution;
    showHead();
    showTab();
    if (!isOther)
        return;
    m_error->clear();
    askWhole();
}

// A list need not carry everything; the document by itself does.
void ExecutionDetail::askWhole()
{
    ++m_asked;
    const QString id = m_id;
    m_session.connection.get(QStringLiteral("/executions/%1").arg(id), {},
                             Reply<Value>(this, [this, id](Result<Value> execution) {
                                 --m_asked;
                                 if (id != m_id)
                                     return;
                                 m_isIncomplete = !execution;
                                 if (!execution)
                                     return;
                                 m_execution = *execution;
                                 showHead();
                                 showTab();
                             }));
}

void ExecutionDetail::showHead()
{
    const std::optional<ExecutionStatus> status = statusOf(m_execution);
    const QString text = m_execution["status"].toQStringOr({});
    const StateLook look = lookOfExecution(text);
    m_head->setName(m_execution["action"]["ref"].toQStringOr({}));
    m_head->chip().show(status ? statusWord(*status) : text, look.tone, look.glyph);
    const Timestamp now = m_session.connection.clock().now();
    QStringList line;
    if (const std::optional<Timestamp> start = timeOf(m_execution["start_timestamp"]))
        line << relativeText(*start, now);
    const QString cause = causeOf(m_execution);
    if (!cause.isEmpty())
        line << tr("because of %1").arg(cause);
    m_head->setLine(line.join(QStringLiteral(" · ")));
    m_cancel->setVisible(status && isCancelable(*status));
    m_reRun->setVisible(status && isCompleted(*status));
}

// Only what is looked at is filled.
void ExecutionDetail::showTab()
{
    if (m_id.isEmpty())
        return;
    m_output->show(m_execution);
    switch (static_cast<Tab>(m_tabs->currentIndex())) {
    case Summary:
        m_summary->show(m_execution);
        break;
    case Input:
        m_input->setValue(m_execution["parameters"]);
        break;
    case Outcome:
        m_result->setValue(m_execution["result"]);
        break;
    case Output:
        break;
    case History:
        m_history->show(m_execution);
        break;
    case Raw:
        m_raw->setPlainText(roughSize(m_execution, rawLimit) > rawLimit
                                ? tr("# This document is too large to be shown as a text.\n"
                                     "# The tab Result opens it part by part.")
                                : QString::fromStdString(
                                    writeJson(m_execution, {.indent = 2, .maskSecrets = true})));
        break;
    }
}

void ExecutionDetail::setTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

bool ExecutionDetail::isSettled() const
{
    return m_asked == 0 && m_output->isSettled();
}

void ExecutionDetail::takeAnswer(const QString &failed, const Result<Value> &answer)
{
    m_cancel->setEnabled(true);
    m_reRun->setEnabled(true);
    const QString fault
        = answer ? (*answer)["faultstring"].toQStringOr({}) : answer.error().message;
    if (!fault.isEmpty())
        m_error->showError(failed, fault);
}

void ExecutionDetail::cancel()
{
    if (m_cancel->isHidden() || !m_cancel->isEnabled())
        return;
    const QString action = m_execution["action"]["ref"].toQStringOr({});
    const auto elapsed = elapsedOf(m_execution, m_session.connection.clock().now());
    const bool hasBegun = statusOf(m_execution) == ExecutionStatus::Running;
    const Danger danger{tr("Cancel %1?").arg(action),
                        hasBegun && elapsed
                            ? tr("It has been running for %1. Its process is ended; what it has "
                                 "done stays done.")
                                  .arg(durationText(*elapsed))
                            : tr("It has not begun yet and will not run."),
                        tr("Cancel the execution")};
    // The one that is asked about, whatever is chosen meanwhile.
    const auto act = [this, id = m_id] { cancelNow(id); };
    if (hasBegun)
        askAlways(danger, m_session.connection, this, act);
    else
        askOnProduction(danger, m_session.connection, this, act);
}

void ExecutionDetail::cancelNow(const QString &id)
{
    m_cancel->setEnabled(false);
    m_error->clear();
    m_session.connection.remove(QStringLiteral("/executions/%1").arg(id),
                                Reply<Value>(this, [this](Result<Value> answer) {
                                    takeAnswer(tr("The execution could not be canceled."), answer);
                                }));
}

void ExecutionDetail::reRun()
{
    if (m_reRun->isHidden())
        return;
    m_reRun->setEnabled(false);
    m_error->clear();
    m_session.connection.post(
        QStringLiteral("/executions/%1/re_run").arg(m_id), Value::map(),
        Reply<Value>(this, [this](Result<Value> answer) {
            takeAnswer(tr("The execution could not be repeated."), answer);
            if (answer)
                emit placeWanted({QStringLiteral("executions"), (*answer)["id"].toQStringOr({})});
        }));
}

} // namespace stormglass::ui
