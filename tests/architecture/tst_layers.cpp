#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QString readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// `engine/pipeline` of `engine/pipeline/matcher.h`; empty for what is not two levels deep.
QString folderOf(const QString &path)
{
    const QStringList parts = path.split(u'/');
    return parts.size() < 3 ? QString() : parts[0] + u'/' + parts[1];
}

// The arrows declared in CMake: folder → folders it may use.
QHash<QString, QSet<QString>> declaredArrows()
{
    QHash<QString, QSet<QString>> arrows;
    const QStringList lines = readAll(QStringLiteral(SG_BUILD_DIR "/layers.txt")).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const QString folder = line.section(u':', 0, 0);
        const QStringList uses = line.section(u':', 1).split(u' ', Qt::SkipEmptyParts);
        arrows[folder] = QSet<QString>(uses.begin(), uses.end()) << folder;
    }
    return arrows;
}

} // namespace

class TestLayers : public QObject
{
    Q_OBJECT

private slots:
    void includesFollowTheDeclaredArrows();
    void stationsDoNotSeeEachOther();
};

void TestLayers::includesFollowTheDeclaredArrows()
{
    const auto arrows = declaredArrows();
    QVERIFY2(arrows.size() > 10, "layers.txt is missing or empty");
    static const QRegularExpression include(uR"(^\s*#include "([a-z_]+/[a-z_]+)/[^"]+")"_s,
                                            QRegularExpression::MultilineOption);
    const QString root = QStringLiteral(SG_SOURCE_DIR "/");
    QStringList wrong;
    for (const QString &top : {u"engine"_s, u"ui"_s, u"qml"_s}) {
        QDirIterator files(root + top, {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next().mid(root.size());
            const QString folder = folderOf(path);
            // A build without a screen declares no arrows for what it leaves out.
            if (!arrows.contains(folder))
                continue;
            auto matches = include.globalMatch(readAll(root + path));
            while (matches.hasNext()) {
                const QString used = matches.next().captured(1);
                if (arrows.contains(used) && !arrows[folder].contains(used))
                    wrong << path + u" uses "_s + used;
            }
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLayers::stationsDoNotSeeEachOther()
{
    const QStringList stations{u"intake"_s, u"matcher"_s, u"enforcer"_s, u"scheduler"_s, u"dispatcher"_s,
                               u"recorder"_s, u"notifier"_s, u"streamer"_s};
    QStringList wrong;
    for (const QString &station : stations) {
        for (const QString &suffix : {u".h"_s, u".cpp"_s}) {
            const QString text = readAll(QStringLiteral(SG_SOURCE_DIR "/engine/pipeline/") + station + suffix);
            for (const QString &other : stations) {
                if (other != station && text.contains(u"\"engine/pipeline/%1.h\""_s.arg(other)))
                    wrong << station + suffix + u" sees "_s + other;
            }
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

QTEST_APPLESS_MAIN(TestLayers)
#include "tst_layers.moc"
