#pragma once

#include <QStringList>

#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

// Which pages of other origins may read our answers; on every answer, errors and streams included.
class Cors
{
public:
    explicit Cors(const QStringList &allowedOrigins);

    // Ends with a line end. `origin` is the request's, empty if it had none.
    void appendHeaders(std::string &head, std::string_view origin) const;
    bool allows(std::string_view origin) const;

private:
    std::vector<std::string> m_origins;
    bool m_allowsAll = false;
};

} // namespace stormglass
