#include "engine/http/credential_reader.h"

#include "engine/http/url_text.h"

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

std::string_view unquoted(std::string_view value)
{
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
        return value.substr(1, value.size() - 2);
    return value;
}

std::string_view cookieNamed(std::string_view name, std::string_view cookies)
{
    while (!cookies.empty()) {
        const std::size_t end = std::min(cookies.find(';'), cookies.size());
        const std::string_view cookie = trimmed(cookies.substr(0, end));
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
        const std::size_t equals = cookie.find('=');
        if (equals != cookie.npos && trimmed(cookie.substr(0, equals)) == name)
            return unquoted(trimmed(cookie.substr(equals + 1)));
    }
    return {};
}

} // namespace

Credential credentialOf(const WireMessage &message, const Request &request, CookieUse cookie)
{
    using enum Credential::Kind;
    if (const auto token = message.value("x-auth-token"); !token.empty())
        return {Token, toQString(token)};
    if (const auto key = message.value("st2-api-key"); !key.empty())
        return {ApiKey, toQString(key)};
    if (const QString token = request.queryValue(u"x-auth-token"_s); !token.isEmpty())
        return {Token, token};
    if (const QString key = request.queryValue(u"st2-api-key"_s); !key.isEmpty())
        return {ApiKey, key};
    if (cookie == CookieUse::Refused)
        return {};
    if (const auto token = cookieNamed("auth-token", message.value("cookie")); !token.empty())
        return {Token, toQString(token)};
    return {};
}

} // namespace stormglass
