#pragma once

#include "ui/pages/page.h"

namespace stormglass::ui {

class Button;
class ErrorBanner;
class LogView;
class Text;

// Runs a sensor once, with its events kept from the engine, and shows what came of it.
class SensorTrialView : public QWidget
{
    Q_OBJECT

public:
    explicit SensorTrialView(Session &session, QWidget *parent = nullptr);
    // What was shown of another sensor goes.
    void setSensor(const QString &ref);

private:
    void begin();
    void takeAnswer(const QString &ref, const Result<Value> &answer);
    void showTrial(const Value &trial);

    Session &m_session;
    QString m_ref;
    Button *m_begin;
    ErrorBanner *m_error;
    Text *m_end;
    QWidget *m_box;
    LogView *m_result;
};

} // namespace stormglass::ui
