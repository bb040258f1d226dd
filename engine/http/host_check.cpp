#include "engine/http/host_check.h"

#include "engine/http/url_text.h"

#include <algorithm>

namespace stormglass {

namespace {

bool isPort(std::string_view text)
{
    return text.size() <= 5
        && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Without port, brackets and final dot; empty if it is nothing of that form.
std::string_view bareHost(std::string_view host)
{
    if (host.starts_with('[')) {
        const auto end = host.find(']');
        if (end == host.npos)
            return {};
        const std::string_view rest = host.substr(end + 1);
        const bool isWhole = rest.empty() || (rest.front() == ':' && isPort(rest.substr(1)));
        return isWhole ? host.substr(1, end - 1) : std::string_view();
    }
    const auto colon = host.find(':');
    if (colon != host.npos && !isPort(host.substr(colon + 1)))
        return {};
    std::string_view name = host.substr(0, colon);
    if (name.ends_with('.'))
        name.remove_suffix(1);
    return name;
}

bool isLoopbackAddress(std::string_view host)
{
    return host == "::1"
        || (host.starts_with("127.") && std::ranges::count(host, '.') == 3
            && std::ranges::all_of(host,
                                   [](char c) { return c == '.' || (c >= '0' && c <= '9'); }));
}

} // namespace

HostCheck::HostCheck(const QStringList &names)
{
    m_names.emplace_back("localhost");
    for (const QString &name : names)
        m_names.push_back(name.toStdString());
}

bool HostCheck::isOurs(std::string_view host, std::string_view localAddress) const
{
    const std::string_view bare = bareHost(host);
    if (bare.empty())
        return false;
    if (isLoopbackAddress(bare) || equalIgnoringCase(bare, localAddress))
        return true;
    return std::ranges::any_of(
        m_names, [bare](const std::string &name) { return equalIgnoringCase(bare, name); });
}

} // namespace stormglass
