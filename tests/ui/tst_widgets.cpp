#include "engine/base/json.h"
#include "ui/widgets/cell_delegate.h"
#include "ui/widgets/log_lines.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/table.h"
#include "ui/widgets/value_model.h"
#include "ui/widgets/value_tree.h"

#include <QAbstractItemModelTester>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QHoverEvent>
#include <QStandardItemModel>
#include <QTest>
#include <QVBoxLayout>

using namespace stormglass;
using namespace stormglass::ui;

class WidgetsTest : public QObject
{
    Q_OBJECT

private slots:
    void colorsOfATerminalAreKept()
    {
        AnsiReader reader;
        const AnsiLine line = reader.read(
            QStringLiteral("a \x1b[1;31mred\x1b[0m b \x1b[38;5;200mx\x1b[38;2;1;2;3my"));
        QCOMPARE(line.text, QStringLiteral("a red b xy"));
        QCOMPARE(line.spans.size(), std::size_t(4));
        QCOMPARE(line.spans[0].start, 2);
        QVERIFY(line.spans[0].style.isBold);
        QCOMPARE(line.spans[0].style.color, 1U);
        QCOMPARE(line.spans[1].style, AnsiStyle());
        QCOMPARE(line.spans[2].style.color, 200U);
        QCOMPARE(line.spans[3].style.color, 0x010203U);
    }

    void otherEscapesAndControlsAreDropped()
    {
        AnsiReader reader;
        QCOMPARE(reader
                     .read(QStringLiteral("\x1b[2J\x1b]0;title\x07"
                                          "a\x1b(Bb\x01\x7f"))
                     .text,
                 QStringLiteral("ab"));
        QCOMPARE(reader.read(QStringLiteral("10 %\r20 %\r")).text, QStringLiteral("20 %"));
        QCOMPARE(reader.read(QStringLiteral("cut \x1b[")).text, QStringLiteral("cut "));
    }

    void aCharacterCutInTwoIsOne()
    {
        LogLines lines;
        const QByteArray text = QStringLiteral("gr\u00fcn\n").toUtf8();
        QCOMPARE(lines.append(LogChannel::Output, text.left(3)), std::size_t(0));
        QCOMPARE(lines.append(LogChannel::Output, text.mid(3)), std::size_t(1));
        QCOMPARE(lines.at(0).content.text, QStringLiteral("gr\u00fcn"));
    }

    void channelsDoNotMixWithinALine()
    {
        LogLines lines;
        lines.append(LogChannel::Output, "out");
        lines.append(LogChannel::Error, "err\n");
        lines.append(LogChannel::Output, "put\n");
        QCOMPARE(lines.count(), std::size_t(2));
        QCOMPARE(lines.at(0).channel, LogChannel::Error);
        QCOMPARE(lines.at(1).content.text, QStringLiteral("output"));
    }

