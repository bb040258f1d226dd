#include "tests/contract/site.h"

#include <QTcpServer>
#include <QTcpSocket>

using namespace stormglass;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// A server that answers every request with the same bytes, whatever they are worth.
class OddServer
{
public:
    explicit OddServer(QByteArray answer)
        : m_answer(std::move(answer))
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                received.append(socket->readAll());
                if (!received.endsWith("\r\n\r\n"))
                    return;
                socket->write(m_answer);
                socket->disconnectFromHost();
            });
        });
    }

    std::uint16_t port() const { return m_server.serverPort(); }
    QByteArray received;

private:
    QTcpServer m_server;
    QByteArray m_answer;
};

RemoteOptions optionsFor(std::uint16_t port)
{
    RemoteOptions options = Site::remoteOptions(port);
    options.urls = RemoteUrls::at(u"http://127.0.0.1:%1"_s.arg(port));
    return options;
}

std::uint16_t unusedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

Listener onPort(std::uint16_t port)
{
    Listener listener;
    listener.port = port;
    return listener;
}

} // namespace

// What only an engine elsewhere can do to its user: not be there, come back, or answer strangely.
class TestInstanceRemote : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void findsTheServices_data();
    void findsTheServices();
    void startsBeforeItIsReady();
    void saysWhyNobodyIsThere_data();
    void saysWhyNobodyIsThere();
    void findsAnEngineThatStartsLater();
    void noticesAnEngineThatGoes();
    void goesOnWhereItWasWhenTheEngineIsBack();
    void tellsToReadAgainWhereChangesHaveNoNumbers();
    void showsItsCredential();
    void prefersTheCredentialOfTheRequest();
    void saysThatTheCredentialIsRefused();
    void explainsAnUntrustedCertificate();
    void acceptsACertificateItWasToldOf();
    void answersOddServersWithErrors_data();
    void answersOddServersWithErrors();
    void tellsAnotherServerFromAnEngine_data();
    void tellsAnotherServerFromAnEngine();
    void doesNotCarryTheCredentialElsewhere();
    void refusesAnswersThatAreTooLarge();
    void givesUpOnSilence();
};

void TestInstanceRemote::initTestCase()
{
    qRegisterMetaType<Change>();
    qRegisterMetaType<InstanceState>();
}

void TestInstanceRemote::findsTheServices_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("rule");
    QTest::newRow("origin") << u"https://host"_s << u"https://host/api/v1/rules/a%20b"_s;
    QTest::newRow("slash") << u"https://host/"_s << u"https://host/api/v1/rules/a%20b"_s;
    QTest::newRow("no scheme") << u"host:9101"_s << u"https://host:9101/api/v1/rules/a%20b"_s;
    QTest::newRow("api") << u"http://host/api"_s << u"http://host/api/v1/rules/a%20b"_s;
    QTest::newRow("api and version")
        << u"http://host/api/v1/"_s << u"http://host/api/v1/rules/a%20b"_s;
    QTest::newRow("below a folder")
        << u"http://host/ops/api"_s << u"http://host/ops/api/v1/rules/a%20b"_s;
    QTest::newRow("spaces") << u" http://host "_s << u"http://host/api/v1/rules/a%20b"_s;
}

void TestInstanceRemote::findsTheServices()
{
    QFETCH(QString, typed);
    QFETCH(QString, rule);
    const RemoteUrls urls = RemoteUrls::at(typed);
    QCOMPARE(urls.urlOf(u"/api/v1/rules/a b"_s, {}).toString(QUrl::FullyEncoded), rule);
    QVERIFY(urls.urlOf(u"/auth/v1/tokens"_s, {}).path().endsWith("/auth/v1/tokens"_L1));
    QCOMPARE(
        urls.urlOf(u"/stream/v1/stream"_s, {{u"events"_s, u"a__*"_s}}).query(QUrl::FullyEncoded),
        u"events=a__%2A"_s);
}

void TestInstanceRemote::startsBeforeItIsReady()
{
    ServedEndpoint server;
    RemoteInstance instance(optionsFor(server.port()));
    QCOMPARE(instance.state().kind, InstanceState::Kind::Starting);
    QSignalSpy spy(&instance, &Instance::stateChanged);
    QTRY_COMPARE(spy.size(), 1);
    QCOMPARE(instance.state().kind, InstanceState::Kind::Ready);
}

