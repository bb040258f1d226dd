#pragma once

#include "engine/model/execution_status.h"
#include "ui/pages/page.h"

class QSplitter;

namespace stormglass::ui {

class Button;
class Chip;
class DetailHead;
class ElidedText;
class ErrorBanner;
class LinkButton;
class OutputTail;
class ParameterForm;
class Text;

// An action to be run: the form its schema makes, and beside it what the run prints.
class ActionDetail : public QWidget
{
    Q_OBJECT

public:
    explicit ActionDetail(Session &session, QWidget *parent = nullptr);

    void show(const Value &action);
    using QWidget::show;
    void fill(const Value &values);
    QString ref() const { return m_ref; }
    void run();
    bool isSettled() const { return m_asked == 0; }
    void focusForm();

signals:
    void placeWanted(const stormglass::ui::Place &place);

private:
    bool isKnown() const;
    void askParameters();
    void askOverview(const QString &ref);
    void takeParameters(const Result<Value> &whole);
    void showRun(const Value &execution);
    void takeRun(const Result<Value> &answer);
    void takeChanges(const std::vector<Change> &changes);
    void takeRunChange(const Value &execution);

    Session &m_session;
    QString m_ref;
    Value m_action;
    // Its own parameters, without its runner's.
    Value m_own;
    QString m_execution;
    std::optional<ExecutionStatus> m_status;
    int m_asked = 0;
    // The form is still being completed; whoever came to fill it in goes on there.
    bool m_isFocusWanted = false;
    // Last values used, by action.
    QHash<QString, Value> m_last;
    DetailHead *m_head;
    ErrorBanner *m_error;
    ParameterForm *m_form;
    Text *m_noParameters;
    Button *m_run;
    QSplitter *m_splitter;
    QWidget *m_result;
    Chip *m_state;
    ElidedText *m_took;
    LinkButton *m_link;
    OutputTail *m_output;
};

} // namespace stormglass::ui