    void outputWithoutEndIsBounded()
    {
        LogLines lines(1'000, 200'000);
        for (int i = 0; i < 5'000; ++i)
            lines.append(LogChannel::Output, QByteArray(90, 'x') + '\n');
        QCOMPARE(lines.count() + lines.dropped(), std::size_t(5'000));
        QVERIFY(lines.count() <= 1'000);
        lines.clear();
        for (int i = 0; i < 100; ++i)
            lines.append(LogChannel::Output, QByteArray(1'000, 'y')); // a line that never ends
        lines.append(LogChannel::Output, "\nnext\n");
        QCOMPARE(lines.count(), std::size_t(2));
        QVERIFY(lines.at(0).content.text.size() <= LogLines::maximumLength + 1);
        QCOMPARE(lines.at(1).content.text, QStringLiteral("next"));
    }

    void aMillionItemsOpenAtOnce()
    {
        ValueList items;
        for (int i = 0; i < 1'000'000; ++i)
            items.emplace_back(i);
        ValueModel model;
        QElapsedTimer timer;
        timer.start();
        model.setValue(Value::map({{"list", Value(std::move(items))}}));
        model.fetchMore({});
        const QModelIndex list = model.index(0, 0);
        QVERIFY(model.canFetchMore(list));
        model.fetchMore(list);
        QCOMPARE(model.rowCount(list), 1'000);
        QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(model.pathAt(model.index(7, 0, list)), QStringLiteral("list[7]"));
    }

    void theTreeOfAValueIsAModel()
    {
        ValueModel model;
        model.setValue(Value::map({{"a", Value::list({1, Value::map({{"b", 2}})})}, {"c", "d"}}));
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.pathAt(model.index(0, 0, model.index(1, 0, model.index(0, 0)))),
                 QStringLiteral("a[1].b"));
    }

    void secretsAreNotShown()
    {
        ValueModel model;
        model.setValue(Value::map({{"token", Value("abc").markedSecret()}}));
        model.fetchMore({});
        QCOMPARE(model.index(0, 0).data(ValueModel::ValueTextRole).toString(),
                 QStringLiteral("********"));
    }

    void thePointerMarksAWholeRow()
    {
        QStandardItemModel model(20, 3);
        Table table(QStringLiteral("Rows"));
        table.setItemDelegate(new CellDelegate(&table));
        table.setModel(&model);
        table.setColumns({{80}, {80}, {80, true}});
        table.resize(300, 300);
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
        const QRect row = table.visualRect(model.index(3, 0));
        const auto colorAt = [&table, &row](int x) {
            return table.viewport()->grab().toImage().pixelColor(x, row.center().y());
        };
        const QColor before = colorAt(200);
        QHoverEvent move(QEvent::HoverMove, row.center(), row.center(), QPointF(1, 1));
        QCoreApplication::sendEvent(table.viewport(), &move);
        QCOMPARE(table.hoveredRow(), 3);
        QVERIFY(colorAt(200) != before);
        QCOMPARE(colorAt(10), colorAt(200));
        QCOMPARE(colorAt(100), colorAt(200));
    }

    void theMenuOfARowIsThatRows()
    {
        QStandardItemModel model(20, 2);
        Table table(QStringLiteral("Rows"));
        table.setModel(&model);
        table.resize(300, 300);
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
        int row = -1;
        connect(&table, &Table::menuWanted, this,
                [&row](const QModelIndex &index) { row = index.row(); });
        const QPoint place = table.visualRect(model.index(4, 0)).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, place,
                                table.viewport()->mapToGlobal(place));
        QCoreApplication::sendEvent(table.viewport(), &event);
        QCOMPARE(row, 4);
    }

    void markupInToolTipsIsText()
    {
        QCOMPARE(plainToolTip(QStringLiteral("a < b")), QStringLiteral("a < b"));
        QVERIFY(plainToolTip(QStringLiteral("<b>x</b>")).contains(QStringLiteral("&lt;b&gt;")));
        QCOMPARE(plainActionText(QStringLiteral("a & b")), QStringLiteral("a && b"));
    }

    void aTreeIsAsTallAsWhatItUnfolds()
    {
        QWidget page;
        auto *layout = new QVBoxLayout(&page);
        auto *tree = new ValueTree(QStringLiteral("Payload"));
        tree->fitRows(24);
        layout->addWidget(tree);
        layout->addStretch(1);
        tree->setValue(*readJson(R"({"state": "ok"})"));
        page.resize(400, 600);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        const int line = tree->height();
        tree->setValue(*readJson(R"({"headers": {"a": 1, "b": 2, "c": 3}, "body": {"d": 4}})"));
        QTRY_VERIFY(tree->height() > 5 * (line - 2));
        QCOMPARE(tree->height(), tree->sizeHint().height());
    }

    void theRowThatGetsTheFocusIsChosen()
    {
        QStandardItemModel model(3, 1);
        Table table(QStringLiteral("Rows"));
        table.setModel(&model);
        table.show();
        table.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&table));
        table.setFocus();
        QTRY_VERIFY(table.hasFocus());
        QCOMPARE(table.currentIndex().row(), 0);
        QVERIFY(table.selectionModel()->isRowSelected(0));
    }
};

QTEST_MAIN(WidgetsTest)
#include "tst_widgets.moc"
