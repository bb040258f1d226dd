#include "engine/host/engine.h"

#include "engine/base/json.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

// An engine over folders of its own, in which packs come, change and go.
class Site
{
public:
    Site()
    {
        m_settings.dataFolder = m_folder.path();
        m_settings.packFolders = {m_folder.filePath(u"packs"_s)};
        m_settings.requireCredential = false;
        QDir(m_folder.path()).mkpath(u"packs"_s);
    }

    void start()
    {
        Result<std::unique_ptr<Engine>> engine = Engine::start(m_settings, m_clock);
        if (!engine)
            qFatal("%s", qPrintable(engine.error().message));
        m_engine = std::move(*engine);
        m_engine->settle();
    }
    void stop() { m_engine.reset(); }
    Engine &engine() { return *m_engine; }

    void write(const QString &path, const QByteArray &text)
    {
        const QString file = m_folder.filePath(path);
        QDir().mkpath(QFileInfo(file).path());
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    }
    void writePack(const QString &name)
    {
        write(u"packs/%1/pack.yaml"_s.arg(name),
              "name: a pack\ndescription: d\nversion: 1.0.0\nauthor: a\nemail: a@example.org\n");
        write(u"packs/%1/actions/one.yaml"_s.arg(name), "name: one\nrunner_type: noop\n");
    }
    void remove(const QString &path) { QDir(m_folder.filePath(path)).removeRecursively(); }

    Value get(const QString &path)
    {
        std::promise<Result<Response>> answered;
        Request request;
        request.path = path;
        m_engine->handle(request,
                         [&](Result<Response> answer) { answered.set_value(std::move(answer)); });
        const Result<Response> answer = answered.get_future().get();
        return answer ? answer->body : Value(answer.error().message);
    }
    bool hasAction(const QString &ref) { return get(u"/api/v1/actions/"_s + ref).isMap(); }
    ValueList health() { return get(u"/api/v1/packs/views/health"_s).itemsOrNone(); }

private:
    SystemClock m_clock;
    QTemporaryDir m_folder;
    Settings m_settings;
    std::unique_ptr<Engine> m_engine;
};

} // namespace

class TestPacksFollowed : public QObject
{
    Q_OBJECT

private slots:
    void takesAnEditAtOnce();
    void takesAPackThatComesAndLetsGoOneThatVanishes();
    void tellsAnEditThatBreaksAFileAndItsRepair();
    void readsAgainOnlyWhatChangedWhileItWasDown();
    void laysOverridesOverFiles();
    void rulesFindTriggerTypesOfPacksThatComeLater();
};

void TestPacksFollowed::takesAnEditAtOnce()
{
    Site site;
    site.writePack(u"p"_s);
    site.start();
    QVERIFY(site.hasAction(u"p.one"_s));
    site.write(u"packs/p/actions/two.yaml"_s, "name: two\nrunner_type: noop\n");
    QTRY_VERIFY(site.hasAction(u"p.two"_s));
    // A folder of content that was not there when the engine began.
    site.write(u"packs/p/aliases/say.yaml"_s,
               "name: say\naction_ref: p.one\nformats: ['say {{ it }}']\n");
    QTRY_VERIFY(site.get(u"/api/v1/actionalias/p.say"_s).isMap());
}

void TestPacksFollowed::takesAPackThatComesAndLetsGoOneThatVanishes()
{
    Site site;
    site.writePack(u"old"_s);
    site.start();
    site.writePack(u"new"_s);
    QTRY_VERIFY(site.hasAction(u"new.one"_s));
    site.remove(u"packs/old"_s);
    QTRY_VERIFY(!site.hasAction(u"old.one"_s));
    QVERIFY(!site.get(u"/api/v1/packs/old"_s).isMap());
}

void TestPacksFollowed::tellsAnEditThatBreaksAFileAndItsRepair()
{
    Site site;
    site.writePack(u"p"_s);
    site.start();
    QVERIFY(site.health().empty());
    site.write(u"packs/p/actions/one.yaml"_s,
               "name: one\nrunner_type: noop\nparameters:\n  x: 5\n");
    QTRY_COMPARE(site.health().size(), std::size_t(1));
    QCOMPARE(site.health()[0]["line"], Value(4));
    QVERIFY(site.hasAction(u"p.one"_s));
    site.write(u"packs/p/actions/one.yaml"_s, "name: one\nrunner_type: noop\n");
    QTRY_VERIFY(site.health().empty());
}

void TestPacksFollowed::readsAgainOnlyWhatChangedWhileItWasDown()
{
    Site site;
    site.writePack(u"p"_s);
    site.writePack(u"q"_s);
    site.start();
    site.stop();
    site.write(u"packs/p/actions/two.yaml"_s, "name: two\nrunner_type: noop\n");
    site.remove(u"packs/q"_s);
    site.start();
    QVERIFY(site.hasAction(u"p.one"_s));
    QVERIFY(site.hasAction(u"p.two"_s));
    QVERIFY(!site.hasAction(u"q.one"_s));
}

void TestPacksFollowed::laysOverridesOverFiles()
{
    Site site;
    site.writePack(u"p"_s);
    site.write(u"packs/p/actions/two.yaml"_s, "name: two\nrunner_type: noop\n");
    site.write(u"overrides/p.yaml"_s,
               "actions:\n  defaults: {enabled: false}\n  exceptions: {two: {enabled: true}}\n");
    site.start();
    QCOMPARE(site.get(u"/api/v1/actions/p.one"_s)["enabled"], Value(false));
    QCOMPARE(site.get(u"/api/v1/actions/p.two"_s)["enabled"], Value(true));
    site.write(u"overrides/p.yaml"_s, "actions: {defaults: {runner_type: x}}\n");
    QTRY_COMPARE(site.health().size(), std::size_t(2));
}

void TestPacksFollowed::rulesFindTriggerTypesOfPacksThatComeLater()
{
    Site site;
    site.writePack(u"a"_s);
    site.write(u"packs/a/rules/r.yaml"_s, "name: r\ntrigger: {type: z.t}\naction: {ref: a.one}\n");
    site.writePack(u"z"_s);
    site.write(u"packs/z/triggers/t.yaml"_s, "name: t\n");
    site.start();
    QVERIFY(site.get(u"/api/v1/rules/a.r"_s).isMap());
    QVERIFY(site.health().empty());
}

QTEST_GUILESS_MAIN(TestPacksFollowed)
#include "tst_packs_followed.moc"
