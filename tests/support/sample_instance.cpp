#include "tests/support/sample_instance.h"

#include "tests/support/sample_catalogue.h"

#include <algorithm>

namespace stormglass {

using namespace std::chrono_literals;

namespace {

Result<Response> json(const Value &body, int status = 200)
{
    Response response;
    response.status = status;
    response.body = body;
    return response;
}

tl::unexpected<Error> notFound(const QString &what)
{
    return failure(ErrorCode::NotFound, QStringLiteral("Unable to identify resource with id \"%1\".").arg(what));
}

bool fits(const Value &item, const QString &name, const QString &wanted)
{
    if (name == QLatin1String("parent"))
        return wanted == QLatin1String("null") ? item["parent"].isNull() : item["parent"].toQStringOr({}) == wanted;
    if (name == QLatin1String("action"))
        return item["action"]["ref"].toQStringOr({}) == wanted;
    if (name == QLatin1String("trigger_instance"))
        return item["trigger_instance"]["id"].toQStringOr({}) == wanted;
    if (name == QLatin1String("status") || name == QLatin1String("id") || name == QLatin1String("pack"))
        return item[name.toStdString()].toQStringOr({}) == wanted;
    return true;
}

template <typename List>
Result<Response> page(const List &all, const Request &request)
{
    std::vector<Value> hits;
    for (const Value &item : all) {
        const bool isHit = std::all_of(request.query.begin(), request.query.end(),
                                       [&item](const auto &pair) { return fits(item, pair.first, pair.second); });
        if (isHit)
            hits.push_back(item);
    }
    const auto offset = static_cast<std::size_t>(request.queryValue(QStringLiteral("offset")).toInt());
    const int limit = request.queryValue(QStringLiteral("limit"), QStringLiteral("100")).toInt();
    Value body = Value::list();
    for (std::size_t i = offset; i < hits.size() && (limit < 0 || i < offset + static_cast<std::size_t>(limit)); ++i)
        body.append(hits[i]);
    Result<Response> response = json(body);
    response->headers.emplace_back(QStringLiteral("x-total-count"), QString::number(hits.size()));
    return response;
}

Result<Response> one(const Value &list, const QString &refOrId)
{
    for (const Value &item : list.itemsOrNone()) {
        if (item["ref"].toQStringOr({}) == refOrId || item["id"].toQStringOr({}) == refOrId)
            return json(item);
    }
    return notFound(refOrId);
}

Value *findIn(Value &list, const QString &refOrId)
{
    for (Value &item : list.editItems()) {
        if (item["ref"].toQStringOr({}) == refOrId || item["id"].toQStringOr({}) == refOrId)
            return &item;
    }
    return nullptr;
}

} // namespace

SampleInstance::SampleInstance(const Clock &clock, Mood mood, QObject *parent)
    : Instance(parent)
    , m_clock(clock)
    , m_mood(mood)
    , m_history(sample::history(clock.now()))
    , m_rules(sample::rules())
    , m_sensors(sample::sensors(clock.now()))
    , m_actions(sample::actions())
{
    m_life.setInterval(420ms);
    connect(&m_life, &QTimer::timeout, this, &SampleInstance::happen);
}

void SampleInstance::call(const Request &request, Reply<Response> reply)
{
    m_requests.push_back(request);
    if (m_mood == Mood::Silent)
        return;
    QMetaObject::invokeMethod(
        this, [this, request, reply] { reply(answer(request)); }, Qt::QueuedConnection);
}

void SampleInstance::follow(const ChangeFilter &filter, ChangeNumber)
{
    m_filter = filter;
    m_isFollowed = true;
}

InstanceState SampleInstance::state() const
{
    return m_state;
}

void SampleInstance::setState(InstanceState state)
{
    m_state = state;
    emit stateChanged(state);
}

Result<Response> SampleInstance::answer(const Request &request)
{
    if (m_mood == Mood::Failing)
        return failure(ErrorCode::Unavailable,
                       QStringLiteral("The engine does not answer: its database is locked by another program."));
    const QStringList path = request.path.mid(8).split(QLatin1Char('/'));
    const bool isWelcome = path.value(0) == QLatin1String("stats");
    if (m_mood == Mood::Empty && request.verb == Verb::Get && !isWelcome)
        return path.size() == 1 ? page(ValueList(), request) : Result<Response>(notFound(path.value(1)));
    return request.verb == Verb::Get ? read(path, request) : change(path, request);
}

Result<Response> SampleInstance::read(const QStringList &path, const Request &request)
{
    const QString resource = path.value(0);
    const QString id = path.value(1);
    if (resource == QLatin1String("stats")) {
        Value stats = sample::stats(m_clock.now());
        if (m_mood == Mood::Empty)
            stats.set("executions", Value::map());
        return json(stats);
    }
    if (resource == QLatin1String("triggerinstances")) {
        if (path.value(2) == QLatin1String("verdicts"))
            return json(m_history.verdicts.value(id, Value::list()));
        return id.isEmpty() ? page(m_history.events, request) : one(ValueList(m_history.events), id);
    }
    if (resource == QLatin1String("executions")) {
        if (id.isEmpty())
            return page(m_history.executions, request);
        if (path.value(2) == QLatin1String("output")) {
            Response response;
            response.contentType = QStringLiteral("text/plain");
            if (request.queryValue(QStringLiteral("output_type")) != QLatin1String("stderr"))
                response.raw = m_history.outputs.value(id);
            return response;
        }
        const Value execution = executionById(id);
        return execution.isNull() ? Result<Response>(notFound(id)) : json(execution);
    }
    const Value list = resource == QLatin1String("rules") ? m_rules
        : resource == QLatin1String("sensortypes")        ? m_sensors
        : resource == QLatin1String("actions")            ? m_actions
        : resource == QLatin1String("packs")              ? sample::packs()
        : resource == QLatin1String("triggertypes")       ? sample::triggerTypes()
        : resource == QLatin1String("triggers")           ? sample::triggers()
                                                          : Value::list();
    if (resource == QLatin1String("actions") && id == QLatin1String("views"))
        return one(list, path.value(3));
    return id.isEmpty() ? page(list.items(), request) : one(list, id);
}

Result<Response> SampleInstance::change(const QStringList &path, const Request &request)
{
    const QString resource = path.value(0);
    if (resource == QLatin1String("executions")) {
        if (request.verb == Verb::Post && path.size() == 1)
            return startExecution(request.body);
        if (request.verb == Verb::Post) {
            const Value old = executionById(path.value(1));
            return startExecution(Value::map({{"action", old["action"]["ref"]}, {"parameters", old["parameters"]}}));
        }
        finish(path.value(1), QStringLiteral("canceled"));
        return json(executionById(path.value(1)));
    }
    if (resource == QLatin1String("rules"))
        return storeRule(path, request);
    if (resource == QLatin1String("sensortypes"))
        return storeSensor(path, request);
    if (resource == QLatin1String("triggerinstances"))
        return json(Value::map({{"message", "re-sent"}}));
    return failure(ErrorCode::NotFound, QStringLiteral("The resource could not be found."));
}

Result<Response> SampleInstance::startExecution(const Value &body)
{
    const QString action = body["action"].toQStringOr({});
    if (!findIn(m_actions, action))
        return failure(ErrorCode::Invalid, QStringLiteral("Action \"%1\" cannot be found.").arg(action));
    Value run = sample::execution(action, QStringLiteral("running"), m_clock.now(), m_executions++);
    run.set("parameters", body["parameters"]);
    store(run);
    tell(QStringLiteral("st2.execution__create"), run);
    return json(run, 201);
}

Result<Response> SampleInstance::storeRule(const QStringList &path, const Request &request)
{
    Value rule = request.body;
    Value *known = findIn(m_rules, path.value(1));
    if (request.verb == Verb::Delete) {
        if (!known)
            return notFound(path.value(1));
        const Value gone = *known;
        std::erase_if(m_rules.editItems(), [&gone](const Value &item) { return item == gone; });
        tell(QStringLiteral("st2.rule__delete"), gone);
        return json({}, 204);
    }
    rule.set("ref", rule["pack"].toQStringOr({}) + QLatin1Char('.') + rule["name"].toQStringOr({}));
    if (request.verb == Verb::Put && !known)
        return notFound(path.value(1));
    if (known) {
        *known = rule;
    } else {
        if (findIn(m_rules, rule["ref"].toQString()))
            return failure(ErrorCode::Conflict, QStringLiteral("A rule of this name exists already."));
        rule.set("id", sample::idOf(m_executions++));
        m_rules.append(rule);
    }
    tell(known ? QStringLiteral("st2.rule__update") : QStringLiteral("st2.rule__create"), rule);
    return json(rule, known ? 200 : 201);
}

Result<Response> SampleInstance::storeSensor(const QStringList &path, const Request &request)
{
    Value *sensor = findIn(m_sensors, path.value(1));
    if (!sensor)
        return notFound(path.value(1));
    if (path.size() == 2)
        sensor->set("enabled", request.body["enabled"].toBoolOr(false));
    tell(QStringLiteral("stormglass.sensor__update"), *sensor);
    return json(*sensor);
}

Value SampleInstance::executionById(const QString &id) const
{
    for (const Value &execution : m_history.executions) {
        if (execution["id"].toQStringOr({}) == id)
            return execution;
    }
    return {};
}

void SampleInstance::store(const Value &execution)
{
    for (Value &known : m_history.executions) {
        if (known["id"] == execution["id"]) {
            known = execution;
            return;
        }
    }
    m_history.executions.insert(m_history.executions.begin(), execution);
}

void SampleInstance::tell(const QString &event, const Value &payload)
{
    const Change change{++m_number, event, payload};
    if (m_isFollowed && m_filter.takes(change))
        emit changed(change);
}

void SampleInstance::happen()
{
    const int number = m_events++;
    const Value event = sample::event(number, m_clock.now());
    const Value verdicts = sample::verdictsFor(event, number);
    m_history.events.insert(m_history.events.begin(), event);
    m_history.verdicts.insert(event["id"].toQString(), verdicts);
    tell(QStringLiteral("st2.triggerinstance__create"), event);
    for (const Value &verdict : verdicts.items()) {
        tell(QStringLiteral("stormglass.verdict__create"), verdict);
        const QString action = verdict["action"].toQStringOr({});
        if (action.isEmpty())
            continue;
        Value run = sample::execution(action, QStringLiteral("running"), m_clock.now(), m_executions++);
        run.set("rule", verdict["rule"]);
        run.set("trigger_instance", Value::map({{"id", event["id"]}}));
        store(run);
        tell(QStringLiteral("st2.execution__create"), run);
        QTimer::singleShot(900ms, this, [this, id = run["id"].toQString()] {
            print(id, QStringLiteral("stdout"), "hello from the welcome log\n");
            finish(id, QStringLiteral("succeeded"));
        });
    }
}

void SampleInstance::finish(const QString &id, const QString &status)
{
    const Value old = executionById(id);
    if (old.isNull())
        return;
    bool isNumber = false;
    const int number = id.right(8).toInt(&isNumber, 16);
    Value run = sample::execution(old["action"]["ref"].toQString(), status, m_clock.now(), number);
    for (const char *kept : {"id", "parameters", "rule", "trigger_instance", "start_timestamp", "context", "parent"}) {
        if (const Value *member = old.find(kept))
            run.set(kept, *member);
    }
    store(run);
    tell(QStringLiteral("st2.execution__update"), run);
}

void SampleInstance::print(const QString &execution, const QString &stream, const QByteArray &data)
{
    m_history.outputs[execution].append(data);
    tell(QStringLiteral("st2.execution.output__create"),
         Value::map({{"execution_id", execution}, {"output_type", stream}, {"data", QString::fromUtf8(data)}}));
}

void SampleInstance::flood(int events)
{
    for (int i = 0; i < events; ++i)
        tell(QStringLiteral("st2.triggerinstance__create"), sample::event(m_events++, m_clock.now()));
}

void SampleInstance::setLively(bool lively)
{
    if (lively)
        m_life.start();
    else
        m_life.stop();
}

} // namespace stormglass
