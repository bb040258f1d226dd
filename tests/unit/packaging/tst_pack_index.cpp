#include "engine/packaging/pack_index.h"

#include "engine/base/json.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

// Written with single quotes, because raw strings and moc do not go together.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

const std::string good = json("{'metadata': {}, 'packs': { "
                              "'csv': {'name': 'csv', 'description': 'Tables as text', 'keywords': "
                              "['Excel'], 'version': '1.0.0', "
                              "'repo_url': 'https://example.org/csv'}, "
                              "'net': {'name': 'net', 'description': 'csv of hosts', 'keywords': "
                              "['csv'], 'version': '2.0.0', "
                              "'repo_url': 'https://example.org/csv-net'}, "
                              "'mail': {'name': 'mail', 'description': 'Letters', 'keywords': [], "
                              "'version': '2.0.0', 'email': 'csv@example.org', "
                              "'repo_url': 'https://example.org/mail'}}}");

QStringList names(const ValueList &entries)
{
    QStringList result;
    for (const Value &entry : entries)
        result << entry["name"].toQString();
    return result;
}

} // namespace

class TestPackIndex : public QObject
{
    Q_OBJECT

private slots:
    void findsNamesFirstThenKeywordsThenTheRest();
    void tellsWhatIsNoCatalogue_data();
    void tellsWhatIsNoCatalogue();
    void leavesOutEntriesNobodyCouldInstall();
    void theFirstCatalogueHasPriority();
    void saysWhatWasTriedWhenThereIsNothing();
    void countsHealth();
};

void TestPackIndex::findsNamesFirstThenKeywordsThenTheRest()
{
    const PackIndex index({indexPartOf(u"https://example.org/i"_s, good)});
    QCOMPARE(names(index.search(u"csv"_s, PackIndex::Case::Sensitive)),
             (QStringList{u"csv"_s, u"net"_s}));
    QCOMPARE(names(index.search(u"EXCEL"_s, PackIndex::Case::Insensitive)), QStringList{u"csv"_s});
    QVERIFY(index.search(u"EXCEL"_s, PackIndex::Case::Sensitive).empty());
    // A part of a keyword is none.
    QVERIFY(index.search(u"exce"_s, PackIndex::Case::Insensitive).empty());
    QCOMPARE(index.show(u"net"_s).value()["version"].toQString(), u"2.0.0"_s);
    QVERIFY(!index.show(u"gone"_s));
}

void TestPackIndex::tellsWhatIsNoCatalogue_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("error");
    QTest::newRow("no JSON") << QByteArray("<html>") << u"malformed"_s;
    QTest::newRow("a list") << QByteArray("[]") << u"malformed"_s;
    QTest::newRow("without packs") << QByteArray::fromStdString(json("{'a': 1}")) << u"malformed"_s;
    QTest::newRow("packs is a list")
        << QByteArray::fromStdString(json("{'packs': []}")) << u"malformed"_s;
    QTest::newRow("empty") << QByteArray("{}") << u"empty"_s;
    QTest::newRow("deep") << QByteArray(100'000, '[') << u"malformed"_s;
}

void TestPackIndex::tellsWhatIsNoCatalogue()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, error);
    const IndexPart part
        = indexPartOf(u"x"_s, {text.constData(), static_cast<std::size_t>(text.size())});
    QCOMPARE(part.status.error, error);
    QVERIFY(!part.status.message.isEmpty());
}

void TestPackIndex::leavesOutEntriesNobodyCouldInstall()
{
    const IndexPart part = indexPartOf(
        u"x"_s,
        json("{'packs': { "
             "'a': {'version': '1.0.0'}, 'b': 7, 'c': {'repo_url': 'https://example.org/c', "
             "'version': 1}, "
             "'d': {'repo_url': 'https://example.org/d', 'version': '1.0.0', 'ref': 'e'}, "
             "'f': {'repo_url': 'https://example.org/f', 'version': '1.0.0', 'ref': null}}}"));
    QVERIFY(part.status.error.isEmpty());
    QCOMPARE(part.status.packs, 1);
    QVERIFY(part.packs.find("f"));
    QVERIFY2(part.status.message.contains(u"a has no repo_url"_s), qPrintable(part.status.message));
    QVERIFY(part.status.message.contains(u"d says that it is e"_s));
}

void TestPackIndex::theFirstCatalogueHasPriority()
{
    const std::string other
        = json("{'packs': { "
               "'csv': {'name': 'csv', 'version': '9.0.0', 'repo_url': '/srv/csv'}, "
               "'own': {'name': 'own', 'version': '1.0.0', 'repo_url': '/srv/own'}}}");
    const PackIndex index({indexPartOf(u"https://example.org/i"_s, good),
                           indexPartOf(u"file:///srv/i.json"_s, other)});
    QCOMPARE(index.show(u"csv"_s).value()["version"].toQString(), u"1.0.0"_s);
    QVERIFY(!index.isLocal(u"csv"_s));
    QVERIFY(index.isLocal(u"own"_s));
}

void TestPackIndex::saysWhatWasTriedWhenThereIsNothing()
{
    const PackIndex index({unreadPart(u"https://a"_s, u"unresponsive"_s, u"Connection refused"_s)});
    const QString message = index.nothingFound().message;
    QVERIFY2(message.startsWith(u"No results from the index(es): tried https://a."_s),
             qPrintable(message));
    QVERIFY(message.contains(u"Connection refused"_s));
    QVERIFY(PackIndex().nothingFound().message.contains(u"no catalogue is set"_s));
}

void TestPackIndex::countsHealth()
{
    const PackIndex index({indexPartOf(u"a"_s, good), indexPartOf(u"b"_s, "nonsense")});
    const Value health = index.health();
    QCOMPARE(health["indexes"]["count"].toInt(), 2);
    QCOMPARE(health["indexes"]["valid"].toInt(), 1);
    QCOMPARE(health["indexes"]["errors"]["malformed"].toInt(), 1);
    QCOMPARE(health["packs"]["count"].toInt(), 3);
}

QTEST_GUILESS_MAIN(TestPackIndex)
#include "tst_pack_index.moc"
