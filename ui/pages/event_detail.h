#pragma once

#include "ui/pages/page.h"

class QVBoxLayout;

namespace stormglass::ui {

class Button;
class DetailHead;
class ErrorBanner;
class Text;
class ValueTree;
class VerdictList;

// One trigger instance: why rules did or did not fire, its payload, and what followed.
class EventDetail : public QWidget
{
    Q_OBJECT

public:
    explicit EventDetail(Session &session, QWidget *parent = nullptr);

    void show(const Value &event);
    using QWidget::show;
    QString id() const { return m_id; }
    QString trigger() const { return m_session.events.triggerType(m_event); }
    bool isSettled() const { return m_asked == 0; }

signals:
    void placeWanted(const stormglass::ui::Place &place);
    void filterWanted(const QString &field, const stormglass::Value &value);

private:
    void showHead();
    void showVerdicts();
    void askVerdicts();
    // What is known of them, by the list or by asking.
    const std::vector<VerdictView> *verdicts() const;
    void askAgain();
    void askExecutions();
    void showFailure(const Error &error);
    void showExecutions(const ValueList &executions);
    void addExecution(const Value &execution);
    void reEmit();

    Session &m_session;
    QString m_id;
    Value m_event;
    // As they were asked for; the list may not hold the event, or be read anew meanwhile.
    std::optional<std::vector<VerdictView>> m_ownVerdicts;
    int m_asked = 0;
    // Something of it could not be read; it is asked for again when the engine is back.
    bool m_isIncomplete = false;
    DetailHead *m_head;
    Button *m_reEmit;
    ErrorBanner *m_error;
    Text *m_noRules;
    VerdictList *m_verdicts;
    ValueTree *m_payload;
    QVBoxLayout *m_trace;
};

} // namespace stormglass::ui
