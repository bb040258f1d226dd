#include "engine/base/python_text.h"
#include "engine/base/utf8.h"
#include "engine/base/yaml.h"
#include "engine/base/yaml_emitter.h"
#include "engine/base/yaml_scalar.h"

#include <algorithm>

namespace stormglass {

namespace {

constexpr std::string_view setTag = "!!set";
constexpr std::string_view binaryTag = "!!binary";
constexpr std::string_view floatTag = "!!float";
constexpr std::string_view intTag = "!!int";
constexpr std::string_view textTag = "!!str";
constexpr std::string_view timeTag = "!!timestamp";
constexpr std::string_view nullTag = "!!null";
constexpr std::string_view boolTag = "!!bool";

std::string realText(double number)
{
    const std::string text = pythonFloat(number);
    if (text == "inf" || text == "nan")
        return '.' + text;
    if (text == "-inf")
        return "-.inf";
    // YAML 1.1 takes a number for a float by its point.
    const std::size_t exponent = text.find('e');
    if (exponent == std::string::npos || text.find('.') != std::string::npos)
        return text;
    return text.substr(0, exponent) + ".0" + text.substr(exponent);
}

// Lines of 76 characters, as Python's encoder makes them.
std::string base64(std::string_view bytes)
{
    constexpr std::string_view alphabet
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    constexpr std::size_t bytesALine = 57;
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        if (at > 0 && at % bytesALine == 0)
            text += '\n';
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        unsigned group = 0;
        for (std::size_t i = 0; i < 3; ++i)
            group = (group << 8) | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text += i <= count ? alphabet[(group >> (18 - 6 * i)) & 63] : '=';
    }
    return bytes.empty() ? text : text + '\n';
}

class Writer
{
public:
    explicit Writer(const YamlStyle &style)
        : m_style(style)
        , m_emitter(style)
    {
    }

    std::string write(const Value &value)
    {
        node(value, Place::Root);
        return m_emitter.finish();
    }

private:
    using Place = YamlEmitter::Place;
    using Mark = YamlEmitter::Mark;

    struct Scalar
    {
        std::string text;
        std::string_view tag;
        YamlType type;
    };

    static std::string validText(std::string_view text)
    {
        return isUtf8(text) ? std::string(text) : toValidUtf8(text);
    }

    // What is one piece of text; of the rest the caller takes care.
    static Scalar scalarOf(const Value &value)
    {
        switch (value.kind()) {
        case Value::Kind::Bool:
            return {value.toBool() ? "true" : "false", boolTag, YamlType::Bool};
        case Value::Kind::Int:
            return {std::to_string(value.toInt()), intTag, YamlType::Int};
        case Value::Kind::BigInt:
            return {value.toBigInt().text(), intTag, YamlType::Int};
        case Value::Kind::Double:
            return {realText(value.toDouble()), floatTag, YamlType::Float};
        case Value::Kind::Text:
            return {validText(value.text()), textTag, YamlType::Text};
        case Value::Kind::Bytes:
            return {base64(value.text()), binaryTag, YamlType::Text};
        case Value::Kind::DateTime:
        case Value::Kind::Date:
            return {pythonStr(value), timeTag, YamlType::Timestamp};
        case Value::Kind::Time:
        case Value::Kind::Duration:
            return {validText(pythonStr(value)), textTag, YamlType::Text};
        case Value::Kind::Object:
            return {validText(value.object()->typeName()), textTag, YamlType::Text};
        case Value::Kind::Null:
        case Value::Kind::List:
        case Value::Kind::Tuple:
        case Value::Kind::Map:
        case Value::Kind::Set:
            break;
        }
        return {"null", nullTag, YamlType::Null};
    }

    void node(const Value &value, Place place)
    {
        if (value.isSequence())
            return list(value.items(), place);
        if (value.isMap())
            return map(value.entries());
        if (value.isSet())
            return set(value.members());
        scalar(scalarOf(value));
    }

    // Where its look alone does not tell the type, it gets quotes or the tag.
    void scalar(const Scalar &scalar)
    {
        if (scalar.tag == binaryTag)
            return m_emitter.literal(scalar.text, scalar.tag);
        const bool looksRight = yamlTypeOf(scalar.text) == scalar.type;
        const Mark mark = looksRight        ? Mark::None
            : scalar.type == YamlType::Text ? Mark::Quotes
                                            : Mark::Tag;
        m_emitter.scalar(scalar.text, mark, scalar.tag);
    }

    void list(const ValueList &items, Place place)
    {
        if (items.empty())
            return m_emitter.emptyList();
        const int outer = m_emitter.beginList(place);
        for (const Value &item : items) {
            m_emitter.beginItem();
            node(item, Place::Item);
        }
        m_emitter.endBlock(outer);
    }

    void map(const ValueMap &entries)
    {
        if (entries.isEmpty())
            return m_emitter.emptyMap();
        const int outer = m_emitter.beginMap();
        for (const ValueMap::Entry *const each : inOrder(entries))
            entry(each->key, each->value);
        m_emitter.endBlock(outer);
    }

    void set(const ValueSet &members)
    {
        m_emitter.tag(setTag);
        if (members.size() == 0)
            return m_emitter.emptyMap();
        const int outer = m_emitter.beginMap();
        for (std::size_t i = 0; i < members.size(); ++i)
            entry(members.at(i), Value());
        m_emitter.endBlock(outer);
    }

    void entry(const Value &key, const Value &value)
    {
        if (isSimpleKey(key)) {
            m_emitter.beginSimpleKey();
            node(key, Place::Key);
            m_emitter.endSimpleKey();
        } else {
            m_emitter.beginComplexKey();
            node(key, Place::Key);
            m_emitter.beginComplexValue();
        }
        node(value, Place::Value);
    }

    bool isSimpleKey(const Value &key) const
    {
        if (key.isSequence())
            return key.items().empty();
        const Scalar scalar = scalarOf(key);
        const bool isTagged = yamlTypeOf(scalar.text) != scalar.type && scalar.tag != textTag;
        return m_emitter.isSimpleKey(
            scalar.text, isTagged || scalar.tag == binaryTag ? scalar.tag : std::string_view());
    }

    // Keys that Python could not sort keep their order.
    std::vector<const ValueMap::Entry *> inOrder(const ValueMap &entries) const
    {
        std::vector<const ValueMap::Entry *> ordered;
        for (const ValueMap::Entry &entry : entries)
            ordered.push_back(&entry);
        const auto isText = [](const ValueMap::Entry *entry) { return entry->key.isText(); };
        const auto isInt = [](const ValueMap::Entry *entry) { return entry->key.isInt(); };
        if (!m_style.sortKeys)
            return ordered;
        if (std::all_of(ordered.begin(), ordered.end(), isText))
            std::stable_sort(ordered.begin(), ordered.end(), [](const auto *a, const auto *b) {
                return a->key.text() < b->key.text();
            });
        else if (std::all_of(ordered.begin(), ordered.end(), isInt))
            std::stable_sort(ordered.begin(), ordered.end(), [](const auto *a, const auto *b) {
                return a->key.toInt() < b->key.toInt();
            });
        return ordered;
    }

    const YamlStyle &m_style;
    YamlEmitter m_emitter;
};

} // namespace

std::string writeYaml(const Value &value, const YamlStyle &style)
{
    return Writer(style).write(value);
}

} // namespace stormglass
