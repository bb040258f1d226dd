#include "ui/models/connection.h"

namespace stormglass::ui {

using namespace std::chrono_literals;

namespace {

// Longer than any answer takes that is being worked on.
constexpr auto patience = 4s;

QString published(const QString &path)
{
    return QLatin1String("/api/v1") + path;
}

std::int64_t totalOf(const Response &response)
{
    for (const auto &[name, value] : response.headers) {
        bool isNumber = false;
        const qlonglong total = value.toLongLong(&isNumber);
        if (isNumber && name.compare(QLatin1String("x-total-count"), Qt::CaseInsensitive) == 0)
            return total;
    }
    return static_cast<std::int64_t>(response.body.itemsOrNone().size());
}

Result<Listing> pageOf(Result<Response> response)
{
    SG_LET(const Response answer, std::move(response));
    if (!answer.body.isList())
        return failure(ErrorCode::Internal, QStringLiteral("The engine's answer is not a list."));
    return Listing{answer.body.items(), totalOf(answer)};
}

QString verbText(Verb verb)
{
    switch (verb) {
    case Verb::Get:
        return QStringLiteral("GET");
    case Verb::Post:
        return QStringLiteral("POST");
    case Verb::Put:
        return QStringLiteral("PUT");
    case Verb::Delete:
        return QStringLiteral("DELETE");
    }
    return {};
}

} // namespace

Connection::Connection(Instance &instance, QString name, InstanceKind kind, Credential credential,
                       const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_instance(instance)
    , m_name(std::move(name))
    , m_kind(kind)
    , m_credential(std::move(credential))
    , m_clock(clock)
{
    m_watch.setInterval(1s);
    connect(&m_watch, &QTimer::timeout, this, &Connection::lookWhetherStalled);
    connect(&m_instance, &Instance::stateChanged, this, &Connection::stateChanged);
}

std::chrono::microseconds Connection::waiting() const
{
    if (m_open.empty())
        return {};
    // Numbers grow with time. Something long may be worked on while other answers come.
    const Instant since = std::max(m_open.begin()->second, m_answered);
    return std::chrono::duration_cast<std::chrono::microseconds>(m_clock.instant() - since);
}

void Connection::closeQuestion(int number)
{
    m_open.erase(number);
    m_answered = m_clock.instant();
    if (m_open.empty())
        m_watch.stop();
    if (m_isStalled)
        lookWhetherStalled();
}

void Connection::lookWhetherStalled()
{
    const bool isStalled = waiting() >= patience;
    if (std::exchange(m_isStalled, isStalled) != isStalled)
        emit stalledChanged();
}

void Connection::call(Request request, std::function<void(Result<Response>)> take)
{
    request.credential = m_credential;
    const Instant asked = m_clock.instant();
    const int number = ++m_number;
    m_open.emplace(number, asked);
    if (!m_watch.isActive())
        m_watch.start();
    auto answered = [this, asked, number, take = std::move(take)](Result<Response> response) {
        m_latency
            = std::chrono::duration_cast<std::chrono::microseconds>(m_clock.instant() - asked);
        closeQuestion(number);
        emit latencyMeasured();
        // What the engine says of it is a digest of the key, which helps nobody.
        if (!response && response.error().code == ErrorCode::Unauthenticated)
            response.error().message = tr("%1 does not accept the key.").arg(m_name);
        take(std::move(response));
    };
    m_instance.call(request, Reply<Response>(this, std::move(answered)));
}

void Connection::list(const QString &path, const Query &query, const Reply<Listing> &reply)
{
    call({.path = published(path), .query = query},
         [reply](Result<Response> response) { reply(pageOf(std::move(response))); });
}

void Connection::get(const QString &path, const Query &query, const Reply<Value> &reply)
{
    call({.path = published(path), .query = query}, [reply](Result<Response> response) {
        if (response)
            reply(std::move(response->body));
        else
            reply(failure(std::move(response.error())));
    });
}

void Connection::getText(const QString &path, const Query &query, const Reply<QByteArray> &reply)
{
    call({.path = published(path), .query = query}, [reply](Result<Response> response) {
        if (response)
            reply(std::move(response->raw));
        else
            reply(failure(std::move(response.error())));
    });
}

void Connection::post(const QString &path, const Value &body, const Reply<Value> &reply)
{
    change(Verb::Post, path, body, reply);
}

void Connection::put(const QString &path, const Value &body, const Reply<Value> &reply)
{
    change(Verb::Put, path, body, reply);
}

void Connection::remove(const QString &path, const Reply<Value> &reply)
{
    change(Verb::Delete, path, {}, reply);
}

void Connection::change(Verb verb, const QString &path, const Value &body,
                        const Reply<Value> &reply)
{
    const QString what = verbText(verb) + QLatin1Char(' ') + path;
    call({.verb = verb, .path = published(path), .body = body},
         [this, reply, what](Result<Response> response) {
             emit this->asked(what, response ? QString() : response.error().message);
             if (response)
                 reply(std::move(response->body));
             else
                 reply(failure(std::move(response.error())));
         });
}

} // namespace stormglass::ui
