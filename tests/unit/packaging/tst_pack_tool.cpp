#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

// Makes archives that no tool would: each function writes one to the path it is given.
constexpr const char *maker
    = "import io, sys, tarfile, zipfile\n"
      "kind, path = sys.argv[1:]\n"
      "def tar(*members):\n"
      "    with tarfile.open(path, 'w:gz') as archive:\n"
      "        for name, type, target, data in members:\n"
      "            info = tarfile.TarInfo(name)\n"
      "            info.type, info.linkname, info.size = type, target, len(data)\n"
      "            archive.addfile(info, io.BytesIO(data))\n"
      "def zip(name, data, mode=0o100644):\n"
      "    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:\n"
      "        info = zipfile.ZipInfo(name)\n"
      "        info.external_attr = mode << 16\n"
      "        info.compress_type = zipfile.ZIP_DEFLATED\n"
      "        archive.writestr(info, data)\n"
      "F, L, H, D = tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE\n"
      "make = {\n"
      "  'good': lambda: tar(('p/pack.yaml', F, '', b'name: p'), ('p/a', L, 'pack.yaml', b'')),\n"
      "  'parent': lambda: tar(('../out', F, '', b'x')),\n"
      "  'inner parent': lambda: tar(('a/../../out', F, '', b'x')),\n"
      "  'absolute': lambda: tar(('/tmp/out', F, '', b'x')),\n"
      "  'link out': lambda: tar(('a', L, '/etc/passwd', b'')),\n"
      "  'link up': lambda: tar(('d/a', L, '../../etc', b'')),\n"
      "  'links together': lambda: tar(('d/e', D, '', b''), ('d/e/up', L, '../..', b''),\n"
      "                                ('out', L, 'd/e/up/..', b'')),\n"
      "  'through a link': lambda: tar(('d', D, '', b''), ('a', L, 'd', b''), ('a/x', F, '', "
      "b'x')),\n"
      "  'hard link': lambda: tar(('a', H, '/etc/passwd', b'')),\n"
      "  'device': lambda: tar(('a', tarfile.CHRTYPE, '', b'')),\n"
      "  'bomb': lambda: tar(('a', F, '', bytes(3_000_000))),\n"
      "  'many': lambda: tar(*[('f%d' % i, F, '', b'') for i in range(300)]),\n"
      "  'folders': lambda: tar(*[('d%d' % i, D, '', b'') for i in range(300)]),\n"
      "  'zip parent': lambda: zip('../out', b'x'),\n"
      "  'zip back': lambda: zip('a\\\\..\\\\out', b'x'),\n"
      "  'zip link': lambda: zip('a', b'/etc/passwd', 0o120777),\n"
      "  'zip bomb': lambda: zip('a', bytes(3_000_000)),\n"
      "  'zip good': lambda: zip('p-1/pack.yaml', b'name: p'),\n"
      "  'noise': lambda: open(path, 'wb').write(bytes(range(256)) * 64),\n"
      "  'cut': lambda: (tar(('a', F, '', bytes(100_000))),\n"
      "                  open(path, 'r+b').truncate(120)),\n"
      "}[kind]\n"
      "make()\n";

struct Ran
{
    int code = -1;
    QString error;
};

Ran python(const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.start(u"/usr/bin/python3"_s, QStringList{u"-I"_s} + arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(30'000))
        process.kill();
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardError()).trimmed()};
}

Ran tool(const QStringList &arguments, const QByteArray &input = {})
{
    return python(QStringList{QStringLiteral(SG_SOURCE_DIR "/resources/python/stormglass_pack.py")}
                      + arguments,
                  input);
}

} // namespace

// resources/python/stormglass_pack.py against archives and folders that mean harm.
class TestPackTool : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void unpacksWhatIsFine_data();
    void unpacksWhatIsFine();
    void refusesWhatMeansHarm_data();
    void refusesWhatMeansHarm();
    void copiesAFolderWithoutItsRepository();
    void refusesAFolderWithLinksOut();
    void downloadsNoMoreThanItMay();
    void removesWholeTrees();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    Ran unpack(const QString &kind) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestPackTool::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

Ran TestPackTool::unpack(const QString &kind) const
{
    const Ran made = python({u"-c"_s, QString::fromLatin1(maker), kind, path(u"archive"_s)});
    if (made.code != 0)
        qFatal("%s", qPrintable(made.error));
    return tool({u"unpack"_s, path(u"archive"_s), path(u"new"_s), u"1000000"_s, u"100"_s});
}

void TestPackTool::unpacksWhatIsFine_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("tar") << u"good"_s;
    QTest::newRow("zip") << u"zip good"_s;
}

void TestPackTool::unpacksWhatIsFine()
{
    QFETCH(QString, kind);
    const Ran ran = unpack(kind);
    QCOMPARE(ran.error, QString());
    QCOMPARE(ran.code, 0);
    // The one folder that everything was in is gone.
    QVERIFY(QFile::exists(path(u"new/pack.yaml"_s)));
}

