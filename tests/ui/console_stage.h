#pragma once

#include "engine/base/timestamp.h"
#include "tests/support/fake_clock.h"
#include "tests/support/sample_instance.h"
#include "ui/pages/page.h"
#include "ui/shell/console.h"
#include "ui/shell/main_window.h"
#include "ui/shell/workspace.h"

#include <QTest>

namespace stormglass::ui {

// A window over a sample, at a moment that is always the same.
struct ConsoleStage
{
    using Mood = SampleInstance::Mood;

    explicit ConsoleStage(Mood mood = Mood::Filled, Scheme scheme = Scheme::Light,
                          InstanceKind kind = InstanceKind::Local)
        : instance(clock, mood)
    {
        ConsoleOptions options;
        options.clock = &clock;
        options.theme = scheme == Scheme::Dark ? QStringLiteral("dark") : QStringLiteral("light");
        const QString name
            = kind == InstanceKind::Local ? QStringLiteral("local") : QStringLiteral("fra-prod");
        console = std::make_unique<Console>(
            std::vector<ConsoleInstance>{{name, kind, &instance, Credential::localOwner()}},
            options);
        window().setZone(QStringLiteral("UTC"));
        window().resize(1440, 900);
        window().show();
        window().activateWindow();
        (void)QTest::qWaitForWindowActive(&window());
    }

    MainWindow &window() const { return console->window(); }
    Page &page() const { return *window().workspace().page(); }
    bool settle() const
    {
        return QTest::qWaitFor([this] { return page().isSettled(); }, 5000);
    }

    // Goes there and waits until it shows what it has; twice, because what a page has may have to
    // be read before one of it can be chosen.
    bool open(const QString &name, const QString &id = {}) const
    {
        window().go({name});
        if (!settle())
            return false;
        if (id.isEmpty())
            return true;
        window().go({name, id});
        return settle();
    }

    FakeClock clock{*timestampFromIso("2024-05-14T14:02:59.300000Z")};
    SampleInstance instance;
    std::unique_ptr<Console> console;
};

} // namespace stormglass::ui
