#include "tests/support/sample_catalogue.h"

#include "engine/base/timestamp.h"
#include "engine/base/yaml.h"

namespace stormglass::sample {

namespace {

const char *const packsYaml = R"yaml(
- {ref: core, version: 3.10.0, author: Stormglass, description: Actions and triggers every other pack builds on., keywords: [core]}
- {ref: linux, version: 1.2.0, author: Stormglass, description: "Watches files, services, disks and load of Linux hosts.", keywords: [linux, files]}
- {ref: welcome, version: 0.1.0, author: Stormglass, description: "A timer, a watched file and a webhook to begin with.", keywords: [start]}
- {ref: ops, version: 2.4.1, author: Platform team, description: "On-call duties: paging, restarts, clean-up.", keywords: [operations]}
- {ref: github, version: 3.0.2, author: StackStorm Exchange, description: "Repositories, pull requests, deployments and their events.", keywords: [git, scm]}
- {ref: pagerduty, version: 1.1.0, author: StackStorm Exchange, description: "Incidents: open, acknowledge, resolve.", keywords: [alerting]}
- {ref: kubernetes, version: 4.0.0, author: StackStorm Exchange, description: "Watches a cluster and changes it.", keywords: [containers]}
)yaml";

const char *const actionsYaml = R"yaml(
- ref: core.local
  description: Runs a command of the shell on this machine.
  runner_type: local-shell-cmd
  parameters:
    cmd: {type: string, description: The command to run., required: true, position: 0}
    cwd: {type: string, description: The folder it runs in.}
    env: {type: object, description: "Environment variables, added to those of the engine."}
    timeout: {type: integer, description: Seconds until it is ended., default: 60}
    sudo: {type: boolean, description: Run it as another user., default: false}
    kwarg_op: {type: string, default: "--", immutable: true}
- ref: core.noop
  description: Does nothing. For trying rules and workflows out.
  runner_type: noop
  parameters: {}
- ref: core.http
  description: Asks a web server and keeps what it answers.
  runner_type: http-request
  parameters:
    url: {type: string, description: Where to ask., required: true, position: 0}
    method: {type: string, enum: [GET, POST, PUT, PATCH, DELETE, HEAD], default: GET, description: How to ask.}
    headers: {type: object, description: Sent with the request.}
    body: {type: string, description: What to send.}
    username: {type: string, description: For basic authentication.}
    password: {type: string, secret: true, description: For basic authentication.}
    verify_ssl_cert: {type: boolean, default: true, description: Refuse certificates that cannot be trusted.}
    timeout: {type: number, default: 30, description: Seconds.}
- ref: core.ask
  description: Asks a person and waits for the answer.
  runner_type: inquirer
  parameters: {}
- ref: linux.check_loadavg
  description: Says how loaded a host is.
  runner_type: remote-shell-script
  parameters:
    hosts: {type: string, required: true, description: Where to look.}
    period: {type: string, enum: ["1", "5", "15", all], default: all}
- ref: linux.service
  description: "Starts, stops or restarts a service."
  runner_type: remote-shell-cmd
  parameters:
    hosts: {type: string, required: true}
    service: {type: string, required: true}
    act: {type: string, enum: [start, stop, restart, reload, status], required: true}
- {ref: linux.dig, description: Asks a name server., runner_type: python-script, parameters: {hostname: {type: string, required: true}}}
- {ref: linux.rsync, description: Copies a folder between hosts., runner_type: local-shell-cmd, parameters: {source: {type: string, required: true}, destination: {type: string, required: true}}}
- {ref: welcome.notice, description: Writes a line to the welcome log., runner_type: local-shell-cmd, parameters: {message: {type: string, required: true}}}
- ref: ops.page_on_call
  description: "Pages whoever is on call, with the event attached."
  runner_type: python-script
  parameters:
    title: {type: string, required: true, position: 0, description: The first line of the page.}
    severity: {type: string, enum: [low, normal, high, critical], default: normal}
    labels: {type: array, description: To find it by.}
    token: {type: string, secret: true, description: Of the paging service.}
- {ref: ops.restart_gateway, description: Drains the payment gateway and restarts it., runner_type: orquesta, parameters: {region: {type: string, required: true, enum: [fra, ams, iad]}, drain_seconds: {type: integer, default: 30}}}
- {ref: ops.free_disk, description: Removes old logs and packages., runner_type: python-script, parameters: {host: {type: string, required: true}, path: {type: string, default: /var}, keep_days: {type: integer, default: 14}}}
- {ref: ops.archive_errors, description: Sends error lines to the archive., runner_type: python-script, parameters: {line: {type: string, required: true}}}
- {ref: ops.deploy, description: "Builds, tests, rolls out and watches a service.", runner_type: orquesta, parameters: {service: {type: string, required: true}, ref: {type: string, required: true}, canary: {type: boolean, default: true}}}
- {ref: github.create_deployment, description: Begins a deployment., runner_type: python-script, parameters: {repository: {type: string, required: true}, ref: {type: string, required: true}}}
- {ref: github.add_comment, description: Comments on an issue or a pull request., runner_type: python-script, parameters: {issue: {type: integer, required: true}, body: {type: string, required: true}}}
- {ref: github.list_pulls, description: Lists open pull requests., runner_type: python-script, parameters: {repository: {type: string, required: true}}}
- {ref: pagerduty.open_incident, description: Opens an incident., runner_type: python-script, parameters: {title: {type: string, required: true}, severity: {type: string, enum: [info, warning, error, critical], default: error}}}
- {ref: pagerduty.resolve, description: Resolves an incident., runner_type: python-script, parameters: {incident: {type: string, required: true}}}
- {ref: kubernetes.restart_pod, description: Deletes a pod so that it is made anew., runner_type: python-script, parameters: {namespace: {type: string, default: default}, pod: {type: string, required: true}}}
- {ref: kubernetes.scale, description: Sets the number of replicas., runner_type: python-script, parameters: {deployment: {type: string, required: true}, replicas: {type: integer, required: true}}}
)yaml";

