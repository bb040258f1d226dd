#include "engine/store/checkpointer.h"
#include "tests/support/result_checks.h"
#include "tests/support/test_database.h"

#include <QFile>
#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

class TestCheckpointer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void leavesCheckpointsToOthers();
    void copiesTheLog();
    void doesNotDisturbAReader();
    void doesNotFailWhileTheWriterWrites();
    void startsALongLogOver();
    void doesNotWaitForALongReader();
    void cutsATooLargeLog();
    void needsADatabase();

private:
    std::unique_ptr<TestDatabase> m_database;
    void write(int rows, qsizetype size);
    std::int64_t rows();
    qint64 logSize() const { return QFile(m_database->path() + u"-wal"_s).size(); }
};

void TestCheckpointer::init()
{
    m_database = std::make_unique<TestDatabase>(TestDatabase::Place::File);
}

void TestCheckpointer::write(int rows, qsizetype size)
{
    committed(*m_database, [&]() -> Result<> {
        const QString text(size, u'x');
        for (int i = 0; i < rows; ++i) {
            SG_TRY((*m_database)
                       ->run("INSERT INTO source_cursor (source, cursor) VALUES "
                             "(hex(randomblob(16)), ?1)",
                             text));
        }
        return {};
    });
}

std::int64_t TestCheckpointer::rows()
{
    const auto count = (*m_database)->row("SELECT count(*) FROM source_cursor", [](Row &row) {
        return row.integer();
    });
    return count ? count->value_or(-1) : -1;
}

void TestCheckpointer::leavesCheckpointsToOthers()
{
    write(3000, 4000);
    QVERIFY(logSize() > 10'000'000);
}

void TestCheckpointer::copiesTheLog()
{
    write(100, 1000);
    SG_VALUE(const auto checkpointer, Checkpointer::open(m_database->path()));
    SG_VALUE(const Checkpointer::Report report, checkpointer->run());
    QVERIFY(report.logged > 0);
    QCOMPARE(report.copied, report.logged);
    QVERIFY(!report.restarted);
}

void TestCheckpointer::doesNotDisturbAReader()
{
    write(10, 10);
    const std::unique_ptr<Database> reader = m_database->reader();
    SG_OK(reader->execute("BEGIN; SELECT count(*) FROM source_cursor"));
    write(10, 10);
    SG_VALUE(const auto checkpointer, Checkpointer::open(m_database->path()));
    SG_VALUE(const Checkpointer::Report report, checkpointer->run());
    QVERIFY(report.copied < report.logged);
    SG_VALUE(const auto count, reader->row("SELECT count(*) FROM source_cursor", [](Row &row) {
        return row.integer();
    }));
    QCOMPARE(*count, 10);
}

void TestCheckpointer::doesNotFailWhileTheWriterWrites()
{
    SG_VALUE(const auto checkpointer, Checkpointer::open(m_database->path()));
    Transaction transaction(*m_database);
    SG_OK((*m_database)->run("INSERT INTO source_cursor (source, cursor) VALUES ('a', 'b')"));
    SG_OK(checkpointer->run());
    SG_OK(transaction.commit());
}

void TestCheckpointer::startsALongLogOver()
{
    SG_VALUE(const auto checkpointer, Checkpointer::open(m_database->path()));
    write(20, 1'000'000);
    const qint64 size = logSize();
    QVERIFY(size > Checkpointer::restartBytes);
    SG_VALUE(const Checkpointer::Report report, checkpointer->run());
    QVERIFY(report.restarted);
    write(1, 1);
    // Overwritten, not grown.
    QCOMPARE(logSize(), size);
    QCOMPARE(rows(), 21);
}

void TestCheckpointer::doesNotWaitForALongReader()
{
    write(10, 10);
    const std::unique_ptr<Database> reader = m_database->reader();
    SG_OK(reader->execute("BEGIN; SELECT count(*) FROM source_cursor"));
    write(20, 1'000'000);
    SG_VALUE(const auto checkpointer, Checkpointer::open(m_database->path()));
    SG_VALUE(const Checkpointer::Report report, checkpointer->run());
    QVERIFY(!report.restarted);
    SG_OK(reader->execute("COMMIT"));
    SG_VALUE(const Checkpointer::Report later, checkpointer->run());
    QVERIFY(later.restarted);
}

void TestCheckpointer::cutsATooLargeLog()
{
    while (logSize() <= Checkpointer::largestBytes)
        write(40, 1'000'000);
    SG_VALUE(const auto checkpointer, Checkpointer::open(m_database->path()));
    SG_VALUE(const Checkpointer::Report report, checkpointer->run());
    QVERIFY(report.restarted);
    QCOMPARE(logSize(), 0);
    write(1, 1);
    QVERIFY(rows() > 40);
}

void TestCheckpointer::needsADatabase()
{
    SG_FAILS(ErrorCode::Unavailable, Checkpointer::open(m_database->path() + u".missing"_s));
}

QTEST_GUILESS_MAIN(TestCheckpointer)
#include "tst_checkpointer.moc"
