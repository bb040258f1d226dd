#include "tests/support/sample_history.h"

#include "engine/base/yaml.h"
#include "tests/support/sample_catalogue.h"

namespace stormglass::sample {

namespace {

using namespace std::chrono_literals;

const char *const eventsYaml = R"yaml(
- trigger: linux.1a2b3c4d-5e6f-4071-8293-a4b5c6d7e805
  payload: {file_path: /var/log/app/orders.log, file_name: orders.log, host: db-2, count: 5, line: "ERROR db-2 connection refused (errno 111)"}
  verdicts:
    - {rule: ops.page_on_db_error, verdict: not_matched, criterion: trigger.host, operator: equals, actual: db-2, expected: db-1}
    - {rule: ops.restart_gateway, verdict: not_matched, criterion: trigger.line, operator: matchregex, actual: "ERROR db-2 connection refused (errno 111)", expected: ".*gateway timeout"}
    - {rule: ops.archive_errors, verdict: disabled}
- trigger: core.d7e8a2c4-1b3d-4e5f-8c6a-9b0d1e2f3a04
  payload: {body: {service: checkout, ref: v4.2.1}, headers: {Content-Type: application/json, User-Agent: curl/7.88.1}, headers_lower: {content-type: application/json}}
  verdicts: [{rule: github.deploy_on_push, verdict: matched, action: ops.deploy}]
- trigger: core.5f0c1e4a-0b6e-4c3f-9d4e-1f52b4a7c101
  payload: {executed_at: "2024-05-14 14:02:55.274000+00:00", schedule: {unit: seconds, delta: 5}}
  verdicts: [{rule: welcome.every_five_seconds, verdict: matched, action: welcome.notice}]
- trigger: linux.load_high
  payload: {host: web-3, load: 14.2, over: 8, minutes: 5, message: "web-3 load 14.2 over 8 for 5 min"}
  verdicts: [{rule: ops.load_page, verdict: matched, action: ops.page_on_call}, {rule: ops.load_high, verdict: observed}]
- trigger: linux.1a2b3c4d-5e6f-4071-8293-a4b5c6d7e805
  payload: {file_path: /var/log/app/orders.log, file_name: orders.log, host: web-1, count: 1, line: "WARN slow query 1.8 s on orders"}
  verdicts:
    - {rule: ops.page_on_db_error, verdict: not_matched, criterion: trigger.line, operator: contains, actual: "WARN slow query 1.8 s on orders", expected: ERROR}
    - {rule: ops.restart_gateway, verdict: not_matched, criterion: trigger.line, operator: matchregex, actual: "WARN slow query 1.8 s on orders", expected: ".*gateway timeout"}
    - {rule: ops.archive_errors, verdict: disabled}
- trigger: github.push
  payload: {repository: acme/checkout, ref: refs/heads/main, commits: 3, after: 9f2c1aa, message: "acme/checkout refs/heads/main 3 commits"}
  verdicts: [{rule: github.deploy_on_push, verdict: held, message: "At most 1 execution of ops.deploy at a time; 1 is running."}]
- trigger: linux.1a2b3c4d-5e6f-4071-8293-a4b5c6d7e805
  payload: {file_path: /var/log/app/orders.log, file_name: orders.log, host: db-1, count: 9, line: "ERROR payment gateway timeout after 30 s"}
  verdicts: [{rule: ops.page_on_db_error, verdict: matched, action: ops.page_on_call}, {rule: ops.restart_gateway, verdict: matched, action: ops.restart_gateway}, {rule: ops.archive_errors, verdict: disabled}]
- trigger: core.st2.generic.actiontrigger
  payload: {status: failed, action_ref: core.remote, exit_code: 255, message: "core.remote failed exit 255"}
  verdicts: []
- trigger: linux.disk_low
  payload: {host: db-1, mount: /var, used: 91, message: "db-1 /var 91 % used"}
  verdicts: [{rule: ops.free_disk, verdict: matched, action: ops.free_disk}]
- trigger: linux.disk_low
  payload: {host: db-3, mount: /var, used: "88 %", message: "db-3 /var 88 % used"}
  verdicts: [{rule: ops.free_disk, verdict: error, criterion: trigger.used, operator: greaterthan, actual: "88 %", expected: 90, message: "trigger.used greaterthan 90: text cannot be compared with a number (it was \"88 %\")."}]
- trigger: linux.e5d4c3b2-a190-4887-b6c5-d4e3f2a1b006
  payload: {file_path: /home/operator/stormglass-welcome.log, file_name: stormglass-welcome.log, host: local, count: 12, line: "hello from the welcome log"}
  verdicts: [{rule: welcome.new_line, verdict: matched, action: core.local}]
)yaml";

const std::vector<Value> &kinds()
{
    static const std::vector<Value> all = [] {
        const Result<Value> value = readYaml(eventsYaml);
        SG_ASSERT(value.has_value());
        return value->items();
    }();
    return all;
}

const Value &kind(int number)
{
    return kinds()[static_cast<std::size_t>(number) % kinds().size()];
}

QString runnerOf(const QString &action)
{
    static const QHash<QString, QString> runners = [] {
        QHash<QString, QString> all;
        const Value list = actions();
        for (const Value &item : list.items())
            all.insert(item["ref"].toQString(), item["runner_type"].toQString());
        return all;
    }();
    return runners.value(action, QStringLiteral("local-shell-cmd"));
}

Value parametersOf(const QString &action)
{
    if (action == QLatin1String("welcome.notice"))
        return Value::map({{"message", "hello at 14:02:55"}});
    if (action == QLatin1String("ops.deploy"))
        return Value::map({{"service", "checkout"}, {"ref", "v4.2.1"}, {"canary", true}});
    if (action == QLatin1String("ops.page_on_call"))
        return Value::map({{"title", "db-1: ERROR payment gateway timeout after 30 s"}, {"severity", "high"},
                           {"token", "********"}});
    if (action == QLatin1String("ops.restart_gateway"))
        return Value::map({{"region", "fra"}, {"drain_seconds", 30}});
    if (action == QLatin1String("ops.free_disk"))
        return Value::map({{"host", "db-1"}, {"path", "/var"}, {"keep_days", 14}});
    return Value::map({{"cmd", "echo hello from the welcome log"}});
}

Value resultOf(const QString &action, const QString &status)
{
    if (status == QLatin1String("failed"))
        return Value::map({{"stdout", ""},
                           {"stderr", "Traceback (most recent call last):\n  File \"page.py\", line 44, in run\n"
                                      "ConnectionError: the paging service answered 503"},
                           {"exit_code", 1},
                           {"result", Value()}});
    if (status == QLatin1String("timeout"))
        return Value::map({{"error", "Ended after 60 s without finishing."}, {"return_code", -9}});
    if (action == QLatin1String("ops.free_disk"))
        return Value::map({{"result", Value::map({{"freed", "4.1 GB"}, {"files", 1284}})}, {"stdout", ""},
                           {"stderr", ""}, {"exit_code", 0}});
    if (action == QLatin1String("ops.page_on_call"))
        return Value::map({{"result", Value::map({{"incident", "PD-4711"}, {"status", "triggered"}})},
                           {"stdout", "paged the second shift\n"}, {"stderr", ""}, {"exit_code", 0}});
    return Value::map({{"stdout", "hello from the welcome log\n"}, {"stderr", ""}, {"return_code", 0},
                       {"succeeded", true}, {"failed", false}});
}

bool isOver(const QString &status)
{
    return status == QLatin1String("succeeded") || status == QLatin1String("failed")
        || status == QLatin1String("timeout") || status == QLatin1String("canceled");
}

std::chrono::microseconds durationOf(const QString &action, int number)
{
    const auto spread = std::chrono::milliseconds(number * 37 % 400);
    if (action == QLatin1String("ops.deploy"))
        return 190s + spread * 40;
    if (action == QLatin1String("ops.restart_gateway"))
        return 41s + spread * 10;
    if (action.startsWith(QLatin1String("ops.")))
        return 1200ms + spread * 3;
    return 9ms + spread / 30;
}

Value logOf(const QString &status, Timestamp start, std::chrono::microseconds elapsed)
{
    Value log = Value::list();
    const auto add = [&](const char *name, Timestamp time) {
        log.append(Value::map({{"status", name}, {"timestamp", iso(time)}}));
    };
    add("requested", start);
    add("scheduled", start + 1ms);
    if (status != QLatin1String("requested"))
        add("running", start + 3ms);
    if (isOver(status))
        log.append(Value::map({{"status", status}, {"timestamp", iso(start + elapsed)}}));
    return log;
}

QByteArray deployOutput()
{
    return "\x1b[1mcheckout v4.2.1\x1b[0m\n"
           "\x1b[32m✓\x1b[0m image built in 48 s (sha256:9f2c1aa)\n"
           "\x1b[32m✓\x1b[0m 412 tests passed\n"
           "\x1b[33m!\x1b[0m 2 tests are slower than last week\n"
           "rolling out to 1 of 6 pods …\n"
           "\x1b[36mcanary\x1b[0m error rate 0.02 %, latency p99 180 ms\n"
           "rolling out to 3 of 6 pods …\n";
}

// A workflow and what it started, some of it still running.
void addDeployment(SampleHistory &history, Timestamp now)
{
    const QString id = idOf(0x9000);
    Value deploy = execution(QStringLiteral("ops.deploy"), QStringLiteral("running"), now - 74s, 0x9000);
    deploy.set("rule", Value::map({{"ref", "github.deploy_on_push"}, {"id", idOf(0x309)}}));
    deploy.set("trigger_instance", Value::map({{"id", history.events[1]["id"]}}));
    Value children = Value::list();
    struct Task {
        const char *name;
        const char *action;
        const char *status;
        int secondsAgo;
    };
    const Task tasks[] = {{"build", "core.local", "succeeded", 74}, {"test", "core.local", "succeeded", 26},
                          {"announce", "github.create_deployment", "succeeded", 14},
                          {"roll_out", "kubernetes.scale", "running", 12}};
    int number = 0x9001;
    for (const Task &task : tasks) {
        Value child = execution(QString::fromLatin1(task.action), QString::fromLatin1(task.status),
                                now - std::chrono::seconds(task.secondsAgo), number);
        Value context = child["context"];
        context.set("orquesta", Value::map({{"task_name", task.name}}));
        context.set("parent", Value::map({{"execution_id", id}}));
        child.set("context", context);
        child.set("parent", id);
        children.append(child["id"]);
        history.executions.push_back(child);
        ++number;
    }
    deploy.set("children", children);
    deploy.set("result", Value());
    history.outputs.insert(id, deployOutput());
    history.executions.insert(history.executions.begin(), deploy);
}

} // namespace