const char *const rulesYaml = R"yaml(
- {ref: welcome.every_five_seconds, state: enabled, description: "Says hello, so that something happens.", trigger: {type: core.st2.IntervalTimer, parameters: {unit: seconds, delta: 5}}, action: {ref: welcome.notice, parameters: {message: "hello at {{ trigger.executed_at }}"}}}
- {ref: welcome.new_line, state: enabled, description: Echoes each new line of the watched file., trigger: {type: linux.file_watch.line, parameters: {file_path: /home/operator/stormglass-welcome.log}}, action: {ref: core.local, parameters: {cmd: "echo {{ trigger.line }}"}}}
- {ref: welcome.webhook, state: enabled, description: Answers a webhook., trigger: {type: core.st2.webhook, parameters: {url: welcome}}, action: {ref: core.local, parameters: {cmd: "echo {{ trigger.body.message }}"}}}
- ref: ops.page_on_db_error
  state: enabled
  description: Pages for errors of the first database.
  trigger: {type: linux.file_watch.line, parameters: {file_path: /var/log/app/orders.log}}
  criteria:
    trigger.line: {type: contains, pattern: ERROR}
    trigger.host: {type: equals, pattern: db-1}
    trigger.count: {type: greaterthan, pattern: 3}
  action: {ref: ops.page_on_call, parameters: {title: "{{ trigger.host }}: {{ trigger.line }}", severity: high}}
