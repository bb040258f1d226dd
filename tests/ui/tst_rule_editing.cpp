#include "tests/ui/console_stage.h"
#include "ui/editors/parameter_input.h"
#include "ui/editors/ref_picker.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/segmented.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTabWidget>
#include <QTextBlock>

using namespace stormglass;
using namespace stormglass::ui;

namespace {

Request lastChange(const SampleInstance &instance)
{
    for (auto request = instance.requests().rbegin(); request != instance.requests().rend();
         ++request) {
        if (request->verb != Verb::Get)
            return *request;
    }
    return {};
}

bool beginRule(const ConsoleStage &stage)
{
    stage.window().go({QStringLiteral("rules"), QStringLiteral("+")});
    return QTest::qWaitFor([&stage] {
        return stage.window().workspace().session().actions.loading() == Loading::Ready;
    });
}

bool says(const ConsoleStage &stage, const QString &part)
{
    for (const QLabel *label : stage.page().findChildren<QLabel *>()) {
        if (label->isVisible() && label->text().contains(part))
            return true;
    }
    return false;
}

QAbstractButton *button(const ConsoleStage &stage, const QString &text)
{
    for (QAbstractButton *found : stage.page().findChildren<QAbstractButton *>()) {
        if (found->text() == text && found->isVisible())
            return found;
    }
    return nullptr;
}

// The rule as a file, to be written in.
CodeView *openYaml(const ConsoleStage &stage)
{
    stage.page().findChild<QTabWidget *>()->setCurrentIndex(1);
    auto *code = stage.page().findChild<CodeView *>();
    code->setFocus();
    return code;
}

void replaceIn(CodeView &code, const QString &old, const QString &fresh)
{
    QTextCursor cursor = code.document()->find(old);
    QVERIFY(!cursor.isNull());
    code.setTextCursor(cursor);
    QTest::keyClicks(&code, fresh);
}

const QString ref = QStringLiteral("ops.free_disk");

} // namespace

