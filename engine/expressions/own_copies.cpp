#include "engine/expressions/own_copies.h"

#include <unordered_map>

namespace stormglass {

namespace {

class Copier
{
public:
    Value copy(const Value &value)
    {
        switch (value.kind()) {
        case Value::Kind::List:
        case Value::Kind::Tuple:
            return copyOnce(&value.items(), value);
        case Value::Kind::Map:
            return copyOnce(&value.entries(), value);
        case Value::Kind::Set:
            return copyOnce(&value.members(), value);
        default:
            return value;
        }
    }

private:
    Value copyOnce(const void *storage, const Value &value)
    {
        if (const auto known = m_copies.find(storage); known != m_copies.end())
            return value.isSecret() ? known->second.markedSecret() : known->second;
        Value copied = contentsOf(value);
        m_copies.emplace(storage, copied);
        return value.isSecret() ? copied.markedSecret() : copied;
    }

    Value contentsOf(const Value &value)
    {
        if (value.isSet())
            return Value(value.members());
        if (value.isMap()) {
            ValueMap map;
            map.reserve(value.entries().size());
            for (const ValueMap::Entry &entry : value.entries())
                map.set(entry.key, copy(entry.value));
            return Value(std::move(map));
        }
        ValueList items;
        items.reserve(value.items().size());
        for (const Value &item : value.items())
            items.push_back(copy(item));
        return value.isTuple() ? Value::tuple(std::move(items)) : Value(std::move(items));
    }

    std::unordered_map<const void *, Value> m_copies;
};

} // namespace

Value ownCopy(const Value &value)
{
    return Copier().copy(value);
}

const void *storageOf(const Value &container)
{
    if (container.isMap())
        return &container.entries();
    return container.isSequence() ? &container.items() : nullptr;
}

void emptyShared(const Value &container)
{
    if (container.isList())
        container.editSharedItems().clear();
    else if (container.isMap())
        container.editSharedEntries() = ValueMap();
}

bool reaches(const Value &from, const Value &container)
{
    if (from.kind() == container.kind()) {
        if (from.isList() && &from.items() == &container.items())
            return true;
        if (from.isMap() && &from.entries() == &container.entries())
            return true;
    }
    if (from.isSequence()) {
        for (const Value &item : from.items()) {
            if (reaches(item, container))
                return true;
        }
    }
    if (from.isMap()) {
        for (const ValueMap::Entry &entry : from.entries()) {
            if (reaches(entry.value, container))
                return true;
        }
    }
    return false;
}

} // namespace stormglass
