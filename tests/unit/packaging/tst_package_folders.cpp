#include "engine/packaging/json_file.h"
#include "engine/packaging/pack_content.h"
#include "engine/packaging/package_folders.h"

#include "tests/support/result_checks.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

struct Place
{
    QTemporaryDir folder;
    PackageLayout layout{folder.path()};
    PackageFolders folders{layout, u"op"_s};

    void write(const QString &path, const QByteArray &text) const
    {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    QByteArray read(const QString &path) const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
    }
    // A fetched version that waits, as a plan describes it.
    PlannedPack staged(const QByteArray &version) const
    {
        PlannedPack pack;
        pack.ref = u"demo"_s;
        pack.staged = layout.operation(u"op"_s) + u"/packs/"_s + QString::fromLatin1(version);
        write(pack.staged + u"/version"_s, version);
        pack.stagedFolder = folderNumber(pack.staged);
        pack.installedFolder = folderNumber(layout.pack(pack.ref));
        pack.environment = layout.environment(pack.ref, QString::fromLatin1(version));
        QDir().mkpath(pack.environment);
        pack.origin = Value::map({{"version", QString::fromLatin1(version)}});
        pack.previous = Value::map({{"environment", environmentInUse(layout, pack.ref)},
                                    {"origin", readJsonFile(layout.origin(pack.ref))}});
        return pack;
    }
    QByteArray installed() const { return read(layout.pack(u"demo"_s) + u"/version"_s); }
    QByteArray previous() const { return read(layout.previous(u"demo"_s) + u"/pack/version"_s); }
    QString link() const { return environmentInUse(layout, u"demo"_s); }
};

} // namespace

class TestPackageFolders : public QObject
{
    Q_OBJECT

private slots:
    void putsANewVersionInPlaceAndKeepsTheOld();
    void mayBeRepeatedAfterAnyStep();
    void takesBackWhatItPut();
    void rollsBackAndForth();
    void takesAPackAway();
    void tellsVersionsApart();
    void readsRequirementsAsPipDoes();
};

void TestPackageFolders::putsANewVersionInPlaceAndKeepsTheOld()
{
    const Place place;
    const PlannedPack one = place.staged("1");
    SG_OK(place.folders.putInPlace(one));
    QCOMPARE(place.installed(), "1");
    QCOMPARE(place.link(), one.environment);

    const PlannedPack two = place.staged("2");
    SG_OK(place.folders.putInPlace(two));
    QCOMPARE(place.installed(), "2");
    QCOMPARE(place.previous(), "1");
    QCOMPARE(place.link(), two.environment);
    QCOMPARE(readJsonFile(place.layout.previous(u"demo"_s) + u"/record.json"_s)["environment"],
             Value(one.environment));
    QCOMPARE(readJsonFile(place.layout.origin(u"demo"_s))["version"], Value("2"));
}

void TestPackageFolders::mayBeRepeatedAfterAnyStep()
{
    const Place place;
    SG_OK(place.folders.putInPlace(place.staged("1")));
    const PlannedPack two = place.staged("2");
    // As after a crash between the exchange and the rest.
    QFile::rename(place.layout.pack(u"demo"_s), place.folder.filePath(u"aside"_s));
    QFile::rename(two.staged, place.layout.pack(u"demo"_s));
    QFile::rename(place.folder.filePath(u"aside"_s), two.staged);
    for (int i = 0; i < 3; ++i) {
        SG_OK(place.folders.putInPlace(two));
        QCOMPARE(place.installed(), "2");
        QCOMPARE(place.previous(), "1");
        QCOMPARE(place.link(), two.environment);
    }
}

void TestPackageFolders::takesBackWhatItPut()
{
    const Place place;
    const PlannedPack one = place.staged("1");
    SG_OK(place.folders.putInPlace(one));
    SG_OK(place.folders.putInPlace(place.staged("2")));
    const PlannedPack three = place.staged("3");
    SG_OK(place.folders.putInPlace(three));
    SG_OK(place.folders.takeBack(three));
    QCOMPARE(place.installed(), "2");
    QCOMPARE(place.previous(), "1");
    QCOMPARE(readJsonFile(place.layout.origin(u"demo"_s))["version"], Value("2"));

    const Place fresh;
    const PlannedPack first = fresh.staged("1");
    SG_OK(fresh.folders.putInPlace(first));
    SG_OK(fresh.folders.takeBack(first));
    QCOMPARE(fresh.installed(), "(none)");
    QVERIFY(fresh.link().isEmpty());
}

