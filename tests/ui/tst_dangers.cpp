#include "tests/ui/console_stage.h"
#include "ui/pages/danger_dialog.h"
#include "ui/pages/execution_detail.h"
#include "ui/pages/executions_page.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/table.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLineEdit>

using namespace stormglass;
using namespace stormglass::ui;

namespace {

using Mood = SampleInstance::Mood;

const QString ref = QStringLiteral("ops.free_disk");

std::vector<Request> changes(const SampleInstance &instance)
{
    std::vector<Request> found;
    for (const Request &request : instance.requests()) {
        if (request.verb != Verb::Get)
            found.push_back(request);
    }
    return found;
}

DangerDialog *asking()
{
    return qobject_cast<DangerDialog *>(QApplication::activeModalWidget());
}

QAbstractButton *button(const QWidget &parent, const QString &text)
{
    for (QAbstractButton *found : parent.findChildren<QAbstractButton *>()) {
        if (found->isVisible() && found->text() == text)
            return found;
    }
    return nullptr;
}

NoticeBar *notice(const ConsoleStage &stage)
{
    for (NoticeBar *bar : stage.page().findChildren<NoticeBar *>()) {
        if (bar->isVisible())
            return bar;
    }
    return nullptr;
}

void chooseRule(ConsoleStage &stage)
{
    stage.window().go({QStringLiteral("rules")});
    QVERIFY(stage.settle());
    stage.window().go({QStringLiteral("rules"), ref});
    QTRY_VERIFY(stage.page().findChild<Table *>()->hasFocus());
}

bool hasRule(const ConsoleStage &stage)
{
    return stage.window().workspace().session().rules.find(ref) != nullptr;
}

// Chooses the first execution in that state.
bool chooseExecution(ConsoleStage &stage, const QString &status)
{
    stage.window().go({QStringLiteral("executions")});
    if (!stage.settle())
        return false;
    auto *tree = stage.page().findChild<Tree *>();
    const ExecutionsModel &executions = stage.window().workspace().session().executions;
    for (int row = 0; row < executions.rowCount(); ++row) {
        const QModelIndex index = executions.index(row, 0);
        if (executions.valueAt(index)["status"].toQStringOr({}) != status)
            continue;
        tree->setCurrentIndex(index);
        tree->setFocus();
        return stage.settle();
    }
    return false;
}

} // namespace

// What cannot be taken back is asked about; what can be is offered to be taken back.
class DangersTest : public QObject
{
    Q_OBJECT

private slots:
    void aDeletedRuleComesBackByUndo()
    {
        ConsoleStage stage;
        chooseRule(stage);
        const Value before = *stage.window().workspace().session().rules.find(ref);
        QTest::keyClick(stage.page().findChild<Table *>(), Qt::Key_Delete);
        QVERIFY(!asking());
        QTRY_VERIFY(!hasRule(stage));
        QTRY_VERIFY(notice(stage));
        QCOMPARE(notice(stage)->text(), QStringLiteral("ops.free_disk was deleted."));
        QTest::mouseClick(button(*notice(stage), QStringLiteral("Undo")), Qt::LeftButton);
        QTRY_VERIFY(hasRule(stage));
        QVERIFY(!notice(stage));
        const Request made = changes(stage.instance).back();
        QCOMPARE(made.verb, Verb::Post);
        QCOMPARE(made.path, QStringLiteral("/api/v1/rules"));
        QVERIFY(!made.body.find("id"));
        for (const char *member : {"name", "pack", "criteria", "action", "description"})
            QCOMPARE(made.body[member], before[member]);
    }

    void onProductionTheNameOfTheEngineIsTyped()
    {
        ConsoleStage stage(Mood::Filled, Scheme::Light, InstanceKind::Production);
        chooseRule(stage);
        QTest::keyClick(stage.page().findChild<Table *>(), Qt::Key_Delete);
        QVERIFY(asking());
        auto *act = button(*asking(), QStringLiteral("Delete the rule"));
        auto *name = asking()->findChild<QLineEdit *>();
        QTRY_VERIFY(name->hasFocus());
        QVERIFY(!act->isEnabled());
        QTest::keyClicks(name, QStringLiteral("fra-pro"));
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(!act->isEnabled());
        QVERIFY(changes(stage.instance).empty());
        QTest::keyClicks(name, QStringLiteral("d"));
        QVERIFY(act->isEnabled());
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(!hasRule(stage));
        QTRY_VERIFY(notice(stage)); // and can be undone there too
    }

    void leavingItLeavesIt()
    {
        ConsoleStage stage(Mood::Filled, Scheme::Light, InstanceKind::Production);
        chooseRule(stage);
        QTest::keyClick(stage.page().findChild<Table *>(), Qt::Key_Delete);
        QVERIFY(asking());
        QTest::keyClick(asking(), Qt::Key_Escape);
        QTRY_VERIFY(!asking());
        QVERIFY(changes(stage.instance).empty());
        QVERIFY(hasRule(stage));
    }

    void deletingWithinAFieldDeletesLettersOnly()
    {
        ConsoleStage stage;
        chooseRule(stage);
        for (QLineEdit *edit : stage.page().findChildren<QLineEdit *>()) {
            if (edit->accessibleName() != QLatin1String("Description"))
                continue;
            edit->setFocus();
            edit->setCursorPosition(0);
            const QString before = edit->text();
            QTest::keyClick(edit, Qt::Key_Delete);
            QCOMPARE(edit->text(), before.mid(1));
        }
        QTest::qWait(20);
        QVERIFY(hasRule(stage));
        QVERIFY(changes(stage.instance).empty());
    }

    void whatRunsIsCanceledWhenOneIsSure()
    {
        ConsoleStage stage;
        QVERIFY(chooseExecution(stage, QStringLiteral("running")));
        QTest::keyClick(stage.page().findChild<Tree *>(), Qt::Key_Delete);
        QVERIFY(asking());
        QVERIFY(changes(stage.instance).empty());
        QTest::mouseClick(button(*asking(), QStringLiteral("Cancel the execution")),
                          Qt::LeftButton);
        QTRY_COMPARE(changes(stage.instance).size(), std::size_t(1));
        QCOMPARE(changes(stage.instance).front().verb, Verb::Delete);
    }

    void whatHasEndedIsNotCanceled()
    {
        ConsoleStage stage;
        QVERIFY(chooseExecution(stage, QStringLiteral("succeeded")));
        QTest::keyClick(stage.page().findChild<Tree *>(), Qt::Key_Delete);
        QTest::qWait(20);
        QVERIFY(!asking());
        QVERIFY(changes(stage.instance).empty());
    }
};

QTEST_MAIN(DangersTest)
#include "tst_dangers.moc"