void TestPackTool::refusesWhatMeansHarm_data()
{
    QTest::addColumn<QString>("says");
    QTest::newRow("parent") << u"lies outside"_s;
    QTest::newRow("inner parent") << u"lies outside"_s;
    QTest::newRow("absolute") << u"lies outside"_s;
    QTest::newRow("link out") << u"leads outside"_s;
    QTest::newRow("link up") << u"leads outside"_s;
    QTest::newRow("links together") << u"leads outside"_s;
    QTest::newRow("through a link") << u"is a link"_s;
    QTest::newRow("hard link") << u"neither a file"_s;
    QTest::newRow("device") << u"neither a file"_s;
    QTest::newRow("bomb") << u"larger than"_s;
    QTest::newRow("many") << u"more than 100 files"_s;
    QTest::newRow("folders") << u"more than 100 files"_s;
    QTest::newRow("zip parent") << u"lies outside"_s;
    QTest::newRow("zip back") << u"has a sign"_s;
    QTest::newRow("zip link") << u"leads outside"_s;
    QTest::newRow("zip bomb") << u"larger than"_s;
    QTest::newRow("noise") << u"no archive"_s;
    QTest::newRow("cut") << u"damaged"_s;
}

void TestPackTool::refusesWhatMeansHarm()
{
    QFETCH(QString, says);
    const Ran ran = unpack(QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(ran.code, 2);
    QVERIFY2(ran.error.contains(says) && !ran.error.contains(u'\n'), qPrintable(ran.error));
    QVERIFY(!QFile::exists(path(u"out"_s)));
}

void TestPackTool::copiesAFolderWithoutItsRepository()
{
    QDir(m_folder->path()).mkpath(u"old/.git"_s);
    QDir(m_folder->path()).mkpath(u"old/actions"_s);
    QFile file(path(u"old/actions/a.sh"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QFile::link(u"a.sh"_s, path(u"old/actions/b.sh"_s));
    QCOMPARE(tool({u"copy"_s, path(u"old"_s), path(u"new"_s), u"1000"_s, u"10"_s}).code, 0);
    QVERIFY(QFileInfo(path(u"new/actions/a.sh"_s)).isExecutable());
    QVERIFY(QFileInfo(path(u"new/actions/b.sh"_s)).isSymLink());
    QVERIFY(!QFile::exists(path(u"new/.git"_s)));
}

void TestPackTool::refusesAFolderWithLinksOut()
{
    QDir(m_folder->path()).mkpath(u"old"_s);
    QFile::link(u"/etc/passwd"_s, path(u"old/a"_s));
    const Ran copied = tool({u"copy"_s, path(u"old"_s), path(u"new"_s), u"1000"_s, u"10"_s});
    QCOMPARE(copied.code, 2);
    QVERIFY2(copied.error.contains(u"leads outside"_s), qPrintable(copied.error));
    QCOMPARE(tool({u"check"_s, path(u"old"_s), u"1000"_s, u"10"_s}).code, 2);
}

void TestPackTool::downloadsNoMoreThanItMay()
{
    QFile file(path(u"source"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(2'000, 'x'));
    file.close();
    const QByteArray url = "file://" + path(u"source"_s).toUtf8();
    QCOMPARE(tool({u"download"_s, path(u"got"_s), u"2000"_s}, url).code, 0);
    QCOMPARE(QFileInfo(path(u"got"_s)).size(), 2'000);
    QCOMPARE(tool({u"download"_s, path(u"got"_s), u"1999"_s}, url).code, 2);
    const Ran refused = tool({u"download"_s, path(u"got"_s), u"2000"_s}, "gopher://example.org/");
    QVERIFY2(refused.error.contains(u"no scheme"_s), qPrintable(refused.error));
    const Ran unreachable
        = tool({u"download"_s, path(u"got"_s), u"2000"_s}, "http://ann:s3cret@127.0.0.1:1/");
    QCOMPARE(unreachable.code, 2);
    QVERIFY2(!unreachable.error.contains(u"s3cret"_s), qPrintable(unreachable.error));
}

void TestPackTool::removesWholeTrees()
{
    QDir(m_folder->path()).mkpath(u"old/a/b"_s);
    QFile::link(path(u"kept"_s), path(u"old/a/link"_s));
    QDir(m_folder->path()).mkpath(u"kept"_s);
    QFile(path(u"old/a"_s)).setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    QCOMPARE(tool({u"remove"_s, path(u"old"_s), path(u"gone"_s)}).code, 0);
    QVERIFY(!QFile::exists(path(u"old"_s)));
    QVERIFY(QFile::exists(path(u"kept"_s)));
}

QTEST_GUILESS_MAIN(TestPackTool)
#include "tst_pack_tool.moc"
