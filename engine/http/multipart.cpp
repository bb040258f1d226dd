#include "engine/http/multipart.h"

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t maxParts = 1000;
constexpr std::size_t maxBoundary = 200;

tl::unexpected<Error> broken(const QString &why)
{
    return failure(ErrorCode::Invalid, u"Failed to parse request body: multipart: %1"_s.arg(why));
}

// The value of `name=value` or `name="value"` among a header's parameters.
std::string_view parameter(std::string_view header, std::string_view name)
{
    std::size_t semicolon = header.find(';');
    while (semicolon != header.npos) {
        header.remove_prefix(semicolon + 1);
        semicolon = header.find(';');
        const std::string_view pair = trimmed(header.substr(0, semicolon));
        const std::size_t equals = pair.find('=');
        if (equals == pair.npos || !equalIgnoringCase(trimmed(pair.substr(0, equals)), name))
            continue;
        std::string_view value = trimmed(pair.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        return value;
    }
    return {};
}

std::string_view fieldName(std::string_view head)
{
    while (!head.empty()) {
        const std::size_t end = std::min(head.find("\r\n"), head.size());
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(std::min(end + 2, head.size()));
        const std::size_t colon = line.find(':');
        if (colon != line.npos
            && equalIgnoringCase(trimmed(line.substr(0, colon)), "content-disposition"))
            return parameter(line.substr(colon + 1), "name");
    }
    return {};
}

// From behind one delimiter to before the next.
Result<> readPart(std::string_view part, TextPairs &pairs)
{
    const std::size_t headEnd = part.find("\r\n\r\n");
    if (headEnd == part.npos)
        return broken(u"a part has no end of its header."_s);
    const std::string_view name = fieldName(part.substr(0, headEnd));
    if (!name.empty())
        pairs.emplace_back(name, part.substr(headEnd + 4));
    return {};
}

} // namespace

Result<TextPairs> multipartPairs(std::string_view body, std::string_view contentType)
{
    const std::string_view boundary = parameter(contentType, "boundary");
    if (boundary.empty() || boundary.size() > maxBoundary)
        return broken(u"the content type names no usable boundary."_s);
    const std::string delimiter = "\r\n--" + std::string(boundary);

    // The first delimiter stands at the beginning, without a line end before it.
    if (!body.starts_with(std::string_view(delimiter).substr(2)))
        return broken(u"it does not begin with its boundary."_s);
    body.remove_prefix(delimiter.size() - 2);

    TextPairs pairs;
    for (std::size_t count = 0; !body.starts_with("--"); ++count) {
        if (count == maxParts)
            return broken(u"more than %1 parts."_s.arg(maxParts));
        const std::size_t end = body.find(delimiter);
        if (end == body.npos || !body.starts_with("\r\n"))
            return broken(u"a part has no end."_s);
        SG_TRY(readPart(body.substr(0, end), pairs));
        body.remove_prefix(end + delimiter.size());
    }
    return pairs;
}

} // namespace stormglass
