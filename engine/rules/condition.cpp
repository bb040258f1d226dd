#include "engine/rules/condition.h"

#include "engine/base/python_text.h"
#include "engine/expressions/datastore_lookup.h"

namespace stormglass {

namespace {

ConditionAnswer failed(const QString &what, Error error)
{
    ConditionAnswer answer;
    answer.kind = ConditionAnswer::Kind::Failed;
    answer.failures.push_back({what, std::move(error)});
    return answer;
}

ConditionAnswer broken(Error error)
{
    ConditionAnswer answer = failed({}, std::move(error));
    answer.kind = ConditionAnswer::Kind::Broken;
    return answer;
}

QString textOf(const Value &value)
{
    return QString::fromStdString(pythonStr(value));
}

ConditionAnswer answered(Result<bool> holds, Value actual, Value expected)
{
    ConditionAnswer answer;
    if (holds)
        answer.kind = *holds ? ConditionAnswer::Kind::Holds : ConditionAnswer::Kind::Fails;
    else
        answer = failed({}, std::move(holds).error());
    answer.actual = std::move(actual);
    answer.expected = std::move(expected);
    return answer;
}

const Value &datastoreKey()
{
    static const Value key{std::shared_ptr<const ValueObject>(std::make_shared<DatastoreKey>())};
    return key;
}

} // namespace

const EvaluationContext &FactSheet::context()
{
    if (!m_context) {
        m_context.emplace();
        m_context->variables.set(Value(m_prefix), m_facts.payload);
        m_context->variables.set("system", datastoreRoots()["system"]);
        m_context->resolver = m_facts.resolver;
        m_context->clock = &m_facts.clock;
    }
    return *m_context;
}

const Value &FactSheet::root()
{
    if (m_root.isNull()) {
        m_root.set(Value(m_prefix), m_facts.payload);
        m_root.set("system", datastoreKey());
        m_root.set("st2kv.system", datastoreKey());
    }
    return m_root;
}

Result<Value> RuleCondition::actual(FactSheet &sheet) const
{
    if (isPlain) {
        const Value *found = followNames(sheet.facts().payload, names);
        return found ? *found : Value();
    }
    if (!path)
        return failure(path.error());
    return path->first(sheet.root());
}

ConditionAnswer RuleCondition::ask(FactSheet &sheet) const
{
    if (!hasOperator) {
        ConditionAnswer answer;
        answer.kind = ConditionAnswer::Kind::Fails;
        return answer;
    }
    std::optional<CriteriaPattern> made;
    if (!constant) {
        Result<Value> value = rendered->render(sheet.context());
        if (!value)
            return failed(QStringLiteral("Failed to render pattern value \"%1\" for key \"%2\"")
                              .arg(textOf(source), key),
                          std::move(value).error());
        made.emplace(*std::move(value),
                     entry ? entry->preparation : CriteriaPattern::Preparation::AsIs);
    }
    const CriteriaPattern &pattern = constant ? *constant : *made;
    Result<Value> found = actual(sheet);
    if (!found)
        return failed(QStringLiteral("Failed transforming criteria key %1").arg(key),
                      std::move(found).error());
    if (!entry)
        return broken({ErrorCode::Invalid,
                       QStringLiteral("Invalid operator: %1").arg(operatorName.toLower()),
                       QStringLiteral("Exception")});
    if (entry->meaning == CriteriaOperator::Search)
        return searchItems(*this, *found, pattern.value(), sheet.facts());
    Result<bool> holds = entry->apply(*found, pattern, sheet.facts().clock);
    return answered(std::move(holds), *std::move(found), pattern.value());
}

RuleCondition compileCondition(const Value &key, const Value &content, std::string_view prefix)
{
    const std::string name = pythonStr(key);
    RuleCondition condition{.key = QString::fromStdString(name),
                            .path
                            = JsonPath::compile(std::string_view(name).substr(0, name.find('#')))};
    if (condition.path && !condition.path->names().empty()
        && condition.path->names().front() == prefix) {
        condition.isPlain = true;
        condition.names.assign(condition.path->names().begin() + 1, condition.path->names().end());
    }
    const Value *type = content.find("type");
    condition.hasOperator = type != nullptr;
    if (type) {
        condition.operatorName = textOf(*type);
        condition.entry = type->isText() ? findOperator(type->text()) : nullptr;
    }
    condition.source = content["pattern"];
    condition.searchMode = content["condition"];
    const auto preparation
        = condition.entry ? condition.entry->preparation : CriteriaPattern::Preparation::AsIs;
    if (condition.source.isText())
        condition.rendered.emplace(condition.source.text());
    if (!condition.rendered)
        condition.constant.emplace(condition.source, preparation);
    else if (condition.rendered->constant())
        condition.constant.emplace(*condition.rendered->constant(), preparation);
    const bool isSearch = condition.entry && condition.entry->meaning == CriteriaOperator::Search;
    if (isSearch && condition.constant && condition.constant->value().isMap())
        condition.children = Criteria::compileChildren(condition.constant->value());
    return condition;
}

} // namespace stormglass
