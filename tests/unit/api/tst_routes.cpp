#include "engine/api/listing.h"
#include "engine/api/routes.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stormglass;

class TestRoutes : public QObject
{
    Q_OBJECT

private slots:
    void literalSegmentsWinOverVariableOnes();
    void aStarTakesTheRestOfThePath();
    void anotherVerbIsAnotherRoute();
    void limitsAreRefusedInTheReferencesWords();
    void attributesKeepWhatIsMandatory();
};

namespace {

Handler answering(int status)
{
    return [status](const Call &) -> Result<Response> { return Response{status, Value()}; };
}

int statusOf(const Routes &routes, Verb verb, const QString &path)
{
    const Routes::Match match = routes.find(verb, path);
    if (!match.handler)
        return 0;
    const Request request;
    return (*match.handler)(Call{request, match.arguments, {}})->status;
}

} // namespace

void TestRoutes::literalSegmentsWinOverVariableOnes()
{
    Routes routes;
    routes.add(Verb::Get, u"/api/v1/packs/{ref}"_s, answering(1));
    routes.add(Verb::Get, u"/api/v1/packs/index"_s, answering(2));
    QCOMPARE(statusOf(routes, Verb::Get, u"/api/v1/packs/index"_s), 2);
    QCOMPARE(statusOf(routes, Verb::Get, u"/api/v1/packs/indexed"_s), 1);
    QCOMPARE(statusOf(routes, Verb::Get, u"/api/v1/packs/a/b"_s), 0);
    QCOMPARE(statusOf(routes, Verb::Get, u"/api/v1/packs/"_s), 0);
}

void TestRoutes::aStarTakesTheRestOfThePath()
{
    Routes routes;
    routes.add(Verb::Post, u"/api/v1/webhooks/{url*}"_s, answering(1));
    routes.add(Verb::Post, u"/api/v1/webhooks/st2"_s, answering(2));
    QCOMPARE(routes.find(Verb::Post, u"/api/v1/webhooks/a/b/c"_s).arguments,
             QStringList{u"a/b/c"_s});
    QCOMPARE(statusOf(routes, Verb::Post, u"/api/v1/webhooks/st2"_s), 2);
}

void TestRoutes::anotherVerbIsAnotherRoute()
{
    Routes routes;
    routes.add(Verb::Get, u"/api/v1/rules"_s, answering(1));
    QCOMPARE(statusOf(routes, Verb::Post, u"/api/v1/rules"_s), 0);
}

void TestRoutes::limitsAreRefusedInTheReferencesWords()
{
    Request request;
    request.query = {{u"limit"_s, u"0"_s}};
    QCOMPARE(pagingOf(request, 100).error().message,
             u"Limit, \"0\" specified, must be a positive number or -1 for full result set."_s);
    request.query = {{u"limit"_s, u"-22"_s}};
    QCOMPARE(pagingOf(request, 100).error().message,
             u"Limit, \"-22\" specified, must be a positive number."_s);
    request.query = {{u"limit"_s, u"-1"_s}};
    QVERIFY(!pagingOf(request, 100)->limit);
    request.query = {{u"limit"_s, u"many"_s}};
    QCOMPARE(pagingOf(request, 100).error().message,
             u"Parameter \"limit\" is not of type integer"_s);
}

void TestRoutes::attributesKeepWhatIsMandatory()
{
    Request request;
    request.query = {{u"include_attributes"_s, u"name,action.ref"_s}};
    const Value document
        = Value::map({{"id", "1"}, {"name", "n"}, {"action", Value::map()}, {"other", 1}});
    const Value kept = Attributes::of(request, {u"id"_s})->applied(document);
    QCOMPARE(kept, Value::map({{"id", "1"}, {"name", "n"}, {"action", Value::map()}}));
    request.query.emplace_back(u"exclude_attributes"_s, u"name"_s);
    QVERIFY(!Attributes::of(request, {}));
}

QTEST_APPLESS_MAIN(TestRoutes)
#include "tst_routes.moc"
