#include "tests/scenarios/scenario_runner.h"

#include "engine/base/json.h"
#include "engine/instance/http_status.h"
#include "tests/scenarios/scenario_match.h"

#include <QFileInfo>
#include <QTest>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr std::chrono::milliseconds expectDeadline{10'000};

using Pairs = std::vector<std::pair<QString, QString>>;

QString asText(const Value &value)
{
    return value.isText() ? value.toQString() : QString::fromStdString(writeJson(value));
}

Pairs pairsOf(const Value &map)
{
    Pairs pairs;
    for (const ValueMap::Entry &entry : map.entriesOrNone())
        pairs.emplace_back(asText(entry.key), asText(entry.value));
    return pairs;
}

Result<Verb> verbOf(const QString &text)
{
    if (text == u"GET"_s)
        return Verb::Get;
    if (text == u"POST"_s)
        return Verb::Post;
    if (text == u"PUT"_s)
        return Verb::Put;
    if (text == u"DELETE"_s)
        return Verb::Delete;
    return failure(ErrorCode::Invalid, u"No verb: %1"_s.arg(text));
}

} // namespace

ScenarioRunner::ScenarioRunner(ScenarioSite::Kind kind)
    : m_site(kind)
{
    m_kept.insert(u"data"_s, m_site.folder());
}

Result<> ScenarioRunner::play(const Value &scenario)
{
    SG_TRY(prepare(scenario));
    if (scenario["steps"].itemsOrNone().empty())
        return failure(ErrorCode::Invalid, u"It has no steps."_s);
    int number = 0;
    for (const Value &content : scenario["steps"].itemsOrNone()) {
        ++number;
        if (const Result<> done = step(filledIn(content)); !done)
            return failure(done.error().code,
                           u"step %1: %2"_s.arg(number).arg(done.error().message));
    }
    return {};
}

Result<> ScenarioRunner::prepare(const Value &scenario)
{
    for (const ValueMap::Entry &file : scenario["files"].entriesOrNone())
        SG_TRY(m_site.write(asText(file.key), asText(filledIn(file.value)).toUtf8(),
                            QIODevice::WriteOnly));
    SG_TRY(m_site.start());
    for (const Value &rule : scenario["rules"].itemsOrNone())
        SG_TRY(ask(Verb::Post, u"/api/v1/rules"_s, filledIn(rule)));
    return {};
}

Result<> ScenarioRunner::step(const Value &step)
{
    if (const Value *content = step.find("event"))
        return event(*content);
    if (const Value *content = step.find("webhook"))
        return webhook(*content);
    if (const Value *content = step.find("append"))
        return append(*content);
    if (const Value *content = step.find("run"))
        return run(*content);
    if (const Value *content = step.find("rerun"))
        return rerun(*content);
    if (const Value *content = step.find("reemit"))
        return reemit(*content);
    if (const Value *content = step.find("call"))
        return call(*content);
    if (const Value *content = step.find("expect"))
        return expect(*content);
    if (const Value *file = step.find("await"))
        return await(m_site.folder() + u'/' + file->toQString());
    if (const Value *name = step.find("cancel")) {
        SG_TRY(ask(Verb::Delete, u"/api/v1/executions/"_s + m_kept.value(name->toQString())));
        return {};
    }
    return stopOrStart(step);
}

Result<> ScenarioRunner::stopOrStart(const Value &step)
{
    const bool restarts = step.find("restart");
    const bool stops = restarts || step.find("stop");
    const bool starts = restarts || step.find("start");
    if (stops)
        m_site.stop();
    if (starts)
        return m_site.start();
    if (stops)
        return {};
    return failure(ErrorCode::Invalid, u"No such step: %1"_s.arg(asText(step)));
}

Result<> ScenarioRunner::event(const Value &content)
{
    SG_TRY(ask(Verb::Post, u"/api/v1/webhooks/st2"_s,
               Value::map({{"trigger", content["type"]}, {"payload", content["payload"]}})));
    return {};
}

Result<> ScenarioRunner::webhook(const Value &content)
{
    Request request;
    request.verb = Verb::Post;
    request.path = u"/api/v1/webhooks/"_s + content["url"].toQString();
    request.headers = pairsOf(content["headers"]);
    request.body = content["body"];
    SG_TRY(m_site.call(request));
    return {};
}

Result<> ScenarioRunner::append(const Value &content)
{
    QByteArray text;
    for (const Value &line : content["lines"].itemsOrNone())
        text += asText(line).toUtf8() + '\n';
    return m_site.write(content["file"].toQString(), text, QIODevice::Append);
}

Result<> ScenarioRunner::await(const QString &path)
{
    if (QTest::qWaitFor([&] { return QFileInfo(path).size() > 0; },
                        static_cast<int>(expectDeadline.count())))
        return {};
    return failure(ErrorCode::Timeout, u"%1 was not written."_s.arg(path));
}

Result<> ScenarioRunner::run(const Value &content)
{
    SG_LET(const Value document,
           ask(Verb::Post, u"/api/v1/executions"_s,
               Value::map({{"action", content["action"]}, {"parameters", content["parameters"]}})));
    return keep(content, document);
}

