#include "ui/pages/rule_detail.h"

#include "ui/editors/rule_form.h"
#include "ui/editors/rule_yaml_editor.h"
#include "ui/models/times.h"
#include "ui/pages/danger_dialog.h"
#include "ui/pages/detail_parts.h"
#include "ui/pages/rehearsal_view.h"
#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/states.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QTabWidget>
#include <QVBoxLayout>

namespace stormglass::ui {

namespace {

const char *const states[] = {"disabled", "observe", "enabled"};

int stateIndex(const QString &state)
{
    for (int i = 0; i < 3; ++i) {
        if (state == QLatin1String(states[i]))
            return i;
    }
    return 0;
}

} // namespace

RuleDetail::RuleDetail(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_head(new DetailHead)
    , m_error(new ErrorBanner)
    , m_state(new Segmented(tr("State of the rule")))
    , m_changed(new Chip)
    , m_save(new Button(tr("Save"), {}, Emphasis::Primary))
    , m_discard(new Button(tr("Discard")))
    , m_more(new Button({}, QStringLiteral("more"), Emphasis::Quiet))
    , m_tabs(new QTabWidget)
    , m_form(new RuleForm(session.triggerTypes, session.actions))
    , m_yaml(new RuleYamlEditor)
    , m_rehearsal(new RehearsalView(session, [this] { return draft(); }))
{
    buildHead();
    auto *scroll = new DetailScroll;
    scroll->body()->setContentsMargins(16, 14, 16, 16);
    scroll->body()->addWidget(m_form);
    prepareTabs(*m_tabs);
    m_tabs->addTab(scroll, tr("Form"));
    m_tabs->addTab(m_yaml, tr("YAML"));
    m_tabs->addTab(m_rehearsal, tr("Rehearse"));
    auto *banner = new QVBoxLayout;
    banner->setContentsMargins(16, 0, 16, 0);
    banner->addWidget(m_error);
    auto *actions = new QHBoxLayout;
    actions->setContentsMargins(16, 0, 12, 8);
    actions->setSpacing(8);
    actions->addWidget(m_state);
    actions->addWidget(m_changed);
    actions->addStretch(1);
    actions->addWidget(m_discard);
    actions->addWidget(m_save);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addLayout(actions);
    layout->addLayout(banner);
    layout->addWidget(m_tabs, 1);
    listen();
}

void RuleDetail::listen()
{
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        // What was changed in the form meanwhile.
        if (m_tabs->currentWidget() == m_yaml && !m_yaml->hasProblem())
            m_yaml->show(draft());
        refresh();
    });
    connect(m_form, &RuleForm::edited, this, &RuleDetail::refresh);
    connect(m_yaml, &RuleYamlEditor::edited, this, &RuleDetail::takeWritten);
    connect(m_yaml, &RuleYamlEditor::problemChanged, this, &RuleDetail::refresh);
    connect(m_form, &RuleForm::triggerChanged, this, &RuleDetail::showTriggerNote);
    connect(m_save, &QAbstractButton::clicked, this, &RuleDetail::save);
    connect(m_discard, &QAbstractButton::clicked, this, [this] {
        if (m_isNew)
            emit discarded();
        else
            load(m_saved);
    });
    connect(m_state, &Segmented::chosen, this, &RuleDetail::chooseState);
    connect(m_rehearsal, &RehearsalView::placeWanted, this, &RuleDetail::placeWanted);
    // Catalogues may come after the rule; a form in which somebody types is left alone.
    for (const CatalogueModel *catalogue : {static_cast<CatalogueModel *>(&m_session.actions),
                                            static_cast<CatalogueModel *>(&m_session.triggerTypes)})
        connect(catalogue, &CatalogueModel::loadingChanged, this, [this] {
            if (!m_ref.isEmpty() && !isTouched())
                load(m_saved);
        });
    connect(&m_session.actions, &CatalogueModel::valueChanged, this, &RuleDetail::takeAction);
}

