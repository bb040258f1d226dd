#include "engine/packaging/pack_operation.h"

#include "engine/base/timestamp.h"

#include <array>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr std::array<std::pair<OperationKind, const char *>, 4> kinds{
    {{OperationKind::Install, "install"},
     {OperationKind::Remove, "remove"},
     {OperationKind::RollBack, "roll_back"},
     {OperationKind::NewEnvironment, "environment"}}};

constexpr std::array<std::pair<OperationState, const char *>, 8> states{
    {{OperationState::Planning, "planning"},
     {OperationState::Planned, "planned"},
     {OperationState::Waiting, "waiting"},
     {OperationState::Running, "running"},
     {OperationState::Committing, "committing"},
     {OperationState::Succeeded, "succeeded"},
     {OperationState::Failed, "failed"},
     {OperationState::Canceled, "canceled"}}};

template <typename Table, typename Each>
QString nameIn(const Table &table, Each wanted)
{
    for (const auto &[each, name] : table) {
        if (each == wanted)
            return QLatin1String(name);
    }
    return {};
}

// A source that cannot be read is shown as it was written; it held nothing that could be taken for
// a user and a password.
QString shownSource(const OperationRequest &request, const QString &written)
{
    if (request.kind != OperationKind::Install)
        return written;
    const Result<PackSource> source = packSourceOf(written);
    if (source)
        return source->text();
    return written.contains(u'@') && written.contains(u"://") ? u"********"_s : written;
}

Timestamp timeIn(const Value &text)
{
    const auto time = timestampFromIso(text.isText() ? text.text() : std::string_view());
    return time.value_or(Timestamp());
}

} // namespace

QString text(OperationKind kind)
{
    return nameIn(kinds, kind);
}

QString text(OperationState state)
{
    return nameIn(states, state);
}

bool isFinished(OperationState state)
{
    return state == OperationState::Succeeded || state == OperationState::Failed
        || state == OperationState::Canceled;
}

Result<OperationKind> operationKindFrom(const QString &name)
{
    QStringList known;
    for (const auto &[kind, text] : kinds) {
        if (name == QLatin1String(text))
            return kind;
        known << QLatin1String(text);
    }
    return failure(
        ErrorCode::Invalid,
        u"There is no operation \"%1\" on packs. Known are: %2."_s.arg(name, known.join(u", "_s)));
}

Value toJson(const PackOperation &operation)
{
    const OperationRequest &request = operation.request;
    Value packs = Value::list();
    for (const QString &pack : request.packs)
        packs.append(shownSource(request, pack));
    return Value::map({{"id", operation.id},
                       {"kind", text(request.kind)},
                       {"packs", packs},
                       {"force", request.force},
                       {"skip_dependencies", request.skipDependencies},
                       {"carry_out", request.carryOut},
                       {"make_environments", request.makeEnvironments},
                       {"register_content", request.registerContent},
                       {"remove_files", request.removeFiles},
                       {"user", request.user},
                       {"state", text(operation.state)},
                       {"step", operation.step},
                       {"line", operation.line},
                       {"steps_done", operation.stepsDone},
                       {"error", operation.error.isEmpty() ? Value() : Value(operation.error)},
                       {"plan", toJson(operation.plan)},
                       {"started", toIsoText(operation.started)},
                       {"changed", toIsoText(operation.changed)}});
}

PackOperation operationFromJson(const Value &document)
{
    PackOperation operation;
    operation.id = document["id"].toQStringOr({});
    OperationRequest &request = operation.request;
    request.kind
        = operationKindFrom(document["kind"].toQStringOr({})).value_or(OperationKind::Install);
    for (const Value &pack : document["packs"].itemsOrNone())
        request.packs << pack.toQStringOr({});
    request.force = document["force"].toBoolOr(false);
    request.skipDependencies = document["skip_dependencies"].toBoolOr(false);
    request.carryOut = document["carry_out"].toBoolOr(false);
    request.makeEnvironments = document["make_environments"].toBoolOr(true);
    request.registerContent = document["register_content"].toBoolOr(true);
    request.removeFiles = document["remove_files"].toBoolOr(true);
    request.user = document["user"].toQStringOr({});
    for (const auto &[state, name] : states) {
        if (document["state"].toQStringOr({}) == QLatin1String(name))
            operation.state = state;
    }
    operation.step = document["step"].toQStringOr({});
    operation.stepsDone = static_cast<int>(document["steps_done"].toIntOr(0));
    operation.error = document["error"].toQStringOr({});
    operation.plan = planFromJson(document["plan"]);
    operation.started = timeIn(document["started"]);
    operation.changed = timeIn(document["changed"]);
    return operation;
}

} // namespace stormglass
