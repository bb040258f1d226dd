#pragma once

#include "engine/base/error.h"
#include "ui/models/rule_draft.h"

#include "ui/widgets/form_area.h"

class QLineEdit;
class QVBoxLayout;

namespace stormglass::ui {

class CatalogueModel;
class Card;
class CriteriaEditor;
class Field;
class ParameterForm;
class RefPicker;
class Text;

// A rule as the sentence it is: when – if – then. Knows nothing of saving.
class RuleForm : public FormArea
{
    Q_OBJECT

public:
    RuleForm(CatalogueModel &triggerTypes, CatalogueModel &actions, QWidget *parent = nullptr);

    void setDraft(const RuleDraft &draft);
    RuleDraft draft() const;
    // More of the chosen action is known; what was filled in stays.
    void refreshAction();
    // Shows what is missing; false where something is.
    bool check();
    // Shows where it belongs what the engine says against the draft; false where that is nowhere.
    bool showFault(const Error &fault);
    // What stands below the trigger: when it last came.
    void setTriggerNote(const QString &note);

signals:
    void edited();
    void triggerChanged(const QString &ref);

private:
    void buildAbout(QVBoxLayout &layout);
    void buildWhen(QVBoxLayout &layout);
    void buildIf(QVBoxLayout &layout);
    void buildThen(QVBoxLayout &layout);
    void showTrigger(const QString &ref, const Value &values);
    void showAction(const QString &ref, const Value &values);

    CatalogueModel &m_triggerTypes;
    CatalogueModel &m_actions;
    RuleDraft m_base;
    // Of which action the whole was asked for last.
    QString m_completed;
    QLineEdit *m_pack;
    QLineEdit *m_name;
    QLineEdit *m_description;
    Field *m_nameField;
    RefPicker *m_trigger;
    Text *m_triggerProblem;
    Text *m_triggerText;
    Text *m_triggerNote;
    ParameterForm *m_triggerForm;
    CriteriaEditor *m_criteria;
    RefPicker *m_action;
    Text *m_actionProblem;
    Text *m_actionText;
    ParameterForm *m_actionForm;
};

} // namespace stormglass::ui
