#include "engine/base/value.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <new>
#include <variant>

namespace stormglass {

struct Value::Shared {
    std::atomic<std::uint32_t> references{1};
};

struct Value::TextData : Shared {
    static constexpr std::int64_t uncounted = -1;
    static constexpr std::uint64_t unhashed = 0;

    std::size_t size = 0;
    std::atomic<std::int64_t> codePoints{uncounted};
    std::atomic<std::uint64_t> hash{unhashed};

    const char *begin() const { return reinterpret_cast<const char *>(this + 1); }
    char *begin() { return reinterpret_cast<char *>(this + 1); }

    static TextData *make(std::string_view text)
    {
        void *memory = std::malloc(sizeof(TextData) + text.size());
        SG_ASSERT(memory);
        auto *data = new (memory) TextData;
        data->size = text.size();
        if (!text.empty())
            std::memcpy(data->begin(), text.data(), text.size());
        return data;
    }

    static void destroy(TextData *data)
    {
        data->~TextData();
        std::free(data);
    }
};

struct Value::BoxData : Shared {
    using Content = std::variant<BigInt, ValueList, ValueMap, ValueSet, DateTimeValue, TimeValue,
                                 std::shared_ptr<const ValueObject>>;
    explicit BoxData(Content value)
        : content(std::move(value))
    {
    }
    Content content;
};

namespace {

bool isTextual(Value::Kind kind)
{
    return kind == Value::Kind::Text || kind == Value::Kind::Bytes;
}

std::uint64_t mixed(std::uint64_t number)
{
    number ^= number >> 33;
    number *= 0xff51afd7ed558ccdULL;
    number ^= number >> 33;
    number *= 0xc4ceb9fe1a85ec53ULL;
    return number ^ (number >> 33);
}

std::uint64_t hashOfDouble(double number)
{
    // A whole double must hash as the integer it equals.
    if (std::trunc(number) == number && std::fabs(number) < 9.2e18)
        return mixed(static_cast<std::uint64_t>(static_cast<std::int64_t>(number)));
    if (std::isfinite(number) && std::trunc(number) == number)
        return ValueMap::hashOf(BigInt::fromDouble(number)->text());
    std::uint64_t bits = 0;
    std::memcpy(&bits, &number, 8);
    return mixed(bits ^ 0x5bd1e995);
}

bool isNumeric(const Value &value)
{
    return value.isBool() || value.isNumber();
}

BigInt asBigInt(const Value &value)
{
    if (value.isBool())
        return BigInt(value.toBool() ? 1 : 0);
    return value.isInt() ? BigInt(value.toInt()) : value.toBigInt();
}

bool numbersEqual(const Value &a, const Value &b)
{
    const bool aReal = a.isDouble();
    const bool bReal = b.isDouble();
    if (aReal && bReal)
        return a.toDouble() == b.toDouble();
    if (aReal || bReal) {
        const double real = aReal ? a.toDouble() : b.toDouble();
        const auto whole = BigInt::fromDouble(real);
        return whole && std::trunc(real) == real && *whole == asBigInt(aReal ? b : a);
    }
    if (a.kind() != Value::Kind::BigInt && b.kind() != Value::Kind::BigInt) {
        const std::int64_t left = a.isBool() ? a.toBool() : a.toInt();
        const std::int64_t right = b.isBool() ? b.toBool() : b.toInt();
        return left == right;
    }
    return asBigInt(a) == asBigInt(b);
}

template <typename Same>
bool listsEqual(const ValueList &a, const ValueList &b, Same same)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

template <typename Same>
bool mapsEqual(const ValueMap &a, const ValueMap &b, Same same)
{
    if (a.size() != b.size())
        return false;
    for (const ValueMap::Entry &entry : a) {
        const auto position = b.position(entry.key);
        if (!position || !same(entry.key, b.at(*position).key) || !same(entry.value, b.at(*position).value))
            return false;
    }
    return true;
}

bool setsEqual(const ValueSet &a, const ValueSet &b)
{
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!b.contains(a.at(i)))
            return false;
    }
    return true;
}

