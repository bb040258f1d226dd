#include "tests/support/sample_catalogue.h"
#include "tests/ui/console_stage.h"
#include "ui/pages/danger_dialog.h"
#include "ui/shell/closing_dialog.h"
#include "ui/shell/instance_dialog.h"
#include "ui/shell/key_help.h"
#include "ui/shell/live_dock.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/table.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSet>

using namespace stormglass;
using namespace stormglass::ui;

namespace {

QString nameOf(QWidget *widget)
{
    const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
    return interface ? interface->text(QAccessible::Name) : QString();
}

QString described(const QWidget *widget)
{
    return QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ')
        + QString::fromLatin1(widget->parentWidget()->metaObject()->className());
}

// Controls one can get to that do not say what they are.
QStringList nameless(QWidget &window)
{
    QStringList found;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        const bool isControl = qobject_cast<QAbstractButton *>(widget)
            || qobject_cast<QLineEdit *>(widget) || qobject_cast<QComboBox *>(widget)
            || qobject_cast<QAbstractItemView *>(widget) || qobject_cast<QPlainTextEdit *>(widget);
        const bool isReached = widget->isVisible() && widget->focusPolicy() != Qt::NoFocus;
        if (isControl && isReached && nameOf(widget).isEmpty())
            found.append(described(widget));
    }
    return found;
}

} // namespace

