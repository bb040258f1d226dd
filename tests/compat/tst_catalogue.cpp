#include "engine/host/engine.h"

#include "tests/support/exchange_catalogue.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

Value get(Engine &engine, const QString &path, const QString &query = {})
{
    std::promise<Result<Response>> answered;
    Request request;
    request.path = path;
    if (!query.isEmpty())
        request.query = {{query.section(u'=', 0, 0), query.section(u'=', 1)}};
    engine.handle(request, [&](Result<Response> answer) { answered.set_value(std::move(answer)); });
    const Result<Response> answer = answered.get_future().get();
    return answer ? answer->body : Value();
}

} // namespace

// The whole catalogue of packs, as files of its index describe it: no code of packs is in it.
class TestCatalogue : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void registersAllButWhatIsReallyAtFault();
    void looksOnlyAtFilesWhenNothingChanged();

private:
    std::unique_ptr<Engine> started(qint64 &milliseconds);

    SystemClock m_clock;
    QTemporaryDir m_folder;
    Settings m_settings;
};

void TestCatalogue::initTestCase()
{
    const QString archive = catalogueArchive();
    if (archive.isEmpty())
        QSKIP(
            "no catalogue of packs beside the checkout; STORMGLASS_CATALOGUE may name its archive");
    m_settings.dataFolder = m_folder.filePath(u"data"_s);
    m_settings.packFolders = {m_folder.filePath(u"packs"_s)};
    m_settings.requireCredential = false;
    QVERIFY(unpackCatalogue(archive, m_settings.packFolders[0]));
}

std::unique_ptr<Engine> TestCatalogue::started(qint64 &milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    Result<std::unique_ptr<Engine>> engine = Engine::start(m_settings, m_clock);
    if (!engine)
        qFatal("%s", qPrintable(engine.error().message));
    (*engine)->settle();
    milliseconds = timer.elapsed();
    return std::move(*engine);
}

void TestCatalogue::registersAllButWhatIsReallyAtFault()
{
    qint64 took = 0;
    const std::unique_ptr<Engine> engine = started(took);
    const auto packs = get(*engine, u"/api/v1/packs"_s, u"limit=-1"_s).itemsOrNone().size();
    const auto actions = get(*engine, u"/api/v1/actions"_s, u"limit=-1"_s).itemsOrNone().size();
    const Value health = get(*engine, u"/api/v1/packs/views/health"_s);
    QMap<QString, int> reasons;
    for (const Value &problem : health.itemsOrNone()) {
        if (problem["level"] != Value("error"))
            continue;
        qInfo().noquote() << problem["pack"].toQStringOr({}) << problem["file"].toQStringOr({})
                          << problem["message"].toQStringOr({}).left(160);
        ++reasons[problem["file"].toQStringOr({}).section(u'/', 0, 0)];
    }
    qInfo().noquote() << packs << "packs and" << actions << "actions registered in" << took
                      << "ms; refused:" << reasons;
    QCOMPARE(packs, std::size_t(169));
    QCOMPARE(actions + static_cast<std::size_t>(reasons.value(u"actions"_s)), std::size_t(10'244));
    // Runners of long ago, misspelt keywords, and two packs with a retry policy for core.http.
    const QMap<QString, int> expected{
        {u"actions"_s, 6}, {u"config.schema.yaml"_s, 4}, {u"policies"_s, 1}};
    QCOMPARE(reasons, expected);
}

void TestCatalogue::looksOnlyAtFilesWhenNothingChanged()
{
    qint64 took = 0;
    const std::unique_ptr<Engine> engine = started(took);
    qInfo().noquote() << "the same again in" << took << "ms";
    QVERIFY(get(*engine, u"/api/v1/actions"_s, u"limit=-1"_s).itemsOrNone().size() >= 10'000);
}

QTEST_GUILESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