Value event(int number, Timestamp time)
{
    Value event = Value::map({{"id", idOf(0x10000 + number)},
                              {"trigger", kind(number)["trigger"]},
                              {"payload", kind(number)["payload"]},
                              {"occurrence_time", iso(time)},
                              {"status", "processed"},
                              {"trace", idOf(0x20000 + number)}});
    std::int64_t matched = 0;
    for (const Value &verdict : kind(number)["verdicts"].items())
        matched += verdict["verdict"].toQString() == QLatin1String("matched") ? 1 : 0;
    event.set("candidates", static_cast<std::int64_t>(kind(number)["verdicts"].items().size()));
    event.set("matched", matched);
    return event;
}

Value verdictsFor(const Value &event, int number)
{
    Value list = Value::list();
    for (const Value &verdict : kind(number)["verdicts"].items()) {
        Value full = verdict;
        full.set("trigger_instance_id", event["id"]);
        full.set("rule", Value::map({{"ref", verdict["rule"]}, {"id", idOf(0x300)}}));
        full.set("timestamp", event["occurrence_time"]);
        list.append(full);
    }
    return list;
}

Value execution(const QString &action, const QString &status, Timestamp start, int number)
{
    const std::chrono::microseconds elapsed = durationOf(action, number);
    Value json = Value::map({{"id", idOf(number)},
                             {"status", status},
                             {"action", Value::map({{"ref", action},
                                                    {"pack", action.section(QLatin1Char('.'), 0, 0)},
                                                    {"name", action.section(QLatin1Char('.'), 1)},
                                                    {"runner_type", runnerOf(action)}})},
                             {"runner", Value::map({{"name", runnerOf(action)}})},
                             {"parameters", parametersOf(action)},
                             {"context", Value::map({{"user", "operator"}, {"pack", "ops"}})},
                             {"start_timestamp", iso(start)},
                             {"log", logOf(status, start, elapsed)},
                             {"liveaction", Value::map({{"id", idOf(0x800000 + number)}, {"action", action},
                                                        {"runner_info", Value::map({{"pid", 48000 + number % 900}})}})}});
    if (!isOver(status))
        return json;
    json.set("end_timestamp", iso(start + elapsed));
    json.set("elapsed_seconds", std::chrono::duration<double>(elapsed).count());
    json.set("result", resultOf(action, status));
    return json;
}

