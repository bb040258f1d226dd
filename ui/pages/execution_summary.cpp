#include "ui/pages/execution_summary.h"

#include "ui/models/execution_words.h"
#include "ui/models/summary.h"
#include "ui/models/times.h"
#include "ui/pages/layouts.h"
#include "ui/pages/sunken_box.h"
#include "ui/widgets/button.h"
#include "ui/widgets/form.h"
#include "ui/widgets/text.h"
#include "ui/widgets/value_tree.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace stormglass::ui {

namespace {

constexpr qsizetype shownText = 4000;
constexpr qsizetype shownLines = 24;

Text *fact(const QString &text, Face face = Face::Body)
{
    auto *label = new Text(text, face);
    label->setWrapping();
    label->setCopyable();
    return label;
}

// The last lines: that is where programs say what went wrong.
QString endOf(const QString &text)
{
    const QStringList lines = printable(text.right(4 * shownText)).split(QLatin1Char('\n'));
    QString end = lines.mid(qMax(0, lines.size() - shownLines)).join(QLatin1Char('\n'));
    if (end.size() > shownText) {
        end = end.right(shownText);
        // From a line's beginning, unless it is one line.
        end = end.mid(end.indexOf(QLatin1Char('\n')) + 1);
    }
    const bool isWhole = lines.size() <= shownLines && text.size() <= shownText;
    return isWhole ? end : QStringLiteral("\u2026\n") + end;
}

QWidget *codeBlock(const QString &code)
{
    auto *text = new Text(endOf(code), Face::Code);
    text->setWrapping();
    text->setCopyable();
    text->setContentsMargins(8, 6, 8, 6);
    return new SunkenBox(text);
}

QString errorText(const Value &result)
{
    for (const char *member : {"error", "traceback", "stderr"}) {
        const QString text = result[member].toQStringOr({}).trimmed();
        if (!text.isEmpty())
            return text;
    }
    return {};
}

} // namespace

ExecutionSummary::ExecutionSummary(Session &session, QWidget *parent)
    : DetailScroll(parent)
    , m_session(session)
{
}

void ExecutionSummary::show(const Value &execution)
{
    if (m_shown == execution)
        return;
    m_shown = execution;
    clearLayout(*body());
    const std::optional<ExecutionStatus> status = statusOf(execution);
    const bool hasFailed = status && isFailure(*status);
    if (hasFailed)
        addFailure(execution);
    addCause(execution);
    addTimes(execution);
    if (!hasFailed)
        addOutcome(execution);
    body()->addStretch(1);
}

QWidget *ExecutionSummary::link(const QString &text, const Place &place)
{
    auto *button = new LinkButton(text);
    connect(button, &QAbstractButton::clicked, this, [this, place] { emit placeWanted(place); });
    return button;
}

// event → rule → this, each of them a way to go.
QWidget *ExecutionSummary::chain(const Value &execution)
{
    auto *chain = new QWidget;
    auto *layout = new QHBoxLayout(chain);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    const auto arrow = [layout] {
        layout->addWidget(new Text(QStringLiteral("\u2192"), Face::Body, Tone::Faint));
    };
    const QString event = execution["trigger_instance"]["id"].toQStringOr({});
    const QString rule = execution["rule"]["ref"].toQStringOr({});
    const QString parent = execution["parent"].toQStringOr({});
    if (!event.isEmpty()) {
        layout->addWidget(link(tr("event"), {QStringLiteral("events"), event}));
        arrow();
    }
    if (!rule.isEmpty()) {
        layout->addWidget(link(rule, {QStringLiteral("rules"), rule}));
        arrow();
    }
    if (!parent.isEmpty()) {
        layout->addWidget(link(tr("workflow"), {QStringLiteral("executions"), parent}));
        arrow();
    }
    layout->addWidget(new Text(tr("this")));
    layout->addStretch(1);
    return chain;
}

void ExecutionSummary::addCause(const Value &execution)
{
    body()->addWidget(sectionTitle(tr("Why it ran")));
    auto *facts = new Facts;
    const bool hasChain = !execution["trigger_instance"].isNull() || !execution["rule"].isNull()
        || !execution["parent"].isNull();
    if (hasChain)
        facts->add(tr("Because of"), chain(execution));
    const QString user = execution["context"]["user"].toQStringOr({});
    if (!user.isEmpty())
        facts->add(hasChain ? tr("On behalf of") : tr("Asked for by"), fact(user));
    const QString again = execution["context"]["re-run"]["ref"].toQStringOr({});
    if (!again.isEmpty())
        facts->add(tr("Repeats"),
                   link(tr("the execution before"), {QStringLiteral("executions"), again}));
    const QString action = execution["action"]["ref"].toQStringOr({});
    facts->add(tr("Action"), link(action, {QStringLiteral("actions"), action}));
    body()->addWidget(facts);
}

void ExecutionSummary::addTimes(const Value &execution)
{
    const Timestamp now = m_session.connection.clock().now();
    body()->addWidget(sectionTitle(tr("When and where")));
    auto *facts = new Facts;
    if (const std::optional<Timestamp> start = timeOf(execution["start_timestamp"]))
        facts->add(tr("Started"), fact(exactText(*start, m_session.zone())));
    if (const std::optional<Timestamp> end = timeOf(execution["end_timestamp"]))
        facts->add(tr("Ended"), fact(exactText(*end, m_session.zone())));
    const std::optional<std::chrono::microseconds> elapsed = elapsedOf(execution, now);
    const std::optional<std::chrono::microseconds> usual
        = m_session.executions.usualDuration(execution["action"]["ref"].toQStringOr({}));
    if (elapsed)
        facts->add(
            tr("Took"),
            fact(usual ? tr("%1 (usually %2)").arg(durationText(*elapsed), durationText(*usual))
                       : durationText(*elapsed)));
    facts->add(tr("Runner"),
               fact(execution["action"]["runner_type"].toQStringOr(
                   execution["runner"]["name"].toQStringOr({}))));
    const std::int64_t process = execution["liveaction"]["runner_info"]["pid"].toIntOr(0);
    if (process > 0)
        facts->add(tr("Process"), fact(QString::number(process)));
    facts->add(tr("Id"), fact(execution["id"].toQStringOr({}), Face::Code));
    body()->addWidget(facts);
}

void ExecutionSummary::addFailure(const Value &execution)
{
    body()->addWidget(sectionTitle(tr("Why it failed")));
    const QString error = errorText(execution["result"]);
    body()->addWidget(error.isEmpty() ? fact(resultSummary(execution)) : codeBlock(error));
}

void ExecutionSummary::addOutcome(const Value &execution)
{
    const Value &result = execution["result"];
    if (result.isNull())
        return;
    body()->addWidget(sectionTitle(tr("Result")));
    const QString out = result["stdout"].toQStringOr({}).trimmed();
    const bool isShell = !out.isEmpty()
        && (result["result"].isNull() || result["result"].toQStringOr({}) == QLatin1String("None"));
    if (isShell) {
        body()->addWidget(codeBlock(out));
        return;
    }
    auto *tree = new ValueTree(tr("Result"));
    tree->fitRows(14);
    tree->setValue(result["result"].isNull() ? result : result["result"]);
    body()->addWidget(new SunkenBox(tree));
}

} // namespace stormglass::ui
