#pragma once

#include "engine/base/clock.h"
#include "engine/instance/instance.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <map>

namespace stormglass::ui {

// What an engine is for; it decides the colour of the frame and how careful the console is.
enum class InstanceKind { Local, Development, Staging, Production };

// One stretch of a list, and how many there are in all (as many as came, where the engine does not
// say).
struct Listing
{
    ValueList items;
    std::int64_t total = 0;
};

using Query = std::vector<std::pair<QString, QString>>;

// The door with the person's credential in hand: what every model and page asks through. Thread:
// Main.
class Connection : public QObject
{
    Q_OBJECT

public:
    Connection(Instance &instance, QString name, InstanceKind kind, Credential credential,
               const Clock &clock, QObject *parent = nullptr);

    QString name() const { return m_name; }
    InstanceKind kind() const { return m_kind; }
    const Clock &clock() const { return m_clock; }
    Instance &instance() const { return m_instance; }
    InstanceState state() const { return m_instance.state(); }
    bool isReady() const { return state().kind == InstanceState::Kind::Ready; }
    // Of the last answer.
    std::chrono::microseconds latency() const { return m_latency; }
    bool isAsking() const { return !m_open.empty(); }
    // How long something was asked without any answer coming; nothing where nothing is open.
    std::chrono::microseconds waiting() const;
    // It has waited so long that something must be wrong, though nothing says so.
    bool isStalled() const { return m_isStalled; }

    // Paths without the prefix `/api/v1`: `/rules/core.local`.
    void list(const QString &path, const Query &query, const Reply<Listing> &reply);
    void get(const QString &path, const Query &query, const Reply<Value> &reply);
    void getText(const QString &path, const Query &query, const Reply<QByteArray> &reply);
    void post(const QString &path, const Value &body, const Reply<Value> &reply);
    void put(const QString &path, const Value &body, const Reply<Value> &reply);
    void remove(const QString &path, const Reply<Value> &reply);

signals:
    void stateChanged();
    void latencyMeasured();
    void stalledChanged();
    // Every change a person asked for, whether it went well or not: for the activity log.
    void asked(const QString &what, const QString &failure);

private:
    void call(Request request, std::function<void(Result<Response>)> take);
    void closeQuestion(int number);
    void lookWhetherStalled();
    void change(Verb verb, const QString &path, const Value &body, const Reply<Value> &reply);

    Instance &m_instance;
    QString m_name;
    InstanceKind m_kind;
    Credential m_credential;
    const Clock &m_clock;
    std::chrono::microseconds m_latency{0};
    // When what is not answered was asked, by number.
    std::map<int, Instant> m_open;
    Instant m_answered;
    int m_number = 0;
    QTimer m_watch;
    bool m_isStalled = false;
};

} // namespace stormglass::ui
