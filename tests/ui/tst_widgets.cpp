#include "ui/widgets/log_lines.h"

#include <QTest>

using namespace stormglass::ui;

class WidgetsTest : public QObject
{
    Q_OBJECT
};

QTEST_MAIN(WidgetsTest)
#include "tst_widgets.moc"