// Both of the same kind, neither a number nor a container.
bool scalarsEqual(const Value &a, const Value &b)
{
    switch (a.kind()) {
    case Value::Kind::Null: return true;
    case Value::Kind::Bool: return a.toBool() == b.toBool();
    case Value::Kind::Int: return a.toInt() == b.toInt();
    case Value::Kind::BigInt: return a.toBigInt() == b.toBigInt();
    case Value::Kind::Double: return a.toDouble() == b.toDouble();
    case Value::Kind::Text:
    case Value::Kind::Bytes: return a.text() == b.text();
    case Value::Kind::DateTime: return a.toDateTime() == b.toDateTime();
    case Value::Kind::Date: return a.toDays() == b.toDays();
    case Value::Kind::Time: return a.toTime() == b.toTime();
    case Value::Kind::Duration: return a.toDuration() == b.toDuration();
    case Value::Kind::Object: return a.object() == b.object();
    case Value::Kind::List:
    case Value::Kind::Tuple:
    case Value::Kind::Map:
    case Value::Kind::Set: break;
    }
    return false;
}

// An aware time and the same moment under another offset are equal; aware and naive never are.
bool dateTimesEqual(const DateTimeValue &a, const DateTimeValue &b)
{
    const auto utc = [](const DateTimeValue &time) {
        return time.wallMicroseconds - std::int64_t{time.offsetSeconds} * 1'000'000;
    };
    return a.hasOffset == b.hasOffset && utc(a) == utc(b);
}

} // namespace

Value::Value(unsigned long number)
{
    if (number <= static_cast<unsigned long>(INT64_MAX))
        *this = Value(static_cast<std::int64_t>(number));
    else
        *this = Value(*BigInt::fromText(std::to_string(number)));
}

Value::Value(std::string_view text)
    : Value(Kind::Text, TextData::make(text))
{
}

