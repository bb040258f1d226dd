#include "tests/support/fake_clock.h"
#include "tests/support/sample_instance.h"

#include "engine/base/timestamp.h"
#include "ui/models/session.h"
#include "ui/pages/rehearsal_view.h"
#include "ui/pages/verdict_list.h"
#include "ui/theme/style.h"
#include "ui/widgets/states.h"

#include <QAbstractButton>
#include <QDir>
#include <QLabel>
#include <QProgressBar>
#include <QTest>

using namespace stormglass;
using namespace stormglass::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString pictures = QStringLiteral(SG_BUILD_DIR "/pictures");

// A sample in which rehearsals go as the test says.
class RehearsingInstance final : public SampleInstance
{
public:
    using SampleInstance::SampleInstance;

    void call(const Request &request, Reply<Response> reply) override
    {
        const bool isMine = request.path.contains(u"rehears");
        if (!isMine)
            return SampleInstance::call(request, std::move(reply));
        asked.push_back(request);
        if (request.verb == Verb::Delete)
            report.status = RehearsalStatus::Canceled;
        reply(refusal ? Result<Response>(failure(*refusal))
                      : Result<Response>(Response{200, toJson(report)}));
    }
    void tell() { emit changed({++m_number, u"stormglass.rehearsal__update"_s, toJson(report)}); }

    RehearsalReport report;
    std::optional<Error> refusal;
    std::vector<Request> asked;

private:
    ChangeNumber m_number = 1'000'000;
};

struct Stage
{
    FakeClock clock{*timestampFromIso("2024-05-14T14:02:59.300000Z")};
    IdGenerator ids{clock};
    RehearsingInstance instance{clock};
    Session session{instance, u"local"_s, InstanceKind::Local, Credential::localOwner(), clock};
    RehearsalView view{session, [] {
                           RuleDraft draft;
                           draft.trigger = u"core.st2.webhook"_s;
                           return draft;
                       }};

    explicit Stage(Scheme scheme = Scheme::Light)
    {
        applyTheme(*qApp, scheme);
        session.setZone(QTimeZone::utc());
        instance.report.id = ids.make();
        instance.report.started = clock.now();
        view.resize(620, 760);
        view.show();
    }

    void found()
    {
        RehearsalReport &report = instance.report;
        report.status = RehearsalStatus::Succeeded;
        report.ended = clock.now() + 1800ms;
        report.isCompared = true;
        report.from = clock.now() - 24h;
        report.total = report.summary.events = 48'213;
        report.summary.fires = 1'204;
        report.summary.gained = 310;
        report.summary.lost = 12;
        report.summary.peak = 41;
        report.summary.peakMinute = clock.now() - 3h;
        report.summary.nearMisses = 420;
        report.summary.heldBackBy = {{u"trigger.wind"_s, 400}, {u"trigger.room"_s, 20}};
        report.summary.errors[u"TypeError"_s]
            = {3, u"'>' not supported between instances of 'str' and 'int'"_s, ids.make()};
        report.bucketWidth = 360s;
        for (int i = 0; i < 240; ++i)
            report.timeline.push_back(
                {*report.from + 360s * i, i % 17, i % 5, i % 29 == 0, i == 200});
        report.nearMisses.push_back({ids.make(), clock.now() - 5min, u"trigger.wind"_s,
                                     u"Would match with greaterthan 19."_s});
        report.marks = {{ids.make(),
                         clock.now() - 2min,
                         RehearsalMark::Kind::Gained,
                         Value::map({{"cmd", "close attic"}, {"timeout", 60}}),
                         {}},
                        {ids.make(),
                         clock.now() - 9min,
                         RehearsalMark::Kind::Fires,
                         {},
                         u"Failed to cast the value of parameter \"level\" to type \"integer\""_s},
                        {ids.make(), clock.now() - 40min, RehearsalMark::Kind::Lost, {}, {}},
                        {ids.make(),
                         clock.now() - 50min,
                         RehearsalMark::Kind::Error,
                         {},
                         u"'>' not supported between instances of 'str' and 'int'"_s}};
    }

    QAbstractButton *button(const QString &text) const
    {
        for (QAbstractButton *each : view.findChildren<QAbstractButton *>()) {
            if (each->text() == text && each->isVisible())
                return each;
        }
        return nullptr;
    }
    bool says(const QString &part) const
    {
        for (const QLabel *label : view.findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(part))
                return true;
        }
        return false;
    }
    void keepPicture(const QString &name) const
    {
        QDir().mkpath(pictures);
        QVERIFY(const_cast<RehearsalView &>(view).grab().save(pictures + u'/' + name + u".png"_s));
    }
};

} // namespace

class TestRehearsalView : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatItIsForBeforeAnythingIsAsked();
    void showsHowFarItHasComeAndCanBeCanceled();
    void showsWhatWasFound_data();
    void showsWhatWasFound();
    void saysWhyItCouldNotBeBegun();
    void saysWhereNothingWasRecorded();
    void asksForTheTimeThatWasChosen();
    void forgetsWhatAnotherRuleDid();
    void verdictsAdvise();
};

