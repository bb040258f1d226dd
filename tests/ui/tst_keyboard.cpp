#include "ui/shell/console.h"
#include "ui/shell/main_window.h"
#include "ui/shell/workspace.h"

#include "tests/support/fake_clock.h"
#include "tests/support/sample_instance.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QTest>

using namespace stormglass;
using namespace stormglass::ui;

class KeyboardTest : public QObject
{
    Q_OBJECT
};

QTEST_MAIN(KeyboardTest)
#include "tst_keyboard.moc"
