#include "engine/http/answer_writer.h"
#include "engine/http/host_check.h"
#include "engine/http/request_ids.h"

#include <QRegularExpression>
#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray write(const Result<Response> &response,
                 const AnswerContext &context = {.requestId = "id", .keepsAlive = true})
{
    AnswerWriter writer({u"https://ops.example"_s});
    writer.setTime(Timestamp(1'704'164'645s));
    std::string out;
    writer.append(out, context, response);
    return QByteArray::fromStdString(out);
}

} // namespace

// Answers as bytes, and the small things every answer or request meets.
class TestAnswerWriter : public QObject
{
    Q_OBJECT

private slots:
    void writesJson();
    void writesErrors();
    void writesAConflictWithItsId();
    void writesNoBodyWhereThereIsNone();
    void writesNoHeaderWithALineEnd();
    void allowsOrigins_data();
    void allowsOrigins();
    void allowsEveryOriginByAStar();
    void knowsItsHosts_data();
    void knowsItsHosts();
    void makesRequestIds();
};

void TestAnswerWriter::writesJson()
{
    QCOMPARE(
        write(Response{.status = 201,
                       .body = Value::map({{"a", Value(1.0)}}),
                       .headers = {{u"X-Limit"_s, u"5"_s}}}),
        QByteArray(
            "HTTP/1.1 201 Created\r\n"
            "Date: Tue, 02 Jan 2024 03:04:05 GMT\r\n"
            "X-Request-ID: id\r\n"
            "Access-Control-Allow-Origin: https://ops.example\r\n"
            "Access-Control-Allow-Methods: GET,POST,PUT,DELETE,OPTIONS\r\n"
            "Access-Control-Allow-Headers: "
            "Content-Type,Authorization,X-Auth-Token,St2-Api-Key,X-Request-ID\r\n"
            "Access-Control-Allow-Credentials: true\r\n"
            "Access-Control-Expose-Headers: Content-Type,X-Limit,X-Total-Count,X-Request-ID\r\n"
            "Vary: Origin\r\n"
            "X-Limit: 5\r\n"
            "Content-Type: application/json\r\n"
            "Content-Length: 9\r\n\r\n"
            "{\"a\":1.0}"));
}

void TestAnswerWriter::writesErrors()
{
    const QByteArray answer
        = write(failure(Error{ErrorCode::Invalid, u"It is \"bad\"\n"_s, u"TypeError"_s, u"a/b"_s}));
    QVERIFY(answer.startsWith("HTTP/1.1 400 Bad Request\r\n"));
    QVERIFY(answer.endsWith("\r\n\r\n{\"faultstring\":\"It is "
                            "\\\"bad\\\"\\n\",\"kind\":\"TypeError\",\"place\":\"a/b\"}"));
}

void TestAnswerWriter::writesAConflictWithItsId()
{
    const QByteArray answer = write(
        failure(Error{ErrorCode::Conflict, u"Twice."_s, {}, u"65f1c0ffee00000000000001"_s}));
    QVERIFY(answer.endsWith(
        "{\"faultstring\":\"Twice.\",\"conflict-id\":\"65f1c0ffee00000000000001\"}"));
}

void TestAnswerWriter::writesNoBodyWhereThereIsNone()
{
    QVERIFY(!write(Response{.status = 204}).contains("\r\nContent-"));
    const QByteArray head = write(Response{.body = Value("x")},
                                  {.requestId = "id", .keepsAlive = true, .isHead = true});
    QVERIFY(head.contains("Content-Length: 3\r\n"));
    QVERIFY(head.endsWith("\r\n\r\n"));
    QVERIFY(write(Response{}).endsWith("\r\n\r\nnull"));
}

void TestAnswerWriter::writesNoHeaderWithALineEnd()
{
    const QByteArray answer = write(Response{
        .headers = {{u"X-A"_s, u"b\r\nX-B: c"_s}, {u"X\n-C"_s, u"d"_s}, {u"X-D"_s, u"e"_s}},
        .contentType = u"text/html\r\nX-E: f"_s,
        .raw = "x"});
    QVERIFY(!answer.contains("X-A:"));
    QVERIFY(!answer.contains(": d"));
    QVERIFY(!answer.contains("X-E:"));
    QVERIFY(answer.contains("\r\nX-D: e\r\n"));
    QVERIFY(answer.endsWith("\r\n\r\nx"));
}

void TestAnswerWriter::allowsOrigins_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QByteArray>("allowed");
    QTest::newRow("none") << QByteArray() << QByteArray("https://ops.example");
    QTest::newRow("configured") << QByteArray("https://ops.example")
                                << QByteArray("https://ops.example");
    QTest::newRow("usual") << QByteArray("http://localhost:8080")
                           << QByteArray("http://localhost:8080");
    QTest::newRow("foreign") << QByteArray("https://attacker.example")
                             << QByteArray("https://ops.example");
    QTest::newRow("null") << QByteArray("null") << QByteArray("https://ops.example");
}

void TestAnswerWriter::allowsOrigins()
{
    QFETCH(QByteArray, origin);
    QFETCH(QByteArray, allowed);
    const QByteArray answer = write(
        Response{}, {.requestId = "id", .origin = origin.toStdString(), .keepsAlive = true});
    QVERIFY(answer.contains("\r\nAccess-Control-Allow-Origin: " + allowed + "\r\n"));
}

void TestAnswerWriter::allowsEveryOriginByAStar()
{
    std::string head;
    Cors({u"*"_s}).appendHeaders(head, "https://anywhere.example");
    QVERIFY(head.starts_with("Access-Control-Allow-Origin: https://anywhere.example\r\n"));
}

void TestAnswerWriter::knowsItsHosts_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("isOurs");
    for (const char *host :
         {"localhost", "localhost:80", "LOCALHOST.", "127.0.0.1:9101", "127.5.5.5", "[::1]",
          "[::1]:99", "192.168.1.5", "192.168.1.5:80", "Ops.Example:443"})
        QTest::addRow("%s", host) << QByteArray(host) << true;
    for (const char *host : {"", ":80", "localhost:", "localhost:port", "localhost:123456",
                             "a.localhost", "127.0.0.1.attacker.example", "[::1", "[::1]x", "::1",
                             "192.168.1.6", "ops.example.attacker.example", "127.0.0.x", "127.1"}) {
        // An empty port is one, by RFC 3986.
        const bool isOurs = QByteArrayView(host) == "localhost:";
        QTest::addRow("not %s", host) << QByteArray(host) << isOurs;
    }
}

void TestAnswerWriter::knowsItsHosts()
{
    QFETCH(QByteArray, host);
    QFETCH(bool, isOurs);
    const HostCheck check({u"ops.example"_s});
    QCOMPARE(check.isOurs(host.toStdString(), "192.168.1.5"), isOurs);
}

void TestAnswerWriter::makesRequestIds()
{
    RequestIds ids;
    QCOMPARE(ids.idFor("mine-1"), std::string("mine-1"));
    static const QRegularExpression form(
        u"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"_s);
    QSet<QString> made;
    for (const std::string &unusable :
         {std::string(), std::string("a b"), std::string("a\r\nb"), std::string(200, 'x')}) {
        const QString id = QString::fromStdString(ids.idFor(unusable));
        QVERIFY2(form.match(id).hasMatch(), qPrintable(id));
        made.insert(id);
    }
    QCOMPARE(made.size(), 4);
}

QTEST_GUILESS_MAIN(TestAnswerWriter)
#include "tst_answer_writer.moc"
