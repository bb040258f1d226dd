#include "engine/http/request_reader.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Sent
{
    Method method = Method::Post;
    std::string target = "/api/v1/x";
    Fields fields = {};
    std::string body = {};
};

Result<Request> read(const Sent &sent, CookieUse cookie = CookieUse::Allowed)
{
    WireMessage message;
    message.method = sent.method;
    message.setTarget(sent.target);
    for (const auto &[name, value] : sent.fields)
        message.addField(name, value);
    message.setWholeBody(sent.body);
    return readRequest(message, u"/api/v1/x"_s, cookie);
}

Result<Value> bodyOf(const std::string &type, const std::string &body)
{
    SG_LET(const Request request, read({.fields = {{"Content-Type", type}}, .body = body}));
    return request.body;
}

Value formOf(std::initializer_list<std::pair<const char *, std::vector<const char *>>> fields)
{
    Value form = Value::map();
    for (const auto &[name, texts] : fields) {
        Value values = Value::list();
        for (const char *text : texts)
            values.append(Value(text));
        form.set(Value(name), values);
    }
    return form;
}

} // namespace

// What a request means: its verb, query, credential and body.
class TestRequestReader : public QObject
{
    Q_OBJECT

private slots:
    void knowsFourVerbs();
    void readsTheQueryInOrder();
    void keepsHeadersInLowerCase();
    void takesTheFirstCredential_data();
    void takesTheFirstCredential();
    void takesNoCookieWhereItIsRefused();
    void readsJson();
    void readsJsonWithoutAType();
    void leavesAnEmptyBodyEmpty();
    void readsNoBodyOfAGet();
    void refusesBrokenJson();
    void refusesOtherTypes();
    void readsForms();
    void readsMultipartForms();
    void refusesBrokenMultipart_data();
    void refusesBrokenMultipart();
    void keepsPlainText();
};

void TestRequestReader::knowsFourVerbs()
{
    QCOMPARE(read({.method = Method::Get})->verb, Verb::Get);
    QCOMPARE(read({.method = Method::Post})->verb, Verb::Post);
    QCOMPARE(read({.method = Method::Put})->verb, Verb::Put);
    QCOMPARE(read({.method = Method::Delete})->verb, Verb::Delete);
    for (const Method method : {Method::Head, Method::Other, Method::Unknown}) {
        const auto request = read({.method = method});
        QCOMPARE(request.error().code, ErrorCode::NotFound);
        QCOMPARE(request.error().message, u"The resource could not be found."_s);
    }
}

void TestRequestReader::readsTheQueryInOrder()
{
    const auto request = read({.target = "/x?b=1&a=2&b=%C3%A4+%2B&flag&=none&c=&d=%zz&e=f=g"});
    const std::vector<std::pair<QString, QString>> expected
        = {{u"b"_s, u"1"_s}, {u"a"_s, u"2"_s},   {u"b"_s, u"ä +"_s}, {u"flag"_s, {}},
           {u"c"_s, {}},     {u"d"_s, u"%zz"_s}, {u"e"_s, u"f=g"_s}};
    QCOMPARE(request->query, expected);
    QCOMPARE(request->queryValue(u"b"_s), u"1"_s);
    QVERIFY(request->hasQuery(u"flag"_s));
    QVERIFY(read({.target = "/x?"})->query.empty());
}

void TestRequestReader::keepsHeadersInLowerCase()
{
    const auto request = read({.fields = {{"X-GitHub-Event", "Push"}, {"ST2-Trace-Tag", "T"}}});
    QCOMPARE(request->header(u"x-github-event"_s), u"Push"_s);
    QCOMPARE(request->header(u"st2-trace-tag"_s), u"T"_s);
}

void TestRequestReader::takesTheFirstCredential_data()
{
    QTest::addColumn<QStringList>("sent");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("secret");
    using enum Credential::Kind;
    const auto row
        = [](const char *name, const QStringList &sent, Credential::Kind kind, const char *secret) {
              QTest::newRow(name) << sent << static_cast<int>(kind) << QString::fromLatin1(secret);
          };
    const QString token = u"X-Auth-Token: t1"_s;
    const QString key = u"St2-Api-Key: k1"_s;
    const QString tokenQuery = u"?x-auth-token=t2"_s;
    const QString keyQuery = u"?st2-api-key=k2"_s;
    const QString cookie = u"Cookie: a=b; auth-token=t3; c=d"_s;
    row("nothing", {}, None, "");
    row("all", {cookie, keyQuery, tokenQuery, key, token}, Token, "t1");
    row("without token", {cookie, keyQuery, tokenQuery, key}, ApiKey, "k1");
    row("queries", {cookie, keyQuery, tokenQuery}, Token, "t2");
    row("key in the query", {cookie, keyQuery}, ApiKey, "k2");
    row("cookie", {cookie}, Token, "t3");
    row("quoted cookie", {u"Cookie: auth-token=\"t4\""_s}, Token, "t4");
    row("cookie with spaces", {u"Cookie:  x ;  auth-token = t5 "_s}, Token, "t5");
    row("another cookie", {u"Cookie: st2-auth-token=t6; auth-tokens=t7"_s}, None, "");
    row("empty ones do not count", {u"X-Auth-Token: "_s, u"?x-auth-token="_s, key}, ApiKey, "k1");
    row("Authorization is none", {u"Authorization: Basic YTpi"_s}, None, "");
    row("names in any case", {u"x-AUTH-token: t8"_s}, Token, "t8");
}