class KeyboardTest : public QObject
{
    Q_OBJECT

private slots:
    void everyControlHasAName_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("id");
        const auto row = [](const char *page, const QString &id) {
            QTest::newRow(page) << QString::fromLatin1(page) << id;
        };
        row("now", {});
        row("events", sample::idOf(0x10000));
        row("executions", sample::idOf(0xa001));
        row("rules", QStringLiteral("ops.page_on_db_error"));
        row("actions", QStringLiteral("core.http"));
        row("sensors", QStringLiteral("linux.DiskSensor"));
        row("packs", QStringLiteral("ops"));
    }

    void everyControlHasAName()
    {
        QFETCH(QString, page);
        QFETCH(QString, id);
        ConsoleStage stage;
        QVERIFY(stage.open(page, id));
        stage.window().toggleDock();
        QTest::qWait(20);
        QCOMPARE(nameless(stage.window()).join(QStringLiteral(", ")), QString());
    }

    void textFromOutsideIsNeverMarkup_data() { everyControlHasAName_data(); }

    void textFromOutsideIsNeverMarkup()
    {
        QFETCH(QString, page);
        QFETCH(QString, id);
        ConsoleStage stage;
        QVERIFY(stage.open(page, id));
        for (const QLabel *label : stage.window().findChildren<QLabel *>()) {
            if (label->pixmap().isNull())
                QCOMPARE(label->textFormat(), Qt::PlainText);
        }
    }

    void tabGoesThroughAPageAndComesBack_data() { everyControlHasAName_data(); }

    void tabGoesThroughAPageAndComesBack()
    {
        QFETCH(QString, page);
        QFETCH(QString, id);
        ConsoleStage stage;
        QVERIFY(stage.open(page, id));
        stage.window().activateWindow();
        QTest::qWait(20);
        QSet<QWidget *> seen;
        const QWidget *first = QApplication::focusWidget();
        QVERIFY(first);
        for (int i = 0; i < 300; ++i) {
            QTest::keyClick(&stage.window(), Qt::Key_Tab);
            QWidget *focus = QApplication::focusWidget();
            QVERIFY(focus && focus->isVisible());
            if (seen.contains(focus) && focus == first)
                break;
            seen.insert(focus);
        }
        QVERIFY(seen.size() > 12);
        QVERIFY(seen.contains(const_cast<QWidget *>(first)));
    }

    void altAndADigitGoToAPlace()
    {
        ConsoleStage stage;
        const QStringList names = Console::pageNames();
        for (int i = 0; i < names.size(); ++i) {
            QTest::keyClick(&stage.window(), static_cast<Qt::Key>(Qt::Key_1 + i), Qt::AltModifier);
            QCOMPARE(stage.page().name(), names.at(i));
        }
        QTest::keyClick(&stage.window(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(stage.page().name(), names.at(names.size() - 2));
    }

    void arrowsChooseAndEscapeGoesBack()
    {
        ConsoleStage stage;
        QVERIFY(stage.open(QStringLiteral("events")));
        auto *table = stage.page().findChild<Table *>();
        QTRY_VERIFY(table->hasFocus());
        QTest::keyClick(table, Qt::Key_Down);
        QTest::keyClick(table, Qt::Key_Down);
        QVERIFY(table->currentIndex().row() >= 1);
        QVERIFY(!stage.page().crumbs().isEmpty());
        QTest::keyClick(&stage.window(), Qt::Key_Escape);
        QCOMPARE(stage.page().name(), QStringLiteral("now"));
    }

    void thePaletteLeadsToARule()
    {
        ConsoleStage stage;
        QTRY_COMPARE(stage.window().workspace().session().rules.loading(), Loading::Ready);
        QTest::keyClick(&stage.window(), Qt::Key_K, Qt::ControlModifier);
        QVERIFY(stage.window().palettePanel().isVisible());
        auto *edit = stage.window().palettePanel().findChild<QLineEdit *>();
        QTest::keyClicks(edit, QStringLiteral("!restart"));
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(!stage.window().palettePanel().isVisible());
        QCOMPARE(stage.page().name(), QStringLiteral("rules"));
        QCOMPARE(stage.page().crumbs().join(QLatin1Char('.')),
                 QStringLiteral("ops.restart_gateway"));
    }

    void thePaletteLeadsIntoTheFormOfAnAction()
    {
        ConsoleStage stage;
        QTRY_COMPARE(stage.window().workspace().session().actions.loading(), Loading::Ready);
        QTest::keyClick(&stage.window(), Qt::Key_K, Qt::ControlModifier);
        auto *edit = stage.window().palettePanel().findChild<QLineEdit *>();
        QTest::keyClicks(edit, QStringLiteral("core.http"));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(stage.page().name(), QStringLiteral("actions"));
        QVERIFY(stage.settle());
        QTRY_COMPARE(QApplication::focusWidget()->accessibleName(), QStringLiteral("url"));
    }

    void escapeClosesTheSheets()
    {
        ConsoleStage stage;
        QTest::keyClick(&stage.window(), Qt::Key_Question);
        auto *keys = stage.window().findChild<KeyHelpSheet *>();
        QVERIFY(keys->isVisible());
        QTest::keyClick(keys, Qt::Key_Escape);
        QVERIFY(!keys->isVisible());
        stage.window().palettePanel().open();
        QTest::keyClick(&stage.window(), Qt::Key_Escape);
        QVERIFY(!stage.window().palettePanel().isVisible());
    }

    void escapeEmptiesTheFilterAndThenLeavesIt()
    {
        ConsoleStage stage;
        QVERIFY(stage.open(QStringLiteral("events")));
        auto *filter = stage.window().findChild<FilterField *>();
        filter->setFocus();
        QTest::keyClicks(filter, QStringLiteral("db-2"));
        QTest::keyClick(filter, Qt::Key_Escape);
        QVERIFY(filter->text().isEmpty());
        QTest::keyClick(filter, Qt::Key_Escape);
        QVERIFY(!filter->hasFocus());
        QCOMPARE(stage.page().name(), QStringLiteral("events"));
    }

    void theFilterFollowsWhatIsTyped()
    {
        ConsoleStage stage;
        QVERIFY(stage.open(QStringLiteral("events")));
        QTest::keyClick(&stage.window(), Qt::Key_Slash);
        auto *filter = stage.window().findChild<FilterField *>();
        QVERIFY(filter->hasFocus());
        QTest::keyClicks(filter, QStringLiteral("payload.host =="));
        QCOMPARE(filter->tint(), FilterField::Tint::Incomplete);
        QTest::keyClicks(filter, QStringLiteral(" db-2"));
        QCOMPARE(filter->tint(), FilterField::Tint::Right);
        QVERIFY(stage.window().workspace().session().events.rowCount() < 20);
        QTest::keyClicks(filter, QStringLiteral(")"));
        QCOMPARE(filter->tint(), FilterField::Tint::Wrong);
        QVERIFY(!filter->toolTip().isEmpty());
    }

    void ctrlJOpensTheDock()
    {
        ConsoleStage stage;
        QTest::keyClick(&stage.window(), Qt::Key_J, Qt::ControlModifier);
        QVERIFY(stage.window().workspace().dock().isVisible());
        QTest::keyClick(&stage.window(), Qt::Key_J, Qt::ControlModifier);
        QVERIFY(!stage.window().workspace().dock().isVisible());
    }

    void anAddressIsCheckedBeforeItIsUsed_data()
    {
        QTest::addColumn<QUrl>("url");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("https") << QUrl(QStringLiteral("https://engine.example:9101")) << true;
        QTest::newRow("http") << QUrl(QStringLiteral("http://127.0.0.1:9101")) << true;
        QTest::newRow("file") << QUrl(QStringLiteral("file:///etc/passwd")) << false;
        QTest::newRow("empty") << QUrl() << false;
        QTest::newRow("no host") << QUrl(QStringLiteral("https://")) << false;
        QTest::newRow("with a password")
            << QUrl(QStringLiteral("https://a:b@engine.example")) << false;
    }

    void anAddressIsCheckedBeforeItIsUsed()
    {
        QFETCH(QUrl, url);
        QFETCH(bool, isGood);
        QCOMPARE(addressProblem(url).isEmpty(), isGood);
    }

    void iconsSayWhatTheyDo_data() { everyControlHasAName_data(); }

    void iconsSayWhatTheyDo()
    {
        QFETCH(QString, page);
        QFETCH(QString, id);
        ConsoleStage stage;
        QVERIFY(stage.open(page, id));
        stage.window().toggleDock();
        for (QAbstractButton *button : stage.window().findChildren<QAbstractButton *>()) {
            if (!button->isVisible() || !button->text().isEmpty())
                continue;
            QVERIFY2(!nameOf(button).isEmpty(), qPrintable(described(button)));
            QVERIFY2(!button->toolTip().isEmpty(), qPrintable(nameOf(button)));
        }
    }

    void theSheetTellsTheKeysOfThePage_data() { everyControlHasAName_data(); }

    void theSheetTellsTheKeysOfThePage()
    {
        QFETCH(QString, page);
        ConsoleStage stage;
        QVERIFY(stage.open(page));
        QTest::keyClick(&stage.window(), Qt::Key_Question);
        QStringList said;
        for (const QLabel *label :
             stage.window().findChild<KeyHelpSheet *>()->findChildren<QLabel *>())
            said.append(label->text());
        QVERIFY(!stage.page().keys().isEmpty());
        for (const KeyHelp &key : stage.page().keys())
            QVERIFY2(said.contains(key.meaning), qPrintable(key.meaning));
        QVERIFY(said.contains(QStringLiteral("Go anywhere, do anything")));
    }

    void dialogsHaveNamesAndKeys()
    {
        ConsoleStage stage;
        InstanceDialog engine({}, {QStringLiteral("taken")}, &stage.window());
        ClosingDialog closing(&stage.window());
        DangerDialog danger(
            {QStringLiteral("Sure?"), QStringLiteral("It goes."), QStringLiteral("Do")}, {},
            &stage.window());
        for (QDialog *dialog : std::initializer_list<QDialog *>{&engine, &closing, &danger}) {
            dialog->open();
            QVERIFY(QTest::qWaitForWindowActive(dialog));
            QCOMPARE(nameless(*dialog).join(QStringLiteral(", ")), QString());
            QVERIFY(!dialog->windowTitle().isEmpty());
            QTRY_VERIFY2(dialog->isAncestorOf(QApplication::focusWidget()),
                         qPrintable(dialog->windowTitle()));
            QTest::keyClick(dialog, Qt::Key_Escape);
            QVERIFY(!dialog->isVisible());
            QCOMPARE(dialog->result(), static_cast<int>(QDialog::Rejected));
        }
        DangerDialog again(
            {QStringLiteral("Sure?"), QStringLiteral("It goes."), QStringLiteral("Do")}, {},
            &stage.window());
        again.open();
        QTest::keyClick(&again, Qt::Key_Return);
        QCOMPARE(again.result(), static_cast<int>(QDialog::Accepted));
        // What is not filled in keeps the dialog, and says so.
        engine.open();
        QTest::keyClick(&engine, Qt::Key_Return);
        QVERIFY(engine.isVisible());
    }

    void theMenuKeyOpensTheMenuOfARow()
    {
        ConsoleStage stage;
        QVERIFY(stage.open(QStringLiteral("rules"), QStringLiteral("ops.free_disk")));
        auto *table = stage.page().findChild<Table *>();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QCoreApplication::sendEvent(table->viewport(), &event);
        QTRY_VERIFY(QApplication::activePopupWidget());
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu && !menu->actions().isEmpty());
        QCOMPARE(menu->actions().front()->text(), QStringLiteral("Copy ops.free_disk"));
        menu->close();
    }
};

QTEST_MAIN(KeyboardTest)
#include "tst_keyboard.moc"
