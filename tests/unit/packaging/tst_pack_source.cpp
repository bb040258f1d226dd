#include "engine/packaging/pack_fetch.h"
#include "engine/packaging/pack_manifest.h"
#include "engine/packaging/pack_operation.h"
#include "engine/packaging/pack_source.h"

#include "tests/support/result_checks.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stormglass;

Q_DECLARE_METATYPE(PackSource::Kind)

class TestPackSource : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatSomebodyWrote_data();
    void readsWhatSomebodyWrote();
    void looksAtLocalPaths();
    void refusesWhatNothingCanFetch_data();
    void refusesWhatNothingCanFetch();
    void keepsSecretsOutOfWhatIsShown();
    void looksForBranchesThenNamesThenVersionTags();
    void comparesDependenciesByTheirNames();
};

void TestPackSource::readsWhatSomebodyWrote_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<PackSource::Kind>("kind");
    QTest::addColumn<QString>("location");
    QTest::addColumn<QString>("version");
    const auto row = [](const char *written, PackSource::Kind kind, const char *location,
                        const char *version) {
        QTest::newRow(written) << QString::fromLatin1(written) << kind
                               << QString::fromLatin1(location) << QString::fromLatin1(version);
    };
    using Kind = PackSource::Kind;
    row("csv", Kind::Index, "csv", "");
    row("csv=1.2.0", Kind::Index, "csv", "1.2.0");
    row("csv=1.2.0=x", Kind::Index, "csv", "1.2.0");
    row("owner/repo", Kind::Git, "https://github.com/owner/repo", "");
    row("owner/repo=dev", Kind::Git, "https://github.com/owner/repo", "dev");
    row("https://example.org/a/b.git=v1", Kind::Git, "https://example.org/a/b.git", "v1");
    row("ssh://git@example.org/a/b.git", Kind::Git, "ssh://git@example.org/a/b.git", "");
    row("git@example.org:a/b.git=main", Kind::Git, "git@example.org:a/b.git", "main");
    row("https://example.org/packs/b.tar.gz", Kind::Archive, "https://example.org/packs/b.tar.gz",
        "");
    row("https://example.org/packs/b.zip", Kind::Archive, "https://example.org/packs/b.zip", "");
}

void TestPackSource::readsWhatSomebodyWrote()
{
    QFETCH(QString, written);
    QFETCH(PackSource::Kind, kind);
    QFETCH(QString, location);
    QFETCH(QString, version);
    SG_VALUE(const PackSource source, packSourceOf(written));
    QCOMPARE(int(source.kind), int(kind));
    QCOMPARE(source.location, location);
    QCOMPARE(source.version, version);
}

void TestPackSource::looksAtLocalPaths()
{
    QTemporaryDir folder;
    QDir(folder.path()).mkpath(u"plain"_s);
    QDir(folder.path()).mkpath(u"cloned/.git"_s);
    QDir(folder.path()).mkpath(u"bare/objects"_s);
    for (const QString &name : {u"bare/HEAD"_s, u"pack.tar.gz"_s, u"pack.bundle"_s}) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    const auto kindOf = [&](const QString &name) {
        return packSourceOf(u"file://"_s + folder.filePath(name)).value_or(PackSource()).kind;
    };
    QCOMPARE(int(kindOf(u"plain"_s)), int(PackSource::Kind::Folder));
    QCOMPARE(int(kindOf(u"cloned"_s)), int(PackSource::Kind::Git));
    QCOMPARE(int(kindOf(u"bare"_s)), int(PackSource::Kind::Git));
    QCOMPARE(int(kindOf(u"pack.tar.gz"_s)), int(PackSource::Kind::Archive));
    QCOMPARE(int(kindOf(u"pack.bundle"_s)), int(PackSource::Kind::Git));
    SG_FAILS(ErrorCode::NotFound, packSourceOf(folder.filePath(u"gone"_s)));
}

void TestPackSource::refusesWhatNothingCanFetch_data()
{
    QTest::addColumn<QString>("written");
    for (const char *written : {"", "a/b/c", "ftp://example.org/a", "ext::sh -c true", "https://",
                                "name with space", "-oProxyCommand=x", "git@-host:a/b",
                                "csv=--upload-pack=x", "ssh://git:word@example.org/a", "../csv"})
        QTest::newRow(written) << QString::fromLatin1(written);
}

void TestPackSource::refusesWhatNothingCanFetch()
{
    QFETCH(QString, written);
    SG_FAILS(ErrorCode::Invalid, packSourceOf(written));
}

void TestPackSource::keepsSecretsOutOfWhatIsShown()
{
    const QString written = u"https://ann:s3cr%3At@example.org/a/b.git=v1"_s;
    SG_VALUE(const PackSource source, packSourceOf(written));
    QCOMPARE(source.user, u"ann"_s);
    QCOMPARE(source.password, u"s3cr:t"_s);
    QCOMPARE(source.text(), u"https://example.org/a/b.git=v1"_s);

    SG_VALUE(const PackSource again, packSourceOf(withSecret(source)));
    QCOMPARE(again, source);

    PackOperation operation;
    operation.request.packs = {written, u"https://ann:s3cr%3At@exa mple.org/"_s};
    const Value document = toJson(operation);
    QCOMPARE(document["packs"].items()[0].toQString(), source.text());
    QVERIFY(!document["packs"].items()[1].toQString().contains(u"s3cr"));
}

void TestPackSource::looksForBranchesThenNamesThenVersionTags()
{
    QCOMPARE(revisionsFor({}), QStringList{u"HEAD"_s});
    QCOMPARE(revisionsFor(u"1.2.0"_s),
             (QStringList{u"refs/remotes/origin/1.2.0"_s, u"1.2.0"_s, u"v1.2.0"_s}));
    QCOMPARE(revisionsFor(u"dev"_s), (QStringList{u"refs/remotes/origin/dev"_s, u"dev"_s}));
}

void TestPackSource::comparesDependenciesByTheirNames()
{
    const PackDependency plain = packDependencyOf(u"csv=1.2.0"_s);
    QCOMPARE(plain.name, u"csv"_s);
    QCOMPARE(plain.version, u"1.2.0"_s);
    const PackDependency address
        = packDependencyOf(u"https://example.org/o/stackstorm-csv.git=v2"_s);
    QCOMPARE(address.name, u"stackstorm-csv"_s);
    QVERIFY(isSameVersion(u"v1.2.0"_s, u"1.2.0"_s));
    QVERIFY(!isSameVersion(u"1.2.0"_s, u"1.2.1"_s));
}

QTEST_GUILESS_MAIN(TestPackSource)
#include "tst_pack_source.moc"
