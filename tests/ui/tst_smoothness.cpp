#include "tests/support/fake_clock.h"
#include "tests/support/sample_catalogue.h"
#include "tests/support/sample_instance.h"
#include "tests/ui/metered_application.h"

#include "engine/base/json.h"
#include "engine/base/timestamp.h"
#include "ui/pages/page.h"
#include "ui/shell/console.h"
#include "ui/shell/live_dock.h"
#include "ui/shell/main_window.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/table.h"

#include <QScrollBar>
#include <QTest>

using namespace stormglass;
using namespace stormglass::ui;
using namespace std::chrono_literals;

namespace {

constexpr int events = 20'000;
constexpr int executions = 5'000;
constexpr int actions = 10'000;
constexpr int rules = 600;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double allowed = 50 * 8;
#elif defined(__OPTIMIZE__)
constexpr double allowed = 50;
#else
// Without the optimizer the same work takes two to three times as long.
constexpr double allowed = 50 * 2.5;
#endif

// As much as a busy site has. Answers come as they are, like those of an engine in this process.
class CrowdedInstance final : public SampleInstance
{
public:
    explicit CrowdedInstance(const Clock &clock)
        : SampleInstance(clock)
    {
        for (int i = 0; i < events; ++i)
            m_events.push_back(sample::event(i, clock.now() - i * 400ms));
        const char *const states[] = {"succeeded", "succeeded", "failed", "succeeded", "canceled"};
        for (int i = 0; i < executions; ++i)
            m_executions.push_back(sample::execution(QStringLiteral("core.local"),
                                                     QLatin1String(states[i % 5]),
                                                     clock.now() - i * 1s, 0x500000 - i));
        const ValueList sampleActions = sample::actions().items();
        for (int i = 0; i < actions; ++i)
            m_actions.push_back(numbered(sampleActions, i));
        const ValueList sampleRules = sample::rules().items();
        for (int i = 0; i < rules; ++i)
            m_rules.push_back(numbered(sampleRules, i));
    }

    void call(const Request &request, Reply<Response> reply) override
    {
        const QString path = request.path.mid(8);
        const ValueList *list = path == QLatin1String("triggerinstances") ? &m_events
            : path == QLatin1String("executions")                         ? &m_executions
            : path == QLatin1String("actions")                            ? &m_actions
            : path == QLatin1String("rules")                              ? &m_rules
                                                                          : nullptr;
        if (!list || request.verb != Verb::Get) {
            SampleInstance::call(request, std::move(reply));
            return;
        }
        // Made before it is asked for: an engine makes it on a thread of its own.
        auto answer = std::make_shared<Result<Response>>(page(*list, request));
        QMetaObject::invokeMethod(
            this, [reply, answer] { reply(std::move(*answer)); }, Qt::QueuedConnection);
    }

    void registerAnew(int count)
    {
        for (int i = 0; i < count; ++i)
            emit changed({++m_number, QStringLiteral("st2.action__update"),
                          m_actions[static_cast<std::size_t>(i)]});
    }

    // What a list of actions is asked for.
    ValueList brief() const
    {
        ValueList list;
        for (const Value &action : m_actions) {
            Value brief = Value::map();
            for (const char *member :
                 {"id", "ref", "pack", "name", "description", "runner_type", "enabled"})
                brief.set(member, action[member]);
            list.push_back(brief);
        }
        return list;
    }

private:
    static Value numbered(const ValueList &samples, int number)
    {
        Value value = samples[static_cast<std::size_t>(number) % samples.size()];
        const QString name = QStringLiteral("%1_%2").arg(value["name"].toQStringOr({})).arg(number);
        const QString pack = QStringLiteral("pack%1").arg(number % 150);
        value.set("name", name);
        value.set("pack", pack);
        value.set("ref", pack + QLatin1Char('.') + name);
        value.set("id", sample::idOf(0x900000 + number));
        return value;
    }

    static Response page(const ValueList &all, const Request &request)
    {
        const QString status = request.queryValue(QStringLiteral("status"));
        ValueList hits;
        if (status.isEmpty()) {
            hits = all;
        } else {
            std::copy_if(all.begin(), all.end(), std::back_inserter(hits), [&](const Value &item) {
                return item["status"].toQStringOr({}) == status;
            });
        }
        const auto offset
            = static_cast<std::size_t>(request.queryValue(QStringLiteral("offset")).toInt());
        const int limit = request.queryValue(QStringLiteral("limit"), QStringLiteral("-1")).toInt();
        const std::size_t begin = std::min(offset, hits.size());
        const std::size_t end = limit < 0
            ? hits.size()
            : std::min(hits.size(), begin + static_cast<std::size_t>(limit));
        Response response;
        response.body = Value(ValueList(hits.begin() + static_cast<std::ptrdiff_t>(begin),
                                        hits.begin() + static_cast<std::ptrdiff_t>(end)));
        response.headers.emplace_back(QStringLiteral("x-total-count"),
                                      QString::number(hits.size()));
        return response;
    }