void TestInstanceRemote::saysWhyNobodyIsThere_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("reason");
    QTest::newRow("nothing listens")
        << u"http://127.0.0.1:%1"_s.arg(unusedPort()) << u"Nothing listens at 127.0.0.1"_s;
    QTest::newRow("no such host") << u"http://no-such-host.invalid"_s
                                  << u"No host named no-such-host.invalid"_s;
    QTest::newRow("no HTTP") << u"gopher://127.0.0.1"_s << u"is no address of HTTP"_s;
}

void TestInstanceRemote::saysWhyNobodyIsThere()
{
    QFETCH(QString, url);
    QFETCH(QString, reason);
    RemoteOptions options = optionsFor(1);
    options.urls = RemoteUrls::at(url);
    RemoteInstance instance(options);
    QTRY_COMPARE(instance.state().kind, InstanceState::Kind::Unreachable);
    QVERIFY2(instance.state().message.contains(reason), qPrintable(instance.state().message));
    const auto answer = answerFrom(instance, {.path = u"/api/v1/rules"_s});
    QVERIFY(!answer);
    QCOMPARE(answer.error().message, instance.state().message);
}

void TestInstanceRemote::findsAnEngineThatStartsLater()
{
    const std::uint16_t port = unusedPort();
    RemoteInstance instance(optionsFor(port));
    QSignalSpy changes(&instance, &Instance::changed);
    instance.follow({}, 0);
    QTRY_COMPARE(instance.state().kind, InstanceState::Kind::Unreachable);
    ServedEndpoint server({}, onPort(port));
    QTRY_COMPARE(instance.state().kind, InstanceState::Kind::Ready);
    QTRY_COMPARE(server.streams(), std::size_t(1));
}

void TestInstanceRemote::noticesAnEngineThatGoes()
{
    auto server = std::make_unique<ServedEndpoint>();
    RemoteInstance instance(optionsFor(server->port()));
    instance.follow({}, 0);
    QTRY_COMPARE(server->streams(), std::size_t(1));
    QTRY_COMPARE(instance.state().kind, InstanceState::Kind::Ready);
    server.reset();
    QTRY_COMPARE(instance.state().kind, InstanceState::Kind::Unreachable);
    QVERIFY(!instance.state().message.isEmpty());
}

void TestInstanceRemote::goesOnWhereItWasWhenTheEngineIsBack()
{
    auto server = std::make_unique<ServedEndpoint>();
    const std::uint16_t port = server->port();
    RemoteInstance instance(optionsFor(port));
    QSignalSpy changes(&instance, &Instance::changed);
    instance.follow({}, 0);
    QTRY_COMPARE(server->streams(), std::size_t(1));
    QTRY_COMPARE(server->feed.followers(), std::size_t(1));
    server->feed.publish(u"x"_s, Value::map({{"n", Value("before")}}));
    QTRY_COMPARE(changes.size(), 1);
    server.reset();
    QTRY_COMPARE(instance.state().kind, InstanceState::Kind::Unreachable);

    // A change that happens before the follower is back.
    ServedEndpoint again({}, onPort(port));
    again.feed.publish(u"x"_s, Value::map({{"n", Value("before")}}));
    again.feed.publish(u"x"_s, Value::map({{"n", Value("between")}}));
    QTRY_COMPARE(changes.size(), 2);
    QCOMPARE(changes.last().first().value<Change>().payload["n"].toQString(), u"between"_s);
}

void TestInstanceRemote::tellsToReadAgainWhereChangesHaveNoNumbers()
{
    OddServer stackStorm("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; "
                         "charset=UTF-8\r\nConnection: close\r\n\r\n"
                         "\nevent: st2.execution__create\ndata: {\"id\": \"a\"}\n\n");
    RemoteInstance instance(optionsFor(stackStorm.port()));
    QSignalSpy changes(&instance, &Instance::changed);
    instance.follow({}, 0);
    QTRY_VERIFY(changes.size() >= 3);
    QCOMPARE(changes.at(0).first().value<Change>().event, u"st2.execution__create"_s);
    QCOMPARE(changes.at(0).first().value<Change>().number, ChangeNumber(0));
    QCOMPARE(changes.at(1).first().value<Change>().event, u"stormglass.reset"_s);
    QCOMPARE(changes.at(2).first().value<Change>().event, u"st2.execution__create"_s);
}

