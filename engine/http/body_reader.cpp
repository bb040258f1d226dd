#include "engine/http/body_reader.h"

#include "engine/base/json.h"
#include "engine/base/utf8.h"
#include "engine/http/multipart.h"
#include "engine/http/url_text.h"

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> unreadable(const QString &why, const QString &place = {})
{
    return failure(
        Error{ErrorCode::Invalid, u"Failed to parse request body: %1"_s.arg(why), {}, place});
}

// Blank values are dropped, as StackStorm's reader drops them.
Value formObject(const TextPairs &pairs)
{
    Value object = Value::map();
    for (const auto &[name, value] : pairs) {
        if (value.empty())
            continue;
        const std::string key = toValidUtf8(name);
        Value values = object[key];
        values.append(Value(toValidUtf8(value)));
        object.set(Value(key), std::move(values));
    }
    return object;
}

Result<> readJsonBody(std::string_view body, Request &request)
{
    auto value = readJson(body);
    if (!value)
        return unreadable(value.error().message, value.error().place);
    request.body = *std::move(value);
    return {};
}

} // namespace

Result<> readBody(std::string_view body, std::string_view contentType, Request &request)
{
    if (body.empty())
        return {};
    const std::string_view type = trimmed(contentType.substr(0, contentType.find(';')));
    if (type.empty() || equalIgnoringCase(type, "application/json"))
        return readJsonBody(body, request);
    if (equalIgnoringCase(type, "application/x-www-form-urlencoded")) {
        request.body = formObject(formPairs(body));
        return {};
    }
    if (equalIgnoringCase(type, "multipart/form-data")) {
        SG_LET(const TextPairs pairs, multipartPairs(body, contentType));
        request.body = formObject(pairs);
        return {};
    }
    if (equalIgnoringCase(type, "text/plain")) {
        request.rawBody = QByteArray(body.data(), static_cast<qsizetype>(body.size()));
        return {};
    }
    return unreadable(u"Unsupported Content-Type: \"%1\""_s.arg(toQString(contentType)));
}

} // namespace stormglass
