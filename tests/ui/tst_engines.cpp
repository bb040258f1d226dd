#include "engine/base/timestamp.h"
#include "tests/support/fake_clock.h"
#include "tests/support/sample_instance.h"
#include "ui/pages/danger_dialog.h"
#include "ui/shell/console.h"
#include "ui/shell/instance_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/notice_bar.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

using namespace stormglass;
using namespace stormglass::ui;

namespace {

// An engine elsewhere that opens to one key.
class FarInstance final : public SampleInstance
{
public:
    FarInstance(const Clock &clock, const QString &key, const Credential &shown)
        : SampleInstance(clock)
    {
        const bool isRight = shown.secret == key;
        const InstanceState state = isRight
            ? InstanceState{InstanceState::Kind::Ready, {}}
            : InstanceState{InstanceState::Kind::Unreachable, QStringLiteral("Unauthorized"), true};
        if (!isRight)
            setMood(Mood::Failing);
        QMetaObject::invokeMethod(
            this, [this, state] { setState(state); }, Qt::QueuedConnection);
    }
};

// A window with an engine of its own, a folder to remember in, and a keychain that is a map.
struct Desk
{
    Desk()
    {
        keys.keep = [this](const QString &name, const QString &key, auto done) {
            if (isLocked) {
                done(failure(ErrorCode::Unavailable, QStringLiteral("The keychain is locked.")));
                return;
            }
            kept.insert(name, key);
            done({});
        };
        keys.recall = [this](const QString &name, auto take) {
            if (isLocked)
                take(failure(ErrorCode::Unavailable, QStringLiteral("The keychain is locked.")));
            else if (kept.contains(name))
                take(kept.value(name));
            else
                take(failure(ErrorCode::NotFound, QStringLiteral("none")));
        };
        keys.forget = [this](const QString &name) { kept.remove(name); };
    }

    void open()
    {
        console.reset();
        ConsoleOptions options;
        options.clock = &clock;
        options.theme = QStringLiteral("light");
        options.stateFile = folder.filePath(QStringLiteral("console.ini"));
        options.keys = keys;
        options.connect = [this](const QUrl &url, const Credential &shown) {
            asked.append(url.toString());
            auto far = std::make_unique<FarInstance>(clock, QStringLiteral("right"), shown);
            last = far.get();
            return far;
        };
        console = std::make_unique<Console>(
            std::vector<ConsoleInstance>{
                {QStringLiteral("local"), InstanceKind::Local, &local, Credential::localOwner()}},
            options);
        window().show();
        window().activateWindow();
        (void)QTest::qWaitForWindowActive(&window());
    }

    MainWindow &window() const { return console->window(); }
    QString shown() const { return window().workspace().session().connection.name(); }
    InstanceDialog *dialog() const
    {
        return qobject_cast<InstanceDialog *>(QApplication::activeModalWidget());
    }
    QString saying() const
    {
        QStringList texts;
        for (const NoticeBar *bar : window().findChildren<NoticeBar *>()) {
            if (bar->isVisible())
                texts.append(bar->text());
        }
        return texts.join(QLatin1Char('|'));
    }
    QString stateFile() const
    {
        QFile file(folder.filePath(QStringLiteral("console.ini")));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    FakeClock clock{*timestampFromIso("2024-05-14T14:02:59.300000Z")};
    SampleInstance local{clock};
    QTemporaryDir folder;
    QHash<QString, QString> kept;
    bool isLocked = false;
    KeyStore keys;
    QStringList asked;
    FarInstance *last = nullptr;
    std::unique_ptr<Console> console;
};

QLineEdit *field(const QWidget &dialog, const QString &name)
{
    for (QLineEdit *edit : dialog.findChildren<QLineEdit *>()) {
        if (edit->accessibleName() == name)
            return edit;
    }
    return nullptr;
}

void press(const QWidget &parent, const QString &text)
{
    for (QAbstractButton *button : parent.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text() == text) {
            QTest::mouseClick(button, Qt::LeftButton);
            return;
        }
    }
    QFAIL(qPrintable(QStringLiteral("there is no button \"%1\"").arg(text)));
}

void beginToAdd(Desk &desk)
{
    desk.window().palettePanel().open();
    desk.window().palettePanel().setText(QStringLiteral("add an engine"));
    QTest::keyClick(desk.window().palettePanel().findChild<QLineEdit *>(), Qt::Key_Return);
}

void add(Desk &desk, const QString &key)
{
    beginToAdd(desk);
    InstanceDialog *dialog = desk.dialog();
    QVERIFY(dialog);
    field(*dialog, QStringLiteral("Name"))->setText(QStringLiteral("fra-prod"));
    field(*dialog, QStringLiteral("Address"))->setText(QStringLiteral("http://127.0.0.1:9101"));
    field(*dialog, QStringLiteral("Key"))->setText(key);
    press(*dialog, QStringLiteral("Connect"));
}

const QString keyName = QStringLiteral("fra-prod http://127.0.0.1:9101");

} // namespace

