#pragma once

#include "tests/scenarios/scenario_site.h"

#include <QHash>

namespace stormglass {

// Plays a scenario, which is a YAML file of `title`, `files` (below the data folder, where `packs/`
// has the packs), `rules` (made through the API) and `steps`, each a map of one member:
//   event: {type, payload}            append: {file, lines}      run: {action, parameters, as}
//   webhook: {url, body, headers}     cancel: NAME               rerun: {of: NAME, parameters, as}
//   call: {verb, path, query, body, status, answer}              reemit: TRIGGER_TYPE
//   restart, stop, start: true        await: FILE               expect: {what: items}
// `expect` waits until everything in it is so. What can be expected: executions,
// trigger_instances, enforcements, verdicts (of all trigger instances), health (of packs); each as
// missingIn() takes it, with an optional `query`. `<data>` in a text is the data folder, `<NAME>`
// the id of what a step kept `as` NAME.
class ScenarioRunner
{
public:
    explicit ScenarioRunner(ScenarioSite::Kind kind);

    // The error says which step failed and why.
    Result<> play(const Value &scenario);

private:
    Result<> prepare(const Value &scenario);
    Result<> step(const Value &step);
    Result<> stopOrStart(const Value &step);
    Result<> event(const Value &content);
    Result<> webhook(const Value &content);
    Result<> append(const Value &content);
    static Result<> await(const QString &path);
    Result<> run(const Value &content);
    Result<> rerun(const Value &content);
    Result<> reemit(const Value &content);
    Result<> call(const Value &content);
    Result<> expect(const Value &content);
    // Empty once it is so.
    QString missing(const Value &content);

    Result<Value> ask(Verb verb, const QString &path, const Value &body = {},
                      const Value &query = {});
    Result<ValueList> found(const QString &what, const Value &query);
    Result<ValueList> verdicts(const Value &query);
    Result<> keep(const Value &content, const Value &document);
    Value filledIn(const Value &value) const;

    ScenarioSite m_site;
    QHash<QString, QString> m_kept;
};

} // namespace stormglass
