#include "engine/store/trigger_instance_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/result_checks.h"
#include "tests/support/test_database.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <csignal>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace stormglass;
using namespace Qt::StringLiterals;

// What if the folder, the file or the disk is not as it should be, or the program is killed?
class TestDatabaseFiles : public QObject
{
    Q_OBJECT

private slots:
    void refuseASecondProgram();
    void letTheNextProgramInAfterOneWasKilled();
    void keepWhatWasCommittedBeforeAKill();
    void sayWhenTheFolderIsReadOnly();
    void sayWhenTheFolderIsAFile();
    void sayWhenTheDiskIsFull();
    void goOnOnceTheDiskHasSpace();
    void sayWhenWritingFails();
    void sayWhenTheFileIsDamaged();
    void sayWhenTheFileIsNoDatabase();
    void sayWhenThereIsNothingToRead();
    void areForTheirOwnerOnly();
};

namespace {

const QString self()
{
    return QCoreApplication::applicationFilePath();
}

Result<> addEvent(Database &database, IdGenerator &ids, qsizetype size)
{
    TriggerInstanceStore store(database);
    return store.add({.id = ids.make(),
                      .triggerId = ids.make(),
                      .trigger = {u"p"_s, u"t"_s},
                      .payload = Value::map({{"text", QString(size, u'x')}})});
}

Result<> addBatch(Database &database, IdGenerator &ids, int events, qsizetype size)
{
    Transaction transaction(database);
    for (int i = 0; i < events; ++i)
        SG_TRY(addEvent(database, ids, size));
    return transaction.commit();
}

// What the copy of this program that is to be killed does: commits batches and says so.
int writeForEver(const QString &path)
{
    SystemClock clock;
    IdGenerator ids(clock);
    const auto database = TestDatabase::take(Database::openWriter(path));
    for (int batch = 1;; ++batch) {
        if (!addBatch(*database, ids, 20, 200))
            return 1;
        std::printf("%d\n", batch * 20);
        std::fflush(stdout);
    }
}

// Runs something as a user for whom rights mean something.
template <typename Work>
auto asNobody(Work work)
{
    const bool isRoot = ::geteuid() == 0;
    if (isRoot && ::seteuid(65534) != 0)
        qFatal("cannot become another user");
    auto result = work();
    if (isRoot && ::seteuid(0) != 0)
        qFatal("cannot become root again");
    return result;
}

} // namespace

void TestDatabaseFiles::refuseASecondProgram()
{
    TestDatabase database(TestDatabase::Place::File);
    QProcess other;
    other.start(self(), {u"--write"_s, database.path()});
    QVERIFY(other.waitForFinished());
    QVERIFY(other.exitCode() != 0 || other.exitStatus() == QProcess::CrashExit);

    const auto second = Database::openWriter(database.path());
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::Conflict);
    QVERIFY2(second.error().message.contains(QString::number(::getpid())),
             qPrintable(second.error().message));
}

void TestDatabaseFiles::letTheNextProgramInAfterOneWasKilled()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"stormglass.db"_s);
    QProcess program;
    program.start(self(), {u"--write"_s, path});
    QVERIFY(program.waitForReadyRead());
    const auto while_ = Database::openWriter(path);
    QVERIFY(!while_);
    QVERIFY2(while_.error().message.contains(QString::number(program.processId())),
             qPrintable(while_.error().message));
    program.kill();
    QVERIFY(program.waitForFinished());
    SG_OK(Database::openWriter(path));
}

void TestDatabaseFiles::keepWhatWasCommittedBeforeAKill()
{
    for (int round = 0; round < 5; ++round) {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"stormglass.db"_s);
        QProcess program;
        program.start(self(), {u"--write"_s, path});
        int said = 0;
        while (said < 200 * (round + 1)) {
            QVERIFY(program.waitForReadyRead());
            while (program.canReadLine())
                said = program.readLine().trimmed().toInt();
        }
        program.kill();
        QVERIFY(program.waitForFinished());
        const QByteArray rest = program.readAllStandardOutput().trimmed();
        const qsizetype line = rest.lastIndexOf('\n');
        // The last line may have been cut.
        if (line > 0)
            said = std::max(said, rest.left(line).split('\n').last().toInt());

        SG_VALUE(const auto database, Database::openWriter(path));
        SG_VALUE(const auto kept,
                 database->row("SELECT count(*) FROM trigger_instance",
                               [](Row &row) { return row.integer(); }));
        QVERIFY2(*kept >= said, qPrintable(u"%1 kept, %2 said"_s.arg(*kept).arg(said)));
        QCOMPARE(*kept % 20, 0);
        SG_VALUE(const std::int64_t counted, TriggerInstanceStore(*database).count({}));
        QCOMPARE(counted, *kept);
        SG_VALUE(const auto check,
                 database->row("PRAGMA integrity_check", [](Row &row) { return row.text(); }));
        QCOMPARE(*check, u"ok"_s);
    }
}

void TestDatabaseFiles::sayWhenTheFolderIsReadOnly()
{
    QTemporaryDir folder;
    QVERIFY(::chmod(QFile::encodeName(folder.path()).constData(), 0555) == 0);
    const auto opened
        = asNobody([&] { return Database::openWriter(folder.filePath(u"stormglass.db"_s)); });
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::Unavailable);
    QVERIFY2(opened.error().message.contains(folder.path()), qPrintable(opened.error().message));
    QVERIFY(::chmod(QFile::encodeName(folder.path()).constData(), 0755) == 0);
}

