#include "engine/packs/pack_versions.h"

#include "tests/support/result_checks.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stormglass;

class TestPackVersions : public QObject
{
    Q_OBJECT

private slots:
    void ordersVersions();
    void refusesWhatIsNoVersion();
    void holdsAVersionAgainstAConstraint_data();
    void holdsAVersionAgainstAConstraint();
    void refusesAConstraintWithoutSense();
    void knowsWhatPackFilesMaySay();
    void completesShortVersions();
    void takesTheRefOfTheFirstThatCanBeOne();
    void refusesPacksForOtherEngines();
};

void TestPackVersions::ordersVersions()
{
    // Each before the next, as Semantic Versioning orders them.
    const QStringList inOrder{u"0.9.0"_s,
                              u"1.0.0-alpha"_s,
                              u"1.0.0-alpha.1"_s,
                              u"1.0.0-alpha.x"_s,
                              u"1.0.0-beta.2"_s,
                              u"1.0.0-beta.11"_s,
                              u"1.0.0-rc.1"_s,
                              u"1.0.0"_s,
                              u"1.2.0"_s,
                              u"1.10.0"_s,
                              u"99999999999999999999.0.0"_s};
    for (qsizetype i = 0; i + 1 < inOrder.size(); ++i) {
        SG_VALUE(const int up, compareVersions(inOrder[i], inOrder[i + 1]));
        SG_VALUE(const int down, compareVersions(inOrder[i + 1], inOrder[i]));
        QVERIFY2(up < 0 && down > 0, qPrintable(inOrder[i]));
    }
    // What was built of it does not count.
    SG_VALUE(const int same, compareVersions(u"1.0.0+1"_s, u"1.0.0+2"_s));
    QCOMPARE(same, 0);
}

void TestPackVersions::refusesWhatIsNoVersion()
{
    for (const auto &text : {u""_s, u"1"_s, u"1.2"_s, u"v1.2.3"_s, u"1.2.3.4"_s, u"01.2.3"_s,
                             u"1.2.3-"_s, u"1.2.3-01"_s, u"1.2.3 "_s, u"a.b.c"_s}) {
        const Result<int> compared = compareVersions(text, u"1.0.0"_s);
        QVERIFY2(!compared, qPrintable(text));
        QCOMPARE(compared.error().kind, u"ValueError"_s);
    }
}

void TestPackVersions::holdsAVersionAgainstAConstraint_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("constraint");
    QTest::addColumn<bool>("holds");
    QTest::newRow("all") << u"0.0.1"_s << u"all"_s << true;
    QTest::newRow("plain") << u"1.2.3"_s << u"1.2.3"_s << true;
    QTest::newRow("at least") << u"1.2.3"_s << u">=1.2.3"_s << true;
    QTest::newRow("more") << u"1.2.3"_s << u">1.2.3"_s << false;
    QTest::newRow("at most") << u"1.10.0"_s << u"<=1.9.0"_s << false;
    QTest::newRow("not") << u"1.2.3"_s << u"!=1.2.3"_s << false;
    QTest::newRow("between") << u"3.10.0"_s << u">=3.0.0, <4.0.0"_s << true;
    QTest::newRow("beyond") << u"4.0.0"_s << u">=3.0.0, <4.0.0"_s << false;
    QTest::newRow("a comma too many") << u"3.1.0"_s << u">=3.0.0,"_s << true;
}

void TestPackVersions::holdsAVersionAgainstAConstraint()
{
    QFETCH(const QString, version);
    QFETCH(const QString, constraint);
    SG_VALUE(const bool holds, satisfies(version, constraint));
    QTEST(holds, "holds");
}

void TestPackVersions::refusesAConstraintWithoutSense()
{
    QVERIFY(!satisfies(u"1.0.0"_s, u"~1.0.0"_s));
    QVERIFY(!satisfies(u"1.0.0"_s, u">= 1.0.0"_s));
    QVERIFY(!satisfies(u"1.0.0"_s, u""_s));
    QVERIFY(!satisfies(u"1.0"_s, u">=1.0.0"_s));
}

void TestPackVersions::knowsWhatPackFilesMaySay()
{
    QVERIFY(isPackVersion(u"1.2.3-rc.1+b5"_s));
    QVERIFY(!isPackVersion(u"1.2.3-RC"_s));
    QVERIFY(!isPackVersion(u"1.2"_s));
    QVERIFY(isVersionConstraint(u">=3.0.0, <4.0.0"_s));
    QVERIFY(!isVersionConstraint(u"3.0.0"_s));
    QVERIFY(isPackRef(u"my_pack2"_s));
    QVERIFY(!isPackRef(u"My-Pack"_s));
    QVERIFY(!isPackRef(QString()));
}

void TestPackVersions::completesShortVersions()
{
    QCOMPARE(normalisedPackVersion(Value(0.2)), u"0.2.0"_s);
    QCOMPARE(normalisedPackVersion(Value("0.2")), u"0.2.0"_s);
    QCOMPARE(normalisedPackVersion(Value("0.2.1")), u"0.2.1"_s);
    QCOMPARE(normalisedPackVersion(Value(2)), u"2"_s);
}

void TestPackVersions::takesTheRefOfTheFirstThatCanBeOne()
{
    const auto refOf = [](const Value &metadata, const QString &directory) {
        return packRefOf(metadata, directory).value_or(u"refused"_s);
    };
    QCOMPARE(refOf(Value::map({{"ref", "r"}, {"name", "n"}}), u"d"_s), u"r"_s);
    QCOMPARE(refOf(Value::map({{"name", "n"}}), u"d"_s), u"d"_s);
    QCOMPARE(refOf(Value::map({{"name", "n"}}), u"stackstorm-d"_s), u"n"_s);
    QCOMPARE(refOf(Value::map({{"name", "My Pack"}}), QString()), u"refused"_s);
    QCOMPARE(refOf(Value::map({{"name", "_global"}}), QString()), u"refused"_s);
}

void TestPackVersions::refusesPacksForOtherEngines()
{
    SG_OK(expectSupported(Value::map({{"name", "p"}}), u"3.10.0"_s));
    SG_OK(expectSupported(Value::map({{"stackstorm_version", ">=3.0.0"}}), u"3.10.0"_s));
    const Result<> later = expectSupported(
        Value::map({{"name", "p"}, {"stackstorm_version", ">=4.0.0"}}), u"3.10.0"_s);
    QVERIFY(!later);
    QVERIFY(later.error().message.startsWith(
        u"Pack \"p\" requires StackStorm \">=4.0.0\", but current version is \"3.10.0\"."));
    const Value old = Value::map({{"name", "p"}, {"python_versions", Value::list({"2"})}});
    QVERIFY(!expectSupported(old, u"3.10.0"_s));
    QVERIFY(pythonWarning(old).startsWith(u"DEPRECATION WARNING: Pack p only supports Python 2.x"));
    const Value both = Value::map({{"python_versions", Value::list({"2", "3"})}});
    SG_OK(expectSupported(both, u"3.10.0"_s));
    QVERIFY(pythonWarning(both).isEmpty());
}

QTEST_APPLESS_MAIN(TestPackVersions)
#include "tst_pack_versions.moc"
