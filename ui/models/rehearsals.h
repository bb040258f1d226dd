#pragma once

#include "engine/instance/rehearsals.h"
#include "ui/models/connection.h"
#include "ui/models/feed.h"

namespace stormglass::ui {

// One rehearsal of a draft at a time: asked for, followed, read, canceled. Thread: Main.
class RehearsalModel : public QObject
{
    Q_OBJECT

public:
    RehearsalModel(Connection &connection, Feed &feed, QObject *parent = nullptr);

    enum class Step {
        Idle,
        // Asked for; the engine has not answered yet.
        Asked,
        Running,
        Ended,
        // It could not be begun, or is lost.
        Failed
    };
    Step step() const { return m_step; }
    // What is known of it; `marks` only once it has ended.
    const RehearsalReport &report() const { return m_report; }
    // Why it failed.
    const QString &failure() const { return m_failure; }

    void start(const RehearsalWish &wish);
    void cancel();
    // Nothing is rehearsed.
    void clear();

signals:
    void changed();

private:
    void go(Step step, const QString &failure = {});
    void takeBegun(const Result<Value> &answer);
    void follow(const RehearsalReport &report);
    void read();
    void takeWhole(const Result<Value> &answer);
    Reply<Value> replyTo(void (RehearsalModel::*take)(const Result<Value> &));

    Connection &m_connection;
    Step m_step = Step::Idle;
    RehearsalReport m_report;
    QString m_failure;
    // Answers to what was asked before it are for nobody.
    int m_round = 0;
};

} // namespace stormglass::ui