- {ref: ops.restart_gateway, state: enabled, description: Restarts the gateway when it times out., trigger: {type: linux.file_watch.line, parameters: {file_path: /var/log/app/orders.log}}, criteria: {trigger.line: {type: matchregex, pattern: ".*gateway timeout"}}, action: {ref: ops.restart_gateway, parameters: {region: fra}}}
- {ref: ops.archive_errors, state: disabled, description: Keeps every error line., trigger: {type: linux.file_watch.line, parameters: {file_path: /var/log/app/orders.log}}, criteria: {trigger.line: {type: contains, pattern: ERROR}}, action: {ref: ops.archive_errors, parameters: {line: "{{ trigger.line }}"}}}
- {ref: ops.free_disk, state: enabled, description: Makes room when a disk fills up., trigger: {type: linux.disk_low, parameters: {}}, criteria: {trigger.used: {type: greaterthan, pattern: 90}}, action: {ref: ops.free_disk, parameters: {host: "{{ trigger.host }}"}}}
- {ref: ops.load_high, state: observe, description: Would scale out when load stays high., trigger: {type: linux.load_high, parameters: {}}, criteria: {trigger.load: {type: greaterthan, pattern: 8}}, action: {ref: kubernetes.scale, parameters: {deployment: web, replicas: 6}}}
- {ref: ops.load_page, state: enabled, description: Pages when load stays very high., trigger: {type: linux.load_high, parameters: {}}, criteria: {trigger.load: {type: greaterthan, pattern: 12}}, action: {ref: ops.page_on_call, parameters: {title: "load on {{ trigger.host }}"}}}
- {ref: github.deploy_on_push, state: enabled, description: Rolls out what lands on main., trigger: {type: github.push, parameters: {}}, criteria: {trigger.ref: {type: equals, pattern: refs/heads/main}}, action: {ref: ops.deploy, parameters: {service: checkout, ref: "{{ trigger.after }}"}}}
- {ref: github.comment_on_review, state: enabled, description: Reminds reviewers., trigger: {type: github.review_requested, parameters: {}}, action: {ref: github.add_comment, parameters: {issue: "{{ trigger.number }}", body: thank you}}}
- {ref: ops.hourly_report, state: enabled, description: Collects figures every hour., trigger: {type: core.st2.CronTimer, parameters: {minute: 0, second: 0, timezone: Europe/Berlin}}, action: {ref: core.local, parameters: {cmd: /opt/report.sh}}}
)yaml";

const char *const triggerTypesYaml = R"yaml(
- {ref: core.st2.IntervalTimer, description: "Comes again and again, at equal distances.", parameters_schema: {type: object, properties: {unit: {enum: [weeks, days, hours, minutes, seconds], required: true}, delta: {type: integer, required: true}}}, payload_schema: {type: object, properties: {executed_at: {type: string}, schedule: {type: object}}}}
- {ref: core.st2.CronTimer, description: Comes when a calendar pattern fits., parameters_schema: {type: object, properties: {minute: {type: string}, hour: {type: string}, timezone: {type: string}}}, payload_schema: {type: object, properties: {executed_at: {type: string}}}}
- {ref: core.st2.DateTimer, description: "Comes once, at a date.", parameters_schema: {type: object, properties: {date: {type: string, required: true}, timezone: {type: string}}}, payload_schema: {type: object, properties: {executed_at: {type: string}}}}
- {ref: core.st2.webhook, description: Somebody posted to a webhook., parameters_schema: {type: object, properties: {url: {type: string, required: true, description: "The part behind /api/v1/webhooks/."}}}, payload_schema: {type: object, properties: {headers: {type: object}, body: {type: object}}}}
- {ref: core.st2.generic.actiontrigger, description: An action has finished., parameters_schema: {}, payload_schema: {type: object, properties: {status: {type: string}, action_ref: {type: string}}}}
- {ref: linux.file_watch.line, description: A line was added to a file., parameters_schema: {type: object, properties: {file_path: {type: string, required: true, description: "The file to watch."}}}, payload_schema: {type: object, properties: {file_path: {type: string}, file_name: {type: string}, line: {type: string}, host: {type: string}, count: {type: integer}}}}
- {ref: linux.load_high, description: A host is under load., parameters_schema: {}, payload_schema: {type: object, properties: {host: {type: string}, load: {type: number}}}}
- {ref: linux.disk_low, description: A disk is filling up., parameters_schema: {}, payload_schema: {type: object, properties: {host: {type: string}, mount: {type: string}, used: {type: integer}}}}
- {ref: github.push, description: Commits were pushed., parameters_schema: {}, payload_schema: {type: object, properties: {repository: {type: string}, ref: {type: string}, after: {type: string}}}}
- {ref: github.review_requested, description: A review was asked for., parameters_schema: {}, payload_schema: {type: object, properties: {number: {type: integer}}}}
)yaml";