void TestDatabaseFiles::sayWhenTheFolderIsAFile()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"data"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    SG_FAILS(ErrorCode::Unavailable,
             Database::openWriter(folder.filePath(u"data/stormglass.db"_s)));
}

void TestDatabaseFiles::sayWhenTheDiskIsFull()
{
    TestDatabase database(TestDatabase::Place::File);
    FakeClock clock;
    IdGenerator ids(clock);
    SG_OK(database->execute("PRAGMA max_page_count = 200"));
    const Result<> added = addBatch(database, ids, 1000, 4000);
    QVERIFY(!added);
    QCOMPARE(added.error().code, ErrorCode::Unavailable);
    QVERIFY2(added.error().message.contains(u"full"_s), qPrintable(added.error().message));
}

void TestDatabaseFiles::goOnOnceTheDiskHasSpace()
{
    TestDatabase database(TestDatabase::Place::File);
    FakeClock clock;
    IdGenerator ids(clock);
    TriggerInstanceStore store(database);
    SG_OK(addBatch(database, ids, 10, 100));
    SG_OK(database->execute("PRAGMA max_page_count = 200"));
    int added = 0;
    bool isKept = false;
    {
        Transaction batch(database);
        bool isFull = false;
        for (; added < 1000 && !isFull; ++added) {
            Transaction item(database);
            isFull = !addEvent(database, ids, 4000) || !item.commit();
        }
        QVERIFY(isFull);
        isKept = batch.commit().has_value();
    }
    // SQLite may undo the whole batch; it must not be said to be kept if it is not.
    SG_VALUE(const std::int64_t kept, store.count({}));
    QCOMPARE(kept, isKept ? 10 + added - 1 : 10);
    SG_OK(database->execute("PRAGMA max_page_count = 100000"));
    SG_VALUE(const auto before,
             database->row("SELECT count(*) FROM trigger_instance",
                           [](Row &row) { return row.integer(); }));
    SG_OK(addBatch(database, ids, 100, 4000));
    SG_VALUE(const std::int64_t counted, store.count({}));
    QCOMPARE(counted, *before + 100);
}

void TestDatabaseFiles::sayWhenWritingFails()
{
    TestDatabase database(TestDatabase::Place::File);
    FakeClock clock;
    IdGenerator ids(clock);
    SG_OK(addBatch(database, ids, 10, 100));
    rlimit before{};
    QVERIFY(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{1'000'000, before.rlim_max};
    QVERIFY(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    const Result<> added = addBatch(database, ids, 1000, 4000);
    QVERIFY(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    QVERIFY(!added);
    QVERIFY2(added.error().code == ErrorCode::Unavailable, qPrintable(added.error().message));
    SG_OK(addBatch(database, ids, 5, 100));
    SG_VALUE(const std::int64_t counted, TriggerInstanceStore(database).count({}));
    QCOMPARE(counted, 15);
}

void TestDatabaseFiles::sayWhenTheFileIsDamaged()
{
    TestDatabase database(TestDatabase::Place::File);
    FakeClock clock;
    IdGenerator ids(clock);
    SG_OK(addBatch(database, ids, 1000, 4000));
    database.close();
    {
        QFile file(database.path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        const qint64 size = file.size();
        for (qint64 at = 8192; at < size; at += 4096) {
            file.seek(at);
            file.write(QByteArray(2048, '\x5a'));
        }
    }
    // Either it does not open, or what is damaged shows when it is read; both say what to do.
    const auto opened = Database::openWriter(database.path());
    Error error = opened ? Error() : opened.error();
    if (opened) {
        const auto rows = (*opened)->rows("SELECT payload FROM trigger_instance",
                                          [](Row &row) { return row.text(); });
        QVERIFY(!rows);
        error = rows.error();
    }
    QCOMPARE(error.code, ErrorCode::Internal);
    QVERIFY2(error.message.contains(u"damaged"_s) && error.message.contains(u"malformed"_s)
                 && error.message.contains(u"backup"_s),
             qPrintable(error.message));
}

void TestDatabaseFiles::sayWhenTheFileIsNoDatabase()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"stormglass.db"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("These are not the rows you are looking for. ").repeated(200));
    file.close();
    const auto opened = Database::openWriter(path);
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::Internal);
    QVERIFY2(opened.error().message.contains(path), qPrintable(opened.error().message));
}

void TestDatabaseFiles::sayWhenThereIsNothingToRead()
{
    QTemporaryDir folder;
    SG_FAILS(ErrorCode::Unavailable, Database::openReader(folder.filePath(u"stormglass.db"_s)));
}

void TestDatabaseFiles::areForTheirOwnerOnly()
{
    TestDatabase database(TestDatabase::Place::File);
    FakeClock clock;
    IdGenerator ids(clock);
    SG_OK(addBatch(database, ids, 1, 1));
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s, u".lock"_s}) {
        struct stat status
        {
        };
        QVERIFY(::stat(QFile::encodeName(database.path() + suffix).constData(), &status) == 0);
        QCOMPARE(status.st_mode & 077, mode_t(0));
    }
}

int main(int count, char **arguments)
{
    QCoreApplication application(count, arguments);
    const QStringList given = QCoreApplication::arguments();
    if (given.size() == 3 && given.at(1) == u"--write"_s)
        return writeForEver(given.at(2));
    TestDatabaseFiles test;
    return QTest::qExec(&test, given);
}
#include "tst_database_files.moc"