class EnginesTest : public QObject
{
    Q_OBJECT

private slots:
    void anEngineIsAddedAndItsKeyKept()
    {
        Desk desk;
        desk.open();
        add(desk, QStringLiteral("right"));
        QTRY_COMPARE(desk.shown(), QStringLiteral("fra-prod"));
        QTRY_COMPARE(desk.kept.value(keyName), QStringLiteral("right"));
        QCOMPARE(desk.saying(), QString());
        desk.console.reset();
        QVERIFY(desk.stateFile().contains(QStringLiteral("fra-prod")));
        QVERIFY(!desk.stateFile().contains(QStringLiteral("right")));
    }

    void itIsThereAgainAfterTheNextStart()
    {
        Desk desk;
        desk.open();
        add(desk, QStringLiteral("right"));
        QTRY_COMPARE(desk.kept.size(), 1);
        desk.open();
        QTRY_COMPARE(desk.shown(), QStringLiteral("fra-prod"));
        QVERIFY(!desk.dialog());
    }

    void aWrongKeyIsSaidAndNotKept()
    {
        Desk desk;
        desk.open();
        add(desk, QStringLiteral("wrong"));
        QTRY_COMPARE(desk.saying(),
                     QStringLiteral("fra-prod is there, and does not accept the key."));
        QVERIFY(desk.kept.isEmpty());
        press(desk.window(), QStringLiteral("Give another key\u2026"));
        QVERIFY(desk.dialog());
        QLineEdit *key = field(*desk.dialog(), QStringLiteral("Key"));
        QTRY_VERIFY(key->hasFocus());
        key->setText(QStringLiteral("right"));
        QTest::keyClick(key, Qt::Key_Return);
        QTRY_COMPARE(desk.kept.value(keyName), QStringLiteral("right"));
        QCOMPARE(desk.saying(), QString());
    }

    void withoutAKeychainTheKeyIsKeptForTheSessionAndAskedForAgain()
    {
        Desk desk;
        desk.isLocked = true;
        desk.open();
        add(desk, QStringLiteral("right"));
        QTRY_COMPARE(desk.saying(),
                     QStringLiteral("The key of fra-prod is kept only until Stormglass ends. The "
                                    "keychain is locked."));
        desk.window().showInstance(QStringLiteral("local"));
        desk.window().showInstance(QStringLiteral("fra-prod"));
        QCOMPARE(desk.shown(), QStringLiteral("fra-prod"));
        QVERIFY(!desk.dialog());
        desk.open();
        QTRY_VERIFY(desk.dialog());
        QCOMPARE(desk.shown(), QStringLiteral("local"));
        QVERIFY(!desk.stateFile().contains(QStringLiteral("right")));
        field(*desk.dialog(), QStringLiteral("Key"))->setText(QStringLiteral("right"));
        press(*desk.dialog(), QStringLiteral("Connect"));
        QTRY_COMPARE(desk.shown(), QStringLiteral("fra-prod"));
    }

