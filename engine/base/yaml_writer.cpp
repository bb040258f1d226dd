#include "engine/base/python_text.h"
#include "engine/base/utf8.h"
#include "engine/base/yaml.h"
#include "engine/base/yaml_scalar.h"

#include <yaml.h>

#include <algorithm>

namespace stormglass {

namespace {

constexpr const char *setTag = "tag:yaml.org,2002:set";
constexpr const char *binaryTag = "tag:yaml.org,2002:binary";
constexpr const char *floatTag = "tag:yaml.org,2002:float";
constexpr const char *intTag = "tag:yaml.org,2002:int";
constexpr const char *textTag = "tag:yaml.org,2002:str";
constexpr const char *timeTag = "tag:yaml.org,2002:timestamp";

const yaml_char_t *yamlChars(const char *text)
{
    return reinterpret_cast<const yaml_char_t *>(text);
}

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

class Emitter
{
public:
    explicit Emitter(const YamlStyle &style)
        : m_style(style)
    {
        SG_ASSERT(yaml_emitter_initialize(&m_emitter) == 1);
        yaml_emitter_set_output(&m_emitter, append, &m_out);
        yaml_emitter_set_encoding(&m_emitter, YAML_UTF8_ENCODING);
        yaml_emitter_set_unicode(&m_emitter, style.allowUnicode ? 1 : 0);
        yaml_emitter_set_indent(&m_emitter, style.indent);
        yaml_emitter_set_width(&m_emitter, style.width);
    }
    Emitter(const Emitter &) = delete;
    Emitter &operator=(const Emitter &) = delete;
    ~Emitter() { yaml_emitter_delete(&m_emitter); }

    std::string write(const Value &value)
    {
        yaml_event_t event;
        yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING);
        send(event);
        yaml_document_start_event_initialize(&event, nullptr, nullptr, nullptr, 1);
        send(event);
        this->value(value);
        yaml_document_end_event_initialize(&event, 1);
        send(event);
        yaml_stream_end_event_initialize(&event);
        send(event);
        return std::move(m_out);
    }

private:
    static int append(void *out, unsigned char *bytes, std::size_t size)
    {
        static_cast<std::string *>(out)->append(reinterpret_cast<const char *>(bytes), size);
        return 1;
    }

    // Fails only without memory or on a wrong order of events.
    void send(yaml_event_t &event) { SG_ASSERT(yaml_emitter_emit(&m_emitter, &event) == 1); }

    void value(const Value &value)
    {
        switch (value.kind()) {
        case Value::Kind::Null:
            return plain("null", "tag:yaml.org,2002:null", YamlType::Null);
        case Value::Kind::Bool:
            return plain(value.toBool() ? "true" : "false", "tag:yaml.org,2002:bool",
                         YamlType::Bool);
        case Value::Kind::Int:
            return plain(std::to_string(value.toInt()), intTag, YamlType::Int);
        case Value::Kind::BigInt:
            return plain(value.toBigInt().text(), intTag, YamlType::Int);
        case Value::Kind::Double:
            return plain(realText(value.toDouble()), floatTag, YamlType::Float);
        case Value::Kind::Text:
            return text(value.text());
        case Value::Kind::Bytes:
            return scalar(base64(value.text()), binaryTag, YamlType::Text,
                          YAML_LITERAL_SCALAR_STYLE);
        case Value::Kind::List:
        case Value::Kind::Tuple:
            return list(value.items());
        case Value::Kind::Map:
            return map(value.entries());
        case Value::Kind::Set:
            return set(value.members());
        case Value::Kind::DateTime:
        case Value::Kind::Date:
            return plain(pythonStr(value), timeTag, YamlType::Timestamp);
        case Value::Kind::Time:
        case Value::Kind::Duration:
            return text(pythonStr(value));
        case Value::Kind::Object:
            return text(value.object()->typeName());
        }
    }

    void text(std::string_view text)
    {
        plain(isUtf8(text) ? std::string(text) : toValidUtf8(text), textTag, YamlType::Text);
    }

    void plain(const std::string &text, const char *tag, YamlType type)
    {
        scalar(text, tag, type, YAML_ANY_SCALAR_STYLE);
    }

    // Where its look alone does not tell the type, the emitter adds quotes or the tag.
    void scalar(const std::string &text, const char *tag, YamlType type, yaml_scalar_style_t style)
    {
        const bool isText = std::string_view(tag) == textTag;
        const bool looksRight = std::string_view(tag) != binaryTag && yamlTypeOf(text) == type;
        yaml_event_t event;
        SG_ASSERT(yaml_scalar_event_initialize(
                      &event, nullptr, yamlChars(tag), yamlChars(text.data()),
                      static_cast<int>(text.size()), looksRight ? 1 : 0, isText ? 1 : 0, style)
                  == 1);
        send(event);
    }

    void list(const ValueList &items)
    {
        yaml_event_t event;
        yaml_sequence_start_event_initialize(&event, nullptr, nullptr, 1,
                                             YAML_BLOCK_SEQUENCE_STYLE);
        send(event);
        for (const Value &item : items)
            value(item);
        yaml_sequence_end_event_initialize(&event);
        send(event);
    }

    void map(const ValueMap &entries)
    {
        yaml_event_t event;
        yaml_mapping_start_event_initialize(&event, nullptr, nullptr, 1, YAML_BLOCK_MAPPING_STYLE);
        send(event);
        for (const ValueMap::Entry *entry : inOrder(entries)) {
            value(entry->key);
            value(entry->value);
        }
        yaml_mapping_end_event_initialize(&event);
        send(event);
    }

    void set(const ValueSet &members)
    {
        yaml_event_t event;
        yaml_mapping_start_event_initialize(&event, nullptr, yamlChars(setTag), 0,
                                            YAML_BLOCK_MAPPING_STYLE);
        send(event);
        for (std::size_t i = 0; i < members.size(); ++i) {
            value(members.at(i));
            value(Value());
        }
        yaml_mapping_end_event_initialize(&event);
        send(event);
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
    std::string m_out;
    yaml_emitter_t m_emitter{};
};

} // namespace

std::string writeYaml(const Value &value, const YamlStyle &style)
{
    return Emitter(style).write(value);
}

} // namespace stormglass
