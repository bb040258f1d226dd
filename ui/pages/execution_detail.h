#pragma once

#include "ui/pages/page.h"

class QTabWidget;

namespace stormglass::ui {

class Button;
class CodeView;
class DetailHead;
class ErrorBanner;
class ExecutionHistory;
class ExecutionSummary;
class OutputTail;
class ValueTree;

// One execution: why, with what, what it said and did, in tabs; it is followed while it runs.
class ExecutionDetail : public QWidget
{
    Q_OBJECT

public:
    enum Tab { Summary, Input, Outcome, Output, History, Raw };

    explicit ExecutionDetail(Session &session, QWidget *parent = nullptr);

    void show(const Value &execution);
    using QWidget::show;
    QString id() const { return m_id; }
    QString action() const { return m_execution["action"]["ref"].toQStringOr({}); }
    void setTab(Tab tab);
    bool isSettled() const;
    void cancel();
    void reRun();

signals:
    void placeWanted(const stormglass::ui::Place &place);
    void filterWanted(const QString &field, const stormglass::Value &value);

private:
    void buildTabs();
    void showHead();
    void showTab();
    void askWhole();
    void cancelNow(const QString &id);
    void takeAnswer(const QString &failed, const Result<Value> &answer);

    Session &m_session;
    QString m_id;
    Value m_execution;
    // It could not be read whole, and is asked for again when the engine is back.
    bool m_isIncomplete = false;
    int m_asked = 0;
    DetailHead *m_head;
    ErrorBanner *m_error;
    Button *m_reRun;
    Button *m_cancel;
    QTabWidget *m_tabs;
    ExecutionSummary *m_summary;
    ValueTree *m_input;
    ValueTree *m_result;
    OutputTail *m_output;
    ExecutionHistory *m_history;
    CodeView *m_raw;
};

} // namespace stormglass::ui