    void aKeyThatIsNotToBeKeptIsNot()
    {
        Desk desk;
        desk.open();
        beginToAdd(desk);
        desk.dialog()->findChild<QCheckBox *>()->setChecked(false);
        field(*desk.dialog(), QStringLiteral("Name"))->setText(QStringLiteral("fra-prod"));
        field(*desk.dialog(), QStringLiteral("Address"))
            ->setText(QStringLiteral("http://127.0.0.1:9101"));
        field(*desk.dialog(), QStringLiteral("Key"))->setText(QStringLiteral("right"));
        press(*desk.dialog(), QStringLiteral("Connect"));
        QTRY_COMPARE(desk.shown(), QStringLiteral("fra-prod"));
        QTRY_VERIFY(desk.window().workspace().session().connection.isReady());
        QVERIFY(desk.kept.isEmpty());
        desk.open();
        QTRY_VERIFY(desk.dialog()); // asked for, without looking for it
    }

    // Or a server that somebody put into the file of settings would be shown it.
    void aKeyIsNotShownToAnotherAddress()
    {
        Desk desk;
        desk.open();
        add(desk, QStringLiteral("right"));
        QTRY_COMPARE(desk.kept.size(), 1);
        desk.console.reset();
        QFile file(desk.folder.filePath(QStringLiteral("console.ini")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray changed = file.readAll().replace("127.0.0.1:9101", "127.0.0.1:6666");
        file.close();
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(changed);
        file.close();
        desk.asked.clear();
        desk.open();
        QTRY_VERIFY(desk.dialog());
        QVERIFY(desk.asked.isEmpty());
    }

    void anEngineThatGoesIsSaidAndComesBack()
    {
        Desk desk;
        desk.open();
        add(desk, QStringLiteral("right"));
        QTRY_VERIFY(desk.window().workspace().session().connection.isReady());
        Session &session = desk.window().workspace().session();
        QTRY_COMPARE(session.rules.loading(), Loading::Ready);
        desk.last->setState({InstanceState::Kind::Unreachable, QStringLiteral("Nobody is there.")});
        QCOMPARE(desk.saying(),
                 QStringLiteral("fra-prod is not reached, and is tried again by itself. Nobody is "
                                "there."));
        QVERIFY(session.rules.total() > 0); // what was read is still to be seen
        const std::size_t before = desk.last->requests().size();
        desk.last->setState({InstanceState::Kind::Ready, {}});
        QCOMPARE(desk.saying(), QString());
        QVERIFY(desk.last->requests().size() > before); // and is read again
    }

    void anEngineIsForgottenWithItsKey()
    {
        Desk desk;
        desk.open();
        add(desk, QStringLiteral("right"));
        QTRY_COMPARE(desk.kept.size(), 1);
        desk.window().palettePanel().open();
        desk.window().palettePanel().setText(QStringLiteral("forget"));
        QTest::keyClick(desk.window().palettePanel().findChild<QLineEdit *>(), Qt::Key_Return);
        auto *dialog = qobject_cast<DangerDialog *>(QApplication::activeModalWidget());
        QVERIFY(dialog);
        press(*dialog, QStringLiteral("Forget it"));
        QTRY_COMPARE(desk.shown(), QStringLiteral("local"));
        QVERIFY(desk.kept.isEmpty());
        desk.open();
        QTest::qWait(20);
        QCOMPARE(desk.shown(), QStringLiteral("local"));
        QVERIFY(!desk.dialog());
    }

    void aRenamedEngineTakesItsKeyAlong()
    {
        Desk desk;
        desk.open();
        add(desk, QStringLiteral("right"));
        QTRY_COMPARE(desk.kept.size(), 1);
        desk.window().palettePanel().open();
        desk.window().palettePanel().setText(QStringLiteral("change this engine"));
        QTest::keyClick(desk.window().palettePanel().findChild<QLineEdit *>(), Qt::Key_Return);
        QVERIFY(desk.dialog());
        field(*desk.dialog(), QStringLiteral("Name"))->setText(QStringLiteral("fra-one"));
        press(*desk.dialog(), QStringLiteral("Connect"));
        QTRY_COMPARE(desk.shown(), QStringLiteral("fra-one"));
        QTRY_COMPARE(desk.kept.keys(),
                     QStringList{QStringLiteral("fra-one http://127.0.0.1:9101")});
    }
};

QTEST_MAIN(EnginesTest)
#include "tst_engines.moc"