// What its form is made of came after the rule.
void RuleDetail::takeAction(const QString &ref)
{
    const RuleDraft now = draft();
    if (now.action != ref)
        return;
    if (!isTouched())
        load(m_saved);
    else
        m_form->refreshAction();
}

// What was written goes the way of the form, which knows more of a rule than its text.
void RuleDetail::takeWritten(const RuleDraft &written)
{
    m_form->setDraft(written);
    m_state->setCurrent(stateIndex(written.state));
    refresh();
}

void RuleDetail::buildHead()
{
    m_state->add(tr("Disabled"), QStringLiteral("disabled"), Tone::Muted);
    m_state->add(tr("Observe"), QStringLiteral("observe"), Tone::Accent);
    m_state->add(tr("Enabled"), QStringLiteral("succeeded"), Tone::Good);
    m_state->setToolTip(plainToolTip(
        tr("Disabled: not asked. Observe: asked and recorded, does not act. Enabled: acts.")));
    m_more->setAccessibleName(tr("More"));
    m_more->setToolTip(tr("More"));
    auto *menu = new QMenu(m_more);
    menu->addAction(tr("Show its events"), this, [this] {
        emit placeWanted({QStringLiteral("events"),
                          {},
                          filterTerm(QStringLiteral("trigger"), Value(m_saved.trigger))});
    });
    menu->addAction(tr("Show its executions"), this, [this] {
        emit placeWanted(
            {QStringLiteral("executions"), {}, filterTerm(QStringLiteral("rule"), Value(m_ref))});
    });
    menu->addSeparator();
    menu->addAction(tr("Make another like it"), this, [this] {
        RuleDraft copy = draft();
        copy.original = Value::map();
        copy.name += QStringLiteral("_copy");
        copy.state = QStringLiteral("disabled");
        begin(copy);
    });
    menu->addAction(themedIcon(QStringLiteral("trash"), Tone::Bad), tr("Delete the rule"), this,
                    &RuleDetail::remove);
    connect(m_more, &QAbstractButton::clicked, menu,
            [this, menu] { menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height() + 2))); });
    m_head->addAction(m_more);
}

void RuleDetail::show(const Value &rule)
{
    const QString ref = rule["ref"].toQStringOr({});
    // An answer or a change of somebody else must not wipe out what is being typed.
    if (ref == m_ref && isTouched() && !m_isSaving)
        return;
    m_isNew = false;
    if (ref != m_ref)
        m_rehearsal->clear();
    m_ref = ref;
    m_error->clear();
    load(draftOf(rule));
}

void RuleDetail::begin(const RuleDraft &draft)
{
    m_isNew = true;
    m_ref = QString();
    m_rehearsal->clear();
    m_error->clear();
    load(draft);
}

void RuleDetail::load(const RuleDraft &draft)
{
    m_saved = draft;
    m_form->setDraft(draft);
    m_state->setCurrent(stateIndex(draft.state));
    m_yaml->show(this->draft());
    // The form may write the same thing in another way; what it reads back is what counts as
    // unchanged.
    m_saved = this->draft();
    m_saved.original = draft.original;
    showTriggerNote();
    refresh();
}

RuleDraft RuleDetail::draft() const
{
    RuleDraft draft = m_form->draft();
    draft.state = QString::fromLatin1(states[qBound(0, m_state->current(), 2)]);
    return draft;
}

bool RuleDetail::isChanged() const
{
    return m_isNew || !(draft() == m_saved);
}

bool RuleDetail::isTouched() const
{
    return isChanged() || m_yaml->hasProblem() || m_yaml->isPending();
}

void RuleDetail::focusForm()
{
    m_tabs->setCurrentIndex(0);
    m_form->setFocus();
}

