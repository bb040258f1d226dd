#include "engine/store/database.h"
#include "engine/store/snapshot.h"
#include "engine/store/transaction.h"
#include "tests/support/result_checks.h"
#include "tests/support/test_database.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

class TestDatabaseClass : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsWhatIsCommitted();
    void undoesWhatIsNot();
    void undoesAnItemAndKeepsItsSiblings();
    void countsRowsAsTheyAreKept();
    void readsWhatTheWriterHasCommitted();
    void readsAsOfOneMoment();
    void doesNotWriteThroughAReader();
    void givesUpReadingThatNeverEnds();
    void tellsOfAnUndoing();
    void bindsEveryKindOfValue();
    void refusesASecondRowWithTheSameKey();
    void reportsARowThatCannotBeRead();
    void costsNothingWhileNothingIsWritten();

private:
    std::unique_ptr<TestDatabase> m_database;
    Result<> add(const QString &source);
    QStringList sources(Database &database);
};

void TestDatabaseClass::init()
{
    m_database = std::make_unique<TestDatabase>(TestDatabase::Place::File);
}

Result<> TestDatabaseClass::add(const QString &source)
{
    SG_TRY(
        (*m_database)->run("INSERT INTO source_cursor (source, cursor) VALUES (?1, 'x')", source));
    (*m_database)->count("cursor", {}, 1);
    return {};
}

QStringList TestDatabaseClass::sources(Database &database)
{
    const auto found = database.rows("SELECT source FROM source_cursor ORDER BY source",
                                     [](Row &row) { return row.text(); });
    return found ? QStringList(found->begin(), found->end()) : QStringList{found.error().message};
}

void TestDatabaseClass::keepsWhatIsCommitted()
{
    {
        Transaction transaction(*m_database);
        SG_OK(add(u"a"_s));
        SG_OK(transaction.commit());
    }
    m_database->reopen();
    QCOMPARE(sources(*m_database), QStringList{u"a"_s});
}

void TestDatabaseClass::undoesWhatIsNot()
{
    {
        Transaction transaction(*m_database);
        SG_OK(add(u"a"_s));
    }
    QCOMPARE(sources(*m_database), QStringList());
}

void TestDatabaseClass::undoesAnItemAndKeepsItsSiblings()
{
    Transaction batch(*m_database);
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s}) {
        Transaction item(*m_database);
        SG_OK(add(name));
        if (name != u"b")
            SG_OK(item.commit());
    }
    SG_OK(batch.commit());
    QCOMPARE(sources(*m_database), (QStringList{u"a"_s, u"c"_s}));
}

void TestDatabaseClass::countsRowsAsTheyAreKept()
{
    Transaction batch(*m_database);
    SG_OK(add(u"a"_s));
    {
        Transaction item(*m_database);
        SG_OK(add(u"b"_s));
    }
    SG_OK(batch.commit());
    SG_VALUE(const std::int64_t number, (*m_database)->counted("cursor", {}));
    QCOMPARE(number, 1);
}

void TestDatabaseClass::readsWhatTheWriterHasCommitted()
{
    const std::unique_ptr<Database> reader = m_database->reader();
    Transaction transaction(*m_database);
    SG_OK(add(u"a"_s));
    QCOMPARE(sources(*reader), QStringList());
    SG_OK(transaction.commit());
    QCOMPARE(sources(*reader), QStringList{u"a"_s});
}

void TestDatabaseClass::readsAsOfOneMoment()
{
    const std::unique_ptr<Database> reader = m_database->reader();
    const auto addCommitted
        = [this](const QString &source) { committed(*m_database, [&] { return add(source); }); };
    addCommitted(u"a"_s);
    {
        const Snapshot snapshot(*reader);
        QCOMPARE(sources(*reader), QStringList{u"a"_s});
        addCommitted(u"b"_s);
        QCOMPARE(sources(*reader), QStringList{u"a"_s});
    }
    QCOMPARE(sources(*reader), (QStringList{u"a"_s, u"b"_s}));
    const Snapshot ofWriter(*m_database);
    addCommitted(u"c"_s);
    QCOMPARE(sources(*m_database).size(), 3);
}

void TestDatabaseClass::doesNotWriteThroughAReader()
{
    const std::unique_ptr<Database> reader = m_database->reader();
    SG_FAILS(ErrorCode::Unavailable, reader->execute("DELETE FROM source_cursor"));
}

void TestDatabaseClass::givesUpReadingThatNeverEnds()
{
    const std::unique_ptr<Database> reader = m_database->reader();
    SG_FAILS(
        ErrorCode::Timeout,
        reader->row(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
            [](Row &row) { return row.integer(); }));
    QCOMPARE(sources(*reader), QStringList());
}

void TestDatabaseClass::tellsOfAnUndoing()
{
    const std::uint64_t before = (*m_database)->undoings();
    {
        Transaction transaction(*m_database);
        SG_OK(add(u"a"_s));
    }
    QVERIFY((*m_database)->undoings() > before);
}

void TestDatabaseClass::bindsEveryKindOfValue()
{
    const Id id = *Id::fromHex("0123456789abcdef01234567");
    const Value json = Value::map({{"z", 1}, {"a", 1.0}, {"big", Value(BigInt(7))}});
    const QString text = QStringLiteral("zwölf ✓");
    const auto read = [](Row &row) {
        return std::tuple{
            row.id(),          row.time(),         row.json(),  row.text(),
            row.flag(),        row.real(),         row.bytes(), row.timeIfAny().has_value(),
            row.id().isNull(), row.json().isNull()};
    };
    SG_VALUE(const auto row,
             (*m_database)
                 ->row("SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10", read, id,
                       Timestamp(std::chrono::microseconds(-5)), json, text, true, 2.5,
                       QByteArray("a\0b", 3), std::optional<Timestamp>(), Id(), Value()));
    QVERIFY(row
            == std::tuple(id, Timestamp(std::chrono::microseconds(-5)), json, text, true, 2.5,
                          QByteArray("a\0b", 3), false, true, true));
}

void TestDatabaseClass::refusesASecondRowWithTheSameKey()
{
    Transaction transaction(*m_database);
    SG_OK(add(u"a"_s));
    SG_FAILS(ErrorCode::Conflict, add(u"a"_s));
}

void TestDatabaseClass::reportsARowThatCannotBeRead()
{
    SG_FAILS(ErrorCode::Internal,
             (*m_database)->row("SELECT '{oops'", [](Row &row) { return row.json(); }));
    SG_FAILS(ErrorCode::Internal,
             (*m_database)->rows("SELECT x'0102'", [](Row &row) { return row.id(); }));
}

void TestDatabaseClass::costsNothingWhileNothingIsWritten()
{
    Transaction batch(*m_database);
    {
        Transaction item(*m_database);
        QCOMPARE(sources(*m_database), QStringList());
        SG_OK(item.commit());
    }
    // Nothing has been begun, so a second writer would not be kept out.
    QCOMPARE((*m_database)->undoings(), std::uint64_t(0));
    SG_OK(batch.commit());
}

QTEST_GUILESS_MAIN(TestDatabaseClass)
#include "tst_database.moc"