    ValueList m_events;
    ValueList m_executions;
    ValueList m_actions;
    ValueList m_rules;
    ChangeNumber m_number = 10'000'000;
};

struct Stage
{
    Stage()
        : instance(clock)
    {
        ConsoleOptions options;
        options.clock = &clock;
        options.theme = QStringLiteral("light");
        console = std::make_unique<Console>(
            std::vector<ConsoleInstance>{{QStringLiteral("local"), InstanceKind::Local, &instance,
                                          Credential::localOwner()}},
            options);
        window().resize(1600, 1000);
        window().show();
        window().activateWindow();
        (void)QTest::qWaitForWindowActive(&window());
    }

    MainWindow &window() const { return console->window(); }
    Page &page() const { return *window().workspace().page(); }
    Session &session() const { return window().workspace().session(); }
    bool settle() const
    {
        return QTest::qWaitFor([this] { return page().isSettled(); }, 20'000);
    }

    FakeClock clock{*timestampFromIso("2024-05-14T14:02:59.300000Z")};
    CrowdedInstance instance;
    std::unique_ptr<Console> console;
};

MeteredApplication &meter()
{
    return *static_cast<MeteredApplication *>(QCoreApplication::instance());
}

QString found(const QString &doing)
{
    return QStringLiteral("%1: at most %2 ms, in %3")
        .arg(doing)
        .arg(meter().longestMilliseconds(), 0, 'f', 1)
        .arg(meter().what());
}

#define SG_SMOOTH(doing)                                                                           \
    qInfo("%s", qPrintable(found(doing)));                                                         \
    QVERIFY2(meter().longestMilliseconds() < allowed, qPrintable(found(doing)))

// What a person does at the window comes as an event, so it is measured as one.
void perform(QObject &receiver, const std::function<void()> &act)
{
    QMetaObject::invokeMethod(&receiver, act, Qt::QueuedConnection);
    QCoreApplication::processEvents();
}

} // namespace

// Nothing that a person does holds the window longer than three pictures, however much there is.
class SmoothnessTest : public QObject
{
    Q_OBJECT

private slots:
    void goingToEveryPage()
    {
        Stage stage;
        for (int round = 0; round < 2; ++round) {
            for (const QString &name : Console::pageNames()) {
                meter().forget();
                perform(stage.window(), [&] { stage.window().go({name}); });
                QVERIFY(stage.settle());
                QTest::qWait(40);
                SG_SMOOTH(name
                          + (round == 0 ? QStringLiteral(", the first time")
                                        : QStringLiteral(", again")));
            }
        }
    }

    void filteringAsOneTypes_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("text");
        QTest::newRow("events by word") << "events"
                                        << "gateway";
        QTest::newRow("events by payload") << "events"
                                           << "payload.host == \"db-2\"";
        QTest::newRow("executions by state") << "executions"
                                             << "status in (failed, timeout)";
        QTest::newRow("executions by word") << "executions"
                                            << "nothing_like_it";
        QTest::newRow("rules by word") << "rules"
                                       << "disk";
        QTest::newRow("actions by word") << "actions"
                                         << "http";
        QTest::newRow("actions by pack") << "actions"
                                         << "pack == \"pack7\"";
    }

