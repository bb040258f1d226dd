#pragma once

#include <QRandomGenerator>

#include <string>
#include <string_view>

namespace stormglass {

// X-Request-ID: the client's if it sent a usable one, else a fresh UUID4. Thread: Io.
class RequestIds
{
public:
    std::string idFor(std::string_view sent);

private:
    std::string fresh();

    // They name requests and protect nothing, so one seed is enough.
    QRandomGenerator m_random = QRandomGenerator::securelySeeded();
};

} // namespace stormglass