Result<> ScenarioRunner::rerun(const Value &content)
{
    const QString id = m_kept.value(content["of"].toQString());
    SG_LET(const Value document,
           ask(Verb::Post, u"/api/v1/executions/%1/re_run"_s.arg(id),
               Value::map({{"parameters", content["parameters"]}})));
    return keep(content, document);
}

Result<> ScenarioRunner::reemit(const Value &content)
{
    SG_LET(const ValueList instances,
           found(u"trigger_instances"_s, Value::map({{"trigger_type", content}})));
    if (instances.empty())
        return failure(ErrorCode::NotFound, u"There is nothing to emit again."_s);
    SG_TRY(ask(Verb::Post,
               u"/api/v1/triggerinstances/%1/re_emit"_s.arg(instances[0]["id"].toQString())));
    return {};
}

Result<> ScenarioRunner::call(const Value &content)
{
    Request request;
    SG_LET(request.verb, verbOf(content["verb"].toQStringOr(u"GET"_s)));
    request.path = content["path"].toQString();
    request.query = pairsOf(content["query"]);
    request.body = content["body"];
    const Result<Response> answer = m_site.call(request);
    const std::int64_t status = answer ? answer->status : httpStatus(answer.error().code);
    const QString message = answer ? asText(answer->body) : answer.error().message;
    if (status != content["status"].toIntOr(200))
        return failure(ErrorCode::Invalid, u"answered %1: %2"_s.arg(status).arg(message));
    const Value body = answer ? answer->body : Value(answer.error().message);
    if (content.find("answer") && !hasWanted(content["answer"], body))
        return failure(ErrorCode::Invalid, u"the answer is %1"_s.arg(message));
    return {};
}

Result<> ScenarioRunner::expect(const Value &content)
{
    QString last;
    if (QTest::qWaitFor([&] { return (last = missing(content)).isEmpty(); },
                        static_cast<int>(expectDeadline.count())))
        return {};
    return failure(ErrorCode::Timeout, last);
}

QString ScenarioRunner::missing(const Value &content)
{
    for (const ValueMap::Entry &entry : content.entriesOrNone()) {
        const QString what = entry.key.toQString();
        const Result<ValueList> actual = found(what, entry.value["query"]);
        if (!actual)
            return u"%1: %2"_s.arg(what, actual.error().message);
        if (const QString lack = missingIn(entry.value, *actual); !lack.isEmpty())
            return u"%1: %2 in %3"_s.arg(what, lack, asText(Value(*actual)).left(6000));
    }
    return {};
}

Result<Value> ScenarioRunner::ask(Verb verb, const QString &path, const Value &body,
                                  const Value &query)
{
    Request request;
    request.verb = verb;
    request.path = path;
    request.body = body;
    request.query = pairsOf(query);
    SG_LET(const Response response, m_site.call(std::move(request)));
    return response.body;
}

Result<ValueList> ScenarioRunner::found(const QString &what, const Value &query)
{
    static const QHash<QString, QString> paths{
        {u"executions"_s, u"/api/v1/executions"_s},
        {u"trigger_instances"_s, u"/api/v1/triggerinstances"_s},
        {u"enforcements"_s, u"/api/v1/ruleenforcements"_s},
        {u"sensors"_s, u"/api/v1/sensortypes"_s},
        {u"health"_s, u"/api/v1/packs/views/health"_s}};
    if (what == u"verdicts"_s)
        return verdicts(query);
    if (!paths.contains(what))
        return failure(ErrorCode::Invalid, u"Nothing is called %1."_s.arg(what));
    SG_LET(const Value list, ask(Verb::Get, paths.value(what), {}, query));
    return list.itemsOrNone();
}

Result<ValueList> ScenarioRunner::verdicts(const Value &query)
{
    ValueList all;
    SG_LET(const ValueList instances, found(u"trigger_instances"_s, query));
    for (const Value &instance : instances) {
        SG_LET(const Value some,
               ask(Verb::Get,
                   u"/api/v1/triggerinstances/%1/verdicts"_s.arg(instance["id"].toQString())));
        all.insert(all.end(), some.itemsOrNone().begin(), some.itemsOrNone().end());
    }
    return all;
}

Result<> ScenarioRunner::keep(const Value &content, const Value &document)
{
    if (content.find("as"))
        m_kept.insert(content["as"].toQString(), document["id"].toQString());
    return {};
}

Value ScenarioRunner::filledIn(const Value &value) const
{
    if (value.isText()) {
        QString text = value.toQString();
        for (auto it = m_kept.begin(); it != m_kept.end(); ++it)
            text.replace(u'<' + it.key() + u'>', it.value());
        return text;
    }
    if (value.isList()) {
        ValueList items;
        for (const Value &item : value.items())
            items.push_back(filledIn(item));
        return items;
    }
    if (!value.isMap())
        return value;
    Value map = Value::map();
    for (const ValueMap::Entry &entry : value.entries())
        map.set(entry.key, filledIn(entry.value));
    return map;
}

} // namespace stormglass
