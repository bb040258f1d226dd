#include "engine/store/verdict_codec.h"

#include "engine/base/json.h"

namespace stormglass {

namespace {

constexpr char version = 1;

// The low bits hold the kind.
constexpr std::uint8_t kindMask = 0x0f;
constexpr std::uint8_t hasCriterion = 0x10;
constexpr std::uint8_t hasMessage = 0x20;
constexpr std::uint8_t hasEnforcement = 0x40;

constexpr JsonLimits storedJson{
    .depth = 1000, .bytes = std::size_t(1) << 30, .allowNonFinite = true};

class Writer
{
public:
    void byte(std::uint8_t byte) { m_bytes.append(static_cast<char>(byte)); }
    void number(std::uint64_t number)
    {
        for (; number >= 0x80; number >>= 7)
            byte(static_cast<std::uint8_t>(number | 0x80));
        byte(static_cast<std::uint8_t>(number));
    }
    void text(std::string_view text)
    {
        number(text.size());
        m_bytes.append(text.data(), static_cast<qsizetype>(text.size()));
    }
    void id(const Id &id) { m_bytes.append(reinterpret_cast<const char *>(id.bytes().data()), 12); }
    QByteArray take() { return std::move(m_bytes); }

private:
    QByteArray m_bytes;
};

class Reader
{
public:
    explicit Reader(const QByteArray &bytes)
        : m_rest(bytes.constData(), static_cast<std::size_t>(bytes.size()))
    {
    }

    std::uint8_t byte() { return static_cast<std::uint8_t>(take(1)[0]); }
    std::uint64_t number()
    {
        std::uint64_t number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            const std::uint8_t part = byte();
            number |= static_cast<std::uint64_t>(part & 0x7f) << shift;
            if (part < 0x80)
                return number;
        }
        m_isDamaged = true;
        return 0;
    }
    std::string_view text() { return take(number()); }
    Id id()
    {
        std::array<std::uint8_t, 12> bytes;
        std::memcpy(bytes.data(), take(12).data(), 12);
        return Id(bytes);
    }
    bool isAtEnd() const { return m_rest.empty(); }
    bool isDamaged() const { return m_isDamaged; }

private:
    // Beyond the end: zeros, enough for the longest thing of fixed size.
    std::string_view take(std::uint64_t size)
    {
        if (size > m_rest.size()) {
            m_isDamaged = true;
            m_rest = {};
            return {"\0\0\0\0\0\0\0\0\0\0\0\0", 12};
        }
        const std::string_view taken = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return taken;
    }

    std::string_view m_rest;
    bool m_isDamaged = false;
};

// Never cuts a character in half.
std::string_view cut(std::string_view text, std::size_t most)
{
    if (text.size() <= most)
        return text;
    while (most > 0 && (static_cast<std::uint8_t>(text[most]) & 0xc0) == 0x80)
        --most;
    return text.substr(0, most);
}

void writeValue(Writer &writer, const Value &value)
{
    // A verdict is for showing, so a secret is never in it.
    const std::string json = writeJson(value, {.maskSecrets = true});
    if (json.size() <= maxValueBytes)
        return writer.text(json);
    writer.text(writeJson(Value(std::string(cut(json, maxValueBytes)) + "…")));
}

Value readValue(Reader &reader, bool &isDamaged)
{
    const Result<Value> value = readJson(reader.text(), storedJson);
    isDamaged = isDamaged || !value;
    return value ? *value : Value();
}

// An even number is a known word; an odd one announces a word that has none.
Result<> writeWord(Writer &writer, const QString &word, VerdictWords &words)
{
    SG_LET(const std::optional<std::int64_t> number, words.numberOf(word));
    if (number) {
        writer.number(static_cast<std::uint64_t>(*number) << 1);
        return {};
    }
    writer.number(1);
    writer.text(word.toStdString());
    return {};
}

Result<QString> readWord(Reader &reader, VerdictWords &words)
{
    const std::uint64_t number = reader.number();
    if (reader.isDamaged())
        return QString();
    if (number % 2 == 0)
        return words.word(static_cast<std::int64_t>(number >> 1));
    const std::string_view text = reader.text();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Result<> encode(Writer &writer, const Verdict &verdict, VerdictWords &words)
{
    SG_LET(const std::int64_t rule, words.numberOf({verdict.rule, verdict.ruleRef}));
    writer.number(static_cast<std::uint64_t>(rule));
    writer.byte(static_cast<std::uint8_t>(static_cast<std::uint8_t>(verdict.kind)
                                          | (verdict.criterion.isEmpty() ? 0 : hasCriterion)
                                          | (verdict.message.isEmpty() ? 0 : hasMessage)
                                          | (verdict.enforcement.isNull() ? 0 : hasEnforcement)));
    if (!verdict.criterion.isEmpty()) {
        SG_TRY(writeWord(writer, verdict.criterion, words));
        SG_TRY(writeWord(writer, verdict.operatorName, words));
        writeValue(writer, verdict.actual);
        writeValue(writer, verdict.expected);
    }
    if (!verdict.message.isEmpty())
        writer.text(cut(verdict.message.toStdString(), maxMessageBytes));
    if (!verdict.enforcement.isNull())
        writer.id(verdict.enforcement);
    return {};
}

tl::unexpected<Error> damagedVerdicts()
{
    return failure(ErrorCode::Internal,
                   QStringLiteral("Stored verdicts cannot be read: the row is damaged."));
}

Result<Verdict> decode(Reader &reader, VerdictWords &words)
{
    Verdict verdict;
    const std::uint64_t number = reader.number();
    const std::uint8_t head = reader.byte();
    const std::uint8_t kind = head & kindMask;
    if (reader.isDamaged() || kind > static_cast<std::uint8_t>(VerdictKind::NotNeeded))
        return damagedVerdicts();
    SG_LET(const VerdictWords::Rule rule, words.rule(static_cast<std::int64_t>(number)));
    verdict.rule = rule.id;
    verdict.ruleRef = rule.ref;
    verdict.kind = static_cast<VerdictKind>(kind);
    bool isDamaged = false;
    if (head & hasCriterion) {
        SG_LET(verdict.criterion, readWord(reader, words));
        SG_LET(verdict.operatorName, readWord(reader, words));
        verdict.actual = readValue(reader, isDamaged);
        verdict.expected = readValue(reader, isDamaged);
    }
    if (head & hasMessage) {
        const std::string_view message = reader.text();
        verdict.message = QString::fromUtf8(message.data(), static_cast<qsizetype>(message.size()));
    }
    if (head & hasEnforcement)
        verdict.enforcement = reader.id();
    if (isDamaged || reader.isDamaged())
        return damagedVerdicts();
    return verdict;
}

} // namespace

Result<QByteArray> encodeVerdicts(const std::vector<Verdict> &verdicts, VerdictWords &words)
{
    Writer writer;
    writer.byte(version);
    for (const Verdict &verdict : verdicts)
        SG_TRY(encode(writer, verdict, words));
    return writer.take();
}

Result<std::vector<Verdict>> decodeVerdicts(const QByteArray &bytes, VerdictWords &words)
{
    Reader reader(bytes);
    if (reader.byte() != version)
        return damagedVerdicts();
    std::vector<Verdict> verdicts;
    while (!reader.isAtEnd()) {
        SG_LET(Verdict verdict, decode(reader, words));
        verdicts.push_back(std::move(verdict));
    }
    return verdicts;
}

} // namespace stormglass
