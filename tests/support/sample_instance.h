#pragma once

#include "engine/base/clock.h"
#include "engine/instance/instance.h"
#include "tests/support/sample_history.h"

#include <QTimer>

namespace stormglass {

// An instance that needs no engine: it answers the requests of the console out of samples and lives on as told.
// Thread: its maker's.
class SampleInstance : public Instance
{
    Q_OBJECT

public:
    // What it answers: what it has, nothing but empty lists, errors, or not at all.
    enum class Mood { Filled, Empty, Failing, Silent };

    explicit SampleInstance(const Clock &clock, Mood mood = Mood::Filled, QObject *parent = nullptr);

    void call(const Request &request, Reply<Response> reply) override;
    void follow(const ChangeFilter &filter, ChangeNumber after) override;
    InstanceState state() const override;

    void setMood(Mood mood) { m_mood = mood; }
    void setState(InstanceState state);
    // An event, what the rules say of it, and what follows.
    void happen();
    // Output and the end of an execution that runs.
    void finish(const QString &execution, const QString &status);
    void print(const QString &execution, const QString &stream, const QByteArray &data);
    // As fast as it can: changes of new events alone.
    void flood(int events);
    // Lives by itself, a few events a second.
    void setLively(bool lively);

    // What was asked of it, oldest first.
    const std::vector<Request> &requests() const { return m_requests; }
    const SampleHistory &history() const { return m_history; }

private:
    Result<Response> answer(const Request &request);
    Result<Response> read(const QStringList &path, const Request &request);
    Result<Response> change(const QStringList &path, const Request &request);
    Result<Response> startExecution(const Value &body);
    Result<Response> storeRule(const QStringList &path, const Request &request);
    Result<Response> storeSensor(const QStringList &path, const Request &request);
    Value executionById(const QString &id) const;
    void store(const Value &execution);
    void tell(const QString &event, const Value &payload);

    const Clock &m_clock;
    Mood m_mood;
    InstanceState m_state{InstanceState::Kind::Ready, {}};
    SampleHistory m_history;
    Value m_rules;
    Value m_sensors;
    Value m_actions;
    ChangeFilter m_filter;
    ChangeNumber m_number = 0;
    int m_events = 100'000;
    int m_executions = 0x100000;
    bool m_isFollowed = false;
    QTimer m_life;
    std::vector<Request> m_requests;
};

} // namespace stormglass