void TestPackageFolders::rollsBackAndForth()
{
    const Place place;
    SG_OK(place.folders.putInPlace(place.staged("1")));
    SG_OK(place.folders.putInPlace(place.staged("2")));
    for (const QByteArray &expected : {QByteArray("1"), QByteArray("2"), QByteArray("1")}) {
        const QString previous = place.layout.previous(u"demo"_s);
        const Value record = readJsonFile(previous + u"/record.json"_s);
        PlannedPack back;
        back.ref = u"demo"_s;
        back.change = PackChange::RollBack;
        back.staged = previous + u"/pack"_s;
        back.stagedFolder = folderNumber(back.staged);
        back.installedFolder = folderNumber(place.layout.pack(back.ref));
        back.environment = record["environment"].toQString();
        back.origin = record["origin"];
        back.previous = Value::map({{"environment", place.link()},
                                    {"origin", readJsonFile(place.layout.origin(back.ref))}});
        SG_OK(place.folders.putInPlace(back));
        SG_OK(place.folders.putInPlace(back));
        QCOMPARE(place.installed(), expected);
        QVERIFY(place.previous() != expected);
        QVERIFY(place.link().endsWith(u'-' + QString::fromLatin1(expected)));
    }
}

void TestPackageFolders::takesAPackAway()
{
    const Place place;
    PlannedPack one = place.staged("1");
    SG_OK(place.folders.putInPlace(one));
    one.environment.clear();
    SG_OK(place.folders.takeAway(one));
    SG_OK(place.folders.takeAway(one));
    QCOMPARE(place.installed(), "(none)");
    QVERIFY(place.link().isEmpty());
    QVERIFY(readJsonFile(place.layout.origin(u"demo"_s)).isNull());
}

void TestPackageFolders::tellsVersionsApart()
{
    const Place place;
    const QString before = place.folder.filePath(u"before"_s);
    const QString after = place.folder.filePath(u"after"_s);
    for (const QString &folder : {before, after}) {
        place.write(folder + u"/actions/same.yaml"_s, "name: same\nrunner_type: noop\n");
        place.write(folder + u"/actions/code.yaml"_s,
                    "name: code\nrunner_type: python-script\nentry_point: code.py\n");
    }
    place.write(before + u"/actions/code.py"_s, "old");
    place.write(after + u"/actions/code.py"_s, "new");
    place.write(before + u"/rules/gone.yaml"_s, "name: gone\n");
    place.write(after + u"/sensors/s.yaml"_s, "class_name: S\ntrigger_types: [{name: t}]\n");
    place.write(after + u"/actions/broken.yaml"_s, "name: [\n");
    const auto contentOf = [](const QString &folder) {
        ContentReader reader(folder, u"demo"_s);
        while (!reader.step()) {}
        return reader.content();
    };
    const auto changes = difference(contentOf(before), contentOf(after));
    QCOMPARE(changes.at(u"actions"_s).changed, QStringList{u"demo.code"_s});
    QCOMPARE(changes.at(u"actions"_s).added, QStringList{u"actions/broken.yaml"_s});
    QCOMPARE(changes.at(u"rules"_s).removed, QStringList{u"demo.gone"_s});
    QCOMPARE(changes.at(u"sensors"_s).added, QStringList{u"demo.S"_s});
    QCOMPARE(changes.at(u"triggers"_s).added, QStringList{u"demo.t"_s});
    QVERIFY(difference(contentOf(before), contentOf(before)).empty());
}

void TestPackageFolders::readsRequirementsAsPipDoes()
{
    QCOMPARE(requirementsIn("# a comment\nsix>=1.9 # why\r\n\n  requests\\\n ==2.0\n"
                            "git+https://example.org/a.git#egg=a\n"),
             (QStringList{u"six>=1.9"_s, u"requests ==2.0"_s,
                          u"git+https://example.org/a.git#egg=a"_s}));
}

QTEST_GUILESS_MAIN(TestPackageFolders)
#include "tst_package_folders.moc"
