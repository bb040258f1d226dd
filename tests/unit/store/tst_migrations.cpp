#include "engine/store/migrations.h"
#include "tests/support/result_checks.h"
#include "tests/support/test_database.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

class TestMigrations : public QObject
{
    Q_OBJECT

private slots:
    void areNumberedWithoutGaps();
    void runOnce();
    void addWhatIsNew();
    void undoAStepThatFails();
    void refuseANewerDatabase();
    void refuseAStepThatHasChanged();
    void refuseADatabaseOfAnotherProgram();
};

namespace {

// What is there, and one step more.
std::vector<Migration> andOneMore(const char *script)
{
    std::vector<Migration> steps = migrations();
    steps.push_back({steps.back().number + 1, "9999_more", script});
    return steps;
}

bool hasTable(Database &database, const QString &name)
{
    const auto found = database.row(
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1",
        [](Row &row) { return row.integer(); }, name);
    return found && found->has_value();
}

} // namespace

void TestMigrations::areNumberedWithoutGaps()
{
    int expected = 0;
    for (const Migration &step : migrations()) {
        QCOMPARE(step.number, ++expected);
        QVERIFY(!step.script.empty());
    }
    QVERIFY(expected >= 4);
}

void TestMigrations::runOnce()
{
    TestDatabase database;
    SG_OK(migrate(database));
    SG_VALUE(const auto count, database->row("SELECT count(*) FROM migration", [](Row &row) {
        return row.integer();
    }));
    QCOMPARE(*count, static_cast<std::int64_t>(migrations().size()));
}

void TestMigrations::addWhatIsNew()
{
    TestDatabase database;
    SG_OK(migrate(database,
                  andOneMore("CREATE TABLE more (x INTEGER); CREATE INDEX more_x ON more (x);")));
    QVERIFY(hasTable(database, u"more"_s));
}

void TestMigrations::undoAStepThatFails()
{
    TestDatabase database;
    SG_FAILS(
        ErrorCode::Internal,
        migrate(database, andOneMore("CREATE TABLE more (x INTEGER); CREATE TABLE more (y);")));
    QVERIFY(!hasTable(database, u"more"_s));
    SG_OK(migrate(database, andOneMore("CREATE TABLE more (x INTEGER)")));
    QVERIFY(hasTable(database, u"more"_s));
}

void TestMigrations::refuseANewerDatabase()
{
    TestDatabase database(TestDatabase::Place::File);
    SG_OK(migrate(database, andOneMore("CREATE TABLE more (x INTEGER)")));
    database.close();
    const auto opened = Database::openWriter(database.path());
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::Conflict);
    QVERIFY2(opened.error().message.contains(u"newer"_s), qPrintable(opened.error().message));
}

void TestMigrations::refuseAStepThatHasChanged()
{
    TestDatabase database;
    std::vector<Migration> steps = migrations();
    steps.front().script += "-- a remark";
    SG_FAILS(ErrorCode::Conflict, migrate(database, steps));
}

void TestMigrations::refuseADatabaseOfAnotherProgram()
{
    TestDatabase database(TestDatabase::Place::File);
    SG_OK(database->execute("PRAGMA application_id = 7"));
    database.close();
    const auto opened = Database::openWriter(database.path());
    QVERIFY(!opened);
    QVERIFY2(opened.error().message.contains(u"another program"_s),
             qPrintable(opened.error().message));
}

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