void TestInstanceRemote::showsItsCredential()
{
    ServedEndpoint server;
    RemoteOptions options = optionsFor(server.port());
    options.credential = {Credential::Kind::ApiKey, u"key"_s};
    RemoteInstance instance(options);
    for (const Credential &own : {Credential(), Credential::localOwner()}) {
        const auto answer = answerFrom(instance, {.path = u"/api/v1/x"_s, .credential = own});
        QCOMPARE(answer->body["credential"]["kind"].toQString(), u"api key"_s);
        QCOMPARE(answer->body["credential"]["secret"].toQString(), u"key"_s);
    }
    instance.setCredential({Credential::Kind::Token, u"token"_s});
    const auto answer = answerFrom(instance, {.path = u"/api/v1/x"_s});
    QCOMPARE(answer->body["credential"]["secret"].toQString(), u"token"_s);
}

void TestInstanceRemote::prefersTheCredentialOfTheRequest()
{
    ServedEndpoint server;
    RemoteOptions options = optionsFor(server.port());
    options.credential = {Credential::Kind::Token, u"mine"_s};
    RemoteInstance instance(options);
    const auto answer = answerFrom(
        instance, {.path = u"/api/v1/x"_s, .credential = {Credential::Kind::ApiKey, u"another"_s}});
    QCOMPARE(answer->body["credential"]["secret"].toQString(), u"another"_s);
    QVERIFY(!answer->body["headers"].items().empty());
}

void TestInstanceRemote::saysThatTheCredentialIsRefused()
{
    const QByteArray body = "{\"faultstring\": \"Unauthorized - Token has expired.\"}";
    OddServer server(
        "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
    RemoteInstance instance(optionsFor(server.port()));
    QTRY_COMPARE(instance.state().kind, InstanceState::Kind::Unreachable);
    QCOMPARE(instance.state().message, u"Unauthorized - Token has expired."_s);
    QVERIFY(instance.state().isRefusal);
}

void TestInstanceRemote::explainsAnUntrustedCertificate()
{
    Listener listener;
    listener.tls = Site::tlsFiles();
    ServedEndpoint server({}, listener);
    RemoteOptions options = Site::remoteOptions(server.port(), u"https"_s);
    options.authorityFile.clear();
    RemoteInstance instance(options);
    const auto answer = answerFrom(instance, {.path = u"/api/v1/x"_s});
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::Unavailable);
    QVERIFY2(answer.error().message.contains("The certificate of localhost cannot be trusted"_L1),
             qPrintable(answer.error().message));
    QVERIFY(answer.error().message.contains("SHA-256"_L1));
    QTRY_COMPARE(instance.state().kind, InstanceState::Kind::Unreachable);
}

void TestInstanceRemote::acceptsACertificateItWasToldOf()
{
    Listener listener;
    listener.tls = Site::tlsFiles();
    ServedEndpoint server({}, listener);
    RemoteOptions options = Site::remoteOptions(server.port(), u"https"_s);
    options.authorityFile.clear();
    const auto certificates = QSslCertificate::fromPath(Site::tlsFiles().certificate);
    options.acceptedCertificate
        = QString::fromLatin1(certificates.first().digest(QCryptographicHash::Sha256).toHex());
    RemoteInstance instance(options);
    instance.follow({}, 0);
    QVERIFY(answerFrom(instance, {.path = u"/api/v1/x"_s}));
    QTRY_COMPARE(server.streams(), std::size_t(1));
}

