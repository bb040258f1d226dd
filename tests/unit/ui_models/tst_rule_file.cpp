#include "ui/models/rule_file.h"

#include <QTest>

using namespace stormglass;
using namespace stormglass::ui;

namespace {

RuleDraft stored()
{
    RuleDraft draft;
    draft.original
        = Value::map({{"id", "x"}, {"name", "page"}, {"pack", "ops"}, {"uid", "rule:x"}});
    draft.pack = QStringLiteral("ops");
    draft.name = QStringLiteral("page");
    draft.description = QStringLiteral("Pages.");
    draft.trigger = QStringLiteral("core.st2.webhook");
    draft.triggerParameters = Value::map({{"url", "hello"}});
    draft.criteria
        = {{QStringLiteral("trigger.body.level"), QStringLiteral("greaterthan"), 30, Value::map()}};
    draft.action = QStringLiteral("core.local");
    draft.actionParameters = Value::map({{"cmd", "echo {{ trigger.body.level }}"}});
    return draft;
}

RuleDraft read(const QString &text, const RuleDraft &base = stored())
{
    const auto found = readRuleFile(text, base);
    if (const auto *problem = std::get_if<RuleFileProblem>(&found))
        qWarning("%s", qPrintable(problem->message));
    return std::holds_alternative<RuleDraft>(found) ? std::get<RuleDraft>(found) : RuleDraft();
}

RuleFileProblem refused(const QString &text, const RuleDraft &base = stored())
{
    const auto found = readRuleFile(text, base);
    return std::holds_alternative<RuleFileProblem>(found) ? std::get<RuleFileProblem>(found)
                                                          : RuleFileProblem();
}

} // namespace

class RuleFileTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsWrittenIsReadBack()
    {
        for (const char *state : {"enabled", "disabled", "observe"}) {
            RuleDraft draft = stored();
            draft.state = QLatin1String(state);
            const RuleDraft back = read(ruleFileText(draft));
            QCOMPARE(back.state, draft.state);
            QCOMPARE(ruleFile(back), ruleFile(draft));
            QCOMPARE(back.original["uid"].toQString(), QStringLiteral("rule:x"));
        }
    }

    void aChangeIsTaken()
    {
        QString text = ruleFileText(stored());
        text.replace(QLatin1String("pattern: 30"), QLatin1String("pattern: 40"));
        QCOMPARE(read(text).criteria.front().pattern, Value(40));
    }

    void whatIsLeftOutIsGone()
    {
        const RuleDraft draft = read(QStringLiteral("trigger: {type: a.b}\naction: {ref: c.d}\n"));
        QCOMPARE(draft.name, QStringLiteral("page"));
        QVERIFY(draft.criteria.empty());
        QVERIFY(draft.description.isEmpty());
        QCOMPARE(draft.state, QStringLiteral("enabled"));
    }

    void whatCannotBeIsSaidWithItsLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        const auto row = [](const char *name, const char *text, int line) {
            QTest::newRow(name) << QString::fromUtf8(text) << line;
        };
        row("no yaml", "trigger:\n  type: [a\n", 3);
        row("a tab", "trigger:\n\ttype: a\n", 2);
        row("a list", "- a\n", 0);
        row("an unknown member", "name: page\nwhen: x\n", 2);
        row("a key twice", "name: page\nname: page\n", 2);
        row("a text that is none", "name: page\ndescription: [1]\n", 2);
        row("another name", "pack: ops\nname: other\n", 2);
        row("a trigger that is a text", "name: page\n\ntrigger: core.x\n", 3);
        row("parameters that are a list", "action:\n  ref: a.b\n  parameters: [1]\n", 3);
        row("a condition without a type", "criteria:\n  trigger.x:\n    pattern: 1\n", 2);
        row("a state that is none", "state: sometimes\n", 1);
        row("two states", "enabled: true\nstate: disabled\n", 2);
    }

    void whatCannotBeIsSaidWithItsLine()
    {
        QFETCH(QString, text);
        QFETCH(int, line);
        const RuleFileProblem problem = refused(text);
        QVERIFY(!problem.message.isEmpty());
        QCOMPARE(problem.line, line);
    }

    void aNewRuleTakesAnyName()
    {
        const RuleDraft draft = read(QStringLiteral("name: mine\npack: my_pack\n"), RuleDraft());
        QCOMPARE(draft.ref(), QStringLiteral("my_pack.mine"));
    }

    void aDocumentThatUnfoldsWithoutEndIsRefused()
    {
        QString text = QStringLiteral("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; ++i)
            text += QStringLiteral("%1: &%1 [%2]\n")
                        .arg(QChar('a' + i),
                             QStringList(10, QStringLiteral("*") + QChar('a' + i - 1))
                                 .join(QLatin1Char(',')));
        QVERIFY(!refused(text).message.isEmpty());
    }
};

QTEST_MAIN(RuleFileTest)
#include "tst_rule_file.moc"
