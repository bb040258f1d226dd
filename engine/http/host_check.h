#pragma once

#include "engine/http/server_options.h"

#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

// Whether a request is meant for this server. A page on a foreign name that was made to resolve to
// our address (DNS rebinding) still sends its own name; loopback, our addresses and configured
// names are all that is ours.
class HostCheck
{
public:
    explicit HostCheck(const QStringList &names);

    // `host` as the Host header has it, with or without a port; `localAddress` is what the peer
    // connected to.
    bool isOurs(std::string_view host, std::string_view localAddress) const;

private:
    std::vector<std::string> m_names;
};

} // namespace stormglass
