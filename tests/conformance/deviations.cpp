#include "tests/conformance/deviations.h"

#include "engine/base/yaml.h"

#include <QFile>

#include <algorithm>

namespace stormglass {

namespace {

// The member of a case at a dotted path; null if there is none.
const Value *memberAt(const Value &recorded, std::string_view path)
{
    const std::size_t dot = path.find('.');
    const Value *const member = recorded.find(path.substr(0, dot));
    if (!member || dot == std::string_view::npos)
        return member;
    return memberAt(*member, path.substr(dot + 1));
}

// A wanted value, `{contains: text}`, or `{not: value}`.
bool meets(const Value *member, const Value &wanted)
{
    if (const Value *const part = wanted.find("contains"))
        return member && member->isText()
            && member->text().find(part->text()) != std::string_view::npos;
    if (const Value *const other = wanted.find("not"))
        return !member || *member != *other;
    return member ? *member == wanted : wanted.isNull();
}

bool covers(const Value &rule, std::string_view corpus, const Value &recorded)
{
    if (rule["corpus"] != Value(corpus))
        return false;
    if (const Value *const tag = rule.find("what"); tag && recorded["what"] != *tag)
        return false;
    return std::ranges::all_of(rule["when"].entriesOrNone(), [&](const ValueMap::Entry &entry) {
        return meets(memberAt(recorded, entry.key.text()), entry.value);
    });
}

bool isWellFormed(const Value &rule)
{
    const bool says = rule["why"].isText() && rule["instead"].isText() && rule["corpus"].isText();
    const bool narrows = rule.find("what") || !rule["when"].entriesOrNone().isEmpty();
    const bool namesACase = rule.find("id") || rule["when"].find("id");
    return says && narrows && !namesACase;
}

} // namespace

Result<Deviations> Deviations::read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::NotFound, QStringLiteral("%1 cannot be read.").arg(path));
    SG_LET(const Value yaml, readYaml(file.readAll().toStdString()));
    Deviations deviations;
    deviations.m_rules = yaml.itemsOrNone();
    if (!std::ranges::all_of(deviations.m_rules, isWellFormed))
        return failure(ErrorCode::Invalid,
                       QStringLiteral("%1: each deviation needs corpus, why, instead and what or "
                                      "when, and names no case.")
                           .arg(path));
    return deviations;
}

bool Deviations::cover(std::string_view corpus, const Value &recorded) const
{
    return std::ranges::any_of(m_rules,
                               [&](const Value &rule) { return covers(rule, corpus, recorded); });
}

} // namespace stormglass
