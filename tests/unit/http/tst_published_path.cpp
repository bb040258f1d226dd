#include "engine/http/published_path.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(stormglass::Service)

// Every spelling of api.md section 1 reaches its operation.
class TestPublishedPath : public QObject
{
    Q_OBJECT

private slots:
    void publishes_data();
    void publishes();
    void refuses_data();
    void refuses();
};

void TestPublishedPath::publishes_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<Service>("service");
    QTest::addColumn<QString>("published");
    const auto row = [](Service service, const char *written, const QString &published) {
        QTest::addRow("%d %s", static_cast<int>(service), written)
            << QByteArray(written) << service << published;
    };
    using enum Service;
    for (const char *written :
         {"/api/v1/rules", "/api/rules", "/v1/rules", "/rules", "/rules/", "/api/v1/rules/"})
        row(All, written, u"/api/v1/rules"_s);
    for (const char *written : {"/api/v1/", "/api/v1", "/api/", "/api", "/v1", "/v1/", "/"})
        row(All, written, u"/api/v1"_s);
    for (const char *written : {"/actionexecutions/a", "/v1/actionexecutions/a",
                                "/api/v1/actionexecutions/a", "/executions/a"})
        row(All, written, u"/api/v1/executions/a"_s);
    for (const char *written : {"/auth/v1/tokens", "/auth/tokens", "/tokens", "/v1/tokens"})
        row(All, written, u"/auth/v1/tokens"_s);
    row(All, "/auth/tokens/validate", u"/auth/v1/tokens/validate"_s);
    row(All, "/sso", u"/auth/v1/sso"_s);
    for (const char *written : {"/stream/v1/stream", "/stream/stream", "/stream", "/v1/stream",
                                "/api/stream", "/api/v1/stream", "/stream/"})
        row(All, written, u"/stream/v1/stream"_s);
    for (const char *written : {"/stream/executions/a/output", "/stream/v1/executions/a/output"})
        row(All, written, u"/stream/v1/executions/a/output"_s);
    // The api's, as published.
    for (const char *written : {"/executions/a/output", "/v1/executions/a/output"})
        row(All, written, u"/api/v1/executions/a/output"_s);
    row(All, "/apis", u"/api/v1/apis"_s);
    row(All, "/v1x/rules", u"/api/v1/v1x/rules"_s);
    row(All, "/tokensx", u"/api/v1/tokensx"_s);
    row(All, "/v1/keys/a%20b%2Fc", u"/api/v1/keys/a b/c"_s);
    row(All, "/keys/%C3%A4%F0%9F%98%80", u"/api/v1/keys/ä😀"_s);
    row(All, "/keys/\xc3\xa4", u"/api/v1/keys/ä"_s);
    row(All, "/keys/a+b", u"/api/v1/keys/a+b"_s);
    row(All, "/keys/...", u"/api/v1/keys/..."_s);
    row(All, "/keys/.hidden", u"/api/v1/keys/.hidden"_s);
    row(All, "/webhooks/a//b/", u"/api/v1/webhooks/a//b"_s);

    row(Api, "/v1/rules", u"/api/v1/rules"_s);
    row(Api, "/rules", u"/api/v1/rules"_s);
    row(Api, "/tokens", u"/api/v1/tokens"_s);
    row(Api, "/", u"/api/v1"_s);
    row(Auth, "/tokens", u"/auth/v1/tokens"_s);
    row(Auth, "/v1/tokens", u"/auth/v1/tokens"_s);
    row(Auth, "/auth/v1/tokens", u"/auth/v1/tokens"_s);
    row(Auth, "/rules", u"/auth/v1/rules"_s);
    row(Stream, "/v1/stream", u"/stream/v1/stream"_s);
    row(Stream, "/stream", u"/stream/v1/stream"_s);
    row(Stream, "/stream/stream", u"/stream/v1/stream"_s);
    row(Stream, "/v1/executions/a/output", u"/stream/v1/executions/a/output"_s);
    row(Stream, "/executions/a/output", u"/stream/v1/executions/a/output"_s);
}

void TestPublishedPath::publishes()
{
    QFETCH(QByteArray, written);
    QFETCH(Service, service);
    QFETCH(QString, published);
    const auto path = publishedPath(written.toStdString(), service);
    QVERIFY(path);
    QCOMPARE(*path, published);
}

void TestPublishedPath::refuses_data()
{
    QTest::addColumn<QByteArray>("written");
    for (const char *written :
         {"", "rules", "*", "/%", "/%1", "/%zz", "/a%00b", "/a%0ab", "/a%7f", "/%c3", "/%c0%80",
          "/%ed%a0%80", "/.", "/..", "/a/../b", "/a/./b", "/a/..", "/a/%2e%2e/b", "/a%2f..%2fb"})
        QTest::addRow("%s", written) << QByteArray(written);
}

void TestPublishedPath::refuses()
{
    QFETCH(QByteArray, written);
    const auto path = publishedPath(written.toStdString(), Service::All);
    QVERIFY(!path);
    QCOMPARE(path.error().code, ErrorCode::Invalid);
    QVERIFY(path.error().message.startsWith("The request path could not be parsed"_L1));
}

QTEST_GUILESS_MAIN(TestPublishedPath)
#include "tst_published_path.moc"
