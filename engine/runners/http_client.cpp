#include "engine/runners/http_client.h"

#include "engine/base/thread_name.h"
#include "engine/runners/http_transfer.h"

#include <map>
#include <unistd.h>

namespace stormglass {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

bool startLibrary()
{
    // Before any thread of ours asks for it twice: once in a program.
    static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return started;
}

} // namespace

struct HttpClient::Private
{
    struct Socket
    {
        Reactor::WatchId reading = 0;
        Reactor::WatchId writing = 0;
    };

    explicit Private(Reactor &loop);
    ~Private();

    Reactor &reactor;
    CURLM *multi = nullptr;
    std::map<curl_socket_t, Socket> sockets;
    std::map<TransferId, std::unique_ptr<HttpTransfer>> transfers;
    Reactor::TimerId timer = 0;
    TransferId last = 0;
    // Set while this lives, for reports that outlive it. Shared with them only.
    std::shared_ptr<Private *> self = std::make_shared<Private *>(this);

    void watch(curl_socket_t socket, int wants);
    void unwatch(curl_socket_t socket);
    void schedule(long milliseconds);
    void act(curl_socket_t socket, int events);
    void collect();
    void report(TransferId id, Result<HttpAnswer> answer);
    TransferId idOf(const CURL *easy) const;

    static int onSocket(CURL *, curl_socket_t socket, int wants, void *self, void *);
    static int onTimer(CURLM *, long milliseconds, void *self);
    static int onClose(void *self, curl_socket_t socket);
};

HttpClient::Private::Private(Reactor &loop)
    : reactor(loop)
{
    if (!startLibrary())
        return;
    multi = curl_multi_init();
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &Private::onSocket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &Private::onTimer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
}

HttpClient::Private::~Private()
{
    *self = nullptr;
    for (const auto &[id, transfer] : transfers)
        curl_multi_remove_handle(multi, transfer->easy());
    transfers.clear();
    curl_multi_cleanup(multi);
    while (!sockets.empty())
        unwatch(sockets.begin()->first);
    reactor.cancelTimer(timer);
}

int HttpClient::Private::onSocket(CURL *, curl_socket_t socket, int wants, void *self, void *)
{
    auto *const state = static_cast<Private *>(self);
    if (wants == CURL_POLL_REMOVE)
        state->unwatch(socket);
    else
        state->watch(socket, wants);
    return 0;
}

int HttpClient::Private::onTimer(CURLM *, long milliseconds, void *self)
{
    static_cast<Private *>(self)->schedule(milliseconds);
    return 0;
}

// The library closes kept connections without a word: a watch must not outlive its descriptor.
int HttpClient::Private::onClose(void *self, curl_socket_t socket)
{
    static_cast<Private *>(self)->unwatch(socket);
    return close(socket);
}

void HttpClient::Private::watch(curl_socket_t socket, int wants)
{
    Socket &mine = sockets[socket];
    const bool reads = (wants & CURL_POLL_IN) != 0;
    const bool writes = (wants & CURL_POLL_OUT) != 0;
    if (!reads)
        reactor.unwatch(std::exchange(mine.reading, 0));
    else if (mine.reading == 0)
        mine.reading = reactor.watch(socket, Reactor::Wants::Read,
                                     [this, socket] { act(socket, CURL_CSELECT_IN); });
    if (!writes)
        reactor.unwatch(std::exchange(mine.writing, 0));
    else if (mine.writing == 0)
        mine.writing = reactor.watch(socket, Reactor::Wants::Write,
                                     [this, socket] { act(socket, CURL_CSELECT_OUT); });
}

void HttpClient::Private::unwatch(curl_socket_t socket)
{
    const auto found = sockets.find(socket);
    if (found == sockets.end())
        return;
    reactor.unwatch(found->second.reading);
    reactor.unwatch(found->second.writing);
    sockets.erase(found);
}

void HttpClient::Private::schedule(long milliseconds)
{
    reactor.cancelTimer(std::exchange(timer, 0));
    if (milliseconds < 0)
        return;
    timer = reactor.after(std::chrono::milliseconds(milliseconds), [this] {
        timer = 0;
        act(CURL_SOCKET_TIMEOUT, 0);
    });
}

void HttpClient::Private::act(curl_socket_t socket, int events)
{
    int running = 0;
    curl_multi_socket_action(multi, socket, events, &running);
    collect();
}

HttpClient::TransferId HttpClient::Private::idOf(const CURL *easy) const
{
    for (const auto &[id, transfer] : transfers) {
        if (transfer->easy() == easy)
            return id;
    }
    return 0;
}

void HttpClient::Private::collect()
{
    int left = 0;
    while (const CURLMsg *const message = curl_multi_info_read(multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const TransferId id = idOf(message->easy_handle);
        const CURLcode code = message->data.result;
        // Removing the handle makes the message invalid.
        const auto found = transfers.find(id);
        curl_multi_remove_handle(multi, found->second->easy());
        report(id, found->second->result(code));
    }
}

// In a task of its own, so that whoever hears it may start and cancel as it likes.
void HttpClient::Private::report(TransferId id, Result<HttpAnswer> answer)
{
    reactor.after(0us, [alive = self, id, answer = std::move(answer)]() mutable {
        if (!*alive)
            return;
        const auto node = (*alive)->transfers.extract(id);
        if (node.empty())
            return; // cancelled meanwhile
        const Done done = node.mapped()->takeDone();
        done(std::move(answer));
    });
}

HttpClient::HttpClient(Reactor &reactor)
    : m_private(std::make_unique<Private>(reactor))
{
}

HttpClient::~HttpClient() = default;

HttpClient::TransferId HttpClient::start(HttpRequest request, Done done)
{
    SG_ON(Io);
    Private &state = *m_private;
    const TransferId id = ++state.last;
    auto transfer = std::make_unique<HttpTransfer>(std::move(request), std::move(done));
    Result<> prepared = transfer->prepare();
    if (prepared && !state.multi)
        prepared = failure(ErrorCode::Internal, u"the HTTP library cannot be started"_s);
    CURL *const easy = transfer->easy();
    state.transfers.emplace(id, std::move(transfer));
    if (!prepared) {
        state.report(id, failure(prepared.error()));
        return id;
    }
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &Private::onClose);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, &state);
    curl_multi_add_handle(state.multi, easy);
    return id;
}

void HttpClient::cancel(TransferId transfer)
{
    SG_ON(Io);
    const auto node = m_private->transfers.extract(transfer);
    if (!node.empty())
        curl_multi_remove_handle(m_private->multi, node.mapped()->easy());
}

} // namespace stormglass
