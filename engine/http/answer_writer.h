#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/http/cors.h"
#include "engine/instance/request.h"

#include <string>
#include <string_view>

namespace stormglass {

// What an answer needs to know of the request it answers.
struct AnswerContext
{
    std::string requestId = {};
    std::string origin = {};
    bool keepsAlive = false;
    bool isHttp10 = false;
    // The answer to HEAD has a length and no body.
    bool isHead = false;
};

// Answers into bytes. Thread: Io.
class AnswerWriter
{
public:
    explicit AnswerWriter(const QStringList &allowedOrigins);

    // For the Date header.
    void setTime(Timestamp now);

    void append(std::string &out, const AnswerContext &context,
                const Result<Response> &response) const;
    // `{"faultstring": text}`.
    void appendFault(std::string &out, const AnswerContext &context, int status,
                     std::string_view text) const;
    // The answer to OPTIONS.
    void appendOptions(std::string &out, const AnswerContext &context) const;
    // The head of an event stream, which ends where the connection does.
    void appendStreamHead(std::string &out, const AnswerContext &context,
                          const Response &response) const;

    const Cors &cors() const { return m_cors; }

private:
    void appendHead(std::string &out, const AnswerContext &context, int status) const;
    void appendBody(std::string &out, const AnswerContext &context, int status,
                    std::string_view contentType, std::string_view body) const;
    void appendError(std::string &out, const AnswerContext &context, const Error &error) const;

    Cors m_cors;
    std::string m_date;
    std::int64_t m_dateSecond = -1;
};

} // namespace stormglass
