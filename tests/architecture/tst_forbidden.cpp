#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Forbidden {
    QRegularExpression pattern;
    QStringList allowed;
    QString instead;
};

QList<Forbidden> readForbidden()
{
    QList<Forbidden> list;
    QFile file(QStringLiteral(SG_SOURCE_DIR "/tests/architecture/forbidden.txt"));
    if (!file.open(QIODevice::ReadOnly))
        return list;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        if (line.startsWith(u'#'))
            continue;
        // From the right: a pattern may hold bars of its own.
        const QString pattern = line.section(u'|', 0, -3);
        list << Forbidden{QRegularExpression(pattern), line.section(u'|', -2, -2).split(u','),
                          line.section(u'|', -1)};
    }
    return list;
}

bool isAllowed(const Forbidden &rule, const QString &path)
{
    return std::any_of(rule.allowed.begin(), rule.allowed.end(),
                       [&](const QString &folder) { return path.startsWith(folder + u'/'); });
}

} // namespace

class TestForbidden : public QObject
{
    Q_OBJECT

private slots:
    void noFileHasAForbiddenWord();
};

void TestForbidden::noFileHasAForbiddenWord()
{
    const QList<Forbidden> rules = readForbidden();
    QVERIFY(rules.size() > 10);
    const QString root = QStringLiteral(SG_SOURCE_DIR "/");
    QStringList wrong;
    for (const QString &top : {u"engine"_s, u"ui"_s, u"qml"_s, u"app"_s}) {
        QDirIterator files(root + top, {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            int number = 0;
            for (QByteArray line = file.readLine(); !line.isEmpty(); line = file.readLine()) {
                ++number;
                // What a comment says is free.
                const QString code = QString::fromUtf8(line).section(u"//"_s, 0, 0);
                for (const Forbidden &rule : rules) {
                    if (rule.pattern.match(code).hasMatch() && !isAllowed(rule, path.mid(root.size())))
                        wrong << u"%1:%2: use %3"_s.arg(path.mid(root.size())).arg(number).arg(rule.instead);
                }
            }
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

QTEST_APPLESS_MAIN(TestForbidden)
#include "tst_forbidden.moc"
