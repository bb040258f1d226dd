#include "engine/http/published_path.h"

#include "engine/http/url_text.h"

#include <algorithm>
#include <optional>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

// Takes `/prefix` off the front if it is a whole segment (or several).
bool takeOff(std::string_view &path, std::string_view prefix)
{
    if (!path.starts_with(prefix) || (path.size() > prefix.size() && path[prefix.size()] != '/'))
        return false;
    path.remove_prefix(prefix.size());
    return true;
}

bool startsWithSegment(std::string_view path, std::string_view segment)
{
    return takeOff(path, segment);
}

bool hasDotSegment(std::string_view path)
{
    for (const std::string_view dots : {"/.", "/.."}) {
        for (auto at = path.find(dots); at != path.npos; at = path.find(dots, at + 1)) {
            const std::size_t end = at + dots.size();
            if (end == path.size() || path[end] == '/')
                return true;
        }
    }
    return false;
}

std::string joined(std::string_view prefix, std::string_view rest)
{
    std::string path(prefix);
    path.append(rest);
    return path;
}

std::string apiPath(std::string_view rest)
{
    // The name before executions got theirs.
    if (takeOff(rest, "/actionexecutions"))
        return joined("/api/v1/executions", rest);
    return joined("/api/v1", rest);
}

// Behind StackStorm's proxy, and on a port of its own, each service also answers without `v1`.
std::string withoutPrefix(std::string_view rest)
{
    takeOff(rest, "/v1");
    if (rest == "/stream")
        return "/stream/v1/stream";
    if (startsWithSegment(rest, "/tokens") || startsWithSegment(rest, "/sso"))
        return joined("/auth/v1", rest);
    return apiPath(rest);
}

std::string underOneOrigin(std::string_view path)
{
    if (takeOff(path, "/api")) {
        takeOff(path, "/v1");
        // What old clients are rewritten to.
        return path == "/stream" ? "/stream/v1/stream" : apiPath(path);
    }
    if (takeOff(path, "/auth")) {
        takeOff(path, "/v1");
        return joined("/auth/v1", path);
    }
    if (path != "/stream" && takeOff(path, "/stream")) {
        takeOff(path, "/v1");
        return joined("/stream/v1", path);
    }
    return withoutPrefix(path);
}

std::string onPortOf(std::string_view own, std::string_view path)
{
    takeOff(path, own);
    takeOff(path, "/v1");
    return own == "/api" ? apiPath(path) : joined(joined(own, "/v1"), path);
}

std::string published(std::string_view path, Service service)
{
    switch (service) {
    case Service::All:
        return underOneOrigin(path);
    case Service::Api:
        return onPortOf("/api", path);
    case Service::Auth:
        return onPortOf("/auth", path);
    case Service::Stream:
        // Its one operation of the service's own name.
        return path == "/stream" ? "/stream/v1/stream" : onPortOf("/stream", path);
    }
    return {};
}

bool isPlain(std::string_view path)
{
    return std::ranges::all_of(path, [](char c) { return c > 0x20 && c < 0x7f && c != '%'; });
}

} // namespace

Result<QString> publishedPath(std::string_view rawPath, Service service)
{
    std::optional<std::string> decoded;
    std::string_view path = rawPath;
    if (!isPlain(rawPath)) {
        decoded = decodedPath(rawPath);
        if (!decoded)
            return failure(
                ErrorCode::Invalid,
                u"The request path could not be parsed: it has a broken escape, a control "
                "character or is no UTF-8."_s);
        path = *decoded;
    }
    if (!path.starts_with('/') || hasDotSegment(path))
        return failure(
            ErrorCode::Invalid,
            u"The request path could not be parsed: it must begin with a slash and have no "
            "segment . or .."_s);
    if (path.ends_with('/'))
        path.remove_suffix(1);
    return toQString(published(path, service));
}

} // namespace stormglass
