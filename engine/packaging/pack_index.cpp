#include "engine/packaging/pack_index.h"

#include "engine/base/json.h"

#include <QStringList>

#include <array>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr int mostNamed = 5;

// What makes an entry one that can be shown and installed; otherwise why not.
QString faultOf(const QString &name, const Value &entry)
{
    if (!entry.isMap())
        return u"%1 is no mapping"_s.arg(name);
    for (const char *const member : {"repo_url", "version"}) {
        if (!entry[member].isText() || entry[member].text().empty())
            return u"%1 has no %2"_s.arg(name, QLatin1String(member));
    }
    const Value &ref = entry["ref"];
    if (ref.isText() && ref.toQString() != name)
        return u"%1 says that it is %2"_s.arg(name, ref.toQString());
    return {};
}

bool isLocalAddress(const QString &url)
{
    return url.startsWith(u"file:") || url.startsWith(u'/');
}

QString folded(const QString &text, PackIndex::Case sensitivity)
{
    return sensitivity == PackIndex::Case::Insensitive ? text.toLower() : text;
}

// As StackStorm looks: within a text, for a whole item of a list, for a key of a map.
bool contains(const Value &field, const QString &text, PackIndex::Case sensitivity)
{
    const auto same = [&](const Value &item) {
        return item.isText() && folded(item.toQString(), sensitivity) == text;
    };
    if (field.isList())
        return std::any_of(field.items().begin(), field.items().end(), same);
    if (field.isMap()) {
        const ValueMap &entries = field.entries();
        return std::any_of(entries.begin(), entries.end(),
                           [&](const ValueMap::Entry &entry) { return same(entry.key); });
    }
    const QString shown
        = field.isText() ? field.toQString() : QString::fromStdString(writeJson(field));
    return folded(shown, sensitivity).contains(text);
}

// 0 for a name, 1 for keywords, 2 for anything else; none if nothing has it.
std::optional<std::size_t> rankOf(const Value &entry, const QString &text,
                                  PackIndex::Case sensitivity)
{
    for (const ValueMap::Entry &field : entry.entriesOrNone()) {
        const QString name = field.key.toQStringOr({});
        if (name == u"repo_url" || name == u"email" || !contains(field.value, text, sensitivity))
            continue;
        return name == u"name" ? 0 : name == u"keywords" ? 1 : 2;
    }
    return std::nullopt;
}

} // namespace

Value toJson(const IndexStatus &status)
{
    return Value::map({{"url", status.url},
                       {"packs", status.packs},
                       {"message", status.message},
                       {"error", status.error.isEmpty() ? Value() : Value(status.error)}});
}

IndexPart unreadPart(const QString &url, const QString &error, const QString &message)
{
    return {{url, 0, message, error}, Value::map()};
}

IndexPart indexPartOf(const QString &url, std::string_view text)
{
    const Result<Value> document = readJson(text);
    if (!document)
        return unreadPart(url, u"malformed"_s,
                          u"It is not JSON: %1"_s.arg(document.error().message));
    if (document->isMap() && document->entries().isEmpty())
        return unreadPart(url, u"empty"_s, u"The index URL returned an empty object."_s);
    if (!document->isMap() || !(*document)["packs"].isMap())
        return unreadPart(url, u"malformed"_s,
                          u"It is no catalogue: an object with a member \"packs\" is expected."_s);
    IndexPart part{{url, 0, u"Success."_s, {}}, Value::map()};
    QStringList faults;
    for (const ValueMap::Entry &entry : (*document)["packs"].entries()) {
        const QString fault = faultOf(entry.key.toQString(), entry.value);
        if (fault.isEmpty())
            part.packs.set(entry.key, entry.value);
        else
            faults << fault;
    }
    part.status.packs = static_cast<std::int64_t>(part.packs.entries().size());
    if (!faults.isEmpty())
        part.status.message = u"%1 entries are left out: %2"_s.arg(faults.size())
                                  .arg(faults.mid(0, mostNamed).join(u"; "_s));
    return part;
}

PackIndex::PackIndex(std::vector<IndexPart> parts)
{
    for (const IndexPart &part : parts) {
        m_status.push_back(part.status);
        for (const ValueMap::Entry &entry : part.packs.entriesOrNone()) {
            const std::string_view name = entry.key.text();
            if (m_packs.find(name))
                continue;
            m_packs.set(entry.key, entry.value);
            if (isLocalAddress(part.status.url))
                m_local << entry.key.toQString();
        }
    }
}

Error PackIndex::nothingFound() const
{
    QStringList urls;
    QStringList states;
    for (const IndexStatus &status : m_status) {
        urls << status.url;
        states << u"%1 (%2)"_s.arg(status.error.isEmpty() ? u"no packs"_s : status.error,
                                   status.message);
    }
    return {ErrorCode::Invalid,
            u"No results from the index(es): tried %1. Status: %2."_s.arg(
                urls.isEmpty() ? u"none, because no catalogue is set"_s : urls.join(u", "_s),
                states.join(u"; "_s)),
            {},
            {}};
}

std::optional<Value> PackIndex::show(const QString &name) const
{
    const Value *const entry = m_packs.find(name.toStdString());
    return entry ? std::optional(*entry) : std::nullopt;
}

ValueList PackIndex::search(const QString &text, Case sensitivity) const
{
    const QString wanted = folded(text, sensitivity);
    std::array<ValueList, 3> ranked;
    for (const ValueMap::Entry &entry : m_packs.entries()) {
        if (const auto rank = rankOf(entry.value, wanted, sensitivity))
            ranked[*rank].push_back(entry.value);
    }
    ValueList found;
    for (const ValueList &rank : ranked)
        found.insert(found.end(), rank.begin(), rank.end());
    return found;
}

Value PackIndex::health() const
{
    Value states = Value::list();
    Value errors = Value::map();
    std::int64_t valid = 0;
    for (const IndexStatus &status : m_status) {
        states.append(toJson(status));
        if (status.error.isEmpty())
            ++valid;
        else
            errors.set(status.error, errors[status.error.toStdString()].toIntOr(0) + 1);
    }
    const auto count = static_cast<std::int64_t>(m_status.size());
    const auto packs = static_cast<std::int64_t>(m_packs.entries().size());
    return Value::map({{"indexes",
                        Value::map({{"count", count},
                                    {"valid", valid},
                                    {"invalid", count - valid},
                                    {"errors", errors},
                                    {"status", states}})},
                       {"packs", Value::map({{"count", packs}})}});
}

bool PackIndex::isLocal(const QString &name) const
{
    return m_local.contains(name);
}

} // namespace stormglass
