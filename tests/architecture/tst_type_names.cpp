#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

// Two types of one name in one namespace are one to the linker, wherever their headers lie: it
// keeps one destructor for both.
class TestTypeNames : public QObject
{
    Q_OBJECT

private slots:
    void noTwoFilesDefineTheSameType();
    void seesTheTypesOfAHeader();
};

namespace {

// `stormglass::ui::Form` for each type that this source defines for other files to see.
QStringList typesIn(const QString &source)
{
    static const QRegularExpression opens(u"^namespace ([\\w:]*) ?\\{"_s);
    static const QRegularExpression defines(
        u"^(?:class|struct|enum class|union) (?:\\[\\[\\w+\\]\\] )?(\\w+)(?: final)?(?: ?:[^:].*)?(?: ?\\{.*)?$"_s);
    QStringList spaces;
    QStringList types;
    for (const QString &line : source.split(u'\n')) {
        if (const auto opened = opens.match(line); opened.hasMatch())
            spaces << opened.captured(1);
        else if (line.startsWith(u"} // namespace") && !spaces.isEmpty())
            spaces.removeLast();
        else if (const auto found = defines.match(line);
                 found.hasMatch() && !spaces.contains(QString()))
            types << spaces.join(u"::"_s) + u"::"_s + found.captured(1);
    }
    return types;
}

QString read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

void TestTypeNames::seesTheTypesOfAHeader()
{
    const QString header = u"namespace stormglass {\nclass Later;\nnamespace {\nstruct "
                           u"Hidden\n{\n};\n} // namespace\n"
                           "class Form final : public Base\n{\n    struct Inner\n    {\n    "
                           "};\n};\nstruct Small {\n};\n"
                           "} // namespace stormglass\n"_s;
    QCOMPARE(typesIn(header), QStringList({u"stormglass::Form"_s, u"stormglass::Small"_s}));
}

void TestTypeNames::noTwoFilesDefineTheSameType()
{
    const QString root = QStringLiteral(SG_SOURCE_DIR "/");
    QHash<QString, QString> definedIn;
    QStringList twice;
    for (const QString &top : {u"engine"_s, u"ui"_s, u"qml"_s, u"app"_s}) {
        QDirIterator files(root + top, {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            for (const QString &type : typesIn(read(path))) {
                if (definedIn.contains(type))
                    twice << u"%1: %2 and %3"_s.arg(type, definedIn.value(type).mid(root.size()),
                                                    path.mid(root.size()));
                definedIn.insert(type, path);
            }
        }
    }
    QVERIFY(definedIn.size() > 100);
    QVERIFY2(twice.isEmpty(), qPrintable(twice.join(u'\n')));
}

QTEST_APPLESS_MAIN(TestTypeNames)
#include "tst_type_names.moc"
