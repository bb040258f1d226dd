#pragma once

#include "engine/http/server_options.h"
#include "engine/http/wire_message.h"

#include <memory>
#include <string_view>

namespace stormglass {

// Why a request is answered with an error and its connection closed.
struct Refusal
{
    int status = 400;
    std::string text;
};

// Bytes into requests, one at a time. Stands on Beast's parser, which keeps to the letter of RFC
// 7230, and refuses what that still lets through. Nothing of it grows beyond the limits. Thread:
// Io.
class RequestParser
{
public:
    enum class Progress { NeedsMore, HeadDone, Done, Failed };
    struct Step
    {
        Progress progress;
        std::size_t consumed;
    };

    explicit RequestParser(const HttpLimits &limits);
    ~RequestParser();

    // After HeadDone, once: for the body that follows.
    void setBodyLimit(std::size_t bytes);
    // What is not consumed must be presented again, with more behind it.
    Step feed(std::string_view bytes);
    // Ready for the next request; drops what was read of this one.
    void reset();

    bool isInBody() const { return m_isInBody; }
    // Something of a request has been consumed.
    bool hasBegun() const { return m_hasBegun; }
    const WireMessage &message() const { return m_message; }
    // After Failed.
    const Refusal &refusal() const { return m_refusal; }

private:
    class Beast;

    Step feedHead(std::string_view bytes);
    Step feedBody(std::string_view bytes);
    Step failed(Refusal refusal);

    const HttpLimits &m_limits;
    WireMessage m_message;
    Refusal m_refusal;
    std::unique_ptr<Beast> m_beast;
    bool m_isInBody = false;
    bool m_hasBegun = false;
};

} // namespace stormglass