const char *const triggersYaml = R"yaml(
- {ref: core.5f0c1e4a-0b6e-4c3f-9d4e-1f52b4a7c101, type: core.st2.IntervalTimer, parameters: {unit: seconds, delta: 5}}
- {ref: core.8a1d7f30-93c2-4b54-8f0d-6f9b8e2d5a02, type: core.st2.CronTimer, parameters: {minute: 0, second: 0, timezone: Europe/Berlin}}
- {ref: core.c2b9e6d1-77aa-4f0e-a5d0-30f1c77b9e03, type: core.st2.webhook, parameters: {url: welcome}}
- {ref: core.d7e8a2c4-1b3d-4e5f-8c6a-9b0d1e2f3a04, type: core.st2.webhook, parameters: {url: deploy}}
- {ref: linux.1a2b3c4d-5e6f-4071-8293-a4b5c6d7e805, type: linux.file_watch.line, parameters: {file_path: /var/log/app/orders.log}}
- {ref: linux.e5d4c3b2-a190-4887-b6c5-d4e3f2a1b006, type: linux.file_watch.line, parameters: {file_path: /home/operator/stormglass-welcome.log}}
- {ref: linux.load_high, type: linux.load_high, parameters: {}}
- {ref: linux.disk_low, type: linux.disk_low, parameters: {}}
- {ref: github.push, type: github.push, parameters: {}}
- {ref: core.st2.generic.actiontrigger, type: core.st2.generic.actiontrigger, parameters: {}}
)yaml";

const char *const sensorsYaml = R"yaml(
- ref: linux.FileWatchSensor
  description: Watches files and raises an event a line.
  enabled: true
  class_name: FileWatchSensor
  trigger_types: [linux.file_watch.line]
  status: {state: running, pid: 48213, cpu: 1.8, memory: 18874368, age: 1, events_per_minute: [120, 118, 131, 140, 122, 119, 160, 172, 149, 138, 141, 155, 162, 158, 170, 166, 159, 171, 180, 176], restarts: [], log: [watching /var/log/app/orders.log, watching /home/operator/stormglass-welcome.log, "rotated: /var/log/app/orders.log"]}
- ref: linux.LoadSensor
  description: Asks hosts for their load.
  enabled: true
  class_name: LoadSensor
  poll_interval: 30
  trigger_types: [linux.load_high]
  status: {state: running, pid: 48220, cpu: 0.4, memory: 31457280, age: 17, events_per_minute: [2, 2, 0, 1, 3, 2, 2, 4, 2, 1, 0, 0, 2, 3, 2, 2, 1, 2, 4, 3], restarts: [{minutes: 190, reason: "Ended with exit code 1: ConnectionError: web-3 refused the connection."}], log: [polling 14 hosts, "web-3: load 14.2"]}
- ref: linux.DiskSensor
  description: Asks hosts how full their disks are.
  enabled: true
  class_name: DiskSensor
  poll_interval: 60
  trigger_types: [linux.disk_low]
  status: {state: backing_off, pid: 0, cpu: 0, memory: 0, age: 340, events_per_minute: [1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0], restarts: [{minutes: 6, reason: "Ended with exit code 1: PermissionError: /etc/disks.yaml"}, {minutes: 5, reason: "Ended with exit code 1: PermissionError: /etc/disks.yaml"}, {minutes: 3, reason: "Ended with exit code 1: PermissionError: /etc/disks.yaml"}], log: ["Traceback (most recent call last):", "  File \"disk_sensor.py\", line 31, in setup", "    with open(self._config[\"disks\"]) as file:", "PermissionError: [Errno 13] Permission denied: '/etc/disks.yaml'", starts again in 32 s]}
- ref: github.RepositorySensor
  description: Polls repositories for events.
  enabled: true
  class_name: RepositorySensor
  poll_interval: 20
  trigger_types: [github.push, github.review_requested]
  status: {state: running, pid: 48231, cpu: 2.6, memory: 67108864, age: 42, events_per_minute: [0, 0, 1, 0, 2, 0, 0, 1, 0, 0, 3, 0, 0, 0, 1, 0, 0, 2, 0, 1], restarts: [], log: [4 repositories, "rate limit: 4 812 of 5 000 left"]}
- ref: kubernetes.PodSensor
  description: Watches pods of a cluster.
  enabled: false
  class_name: PodSensor
  trigger_types: [kubernetes.pod_changed]
  status: {state: stopped, pid: 0, cpu: 0, memory: 0, events_per_minute: [], restarts: [], log: []}
