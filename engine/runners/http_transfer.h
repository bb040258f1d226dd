#pragma once

#include "engine/runners/http_client.h"

#include <curl/curl.h>

#include <array>

namespace stormglass {

// One request under way, and what has come of its answer. For http_client.cpp alone: it shows
// libcurl. Thread: Io.
class HttpTransfer
{
public:
    HttpTransfer(HttpRequest request, HttpClient::Done done);
    ~HttpTransfer();
    HttpTransfer(const HttpTransfer &) = delete;

    // Invalid if the request cannot be one.
    Result<> prepare();
    CURL *easy() const { return m_easy; }
    HttpClient::Done takeDone() { return std::move(m_done); }
    Result<HttpAnswer> result(CURLcode code);

private:
    void setMethod();
    Result<> setHeaders();
    void setFile();
    void setConnection();
    static std::size_t takeBody(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t takeHeader(char *data, std::size_t size, std::size_t count, void *self);
    static int mayAsk(void *self, char *peer, char *own, int peerPort, int ownPort);

    HttpRequest m_request;
    HttpClient::Done m_done;
    CURL *m_easy = nullptr;
    curl_slist *m_headers = nullptr;
    curl_mime *m_form = nullptr;
    std::array<char, CURL_ERROR_SIZE> m_message{};
    HttpAnswer m_answer;
    bool m_tooLarge = false;
    std::optional<QString> m_refused;
};

} // namespace stormglass