Value::Value(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    *this = Value(std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
}

Value::Value(ValueList list)
    : Value(Kind::List, new BoxData(std::move(list)))
{
}

Value::Value(ValueMap map)
    : Value(Kind::Map, new BoxData(std::move(map)))
{
}

Value::Value(ValueSet set)
    : Value(Kind::Set, new BoxData(std::move(set)))
{
}

Value::Value(BigInt number)
{
    if (const auto small = number.toInt())
        *this = Value(*small);
    else
        *this = Value(Kind::BigInt, new BoxData(std::move(number)));
}

Value::Value(std::shared_ptr<const ValueObject> object)
    : Value(Kind::Object, new BoxData(std::move(object)))
{
}

Value Value::list(std::initializer_list<Value> items)
{
    return Value(ValueList(items));
}

Value Value::map(std::initializer_list<std::pair<Value, Value>> entries)
{
    ValueMap map;
    map.reserve(entries.size());
    for (const auto &[key, value] : entries)
        map.set(key, value);
    return Value(std::move(map));
}

Value Value::bytes(std::string_view bytes)
{
    return Value(Kind::Bytes, TextData::make(bytes));
}

Value Value::tuple(ValueList items)
{
    return Value(Kind::Tuple, new BoxData(std::move(items)));
}

Value Value::dateTime(DateTimeValue value)
{
    return Value(Kind::DateTime, new BoxData(value));
}

Value Value::date(std::int64_t daysSinceEpoch) noexcept
{
    Value value(daysSinceEpoch);
    value.m_kind = Kind::Date;
    return value;
}

Value Value::time(TimeValue value)
{
    return Value(Kind::Time, new BoxData(value));
}

Value Value::duration(std::int64_t microseconds) noexcept
{
    Value value(microseconds);
    value.m_kind = Kind::Duration;
    return value;
}

void Value::retain() const noexcept
{
    m_data.shared->references.fetch_add(1, std::memory_order_relaxed);
}

namespace {

// Values within values let go of each other recursively; what is nested deeper than this waits until
// the outermost has come back, so that no depth uses up the stack.
template <typename Box>
void destroyBox(Box *box)
{
    constexpr int deepest = 500;
    static thread_local int depth = 0;
    static thread_local bool anyWait = false;
    static thread_local std::vector<Box *> waiting;
    if (depth >= deepest) {
        anyWait = true;
        waiting.push_back(box);
        return;
    }
    ++depth;
    delete box;
    --depth;
    while (depth == 0 && anyWait) {
        Box *const next = waiting.back();
        waiting.pop_back();
        anyWait = !waiting.empty();
        destroyBox(next);
    }
}

} // namespace

void Value::release() noexcept
{
    if (m_data.shared->references.fetch_sub(1, std::memory_order_acq_rel) != 1)
        return;
    if (isTextual(m_kind))
        TextData::destroy(static_cast<TextData *>(m_data.shared));
    else
        destroyBox(static_cast<BoxData *>(m_data.shared));
}

const Value::BoxData *Value::box() const
{
    return static_cast<const BoxData *>(m_data.shared);
}

Value::BoxData *Value::detachedBox()
{
    if (m_data.shared->references.load(std::memory_order_acquire) != 1) {
        auto *copy = new BoxData(box()->content);
        release();
        m_data.shared = copy;
    }
    return static_cast<BoxData *>(m_data.shared);
}

const BigInt &Value::toBigInt() const
{
    SG_ASSERT(m_kind == Kind::BigInt);
    return std::get<BigInt>(box()->content);
}

std::string_view Value::text() const
{
    SG_ASSERT(isTextual(m_kind));
    const auto *data = static_cast<const TextData *>(m_data.shared);
    return {data->begin(), data->size};
}

QString Value::toQString() const
{
    const std::string_view view = text();
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

std::int64_t Value::codePoints() const
{
    SG_ASSERT(isText());
    auto *data = static_cast<TextData *>(m_data.shared);
    std::int64_t count = data->codePoints.load(std::memory_order_relaxed);
    if (count == TextData::uncounted) {
        const std::string_view view = text();
        count = std::count_if(view.begin(), view.end(), [](char c) { return (c & 0xC0) != 0x80; });
        data->codePoints.store(count, std::memory_order_relaxed);
    }
    return count;
}

const ValueList &Value::items() const
{
    SG_ASSERT(isSequence());
    return std::get<ValueList>(box()->content);
}

const ValueMap &Value::entries() const
{
    SG_ASSERT(isMap());
    return std::get<ValueMap>(box()->content);
}

const ValueSet &Value::members() const
{
    SG_ASSERT(isSet());
    return std::get<ValueSet>(box()->content);
}

DateTimeValue Value::toDateTime() const
{
    SG_ASSERT(m_kind == Kind::DateTime);
    return std::get<DateTimeValue>(box()->content);
}

TimeValue Value::toTime() const
{
    SG_ASSERT(m_kind == Kind::Time);
    return std::get<TimeValue>(box()->content);
}

const std::shared_ptr<const ValueObject> &Value::object() const
{
    SG_ASSERT(isObject());
    return std::get<std::shared_ptr<const ValueObject>>(box()->content);
}

ValueList &Value::editItems()
{
    SG_ASSERT(isSequence());
    return std::get<ValueList>(detachedBox()->content);
}

ValueMap &Value::editEntries()
{
    SG_ASSERT(isMap());
    return std::get<ValueMap>(detachedBox()->content);
}

ValueList &Value::editSharedItems() const
{
    SG_ASSERT(isList());
    return std::get<ValueList>(static_cast<BoxData *>(m_data.shared)->content);
}

ValueMap &Value::editSharedEntries() const
{
    SG_ASSERT(isMap());
    return std::get<ValueMap>(static_cast<BoxData *>(m_data.shared)->content);
}

const Value &Value::operator[](std::string_view key) const
{
    static const Value none{};
    const Value *found = find(key);
    return found ? *found : none;
}

const Value *Value::find(std::string_view key) const
{
    return isMap() ? entries().find(key) : nullptr;
}

void Value::set(Value key, Value value)
{
    if (isNull())
        *this = Value(ValueMap());
    editEntries().set(std::move(key), std::move(value));
}

void Value::append(Value item)
{
    if (isNull())
        *this = Value(ValueList());
    editItems().push_back(std::move(item));
}

const ValueList &Value::itemsOrNone() const
{
    static const ValueList none;
    return isSequence() ? items() : none;
}

const ValueMap &Value::entriesOrNone() const
{
    static const ValueMap none;
    return isMap() ? entries() : none;
}

Value Value::markedSecret() const
{
    Value marked = *this;
    marked.m_secret = true;
    return marked;
}

bool Value::strictlyEqual(const Value &a, const Value &b)
{
    if (a.m_kind != b.m_kind)
        return false;
    if (a.isShared() && a.m_data.shared == b.m_data.shared)
        return true;
    const auto same = [](const Value &x, const Value &y) { return strictlyEqual(x, y); };
    switch (a.m_kind) {
    case Kind::List:
    case Kind::Tuple: return listsEqual(a.items(), b.items(), same);
    case Kind::Map: return mapsEqual(a.entries(), b.entries(), same);
    case Kind::Set: return setsEqual(a.members(), b.members());
    default: return scalarsEqual(a, b);
    }
}

bool Value::pythonEqual(const Value &a, const Value &b)
{
    if (isNumeric(a) && isNumeric(b))
        return numbersEqual(a, b);
    if (a.m_kind != b.m_kind)
        return false;
    if (a.isShared() && a.m_data.shared == b.m_data.shared)
        return true;
    switch (a.m_kind) {
    case Kind::List:
    case Kind::Tuple: return listsEqual(a.items(), b.items(), pythonEqual);
    case Kind::Map: return mapsEqual(a.entries(), b.entries(), pythonEqual);
    case Kind::Set: return setsEqual(a.members(), b.members());
    case Kind::DateTime: return dateTimesEqual(a.toDateTime(), b.toDateTime());
    default: return scalarsEqual(a, b);
    }
}

std::uint64_t Value::pythonHash() const
{
    switch (m_kind) {
    case Kind::Null: return 0x9e3779b97f4a7c15ULL;
    case Kind::Bool: return mixed(m_data.flag ? 1 : 0);
    case Kind::Int: return mixed(static_cast<std::uint64_t>(m_data.number));
    case Kind::BigInt: return ValueMap::hashOf(toBigInt().text());
    case Kind::Double: return hashOfDouble(m_data.real);
    case Kind::Text:
    case Kind::Bytes: {
        auto *data = static_cast<TextData *>(m_data.shared);
        std::uint64_t hash = data->hash.load(std::memory_order_relaxed);
        if (hash == TextData::unhashed) {
            hash = ValueMap::hashOf(text());
            data->hash.store(hash, std::memory_order_relaxed);
        }
        return hash;
    }
    case Kind::Tuple:
    case Kind::List: {
        std::uint64_t hash = 0x345678;
        for (const Value &item : items())
            hash = mixed(hash ^ item.pythonHash());
        return hash;
    }
    case Kind::DateTime: {
        const DateTimeValue time = toDateTime();
        return mixed(static_cast<std::uint64_t>(time.wallMicroseconds - std::int64_t{time.offsetSeconds} * 1'000'000));
    }
    case Kind::Date: return mixed(static_cast<std::uint64_t>(m_data.number) + 0x11);
    case Kind::Time: return mixed(static_cast<std::uint64_t>(toTime().microseconds) + 0x22);
    case Kind::Duration: return mixed(static_cast<std::uint64_t>(m_data.number) + 0x33);
    case Kind::Object: return mixed(reinterpret_cast<std::uintptr_t>(object().get()));
    // Not hashable in Python; equal ones must still agree here.
    case Kind::Map: return mixed(entries().size() + 0x44);
    case Kind::Set: return mixed(members().size() + 0x55);
    }
    return 0;
}

} // namespace stormglass
