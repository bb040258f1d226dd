#include "tests/support/sample_catalogue.h"
#include "tests/ui/console_stage.h"
#include "ui/editors/parameter_input.h"
#include "ui/editors/ref_picker.h"
#include "ui/shell/instance_dialog.h"
#include "ui/shell/key_help.h"
#include "ui/shell/live_dock.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/table.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
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

Request lastChange(const SampleInstance &instance)
{
    for (auto request = instance.requests().rbegin(); request != instance.requests().rend();
         ++request) {
        if (request->verb != Verb::Get)
            return *request;
    }
    return {};
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
        stage.window().go({page});
        QVERIFY(stage.settle());
        stage.window().toggleDock();
        stage.window().go({page, id});
        QVERIFY(stage.settle());
        QTest::qWait(20);
        QCOMPARE(nameless(stage.window()).join(QStringLiteral(", ")), QString());
    }

    void textFromOutsideIsNeverMarkup_data() { everyControlHasAName_data(); }

    void textFromOutsideIsNeverMarkup()
    {
        QFETCH(QString, page);
        QFETCH(QString, id);
        ConsoleStage stage;
        stage.window().go({page});
        QVERIFY(stage.settle());
        stage.window().go({page, id});
        QVERIFY(stage.settle());
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
        stage.window().go({page});
        QVERIFY(stage.settle());
        stage.window().go({page, id});
        QVERIFY(stage.settle());
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
        stage.window().go({QStringLiteral("events")});
        QVERIFY(stage.settle());
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
        stage.window().go({QStringLiteral("events")});
        QVERIFY(stage.settle());
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
        stage.window().go({QStringLiteral("events")});
        QVERIFY(stage.settle());
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

    void aRuleIsSwitchedAtOnce()
    {
        ConsoleStage stage;
        stage.window().go({QStringLiteral("rules")});
        QVERIFY(stage.settle());
        stage.window().go({QStringLiteral("rules"), QStringLiteral("ops.free_disk")});
        auto *state = stage.page().findChild<Segmented *>();
        QTest::mouseClick(state->findChildren<QAbstractButton *>().at(1), Qt::LeftButton);
        const Request request = lastChange(stage.instance);
        QCOMPARE(request.verb, Verb::Put);
        QCOMPARE(request.path, QStringLiteral("/api/v1/rules/ops.free_disk"));
        QCOMPARE(request.body["state"].toQString(), QStringLiteral("observe"));
    }

    void aRuleIsMade()
    {
        ConsoleStage stage;
        stage.window().go({QStringLiteral("rules"), QStringLiteral("+")});
        QTRY_COMPARE(stage.window().workspace().session().actions.loading(), Loading::Ready);
        QTest::keyClick(&stage.window(), Qt::Key_S, Qt::ControlModifier);
        QVERIFY(lastChange(stage.instance).path.isEmpty()); // nothing is filled in yet
        stage.page().findChildren<QLineEdit *>().at(1)->setText(QStringLiteral("echo_lines"));
        const auto pickers = stage.page().findChildren<RefPicker *>();
        pickers.at(0)->setEditText(QStringLiteral("linux.file_watch.line"));
        pickers.at(1)->setEditText(QStringLiteral("core.local"));
        for (ParameterInput *input : stage.page().findChildren<ParameterInput *>()) {
            if (input->field().name == QLatin1String("file_path"))
                input->setValue(Value("/var/log/syslog"));
            if (input->field().name == QLatin1String("cmd"))
                input->setValue(Value("echo {{ trigger.line }}"));
        }
        QTest::keyClick(&stage.window(), Qt::Key_S, Qt::ControlModifier);
        const Request request = lastChange(stage.instance);
        QCOMPARE(request.path, QStringLiteral("/api/v1/rules"));
        QCOMPARE(request.body["action"]["parameters"]["cmd"].toQString(),
                 QStringLiteral("echo {{ trigger.line }}"));
        QTRY_COMPARE(stage.page().crumbs().join(QLatin1Char('.')),
                     QStringLiteral("default.echo_lines"));
    }

    void whatTheEngineRefusesStandsAtItsField()
    {
        ConsoleStage stage;
        stage.window().go({QStringLiteral("rules"), QStringLiteral("+")});
        QTRY_COMPARE(stage.window().workspace().session().actions.loading(), Loading::Ready);
        stage.page().findChildren<QLineEdit *>().at(0)->setText(QStringLiteral("ops"));
        stage.page().findChildren<QLineEdit *>().at(1)->setText(QStringLiteral("free_disk"));
        const auto pickers = stage.page().findChildren<RefPicker *>();
        pickers.at(0)->setEditText(QStringLiteral("linux.file_watch.line"));
        pickers.at(1)->setEditText(QStringLiteral("core.noop"));
        for (ParameterInput *input : stage.page().findChildren<ParameterInput *>()) {
            if (input->field().name == QLatin1String("file_path"))
                input->setValue(Value("/var/log/syslog"));
        }
        QTest::keyClick(&stage.window(), Qt::Key_S, Qt::ControlModifier);
        const auto says = [&stage](const QString &text) {
            for (const QLabel *label : stage.page().findChildren<QLabel *>()) {
                if (label->isVisible() && label->text() == text)
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(says(QStringLiteral("There is a rule of this name already.")));
        QVERIFY(stage.page().findChildren<QLineEdit *>().at(1)->hasFocus());
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("_too"));
        QVERIFY(!says(QStringLiteral("There is a rule of this name already.")));
    }

    void tabGoesThroughARuleAsItIsRead()
    {
        ConsoleStage stage;
        stage.window().go({QStringLiteral("rules"), QStringLiteral("+")});
        QTRY_COMPARE(stage.window().workspace().session().actions.loading(), Loading::Ready);
        const auto pickers = stage.page().findChildren<RefPicker *>();
        pickers.at(0)->setEditText(QStringLiteral("linux.file_watch.line"));
        pickers.at(1)->setEditText(QStringLiteral("core.local"));
        for (QAbstractButton *button : stage.page().findChildren<QAbstractButton *>()) {
            if (nameOf(button) == QLatin1String("Add a condition"))
                button->click();
        }
        QStringList names;
        stage.page().findChildren<QLineEdit *>().at(1)->setFocus();
        for (int i = 0; i < 10; ++i) {
            names.append(QApplication::focusWidget()->accessibleName());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        const QStringList wanted{QStringLiteral("Name"),
                                 QStringLiteral("Description"),
                                 QStringLiteral("Trigger"),
                                 QStringLiteral("file_path"),
                                 QStringLiteral("Where to look"),
                                 QStringLiteral("How to compare"),
                                 QStringLiteral("What to compare with"),
                                 QStringLiteral("Remove this condition"),
                                 QStringLiteral("Add a condition"),
                                 QStringLiteral("Action")};
        QCOMPARE(names, wanted);
    }

    void anActionIsRunAndItsOutputShown()
    {
        ConsoleStage stage;
        stage.window().go({QStringLiteral("actions")});
        QVERIFY(stage.settle());
        stage.window().go({QStringLiteral("actions"), QStringLiteral("core.local")});
        QVERIFY(stage.settle());
        QTest::keyClick(&stage.window(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(lastChange(stage.instance).path.isEmpty()); // cmd is required
        for (ParameterInput *input : stage.page().findChildren<ParameterInput *>()) {
            if (input->field().name == QLatin1String("cmd"))
                input->setValue(Value("uptime"));
        }
        QTest::keyClick(&stage.window(), Qt::Key_Return, Qt::ControlModifier);
        const Request request = lastChange(stage.instance);
        QCOMPARE(request.path, QStringLiteral("/api/v1/executions"));
        QCOMPARE(request.body["parameters"]["cmd"].toQString(), QStringLiteral("uptime"));
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
};

QTEST_MAIN(KeyboardTest)
#include "tst_keyboard.moc"
