#pragma once

#include "ui/pages/page.h"

class QVBoxLayout;

namespace stormglass::ui {

class Button;
class DetailHead;
class ErrorBanner;
class Facts;
class LogView;
class Sparkline;
class SensorTrialView;
class Text;

// One sensor: how it does, what it raises, why it was started again, and what it says.
class SensorDetail : public QWidget
{
    Q_OBJECT

public:
    explicit SensorDetail(Session &session, QWidget *parent = nullptr);
    void show(const Value &sensor);
    using QWidget::show;

signals:
    void placeWanted(const stormglass::ui::Place &place);

private:
    void listen();
    void showFacts();
    void showRate();
    void showInstances();
    void showTriggers();
    void showRestarts();
    void showLog();
    void setEnabledState(bool enabled);
    // `start`, `restart`, `pause` or `resume`.
    void command(const QString &name, const QString &failed);
    void takeAnswer(const QString &failed, const Result<Value> &answer);

    Session &m_session;
    QString m_ref;
    Value m_sensor;
    Value m_log;
    DetailHead *m_head;
    Button *m_toggle;
    Button *m_restart;
    Button *m_pause;
    ErrorBanner *m_error;
    QVBoxLayout *m_facts;
    Text *m_rate;
    Sparkline *m_line;
    SensorTrialView *m_trial;
    QVBoxLayout *m_instances;
    QVBoxLayout *m_triggers;
    QVBoxLayout *m_restarts;
    LogView *m_logView;
};

} // namespace stormglass::ui
