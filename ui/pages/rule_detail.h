#pragma once

#include "ui/models/rule_draft.h"
#include "ui/pages/page.h"

#include <QTimer>

class QTabWidget;

namespace stormglass::ui {

class Button;
class Chip;
class DetailHead;
class ErrorBanner;
class RehearsalView;
class RuleForm;
class RuleYamlEditor;
class Segmented;
class Table;

// One rule: its state, the sentence it is, and the file it would be. Saves only when asked to.
class RuleDetail : public QWidget
{
    Q_OBJECT

public:
    explicit RuleDetail(Session &session, QWidget *parent = nullptr);

    void show(const Value &rule);
    using QWidget::show;
    // A rule that is not stored yet, with what is known of it.
    void begin(const RuleDraft &draft);
    QString ref() const { return m_ref; }
    bool isChanged() const;
    void focusForm();
    void save();
    // Off if it acts or observes, on if it is off.
    void toggle();
    // Asks first on production; `removed` brings what is needed to undo it.
    void remove();

signals:
    void placeWanted(const stormglass::ui::Place &place);
    void saved(const QString &ref);
    void discarded();
    void removed(const stormglass::Value &rule);

private:
    void listen();
    void buildHead();
    void load(const RuleDraft &draft);
    void refresh();
    void showTriggerNote();
    void chooseState(int index);
    void removeNow();
    // What a change from elsewhere must not wipe out.
    bool isTouched() const;
    void takeAction(const QString &ref);
    void takeWritten(const RuleDraft &written);
    void takeSaved(const Result<Value> &answer);
    RuleDraft draft() const;

    Session &m_session;
    QString m_ref;
    RuleDraft m_saved;
    bool m_isNew = false;
    bool m_isSaving = false;
    DetailHead *m_head;
    ErrorBanner *m_error;
    Segmented *m_state;
    Chip *m_changed;
    Button *m_save;
    Button *m_discard;
    Button *m_more;
    QTabWidget *m_tabs;
    RuleForm *m_form;
    RuleYamlEditor *m_yaml;
    RehearsalView *m_rehearsal;
};

} // namespace stormglass::ui
