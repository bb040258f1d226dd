#include "ui/editors/rule_yaml_editor.h"

#include "engine/base/yaml_place.h"
#include "ui/models/rule_file.h"
#include "ui/widgets/card.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text.h"

#include <QVBoxLayout>

namespace stormglass::ui {

using namespace std::chrono_literals;

RuleYamlEditor::RuleYamlEditor(QWidget *parent)
    : QWidget(parent)
    , m_code(new CodeView(tr("The rule as a file")))
    , m_said(new Text({}, Face::Body, Tone::Muted))
{
    m_code->setEditable();
    m_said->setWrapping();
    m_said->setContentsMargins(16, 8, 16, 8);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_code, 1);
    layout->addWidget(new Divider);
    layout->addWidget(m_said);
    setFocusProxy(m_code);
    m_rest.setSingleShot(true);
    m_rest.setInterval(150ms);
    connect(&m_rest, &QTimer::timeout, this, &RuleYamlEditor::take);
    connect(m_code, &QPlainTextEdit::textChanged, &m_rest, qOverload<>(&QTimer::start));
    say({}, 0);
}

void RuleYamlEditor::show(const RuleDraft &draft)
{
    m_base = draft;
    const bool isSame
        = !m_hasProblem && !m_code->toPlainText().isEmpty() && ruleFile(draft) == ruleFile(m_shown);
    if (isSame)
        return;
    m_shown = draft;
    {
        const QSignalBlocker quiet(m_code);
        m_code->setPlainText(ruleFileText(draft));
    }
    m_rest.stop();
    m_hasProblem = false;
    say({}, 0);
}

void RuleYamlEditor::keepUp(const RuleDraft &draft)
{
    if (!m_code->hasFocus() && !m_hasProblem)
        show(draft);
}

void RuleYamlEditor::flush()
{
    if (!m_rest.isActive())
        return;
    m_rest.stop();
    take();
}

void RuleYamlEditor::take()
{
    const auto read = readRuleFile(m_code->toPlainText(), m_base);
    if (const auto *problem = std::get_if<RuleFileProblem>(&read)) {
        m_hasProblem = true;
        say(problem->message, problem->line);
        emit problemChanged();
        return;
    }
    m_hasProblem = false;
    m_shown = std::get<RuleDraft>(read);
    say({}, 0);
    emit problemChanged();
    emit edited(m_shown);
}

void RuleYamlEditor::showFault(const QString &message, const QString &place)
{
    say(message, yamlLineAt(m_code->toPlainText().toStdString(), place));
}

void RuleYamlEditor::say(const QString &problem, int line)
{
    m_code->markLine(line);
    const bool isAtFault = !problem.isEmpty();
    m_said->setTone(isAtFault ? Tone::Bad : Tone::Muted);
    m_said->setText(breakable(
        !isAtFault ? tr("What is written here and in the form is the same rule. Comments are not "
                        "stored with it.")
            : line > 0 ? tr("Line %1: %2").arg(line).arg(problem)
                       : problem));
    m_code->setAccessibleDescription(isAtFault ? m_said->text() : QString());
}

} // namespace stormglass::ui