- ref: ops.QueueSensor
  description: Counts what waits in the queue.
  enabled: true
  class_name: QueueSensor
  poll_interval: 10
  trigger_types: [ops.queue_long]
  status: {state: failed, pid: 0, cpu: 0, memory: 0, events_per_minute: [0, 0, 0, 0, 0, 0], restarts: [{minutes: 61, reason: "ModuleNotFoundError: No module named 'pika'"}], log: ["ModuleNotFoundError: No module named 'pika'", "The pack's requirements are not installed."]}
)yaml";

Value read(const char *yaml)
{
    const Result<Value> value = readYaml(yaml);
    SG_ASSERT(value.has_value());
    return *value;
}

// Adds what every resource has: an id, its pack and its name.
Value completed(const char *yaml, int firstId)
{
    Value list = read(yaml);
    int number = firstId;
    for (Value &item : list.editItems()) {
        const QString ref = item["ref"].toQString();
        item.set("id", idOf(number++));
        item.set("pack", ref.section(QLatin1Char('.'), 0, 0));
        item.set("name", ref.section(QLatin1Char('.'), 1));
        if (!item.find("enabled"))
            item.set("enabled", item["state"].toQStringOr(QStringLiteral("enabled")) == QLatin1String("enabled"));
    }
    return list;
}

} // namespace

QString idOf(int number)
{
    return QStringLiteral("65f3a91c%1").arg(number, 16, 16, QLatin1Char('0'));
}

QString iso(Timestamp time)
{
    return QString::fromStdString(toIsoText(time));
}

Value packs()
{
    Value list = completed(packsYaml, 0x100);
    for (Value &pack : list.editItems()) {
        pack.set("name", pack["ref"]);
        pack.set("files", Value::list());
    }
    return list;
}

Value actions()
{
    return completed(actionsYaml, 0x200);
}

Value rules()
{
    Value list = completed(rulesYaml, 0x300);
    for (Value &rule : list.editItems()) {
        if (!rule.find("criteria"))
            rule.set("criteria", Value::map());
        rule.set("type", Value::map({{"ref", "standard"}, {"parameters", Value::map()}}));
        rule.set("tags", Value::list());
    }
    return list;
}

Value triggerTypes()
{
    return completed(triggerTypesYaml, 0x400);
}

Value triggers()
{
    return completed(triggersYaml, 0x500);
}

Value sensors(Timestamp now)
{
    Value list = completed(sensorsYaml, 0x600);
    for (Value &sensor : list.editItems()) {
        Value status = sensor["status"];
        if (status["age"].isInt())
            status.set("last_event", iso(now - std::chrono::seconds(status["age"].toInt())));
        Value restarts = Value::list();
        for (const Value &restart : status["restarts"].itemsOrNone()) {
            const auto ago = std::chrono::minutes(restart["minutes"].toInt());
            restarts.append(Value::map({{"time", iso(now - ago)}, {"reason", restart["reason"]}}));
        }
        status.set("restarts", restarts);
        sensor.set("status", status);
    }
    return list;
}

Value stats(Timestamp now)
{
    Value stats = read(R"yaml({events_per_second: 42,
        executions: {requested: 1, scheduled: 0, delayed: 0, running: 3, succeeded: 1284, failed: 7, timeout: 1, canceled: 2, abandoned: 0, pending: 2, paused: 0},
        engine: {state: ok, version: 0.1.0, memory: 38797312, database_bytes: 268435456, events_kept: 12480112},
        welcome: {watched_file: /home/operator/stormglass-welcome.log,
          webhook_curl: "curl -X POST http://127.0.0.1:9101/api/v1/webhooks/welcome -H 'St2-Api-Key: welcome' -H 'Content-Type: application/json' -d '{\"message\": \"hello\"}'",
          timer: {every_seconds: 5, rule: welcome.every_five_seconds}}})yaml");
    Value engine = stats["engine"];
    engine.set("started", iso(now - std::chrono::hours(52)));
    stats.set("engine", engine);
    return stats;
}

} // namespace stormglass::sample