void TestRequestReader::takesTheFirstCredential()
{
    QFETCH(QStringList, sent);
    QFETCH(int, kind);
    QFETCH(QString, secret);
    Sent message;
    for (const QString &part : sent) {
        if (part.startsWith(u'?'))
            message.target += (message.target.find('?') == std::string::npos ? "?" : "&")
                + part.mid(1).toStdString();
        else
            message.fields.emplace_back(part.section(u": "_s, 0, 0).toStdString(),
                                        part.section(u": "_s, 1).toStdString());
    }
    const auto request = read(message);
    QCOMPARE(static_cast<int>(request->credential.kind), kind);
    QCOMPARE(request->credential.secret, secret);
}

void TestRequestReader::takesNoCookieWhereItIsRefused()
{
    const Sent byCookie = {.fields = {{"Cookie", "auth-token=t"}}};
    QCOMPARE(read(byCookie, CookieUse::Refused)->credential.kind, Credential::Kind::None);
    const Sent byHeader = {.fields = {{"X-Auth-Token", "t"}}};
    QCOMPARE(read(byHeader, CookieUse::Refused)->credential.kind, Credential::Kind::Token);
}

void TestRequestReader::readsJson()
{
    const Value expected = Value::map({{"b", Value(1)}, {"a", Value(1.5)}});
    for (const char *type :
         {"application/json", "application/json; charset=utf-8", "Application/JSON;x"}) {
        const auto body = bodyOf(type, "{\"b\": 1, \"a\": 1.5}");
        QVERIFY(body);
        QVERIFY(*body == expected);
    }
    QVERIFY(bodyOf("application/json", "[1]")->isList());
    QVERIFY(bodyOf("application/json", "null")->isNull());
}

void TestRequestReader::readsJsonWithoutAType()
{
    const auto request = read({.method = Method::Delete, .body = "{\"remove_files\": true}"});
    QVERIFY(request->body["remove_files"].toBool());
}

void TestRequestReader::leavesAnEmptyBodyEmpty()
{
    for (const char *type : {"", "application/json", "image/png"}) {
        const auto request = read({.fields = {{"Content-Type", type}}});
        QVERIFY(request->body.isNull());
        QVERIFY(request->rawBody.isEmpty());
    }
}

void TestRequestReader::readsNoBodyOfAGet()
{
    QVERIFY(read({.method = Method::Get, .body = "not json"}));
}

void TestRequestReader::refusesBrokenJson()
{
    const auto body = bodyOf("application/json", "{\"a\": }");
    QCOMPARE(body.error().code, ErrorCode::Invalid);
    QVERIFY(body.error().message.startsWith("Failed to parse request body: "_L1));
    QVERIFY(!bodyOf("application/json", std::string(100'000, '[')));
}

void TestRequestReader::refusesOtherTypes()
{
    const auto body = bodyOf("text/xml", "<a/>");
    QCOMPARE(body.error().message,
             u"Failed to parse request body: Unsupported Content-Type: \"text/xml\""_s);
}

void TestRequestReader::readsForms()
{
    const auto body
        = bodyOf("application/x-www-form-urlencoded", "a=1&b=x+y&a=%C3%A4&blank=&bad=%ff");
    QVERIFY(body);
    QVERIFY(*body == formOf({{"a", {"1", "ä"}}, {"b", {"x y"}}, {"bad", {"\xef\xbf\xbd"}}}));
}

void TestRequestReader::readsMultipartForms()
{
    const auto body
        = bodyOf("multipart/form-data; boundary=\"xx yy\"",
                 "--xx yy\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--xx\r\n"
                 "--xx yy\r\ncontent-disposition: form-data; filename=\"f\"; "
                 "name=b\r\nContent-Type: text/plain\r\n\r\ntwo\r\n"
                 "--xx yy\r\nX: y\r\n\r\nunnamed\r\n--xx yy--\r\n");
    QVERIFY2(body, body ? "" : qPrintable(body.error().message));
    QVERIFY(*body == formOf({{"a", {"one\r\n--xx"}}, {"b", {"two"}}}));
}

void TestRequestReader::refusesBrokenMultipart_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no boundary") << u"multipart/form-data"_s << QByteArray("--x--");
    QTest::newRow("long boundary")
        << u"multipart/form-data; boundary="_s + QString(300, u'x') << QByteArray("--x--");
    QTest::newRow("another boundary")
        << u"multipart/form-data; boundary=x"_s << QByteArray("--y--");
    QTest::newRow("no end") << u"multipart/form-data; boundary=x"_s
                            << QByteArray("--x\r\nA: b\r\n\r\nc");
    QTest::newRow("no head") << u"multipart/form-data; boundary=x"_s
                             << QByteArray("--x\r\nc\r\n--x--");
    QTest::newRow("no line end") << u"multipart/form-data; boundary=x"_s
                                 << QByteArray("--xA\r\n--x--");
    QTest::newRow("many parts") << u"multipart/form-data; boundary=x"_s
                                << "--x" + QByteArray("\r\nA: b\r\n\r\nc\r\n--x").repeated(2000)
            + "--";
}

void TestRequestReader::refusesBrokenMultipart()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, body);
    const auto read = bodyOf(type.toStdString(), body.toStdString());
    QVERIFY(!read);
    QVERIFY(read.error().message.startsWith("Failed to parse request body: multipart"_L1));
}

void TestRequestReader::keepsPlainText()
{
    const auto request = read(
        {.fields = {{"Content-Type", "text/plain; charset=utf-8"}}, .body = "version: 1.0\n"});
    QVERIFY(request->body.isNull());
    QCOMPARE(request->rawBody, QByteArray("version: 1.0\n"));
}

QTEST_GUILESS_MAIN(TestRequestReader)
#include "tst_request_reader.moc"
