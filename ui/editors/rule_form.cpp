#include "ui/editors/rule_form.h"

#include "ui/editors/criteria_editor.h"
#include "ui/editors/parameter_form.h"
#include "ui/editors/ref_picker.h"
#include "ui/models/catalogue_model.h"
#include "ui/widgets/card.h"
#include "ui/widgets/form.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace stormglass::ui {

namespace {

Text *problemLine()
{
    auto *text = new Text({}, Face::Small, Tone::Bad);
    text->setWrapping();
    text->hide();
    return text;
}

Text *quietLine()
{
    auto *text = new Text({}, Face::Small, Tone::Muted);
    text->setWrapping();
    text->hide();
    return text;
}

Card *section(const QString &title, const QString &note)
{
    auto *card = new Card(title);
    if (!note.isEmpty()) {
        auto *text = new Text(note, Face::Small, Tone::Faint);
        text->setContentsMargins(0, 0, 8, 0);
        card->addToHead(text);
    }
    card->body()->setSpacing(10);
    return card;
}

QStringList payloadPaths(const Value &triggerType)
{
    QStringList paths;
    const Value &schema = triggerType["payload_schema"];
    const Value &members = schema["properties"].isMap() ? schema["properties"] : schema;
    for (const ValueMap::Entry &entry : members.entriesOrNone()) {
        if (entry.key.isText())
            paths.append(QStringLiteral("trigger.") + entry.key.toQString());
    }
    return paths;
}

} // namespace

RuleForm::RuleForm(CatalogueModel &triggerTypes, CatalogueModel &actions, QWidget *parent)
    : FormArea(parent)
    , m_triggerTypes(triggerTypes)
    , m_actions(actions)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    buildAbout(*layout);
    buildWhen(*layout);
    buildIf(*layout);
    buildThen(*layout);
    layout->addStretch(1);
}

void RuleForm::buildAbout(QVBoxLayout &layout)
{
    m_pack = new QLineEdit;
    m_name = new QLineEdit;
    m_description = new QLineEdit;
    auto *pack = new Field(tr("Pack"), m_pack);
    m_nameField = new Field(tr("Name"), m_name);
    auto *line = new QHBoxLayout;
    line->setSpacing(12);
    line->addWidget(pack, 1, Qt::AlignTop);
    line->addWidget(m_nameField, 2, Qt::AlignTop);
    layout.addLayout(line);
    setFocusProxy(m_name);
    layout.addWidget(new Field(tr("Description"), m_description));
    for (const QLineEdit *edit : {m_pack, m_name})
        connect(edit, &QLineEdit::textEdited, this, [this] { m_nameField->setError({}); });
    for (const QLineEdit *edit : {m_pack, m_name, m_description})
        connect(edit, &QLineEdit::textEdited, this, &RuleForm::edited);
}

void RuleForm::buildWhen(QVBoxLayout &layout)
{
    Card *card = section(tr("When"), tr("an event of this kind comes"));
    m_trigger = new RefPicker(m_triggerTypes, tr("Trigger"));
    m_triggerProblem = problemLine();
    m_triggerText = quietLine();
    m_triggerNote = quietLine();
    m_triggerForm = new ParameterForm;
    card->body()->addWidget(m_trigger);
    card->body()->addWidget(m_triggerProblem);
    card->body()->addWidget(m_triggerText);
    card->body()->addWidget(m_triggerForm);
    card->body()->addWidget(m_triggerNote);
    layout.addWidget(card);
    connect(m_triggerForm, &ParameterForm::edited, this, &RuleForm::edited);
    connect(m_trigger, &RefPicker::refChanged, this, [this](const QString &ref) {
        m_triggerProblem->say({});
        showTrigger(ref, m_triggerForm->draft());
        emit triggerChanged(ref);
        emit edited();
    });
}

void RuleForm::buildIf(QVBoxLayout &layout)
{
    Card *card = section(tr("If"), tr("all of these hold"));
    m_criteria = new CriteriaEditor;
    card->body()->addWidget(m_criteria);
    layout.addWidget(card);
    connect(m_criteria, &CriteriaEditor::edited, this, &RuleForm::edited);
}

void RuleForm::buildThen(QVBoxLayout &layout)
{
    Card *card = section(tr("Then"), tr("run this action"));
    m_action = new RefPicker(m_actions, tr("Action"));
    m_actionProblem = problemLine();
    m_actionText = quietLine();
    m_actionForm = new ParameterForm;
    card->body()->addWidget(m_action);
    card->body()->addWidget(m_actionProblem);
    card->body()->addWidget(m_actionText);
    card->body()->addWidget(m_actionForm);
    layout.addWidget(card);
    connect(m_actionForm, &ParameterForm::edited, this, &RuleForm::edited);
    connect(m_action, &RefPicker::refChanged, this, [this](const QString &ref) {
        m_actionProblem->say({});
        showAction(ref, m_actionForm->draft());
        emit edited();
    });
}