    void filteringAsOneTypes()
    {
        QFETCH(QString, page);
        QFETCH(QString, text);
        Stage stage;
        stage.window().go({page});
        QVERIFY(stage.settle());
        // Much has been looked at already.
        for (int i = 0; i < 60; ++i) {
            stage.session().events.loadOlder();
            stage.session().executions.loadOlder();
            QTest::qWait(1);
        }
        auto *filter = stage.window().findChild<FilterField *>();
        filter->setFocus();
        meter().forget();
        for (const QChar c : text) {
            perform(*filter, [&] { QTest::keyClick(filter, c.toLatin1()); });
            QTest::qWait(2);
        }
        QVERIFY(stage.settle());
        QTRY_VERIFY_WITH_TIMEOUT(!stage.session().events.isSearching()
                                     && !stage.session().executions.isSearching(),
                                 20'000);
        SG_SMOOTH(QString::fromUtf8(QTest::currentDataTag()));
    }

    void scrollingToTheEnd_data()
    {
        QTest::addColumn<QString>("page");
        for (const char *page : {"events", "executions", "rules", "actions"})
            QTest::newRow(page) << QString::fromLatin1(page);
    }

    void scrollingToTheEnd()
    {
        QFETCH(QString, page);
        Stage stage;
        stage.window().go({page});
        QVERIFY(stage.settle());
        auto *view = stage.page().findChild<Table *>();
        QScrollBar *bar = view ? view->verticalScrollBar()
                               : stage.page().findChild<Tree *>()->verticalScrollBar();
        meter().forget();
        for (int i = 0; i < 120; ++i) {
            perform(*bar, [bar] { bar->setValue(bar->maximum()); });
            QTest::qWait(1);
        }
        SG_SMOOTH(page);
    }

    void choosingOneAfterTheOther()
    {
        Stage stage;
        for (const char *page : {"events", "rules", "actions"}) {
            stage.window().go({QString::fromLatin1(page)});
            QVERIFY(stage.settle());
            auto *table = stage.page().findChild<Table *>();
            table->setFocus();
            meter().forget();
            for (int i = 0; i < 30; ++i) {
                perform(*table, [table] { QTest::keyClick(table, Qt::Key_Down); });
                QTest::qWait(2);
            }
            QVERIFY(stage.settle());
            SG_SMOOTH(QString::fromLatin1(page));
        }
    }

    void aFloodOfEvents()
    {
        Stage stage;
        stage.window().go({QStringLiteral("events")});
        QVERIFY(stage.settle());
        stage.window().toggleDock();
        QTRY_VERIFY(stage.window().workspace().dock().isSettled());
        meter().forget();
        for (int i = 0; i < 60; ++i) {
            // 10,000 a second; each comes in an event of its own, as from an engine.
            for (int k = 0; k < 340; k += 20)
                perform(stage.instance, [&] { stage.instance.flood(20); });
            QTest::qWait(10);
        }
        SG_SMOOTH(QStringLiteral("10,000 events a second"));
    }

    void aPackThatIsRegisteredAnew()
    {
        Stage stage;
        stage.window().go({QStringLiteral("actions")});
        QVERIFY(stage.settle());
        meter().forget();
        for (int i = 0; i < 4; ++i) {
            perform(stage.instance, [&] { stage.instance.registerAnew(250); });
            QTest::qWait(40);
        }
        SG_SMOOTH(QStringLiteral("1,000 actions"));
    }

    // An engine elsewhere answers with text, which is read where the window is drawn.
    void tenThousandActionsAsText()
    {
        FakeClock clock;
        const std::string text = writeJson(Value(CrowdedInstance(clock).brief()));
        meter().forget();
        perform(meter(), [&] { QVERIFY(readJson(text)); });
        SG_SMOOTH(QStringLiteral("%1 kB").arg(text.size() / 1000));
    }

    void thePalette()
    {
        Stage stage;
        QTRY_COMPARE(stage.session().actions.loading(), Loading::Ready);
        QTest::qWait(40);
        meter().forget();
        perform(stage.window(), [&] { stage.window().palettePanel().open(); });
        for (const char *text : {"p", "pa", "pack7", "pack7.http", "gateway"}) {
            perform(stage.window(),
                    [&] { stage.window().palettePanel().setText(QString::fromLatin1(text)); });
            QTest::qWait(5);
        }
        SG_SMOOTH(QStringLiteral("the palette"));
    }

    void anotherTheme()
    {
        Stage stage;
        for (const QString &name : Console::pageNames()) {
            stage.window().go({name});
            QVERIFY(stage.settle());
        }
        // Every style of every widget is made anew: seldom, asked for, and said to be longer.
        meter().forget();
        perform(stage.window(), [&] { stage.window().setTheme(QStringLiteral("dark")); });
        QTest::qWait(40);
        qInfo("another theme: %.1f ms", meter().longestMilliseconds());
        QVERIFY(meter().longestMilliseconds() < 10 * allowed);
    }
};

int main(int count, char **arguments)
{
    MeteredApplication application(count, arguments);
    SmoothnessTest test;
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(&test, count, arguments);
}
#include "tst_smoothness.moc"
