// The console over an instance made of samples: `sample_console [page] [light|dark]
// [filled|empty|failing]`.
#include "engine/base/clock.h"
#include "tests/support/sample_instance.h"
#include "ui/shell/console.h"
#include "ui/shell/main_window.h"

#include <QApplication>

using namespace stormglass;
using namespace stormglass::ui;

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const SystemClock clock;
    const QString moodName = arguments.value(3);
    const SampleInstance::Mood mood = moodName == QLatin1String("empty")
        ? SampleInstance::Mood::Empty
        : moodName == QLatin1String("failing") ? SampleInstance::Mood::Failing
                                               : SampleInstance::Mood::Filled;
    SampleInstance instance(clock, mood);
    instance.setLively(true);
    ConsoleOptions options;
    options.clock = &clock;
    options.theme = arguments.value(2);
    Console console(
        {{QStringLiteral("sample"), InstanceKind::Local, &instance, Credential::localOwner()}},
        options);
    QObject::connect(&console, &Console::quitWanted, &application, &QCoreApplication::quit);
    console.show();
    if (arguments.size() > 1)
        console.window().go({arguments.at(1)});
    return QApplication::exec();
}
