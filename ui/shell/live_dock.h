#pragma once

#include "ui/models/session.h"
#include "ui/pages/page.h"

#include <QDockWidget>

class QStackedWidget;

namespace stormglass::ui {

class FilterField;
class LogView;
class Segmented;
class Table;

// The stream below everything else: events, executions and the console's log, with a filter and a
// pause of their own. Reads only while it is shown.
class LiveDock : public QDockWidget
{
    Q_OBJECT

public:
    explicit LiveDock(Session &session, QWidget *parent = nullptr);

    void setZone(const QTimeZone &zone);
    int current() const;
    void setCurrent(int index);
    bool isSettled() const;

signals:
    void placeWanted(const stormglass::ui::Place &place);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *titleBar();
    void buildLists();
    void applyFilter(const QString &text);
    void pause(bool paused);
    void addEntry(const Activity::Entry &entry);

    Session &m_session;
    TriggerInstancesModel m_events;
    ExecutionsModel m_executions;
    Segmented *m_choice;
    FilterField *m_filter;
    QStackedWidget *m_stack;
    Table *m_eventTable;
    Table *m_executionTable;
    LogView *m_log;
    bool m_isPaused = false;
};

} // namespace stormglass::ui