void TestInstanceRemote::answersOddServersWithErrors_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("text");
    const auto row
        = [](const char *name, const QByteArray &bytes, ErrorCode code, const QString &text) {
              QTest::newRow(name) << bytes << static_cast<int>(code) << text;
          };
    const QByteArray json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    row("no JSON", json + "Content-Length: 4\r\n\r\n{ab}", ErrorCode::Internal, u"is no JSON"_s);
    row("deep JSON", json + "Connection: close\r\n\r\n" + QByteArray(100'000, '['),
        ErrorCode::Internal, u"is no JSON"_s);
    row("cut short", json + "Content-Length: 400\r\n\r\n{\"a\":", ErrorCode::Unavailable,
        u"broke off"_s);
    row("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n", ErrorCode::Unavailable, u"127.0.0.1"_s);
    row("nothing", "", ErrorCode::Unavailable, u"closed the connection"_s);
    row("an error in HTML", "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>",
        ErrorCode::Unavailable, u"127.0.0.1 answered 502 Bad Gateway."_s);
    row("an error without a body", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        ErrorCode::NotFound, u"127.0.0.1 answered 404 Not Found."_s);
    row("a busy server", "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n",
        ErrorCode::Unavailable, u"429"_s);
    row("a fault that is no object", "HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\n[1]",
        ErrorCode::Invalid, u"400"_s);
}

void TestInstanceRemote::answersOddServersWithErrors()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    QFETCH(QString, text);
    OddServer server(bytes);
    RemoteInstance instance(optionsFor(server.port()));
    const auto answer = answerFrom(instance, {.path = u"/api/v1/rules"_s});
    QVERIFY(!answer);
    QCOMPARE(static_cast<int>(answer.error().code), code);
    QVERIFY2(answer.error().message.contains(text), qPrintable(answer.error().message));
}

void TestInstanceRemote::tellsAnotherServerFromAnEngine_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("a page for everything") << QByteArray(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>");
    QTest::newRow("nothing for everything")
        << QByteArray("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("no such page") << QByteArray(
        "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>");
    QTest::newRow("a page elsewhere")
        << QByteArray("HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n");
}

void TestInstanceRemote::tellsAnotherServerFromAnEngine()
{
    QFETCH(QByteArray, bytes);
    OddServer server(bytes);
    RemoteInstance instance(optionsFor(server.port()));
    QSignalSpy states(&instance, &Instance::stateChanged);
    instance.follow({}, 0);
    (void)answerFrom(instance, {.path = u"/api/v1/rules"_s});
    QTRY_COMPARE(instance.state().kind, InstanceState::Kind::Unreachable);
    QVERIFY2(instance.state().message.endsWith(
                 "not as Stormglass or StackStorm does: is the address right?"_L1),
             qPrintable(instance.state().message));
    QVERIFY(!instance.state().isRefusal);
    for (const QList<QVariant> &told : states)
        QVERIFY(told.first().value<InstanceState>().kind != InstanceState::Kind::Ready);
}

void TestInstanceRemote::doesNotCarryTheCredentialElsewhere()
{
    ServedEndpoint elsewhere;
    OddServer server(
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:"
        + QByteArray::number(elsewhere.port())
        + "/api/v1/wait\r\nSet-Cookie: auth-token=abc; Path=/\r\nContent-Length: 0\r\n\r\n");
    RemoteOptions options = optionsFor(server.port());
    options.credential = {Credential::Kind::Token, u"secret"_s};
    RemoteInstance instance(options);
    const auto answer = answerFrom(instance, {.path = u"/auth/v1/sso/request"_s});
    QVERIFY(answer);
    QCOMPARE(answer->status, 307);
    QVERIFY(answerFrom(instance, {.path = u"/api/v1/x"_s}));
    QVERIFY(!server.received.contains("Cookie:"));
    QCOMPARE(elsewhere.connections(), std::size_t(0));
}

void TestInstanceRemote::refusesAnswersThatAreTooLarge()
{
    ServedEndpoint server;
    RemoteOptions options = optionsFor(server.port());
    options.answerBytes = 1024 * 1024;
    RemoteInstance instance(options);
    const auto answer = answerFrom(instance, {.path = u"/api/v1/large"_s});
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::Invalid);
    QVERIFY(answer.error().message.contains("larger than 1 MiB"_L1));
    QVERIFY(answerFrom(instance, {.path = u"/api/v1/x"_s}));
}

void TestInstanceRemote::givesUpOnSilence()
{
    ServedEndpoint server;
    RemoteOptions options = optionsFor(server.port());
    options.timeout = 50ms;
    RemoteInstance instance(options);
    const auto answer = answerFrom(instance, {.path = u"/api/v1/wait"_s});
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::Timeout);
    QVERIFY(answer.error().message.contains("has not answered in time"_L1));
}

QTEST_GUILESS_MAIN(TestInstanceRemote)
#include "tst_instance_remote.moc"
