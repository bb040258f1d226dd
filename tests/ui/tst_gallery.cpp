#include "ui/pages/danger_dialog.h"
#include "ui/pages/execution_detail.h"
#include "ui/pages/executions_page.h"
#include "ui/shell/instance_dialog.h"
#include "ui/shell/live_dock.h"
#include "ui/theme/style.h"
#include "ui/widgets/table.h"

#include "tests/support/sample_catalogue.h"
#include "tests/ui/console_stage.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QTest>

using namespace stormglass;
using namespace stormglass::ui;

namespace {

using Mood = SampleInstance::Mood;

QString folder()
{
    return QStringLiteral(SG_BUILD_DIR "/gallery");
}

using Stage = ConsoleStage;

// Two minutes of events coming and going, for what shows rates.
void live(Stage &stage)
{
    Session &session = stage.window().workspace().session();
    session.events.setPaused(true);
    for (int second = 0; second < 118; ++second) {
        stage.instance.flood(24 + second * 7 % 31 + (second > 70 && second < 84 ? 40 : 0));
        session.pulse.beat();
    }
    session.feed.flush();
    session.events.load();
    session.events.setPaused(false);
}

QImage picture(QWidget &widget, qreal ratio)
{
    QImage image(widget.size() * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    widget.render(&image);
    return image;
}

void save(QWidget &widget, const QString &name)
{
    QVERIFY(picture(widget, 1).save(QStringLiteral("%1/%2.png").arg(folder(), name)));
}

// How many different colours a picture has, up to a few; a blank one has one.
int colors(const QImage &image)
{
    QSet<QRgb> seen;
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width() && seen.size() < 64; x += 3)
            seen.insert(image.pixel(x, y));
    }
    return static_cast<int>(seen.size());
}

// Labels of one line that got less room than their text needs.
QStringList clippedLabels(const QWidget &window)
{
    QStringList clipped;
    for (const QLabel *label : window.findChildren<QLabel *>()) {
        if (!label->isVisible() || label->wordWrap() || label->text().isEmpty())
            continue;
        if (label->width() < label->sizeHint().width() - 1
            || label->height() < label->fontMetrics().height() - 1)
            clipped.append(label->text());
    }
    return clipped;
}

QString moodName(Mood mood)
{
    switch (mood) {
    case Mood::Filled:
        return QStringLiteral("filled");
    case Mood::Empty:
        return QStringLiteral("empty");
    case Mood::Failing:
        return QStringLiteral("failed");
    case Mood::Silent:
        return QStringLiteral("busy");
    }
    return {};
}

// What is chosen on a page while its picture is taken.
Place chosen(const QString &page)
{
    static const QHash<QString, QString> ids{
        {QStringLiteral("events"), sample::idOf(0x10000)},
        {QStringLiteral("rules"), QStringLiteral("ops.page_on_db_error")},
        {QStringLiteral("actions"), QStringLiteral("core.http")},
        {QStringLiteral("sensors"), QStringLiteral("linux.DiskSensor")},
        {QStringLiteral("packs"), QStringLiteral("ops")},
    };
    return {page, ids.value(page)};
}

} // namespace

class GalleryTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(QDir().mkpath(folder())); }

    void everyPageIsDrawn_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<int>("mood");
        QTest::addColumn<bool>("isDark");
        for (const QString &page : Console::pageNames()) {
            for (const Mood mood : {Mood::Filled, Mood::Empty, Mood::Failing, Mood::Silent}) {
                for (const bool isDark : {false, true}) {
                    const QString name
                        = QStringLiteral("%1-%2-%3")
                              .arg(page, moodName(mood),
                                   isDark ? QStringLiteral("dark") : QStringLiteral("light"));
                    QTest::newRow(qPrintable(name)) << page << static_cast<int>(mood) << isDark;
                }
            }
        }
    }

    void everyPageIsDrawn()
    {
        QFETCH(QString, page);
        QFETCH(int, mood);
        QFETCH(bool, isDark);
        Stage stage(static_cast<Mood>(mood), isDark ? Scheme::Dark : Scheme::Light);
        stage.window().go({page});
        if (static_cast<Mood>(mood) != Mood::Silent)
            QVERIFY(stage.settle());
        if (static_cast<Mood>(mood) == Mood::Filled) {
            live(stage);
            stage.window().go(chosen(page));
            if (page == QLatin1String("executions")) {
                auto *executions = qobject_cast<ExecutionsPage *>(&stage.page());
                auto *tree = executions->findChild<Tree *>();
                tree->setCurrentIndex(tree->model()->index(6, 0));
            }
            QVERIFY(stage.settle());
        }
        QTest::qWait(20);
        const QImage image = picture(stage.window(), 1);
        QVERIFY(colors(image) > 8);
        QTRY_COMPARE(clippedLabels(stage.window()).join(QStringLiteral(" | ")), QString());
        save(stage.window(), QString::fromUtf8(QTest::currentDataTag()));
    }

    void tabsOfAnExecutionAreDrawn_data()
    {
        QTest::addColumn<int>("tab");
        QTest::newRow("input") << static_cast<int>(ExecutionDetail::Input);
        QTest::newRow("result") << static_cast<int>(ExecutionDetail::Outcome);
        QTest::newRow("output") << static_cast<int>(ExecutionDetail::Output);
        QTest::newRow("history") << static_cast<int>(ExecutionDetail::History);
        QTest::newRow("raw") << static_cast<int>(ExecutionDetail::Raw);
    }

    void tabsOfAnExecutionAreDrawn()
    {
        QFETCH(int, tab);
        Stage stage(Mood::Filled, Scheme::Dark, InstanceKind::Production);
        stage.window().go({QStringLiteral("executions")});
        QVERIFY(stage.settle());
        auto *page = qobject_cast<ExecutionsPage *>(&stage.page());
        auto *tree = page->findChild<Tree *>();
        tree->setCurrentIndex(tree->model()->index(0, 0));
        tree->expand(tree->model()->index(0, 0));
        QTRY_COMPARE(tree->model()->rowCount(tree->model()->index(0, 0)), 4);
        page->detail().setTab(static_cast<ExecutionDetail::Tab>(tab));
        QVERIFY(stage.settle());
        QTest::qWait(20);
        QTRY_COMPARE(clippedLabels(stage.window()).join(QStringLiteral(" | ")), QString());
        save(stage.window(),
             QStringLiteral("executions-%1-dark").arg(QString::fromUtf8(QTest::currentDataTag())));
    }

    void sheetsAreDrawn_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void sheetsAreDrawn()
    {
        QFETCH(bool, isDark);
        const QString tag = QString::fromUtf8(QTest::currentDataTag());
        Stage stage(Mood::Filled, isDark ? Scheme::Dark : Scheme::Light, InstanceKind::Staging);
        stage.window().go({QStringLiteral("events")});
        stage.window().toggleDock();
        QVERIFY(stage.settle());
        stage.window().workspace().dock().setCurrent(1);
        QTRY_VERIFY(stage.window().workspace().dock().isSettled());
        save(stage.window(), QStringLiteral("dock-") + tag);
        stage.window().palettePanel().open();
        save(stage.window(), QStringLiteral("palette-") + tag);
        stage.window().palettePanel().setText(QStringLiteral("rg"));
        save(stage.window(), QStringLiteral("palette-found-") + tag);
        stage.window().palettePanel().close();
        stage.window().showKeys();
        save(stage.window(), QStringLiteral("keys-") + tag);
    }

    void questionsAreDrawn_data() { sheetsAreDrawn_data(); }

    void questionsAreDrawn()
    {
        QFETCH(bool, isDark);
        const QString tag = QString::fromUtf8(QTest::currentDataTag());
        Stage stage(Mood::Filled, isDark ? Scheme::Dark : Scheme::Light, InstanceKind::Production);
        stage.window().go({QStringLiteral("rules")});
        QVERIFY(stage.settle());
        InstanceDialog engine({}, {}, &stage.window());
        engine.setReason(QStringLiteral("fra-prod is there, and does not accept the key."));
        engine.show();
        save(engine, QStringLiteral("engine-") + tag);
        engine.hide();
        DangerDialog danger({QStringLiteral("Cancel ops.deploy?"),
                             QStringLiteral("It has been running for 1 min 14 s. Its process is "
                                            "ended; what it has done stays done."),
                             QStringLiteral("Cancel the execution")},
                            QStringLiteral("fra-prod"), &stage.window());
        danger.show();
        save(danger, QStringLiteral("danger-") + tag);
        danger.hide();
        stage.instance.setState({InstanceState::Kind::Unreachable,
                                 QStringLiteral("Nothing listens at 10.0.0.7:9101: is the engine "
                                                "running, and is the port right?")});
        QTest::qWait(20);
        QTRY_COMPARE(clippedLabels(stage.window()).join(QStringLiteral(" | ")), QString());
        save(stage.window(), QStringLiteral("away-") + tag);
    }

    void aNewRuleIsDrawn()
    {
        Stage stage(Mood::Filled, Scheme::Light);
        stage.window().go({QStringLiteral("rules"), QStringLiteral("+")});
        QVERIFY(stage.settle());
        QTest::qWait(20);
        save(stage.window(), QStringLiteral("rules-new-light"));
    }

    void twiceTheSizeIsSharp()
    {
        Stage stage(Mood::Filled, Scheme::Dark);
        stage.window().go(chosen(QStringLiteral("events")));
        QVERIFY(stage.settle());
        stage.window().go(chosen(QStringLiteral("events")));
        QVERIFY(stage.settle());
        const QImage image = picture(stage.window(), 2);
        QCOMPARE(image.size(), stage.window().size() * 2);
        QVERIFY(image.save(folder() + QStringLiteral("/events-filled-dark@2x.png")));
    }

    void aNarrowWindowStillHoldsEverything()
    {
        Stage stage(Mood::Filled, Scheme::Light);
        stage.window().resize(stage.window().minimumSize());
        for (const QString &page : Console::pageNames()) {
            stage.window().go(chosen(page));
            QVERIFY(stage.settle());
            QTest::qWait(20);
            QTRY_COMPARE(clippedLabels(stage.window()).join(QStringLiteral(" | ")), QString());
            save(stage.window(), QStringLiteral("narrow-%1-light").arg(page));
        }
    }

    void aPageCanBeRenderedForAProgram()
    {
        FakeClock clock;
        SampleInstance instance(clock);
        ConsoleOptions options;
        options.clock = &clock;
        Console console(
            {{QStringLiteral("local"), InstanceKind::Local, &instance, Credential::localOwner()}},
            options);
        const QString file = folder() + QStringLiteral("/program.png");
        QFile::remove(file);
        std::optional<bool> outcome;
        console.renderPage(QStringLiteral("rules"), Scheme::Dark, file,
                           [&outcome](Result<> result) { outcome = result.has_value(); });
        QTRY_VERIFY(outcome.has_value());
        QVERIFY(*outcome);
        QVERIFY(QFile::exists(file));
    }

    void whatIsChosenOnAPageIsRenderedToo()
    {
        FakeClock clock;
        SampleInstance instance(clock);
        ConsoleOptions options;
        options.clock = &clock;
        Console console(
            {{QStringLiteral("local"), InstanceKind::Local, &instance, Credential::localOwner()}},
            options);
        std::optional<bool> outcome;
        console.renderPage(QStringLiteral("rules/ops.load_page"), Scheme::Light,
                           folder() + QStringLiteral("/chosen.png"),
                           [&outcome](Result<> result) { outcome = result.has_value(); });
        QTRY_VERIFY(outcome.has_value());
        QVERIFY(*outcome);
        QCOMPARE(console.window().workspace().page()->crumbs(),
                 (QStringList{QStringLiteral("ops"), QStringLiteral("load_page")}));
    }

    void aPageThatDoesNotExistIsRefused()
    {
        FakeClock clock;
        SampleInstance instance(clock);
        ConsoleOptions options;
        options.clock = &clock;
        Console console(
            {{QStringLiteral("local"), InstanceKind::Local, &instance, Credential::localOwner()}},
            options);
        QString message;
        console.renderPage(
            QStringLiteral("nowhere"), Scheme::Dark, folder() + QStringLiteral("/x.png"),
            [&message](Result<> result) { message = result ? QString() : result.error().message; });
        QVERIFY(message.contains(QStringLiteral("nowhere")));
    }
};

QTEST_MAIN(GalleryTest)
#include "tst_gallery.moc"
