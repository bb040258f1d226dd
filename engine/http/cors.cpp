#include "engine/http/cors.h"

#include <algorithm>

namespace stormglass {

namespace {

constexpr std::string_view fixedHeaders
    = "Access-Control-Allow-Methods: GET,POST,PUT,DELETE,OPTIONS\r\n"
      "Access-Control-Allow-Headers: "
      "Content-Type,Authorization,X-Auth-Token,St2-Api-Key,X-Request-ID\r\n"
      "Access-Control-Allow-Credentials: true\r\n"
      "Access-Control-Expose-Headers: Content-Type,X-Limit,X-Total-Count,X-Request-ID\r\n"
      "Vary: Origin\r\n";

} // namespace

Cors::Cors(const QStringList &allowedOrigins)
{
    for (const QString &origin : allowedOrigins)
        m_origins.push_back(origin.toStdString());
    m_allowsAll = std::ranges::find(m_origins, "*") != m_origins.end();
    std::erase(m_origins, "*");
    for (const char *usual :
         {"http://127.0.0.1:3000", "http://localhost:8080", "http://127.0.0.1:8080"})
        m_origins.emplace_back(usual);
}

bool Cors::allows(std::string_view origin) const
{
    return m_allowsAll || std::ranges::find(m_origins, origin) != m_origins.end();
}

void Cors::appendHeaders(std::string &head, std::string_view origin) const
{
    head.append("Access-Control-Allow-Origin: ");
    head.append(!origin.empty() && allows(origin) ? origin : std::string_view(m_origins.front()));
    head.append("\r\n");
    head.append(fixedHeaders);
}

} // namespace stormglass