void TestRehearsalView::saysWhatItIsForBeforeAnythingIsAsked()
{
    Stage stage;
    QVERIFY(stage.says(u"What would it have done?"_s));
    QVERIFY(stage.button(u"Rehearse"_s)->isEnabled());
    QVERIFY(!stage.button(u"Cancel"_s));
    stage.keepPicture(u"rehearsal-idle-light"_s);
}

void TestRehearsalView::showsHowFarItHasComeAndCanBeCanceled()
{
    Stage stage;
    stage.view.start();
    RehearsalReport &report = stage.instance.report;
    report.total = 1000;
    report.summary.events = 250;
    report.summary.fires = 7;
    stage.instance.tell();
    stage.session.feed.flush();
    QCOMPARE(stage.view.findChild<QProgressBar *>()->value(), 250);
    QVERIFY(stage.says(u"250 of"_s));
    QVERIFY(!stage.button(u"Rehearse"_s)->isEnabled());
    stage.keepPicture(u"rehearsal-running-light"_s);
    stage.button(u"Cancel"_s)->click();
    QCOMPARE(stage.instance.asked.back().verb, Verb::Delete);
    QVERIFY(stage.says(u"Canceled"_s));
    QVERIFY(stage.button(u"Rehearse again"_s)->isEnabled());
}

void TestRehearsalView::showsWhatWasFound_data()
{
    QTest::addColumn<bool>("isDark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestRehearsalView::showsWhatWasFound()
{
    QFETCH(bool, isDark);
    Stage stage(isDark ? Scheme::Dark : Scheme::Light);
    stage.found();
    stage.view.start();
    QVERIFY(stage.says(u"310 gained, 12 lost"_s));
    QTRY_VERIFY(stage.says(u"TypeError"_s));
    QVERIFY(stage.says(u"Would match with greaterthan 19."_s));
    QVERIFY(stage.says(u"close attic"_s));
    stage.keepPicture(u"rehearsal-found-"_s + (isDark ? u"dark"_s : u"light"_s));
}

void TestRehearsalView::saysWhyItCouldNotBeBegun()
{
    Stage stage;
    stage.instance.refusal = Error{ErrorCode::Invalid, u"There is no trigger type \"x.y\"."_s};
    stage.view.start();
    QVERIFY(stage.says(u"There is no trigger type"_s));
    QVERIFY(stage.button(u"Rehearse"_s)->isEnabled());
    stage.keepPicture(u"rehearsal-failed-light"_s);
}

void TestRehearsalView::saysWhereNothingWasRecorded()
{
    Stage stage;
    stage.instance.report.status = RehearsalStatus::Succeeded;
    stage.view.start();
    QVERIFY(stage.says(u"No event to try it on"_s));
}

void TestRehearsalView::asksForTheTimeThatWasChosen()
{
    Stage stage;
    stage.view.start();
    QCOMPARE(stage.instance.asked.front().body["from"], Value("2024-05-13T14:02:59.300000Z"));
    stage.button(u"Last hour"_s)->click();
    stage.view.clear();
    stage.view.start();
    QCOMPARE(stage.instance.asked.back().verb, Verb::Get);
    const auto posted = std::find_if(stage.instance.asked.rbegin(), stage.instance.asked.rend(),
                                     [](const Request &one) { return one.verb == Verb::Post; });
    QCOMPARE(posted->body["from"], Value("2024-05-14T13:02:59.300000Z"));
}

void TestRehearsalView::forgetsWhatAnotherRuleDid()
{
    Stage stage;
    stage.found();
    stage.view.start();
    stage.view.clear();
    QVERIFY(stage.says(u"What would it have done?"_s));
}

void TestRehearsalView::verdictsAdvise()
{
    VerdictView view;
    view.kind = VerdictKind::NotMatched;
    view.criterion = u"trigger.wind"_s;
    view.operatorName = u"greaterthan"_s;
    view.expected = 20;
    view.actual = 3;
    view.nearMiss = u"Would match with greaterthan 2."_s;
    QCOMPARE(verdictAdvice(view),
             (QStringList{u"Only this condition kept it from firing."_s,
                          u"Would match with greaterthan 2."_s}));
    view.alsoFailing = {u"trigger.room"_s};
    view.isComputedAgain = true;
    view.now = VerdictKind::Matched;
    QCOMPARE(verdictAdvice(view).size(), 4);
    Stage stage;
    VerdictList list(stage.session.rules);
    list.show(std::vector{view});
    list.resize(480, 200);
    QDir().mkpath(pictures);
    QVERIFY(list.grab().save(pictures + u"/verdict-advice-light.png"_s));
}

QTEST_MAIN(TestRehearsalView)
#include "tst_rehearsal.moc"
