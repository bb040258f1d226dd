#include "tests/bench/expression_samples.h"
#include "tests/bench/measuring.h"
#include "tests/bench/samples.h"

#include "engine/base/json.h"

namespace stormglass::bench {

namespace {

constexpr ExpressionSample jinjaSamples[] = {
    {"variable", "{{ trigger.body.alert.host }}", 1.0},
    {"mixed",
     "{{ trigger.body.alert.host | upper }} is {{ trigger.body.alert.value + 1 }}"
     "{% if trigger.body.alert.env == \"prod\" %} PROD{% endif %}"},
    {"text",
     "No. {{ trigger.body.alert.id }} of {{ trigger.body.receiver }}: "
     "{{ trigger.body.alert.summary }} ({{ trigger.body.alert.severity }})"},
    {"index", "{{ trigger['body']['links'][0] }} {{ trigger.body.history[-1]['state'] }}"},
    {"default",
     "{{ trigger.body.nope | default('none') }}/{{ trigger.body.status | default('') }}"},
    {"filters", "{{ trigger.body.alert.summary | replace('CPU', 'Load') | truncate(40) | title }}"},
    {"methods",
     "{{ trigger.body.alert.host.split('.')[0].upper() }}"
     "{{ trigger.body.alert.env.startswith('pro') }}"},
    {"arithmetic",
     "{{ (trigger.body.alert.value - trigger.body.alert.threshold) * 100 // 9 % 7 }}"},
    {"logic",
     "{{ 'page' if trigger.body.alert.severity in ['critical', 'major'] and not "
     "trigger.body.alert.value < 90 else 'mail' }}"},
    {"loop",
     "{% for check in trigger.body.alert.checks %}{{ loop.index }}:{{ check }}"
     "{% if not loop.last %}, {% endif %}{% endfor %}"},
    {"selection",
     "{{ trigger.body.history | selectattr('state', 'equalto', 'firing') "
     "| map(attribute='at') | join(',') }} "
     "{{ trigger.body.alert.labels | dictsort | first | join('=') }}"},
    {"macro",
     "{% macro line(name, value) %}{{ name }}={{ value }};{% endmacro %}"
     "{% set labels = trigger.body.alert.labels %}"
     "{{ line('team', labels.team) }}{{ line('pod', labels.pod) }}"},
};

constexpr ExpressionSample yaqlSamples[] = {
    {"sum", "ctx().trigger.body.alert.value + 1"},
    {"variable", "ctx().trigger.body.alert.host"},
    {"index", "ctx().trigger.body.links[0] + ctx().trigger.body.get(status)"},
    {"text", "concat(ctx().trigger.body.alert.host, ' is ', str(ctx().trigger.body.alert.id))"},
    {"methods", "ctx().trigger.body.alert.host.split('.').first().toUpper()"},
    {"arithmetic",
     "(ctx().trigger.body.alert.value - ctx().trigger.body.alert.threshold) * 100 / 9"},
    {"logic",
     "switch(ctx().trigger.body.alert.severity in [critical, major] and not "
     "ctx().trigger.body.alert.value < 90 => page, true => mail)"},
    {"where", "ctx().trigger.body.history.where($.state = firing).select($.at)"},
    {"fold",
     "ctx().trigger.body.alert.checks.select($ * 2).sum() + ctx().trigger.body.alert.checks.len()"},
    {"map",
     "dict(team => ctx().trigger.body.alert.labels.team, pods => "
     "[ctx().trigger.body.alert.labels.pod])"},
    {"order", "ctx().trigger.body.alert.checks.orderByDescending($).limit(2)"},
    {"regex", "ctx().trigger.body.alert.host.matches('^web-[0-9]+[.]')"},
};

} // namespace

std::span<const ExpressionSample> expressionSamples(Language language)
{
    return language == Language::Jinja ? std::span<const ExpressionSample>(jinjaSamples)
                                       : std::span<const ExpressionSample>(yaqlSamples);
}

Value expressionVariables()
{
    return Value::map({{"trigger", Value::map({{"body", take(readJson(alertBody(1)))}})}});
}

} // namespace stormglass::bench
