#pragma once

#include "engine/base/assert.h"
#include "engine/base/big_int.h"

#include <QString>

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stormglass {

class Value;
class ValueMap;
class ValueSet;
using ValueList = std::vector<Value>;

// Calendar values as Python's datetime module has them. Microseconds count from 1970-01-01T00:00:00 on the
// value's own wall clock; `hasOffset` tells aware from naive.
struct DateTimeValue {
    std::int64_t wallMicroseconds = 0;
    std::int32_t offsetSeconds = 0;
    bool hasOffset = false;
    friend bool operator==(const DateTimeValue &, const DateTimeValue &) = default;
};

// A time of day; microseconds since midnight.
struct TimeValue {
    std::int64_t microseconds = 0;
    std::int32_t offsetSeconds = 0;
    bool hasOffset = false;
    friend bool operator==(const TimeValue &, const TimeValue &) = default;
};

// What a language adds to the plain values (a function, a lazy sequence, a macro, an undefined name).
// Shared between threads like every value, so it must not change once it is in one.
class ValueObject
{
public:
    virtual ~ValueObject() = default;
    // A short name of its kind, for messages.
    virtual std::string_view typeName() const = 0;
};

// One datum of a payload, a parameter, a template: JSON's kinds, with what Python adds to them.
// Cheap to copy (16 bytes, shared storage, copy on write) and safe to hand to another thread.
// Text is UTF-8. Maps keep the order of their keys. 1 and 1.0 are different values.
class Value
{
public:
    enum class Kind : std::uint8_t {
        Null, Bool, Int, BigInt, Double, Text, Bytes, List, Tuple, Map, Set, DateTime, Date, Time, Duration, Object
    };

    Value() noexcept = default;
    Value(std::nullptr_t) noexcept { }
    Value(bool flag) noexcept : m_kind(Kind::Bool) { m_data.flag = flag; }
    Value(int number) noexcept : Value(static_cast<std::int64_t>(number)) { }
    Value(long number) noexcept : m_kind(Kind::Int) { m_data.number = number; }
    Value(long long number) noexcept : m_kind(Kind::Int) { m_data.number = number; }
    Value(unsigned number) noexcept : Value(static_cast<std::int64_t>(number)) { }
    // Beyond the signed range it becomes a BigInt.
    Value(unsigned long number);
    Value(double number) noexcept : m_kind(Kind::Double) { m_data.real = number; }
    Value(std::string_view text);
    Value(const std::string &text) : Value(std::string_view(text)) { }
    Value(const char *text) : Value(std::string_view(text)) { }
    Value(const QString &text);
    Value(ValueList list);
    Value(ValueMap map);
    Value(ValueSet set);
    // Normalises: becomes an Int where it fits.
    Value(BigInt number);
    Value(std::shared_ptr<const ValueObject> object);
    Value(const void *) = delete;

    static Value list(std::initializer_list<Value> items = {});
    static Value map(std::initializer_list<std::pair<Value, Value>> entries = {});
    static Value bytes(std::string_view bytes);
    static Value tuple(ValueList items);
    static Value dateTime(DateTimeValue value);
    static Value date(std::int64_t daysSinceEpoch) noexcept;
    static Value time(TimeValue value);
    static Value duration(std::int64_t microseconds) noexcept;

    Value(const Value &other) noexcept : m_data(other.m_data), m_kind(other.m_kind), m_secret(other.m_secret)
    {
        if (isShared())
            retain();
    }
    Value(Value &&other) noexcept : m_data(other.m_data), m_kind(other.m_kind), m_secret(other.m_secret)
    {
        other.m_kind = Kind::Null;
    }
    Value &operator=(Value other) noexcept
    {
        std::swap(m_data, other.m_data);
        std::swap(m_kind, other.m_kind);
        std::swap(m_secret, other.m_secret);
        return *this;
    }
    ~Value()
    {
        if (isShared())
            release();
    }

    Kind kind() const { return m_kind; }
    bool isNull() const { return m_kind == Kind::Null; }
    bool isBool() const { return m_kind == Kind::Bool; }
    bool isInt() const { return m_kind == Kind::Int; }
    bool isInteger() const { return m_kind == Kind::Int || m_kind == Kind::BigInt; }
    bool isDouble() const { return m_kind == Kind::Double; }
    // Int, BigInt or Double; a Bool is not one here.
    bool isNumber() const { return isInteger() || isDouble(); }
    bool isText() const { return m_kind == Kind::Text; }
    bool isBytes() const { return m_kind == Kind::Bytes; }
    bool isList() const { return m_kind == Kind::List; }
    bool isTuple() const { return m_kind == Kind::Tuple; }
    // List or Tuple.
    bool isSequence() const { return isList() || isTuple(); }
    bool isMap() const { return m_kind == Kind::Map; }
    bool isSet() const { return m_kind == Kind::Set; }
    bool isObject() const { return m_kind == Kind::Object; }

    // Each asks for its own kind and asserts it: look first.
    bool toBool() const { SG_ASSERT(isBool()); return m_data.flag; }
    std::int64_t toInt() const { SG_ASSERT(isInt()); return m_data.number; }
    double toDouble() const { SG_ASSERT(isDouble()); return m_data.real; }
    const BigInt &toBigInt() const;
    // Text or Bytes.
    std::string_view text() const;
    QString toQString() const;
    // The number of code points of a Text; remembered.
    std::int64_t codePoints() const;
    // List or Tuple.
    const ValueList &items() const;
    const ValueMap &entries() const;
    const ValueSet &members() const;
    DateTimeValue toDateTime() const;
    std::int64_t toDays() const { SG_ASSERT(m_kind == Kind::Date); return m_data.number; }
    TimeValue toTime() const;
    // Microseconds.
    std::int64_t toDuration() const { SG_ASSERT(m_kind == Kind::Duration); return m_data.number; }
    const std::shared_ptr<const ValueObject> &object() const;

    // For changing in place; copies first if the storage is shared. Asserts the kind.
    ValueList &editItems();
    ValueMap &editEntries();
    // The same, but every copy of this value sees the change, as Python's references do. For an evaluator alone, on
    // values that it has made itself and that no other thread can hold.
    ValueList &editSharedItems() const;
    ValueMap &editSharedEntries() const;

    // The value at a key of a map, or null where this is no map or has no such key.
    const Value &operator[](std::string_view key) const;
    // The same, but tells a missing key from a null. Borrowed: valid as long as this value is not changed.
    const Value *find(std::string_view key) const;
    // Sets a key of a map. Null becomes a map first.
    void set(Value key, Value value);
    // Appends to a list. Null becomes a list first.
    void append(Value item);

    // Text as it is for Text, else the fallback.
    QString toQStringOr(const QString &fallback) const { return isText() ? toQString() : fallback; }
    bool toBoolOr(bool fallback) const { return isBool() ? m_data.flag : fallback; }
    std::int64_t toIntOr(std::int64_t fallback) const { return isInt() ? m_data.number : fallback; }
    // Items, entries, or an empty one where the kind is another.
    const ValueList &itemsOrNone() const;
    const ValueMap &entriesOrNone() const;

    // A secret is shown as ******** and what is computed from it is secret too. Not part of equality.
    bool isSecret() const { return m_secret; }
    Value markedSecret() const;

    // Strict: the same kind and the same content, maps without regard to order. 1 != 1.0, True != 1.
    friend bool operator==(const Value &a, const Value &b) { return strictlyEqual(a, b); }

    // As Python's == has it: 1 == 1.0 == True; lists and tuples differ; maps without regard to order.
    static bool pythonEqual(const Value &a, const Value &b);
    // Agrees with pythonEqual, as keys of maps and members of sets need.
    std::uint64_t pythonHash() const;

private:
    struct Shared;
    struct TextData;
    struct BoxData;
    union Data {
        bool flag;
        std::int64_t number = 0;
        double real;
        Shared *shared;
    };

    bool isShared() const
    {
        return (m_kind >= Kind::BigInt && m_kind != Kind::Double && m_kind != Kind::Date
                && m_kind != Kind::Duration);
    }
    void retain() const noexcept;
    void release() noexcept;
    static bool strictlyEqual(const Value &a, const Value &b);
    Value(Kind kind, Shared *shared) noexcept : m_kind(kind) { m_data.shared = shared; }
    const BoxData *box() const;
    BoxData *detachedBox();

    Data m_data;
    Kind m_kind = Kind::Null;
    bool m_secret = false;
};

} // namespace stormglass

#include "engine/base/value_map.h"
