#pragma once

#include <QByteArray>

#include <chrono>
#include <cstdint>
#include <functional>

namespace stormglass {

// A TCP peer that sends what it likes, well-formed or not. Waits for the socket, never for the
// clock.
class RawClient
{
public:
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(const RawClient &) = delete;

    bool isConnected() const { return m_socket >= 0; }
    // False once the peer has closed; nothing of what did not fit is sent later.
    bool send(QByteArrayView bytes);
    // No more will be sent.
    void finishSending();

    // Everything received so far and until `isEnough`, the peer's end or the deadline.
    QByteArray readUntil(const std::function<bool(const QByteArray &)> &isEnough);
    // What there is, or comes within this time.
    QByteArray readFor(std::chrono::milliseconds duration);
    // Until the peer closes.
    QByteArray readToEnd();
    // `count` whole answers with a Content-Length.
    QByteArray readAnswers(int count);
    bool hasPeerClosed() const { return m_hasPeerClosed; }

    static constexpr auto patience = std::chrono::seconds(10);

private:
    bool receiveSome(std::chrono::steady_clock::time_point until);

    int m_socket = -1;
    QByteArray m_received;
    bool m_hasPeerClosed = false;
};

// How many whole answers stand in these bytes.
int wholeAnswers(const QByteArray &bytes);

// The status of the first answer; 0 if there is none.
int statusOf(const QByteArray &answer);

} // namespace stormglass