SampleHistory history(Timestamp now)
{
    SampleHistory history;
    Timestamp time = now - 311ms;
    int executionNumber = 0xa000;
    for (int number = 0; number < 260; ++number) {
        const Value one = event(number, time);
        const Value verdicts = verdictsFor(one, number);
        history.events.push_back(one);
        history.verdicts.insert(one["id"].toQString(), verdicts);
        for (const Value &verdict : verdicts.items()) {
            const QString action = verdict["action"].toQStringOr({});
            if (action.isEmpty())
                continue;
            const int at = executionNumber++;
            const char *status = at % 17 == 5 ? "failed" : at % 41 == 9 ? "timeout" : at % 53 == 11 ? "canceled"
                : at == 0xa000 + 2 ? "running" : at == 0xa000 + 4 ? "delayed" : "succeeded";
            Value run = execution(action, QString::fromLatin1(status), time + 4ms, at);
            run.set("rule", verdict["rule"]);
            run.set("trigger_instance", Value::map({{"id", one["id"]}}));
            history.outputs.insert(run["id"].toQString(), "hello from the welcome log\n");
            history.executions.push_back(run);
        }
        time -= std::chrono::milliseconds(1863 + number * 137 % 900 + number * 84);
    }
    addDeployment(history, now);
    return history;
}

} // namespace stormglass::sample