void RuleDetail::refresh()
{
    const bool isUnreadable = m_yaml->hasProblem();
    const bool changed = isChanged() || isUnreadable;
    m_head->setName(m_isNew ? tr("New rule") : m_ref);
    m_head->setLine(m_saved.trigger.isEmpty()
                        ? tr("when something happens, do something")
                        : m_saved.trigger + QStringLiteral(" \u2192 ") + m_saved.action);
    if (isUnreadable)
        m_changed->show(tr("YAML at fault"), Tone::Bad);
    else
        m_changed->show(!m_isNew && changed ? tr("changed") : QString(), Tone::Warn);
    m_save->setText(m_isNew ? tr("Create") : tr("Save"));
    m_save->setEnabled(changed && !m_isSaving && !isUnreadable);
    m_save->setVisible(changed);
    m_discard->setVisible(changed);
    m_more->setVisible(!m_isNew);
    // What cannot be read stays to be mended.
    if (m_tabs->currentWidget() == m_yaml)
        m_yaml->keepUp(draft());
}

void RuleDetail::showTriggerNote()
{
    const QString trigger = m_form->draft().trigger;
    for (const Value &event : m_session.events.newest(500)) {
        if (m_session.events.triggerType(event) != trigger)
            continue;
        if (const std::optional<Timestamp> time = timeOf(event["occurrence_time"]))
            m_form->setTriggerNote(
                tr("last event %1").arg(relativeText(*time, m_session.connection.clock().now())));
        return;
    }
    m_form->setTriggerNote({});
}

// The switch of a stored rule acts at once; beside other changes it waits for them to be saved.
void RuleDetail::chooseState(int)
{
    RuleDraft wanted = m_saved;
    wanted.state = draft().state;
    const bool isAlone = !m_isNew && draft() == wanted;
    if (isAlone && wanted.state != m_saved.state)
        save();
    else
        refresh();
}

void RuleDetail::save()
{
    m_yaml->flush();
    if (m_isSaving || !isChanged() || m_yaml->hasProblem())
        return;
    m_error->clear();
    if (!m_form->check()) {
        m_tabs->setCurrentIndex(0);
        refresh();
        return;
    }
    m_isSaving = true;
    m_save->setEnabled(false);
    const Value body = ruleJson(draft());
    const Reply<Value> reply(this, [this](Result<Value> answer) { takeSaved(answer); });
    if (m_isNew)
        m_session.connection.post(QStringLiteral("/rules"), body, reply);
    else
        m_session.connection.put(QStringLiteral("/rules/%1").arg(m_ref), body, reply);
}

void RuleDetail::takeSaved(const Result<Value> &answer)
{
    if (!answer) {
        m_isSaving = false;
        if (m_tabs->currentWidget() == m_yaml && !answer.error().place.isEmpty()) {
            m_yaml->showFault(answer.error().message, answer.error().place);
            refresh();
            return;
        }
        m_tabs->setCurrentIndex(0);
        if (!m_form->showFault(answer.error()))
            m_error->showError(tr("The rule could not be saved."), answer.error().message);
        refresh();
        return;
    }
    Value rule = *answer;
    m_session.rules.take(rule);
    show(rule);
    m_isSaving = false;
    refresh();
    emit saved(m_ref);
}

void RuleDetail::toggle()
{
    if (m_isNew || m_ref.isEmpty() || m_isSaving)
        return;
    m_state->setCurrent(m_saved.state == QLatin1String("disabled") ? 2 : 0);
    chooseState(m_state->current());
}

void RuleDetail::remove()
{
    if (m_isNew || m_ref.isEmpty())
        return;
    askOnProduction(
        {tr("Delete %1?").arg(m_ref),
         tr("It stops acting at once. What it did stays in the history, and the deletion "
            "can be undone while this page is open."),
         tr("Delete the rule")},
        m_session.connection, this, [this] { removeNow(); });
}

void RuleDetail::removeNow()
{
    const Value rule = m_saved.original;
    m_session.connection.remove(QStringLiteral("/rules/%1").arg(m_ref),
                                Reply<Value>(this, [this, rule](Result<Value> answer) {
                                    if (!answer) {
                                        m_error->showError(tr("The rule could not be deleted."),
                                                           answer.error().message);
                                        return;
                                    }
                                    m_session.rules.drop(rule["ref"].toQStringOr({}));
                                    emit discarded();
                                    emit removed(rule);
                                }));
}

} // namespace stormglass::ui