void RuleForm::showTrigger(const QString &ref, const Value &values)
{
    const Value *type = m_triggerTypes.find(ref);
    m_triggerForm->setSchema(type ? (*type)["parameters_schema"] : Value::map(), values);
    m_triggerForm->setVisible(!m_triggerForm->isEmpty());
    m_triggerText->say(type ? (*type)["description"].toQStringOr({}) : QString());
    m_criteria->setPaths(type ? payloadPaths(*type) : QStringList());
}

void RuleForm::showAction(const QString &ref, const Value &values)
{
    const Value *action = m_actions.find(ref);
    if (action && !action->find("parameters") && m_completed != ref) {
        m_completed = ref;
        m_actions.complete(ref);
    }
    m_actionForm->setSchema(action ? (*action)["parameters"] : Value::map(), values);
    m_actionForm->setVisible(!m_actionForm->isEmpty());
    const bool isUnknown = !action && !ref.isEmpty() && m_actions.total() > 0;
    m_actionText->say(action ? (*action)["description"].toQStringOr({})
                          : isUnknown
                          ? tr("There is no such action yet; the rule can be saved all the same.")
                          : QString());
}

void RuleForm::refreshAction()
{
    showAction(m_action->ref(), m_actionForm->draft());
}

void RuleForm::setDraft(const RuleDraft &draft)
{
    m_base = draft;
    m_pack->setText(draft.pack);
    m_name->setText(draft.name);
    m_description->setText(draft.description);
    m_description->setCursorPosition(0);
    // A rule is what it is called; another name makes another rule.
    m_pack->setReadOnly(!draft.isNew());
    m_name->setReadOnly(!draft.isNew());
    m_trigger->setRef(draft.trigger);
    m_action->setRef(draft.action);
    showTrigger(draft.trigger, draft.triggerParameters);
    showAction(draft.action, draft.actionParameters);
    m_criteria->setRows(draft.criteria);
    m_nameField->setError({});
    m_triggerProblem->say({});
    m_actionProblem->say({});
}

RuleDraft RuleForm::draft() const
{
    RuleDraft draft = m_base;
    draft.pack = m_pack->text().trimmed();
    draft.name = m_name->text().trimmed();
    draft.description = m_description->text();
    draft.trigger = m_trigger->ref();
    draft.triggerParameters = m_triggerForm->draft();
    draft.criteria = m_criteria->rows();
    draft.action = m_action->ref();
    draft.actionParameters = m_actionForm->draft();
    return draft;
}

bool RuleForm::check()
{
    const DraftProblems problems = problemsOf(draft());
    m_nameField->setError(problems.name);
    m_triggerProblem->say(problems.trigger);
    m_actionProblem->say(problems.action);
    m_criteria->showProblems(problems.criteria);
    const bool isFilled = m_actionForm->values().has_value();
    const bool isWhole = m_triggerForm->values().has_value() && isFilled && problems.isEmpty();
    // The last one to take the focus is the first to be put right.
    if (!problems.action.isEmpty() && problems.trigger.isEmpty() && problems.name.isEmpty())
        m_action->setFocus();
    else if (!problems.trigger.isEmpty() && problems.name.isEmpty())
        m_trigger->setFocus();
    else if (!problems.name.isEmpty())
        m_name->setFocus();
    return isWhole;
}

bool RuleForm::showFault(const Error &fault)
{
    const auto inside = [&fault](const char *place) {
        return Error{fault.code, fault.message, fault.kind,
                     fault.place.mid(static_cast<qsizetype>(qstrlen(place)))};
    };
    if (fault.code == ErrorCode::Conflict && m_base.isNew()) {
        m_nameField->setError(tr("There is a rule of this name already."));
        m_name->setFocus();
        return true;
    }
    if (fault.place.startsWith(QLatin1String("trigger"))) {
        if (!m_triggerForm->showFault(inside("trigger.parameters.")))
            m_triggerProblem->say(fault.message);
        return true;
    }
    if (fault.place.startsWith(QLatin1String("action"))) {
        if (!m_actionForm->showFault(inside("action.parameters.")))
            m_actionProblem->say(fault.message);
        return true;
    }
    return false;
}

void RuleForm::setTriggerNote(const QString &note)
{
    m_triggerNote->say(note);
}

} // namespace stormglass::ui