// Rules made and changed, by their form and by their file; actions run by theirs.
class RuleEditingTest : public QObject
{
    Q_OBJECT

private slots:
    void aRuleIsSwitchedAtOnce()
    {
        ConsoleStage stage;
        QVERIFY(stage.open(QStringLiteral("rules"), QStringLiteral("ops.free_disk")));
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
        QVERIFY(beginRule(stage));
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
        QVERIFY(beginRule(stage));
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
        QTRY_VERIFY(says(stage, QStringLiteral("There is a rule of this name already.")));
        QVERIFY(stage.page().findChildren<QLineEdit *>().at(1)->hasFocus());
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("_too"));
        QVERIFY(!says(stage, QStringLiteral("There is a rule of this name already.")));
    }

    void tabGoesThroughARuleAsItIsRead()
    {
        ConsoleStage stage;
        QVERIFY(beginRule(stage));
        const auto pickers = stage.page().findChildren<RefPicker *>();
        pickers.at(0)->setEditText(QStringLiteral("linux.file_watch.line"));
        pickers.at(1)->setEditText(QStringLiteral("core.local"));
        for (QAbstractButton *button : stage.page().findChildren<QAbstractButton *>()) {
            if (button->accessibleName() == QLatin1String("Add a condition"))
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
        QVERIFY(stage.open(QStringLiteral("actions"), QStringLiteral("core.local")));
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

    void whatIsWrittenIsTheRule()
    {
        ConsoleStage stage;
        QVERIFY(stage.open(QStringLiteral("rules"), ref));
        CodeView *code = openYaml(stage);
        QVERIFY(code->toPlainText().contains(QStringLiteral("name: free_disk")));
        replaceIn(*code, QStringLiteral("enabled: true"), QStringLiteral("enabled: false"));
        QTRY_VERIFY(says(stage, QStringLiteral("Comments are not stored")));
        QTRY_VERIFY(button(stage, QStringLiteral("Save")));
        QTest::keyClick(code, Qt::Key_S, Qt::ControlModifier);
        const Request request = lastChange(stage.instance);
        QCOMPARE(request.verb, Verb::Put);
        QCOMPARE(request.body["state"].toQString(), QStringLiteral("disabled"));
        QCOMPARE(request.body["name"].toQString(), QStringLiteral("free_disk"));
    }

    void whatCannotBeReadIsMarkedAndNotSaved()
    {
        ConsoleStage stage;
        QVERIFY(stage.open(QStringLiteral("rules"), ref));
        CodeView *code = openYaml(stage);
        const QString before = code->toPlainText();
        replaceIn(*code, QStringLiteral("pack: ops"), QStringLiteral("sack: ops"));
        QTRY_VERIFY(says(stage, QStringLiteral("Line 2: A rule has no \"sack\".")));
        QCOMPARE(code->extraSelections().front().cursor.block().blockNumber(), 1);
        QVERIFY(!button(stage, QStringLiteral("Save"))->isEnabled());
        QTest::keyClick(code, Qt::Key_S, Qt::ControlModifier);
        QVERIFY(lastChange(stage.instance).path.isEmpty());
        // A change from elsewhere does not wipe it out; taking it back does.
        stage.window().workspace().session().rules.take(
            *stage.window().workspace().session().rules.find(ref));
        QVERIFY(code->toPlainText().contains(QStringLiteral("sack")));
        QTest::mouseClick(button(stage, QStringLiteral("Discard")), Qt::LeftButton);
        QCOMPARE(code->toPlainText(), before);
    }

    void aStepIsTakenBack()
    {
        ConsoleStage stage;
        QVERIFY(stage.open(QStringLiteral("rules"), ref));
        CodeView *code = openYaml(stage);
        const QString before = code->toPlainText();
        replaceIn(*code, QStringLiteral("enabled: true"), QStringLiteral("enabled: false"));
        QVERIFY(code->toPlainText() != before);
        while (code->document()->isUndoAvailable())
            code->undo();
        QCOMPARE(code->toPlainText(), before);
        QTRY_VERIFY(!button(stage, QStringLiteral("Save")));
    }

    void theFormFollowsTheFileAndTheFileTheForm()
    {
        ConsoleStage stage;
        QVERIFY(stage.open(QStringLiteral("rules"), ref));
        CodeView *code = openYaml(stage);
        QTextCursor cursor = code->document()->find(QStringLiteral("description:"));
        cursor.select(QTextCursor::LineUnderCursor);
        code->setTextCursor(cursor);
        QTest::keyClicks(code, QStringLiteral("description: Other words."));
        auto *description = [&stage]() -> QLineEdit * {
            for (QLineEdit *edit : stage.page().findChildren<QLineEdit *>()) {
                if (edit->accessibleName() == QLatin1String("Description"))
                    return edit;
            }
            return nullptr;
        }();
        QVERIFY(description);
        QTRY_COMPARE(description->text(), QStringLiteral("Other words."));
        stage.page().findChild<QTabWidget *>()->setCurrentIndex(0);
        description->setFocus();
        description->selectAll();
        QTest::keyClicks(description, QStringLiteral("Third words."));
        stage.page().findChild<QTabWidget *>()->setCurrentIndex(1);
        QVERIFY(code->toPlainText().contains(QStringLiteral("description: Third words.")));
    }

    void tabLeavesTheFile()
    {
        ConsoleStage stage;
        QVERIFY(stage.open(QStringLiteral("rules"), ref));
        CodeView *code = openYaml(stage);
        const QString before = code->toPlainText();
        QTest::keyClick(code, Qt::Key_Tab);
        QVERIFY(!code->hasFocus());
        QCOMPARE(code->toPlainText(), before);
    }
};

QTEST_MAIN(RuleEditingTest)
#include "tst_rule_editing.moc"
