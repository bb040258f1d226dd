#include "ui/shell/palette.h"

#include "ui/models/fuzzy.h"
#include "ui/theme/fonts.h"
#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/text.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace stormglass::ui {

namespace {

constexpr int rowHeightOfPalette = 36;
constexpr qsizetype shown = 10;

class EntryDelegate final : public QStyledItemDelegate
{
public:
    EntryDelegate(const QList<PaletteEntry> &entries, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_entries(entries)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {100, rowHeightOfPalette};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const PaletteEntry entry = m_entries.value(index.row());
        const Tokens &tokens = tokensOf(option.widget);
        const bool isChosen = option.state.testFlag(QStyle::State_Selected);
        painter->setRenderHint(QPainter::Antialiasing);
        if (isChosen) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(tokens.selection);
            painter->drawRoundedRect(option.rect.adjusted(6, 1, -6, -1), metrics::radius,
                                     metrics::radius);
        }
        const QRect area = option.rect.adjusted(18, 0, -18, 0);
        paintGlyph(*painter, QRect(area.left(), area.center().y() - 8, 17, 17), entry.glyph,
                   isChosen ? tokens.accent : tokens.faint);
        const QString right = entry.key.isEmpty() ? entry.kind : entry.key;
        painter->setFont(fonts::small());
        const int rightWidth = painter->fontMetrics().horizontalAdvance(right);
        painter->setPen(tokens.faint);
        painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, right);
        painter->setFont(fonts::text());
        painter->setPen(tokens.text);
        const QRect text = area.adjusted(28, 0, -rightWidth - 16, 0);
        painter->drawText(
            text, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(entry.text, Qt::ElideMiddle, text.width()));
    }

private:
    const QList<PaletteEntry> &m_entries;
};

bool isExecutionId(const QString &text)
{
    if (text.size() != 24)
        return false;
    return std::all_of(text.begin(), text.end(),
                       [](QChar c) { return QStringLiteral("0123456789abcdef").contains(c); });
}

} // namespace

Palette::Palette(Source source, std::function<void(const QString &)> findExecution, QWidget *window)
    : Overlay(window)
    , m_source(std::move(source))
    , m_findExecution(std::move(findExecution))
    , m_edit(new QLineEdit)
    , m_list(new QListView)
    , m_items(new QStandardItemModel(this))
    , m_hint(new Text(tr("> commands   @ engines   # execution id   ! rules"), Face::Small,
                      Tone::Faint))
{
    setAccessibleName(tr("Go anywhere, do anything"));
    m_edit->setFrame(false);
    m_edit->setFixedHeight(48);
    m_edit->setFont(fontOf(Face::Heading));
    QFont font = fonts::text();
    font.setPixelSize(15);
    m_edit->setFont(font);
    m_edit->setPlaceholderText(tr("Go anywhere, do anything"));
    m_edit->setAccessibleName(tr("Go anywhere, do anything"));
    m_edit->setTextMargins(18, 0, 18, 0);
    m_edit->installEventFilter(this);
    m_list->setAccessibleName(tr("What was found"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setModel(m_items);
    m_list->setItemDelegate(new EntryDelegate(m_found, m_list));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setAutoFillBackground(false);
    m_hint->setContentsMargins(19, 8, 19, 10);
    sheet()->addWidget(m_edit);
    sheet()->addWidget(new Divider);
    sheet()->addSpacing(5);
    sheet()->addWidget(m_list);
    sheet()->addSpacing(5);
    sheet()->addWidget(new Divider);
    sheet()->addWidget(m_hint);
    connect(m_edit, &QLineEdit::textChanged, this, &Palette::refresh);
    connect(m_list, &QListView::clicked, this, &Palette::take);
}

void Palette::opened()
{
    m_all = m_source();
    m_edit->clear();
    m_edit->setFocus();
    refresh();
}

void Palette::setText(const QString &text)
{
    m_edit->setText(text);
}

void Palette::refresh()
{
    QString text = m_edit->text().trimmed();
    const QChar sign = text.isEmpty() ? QChar() : text.front();
    const bool isSigned = QStringLiteral(">@#!").contains(sign) && !sign.isNull();
    if (isSigned)
        text = text.mid(1).trimmed();
    std::vector<std::pair<int, qsizetype>> ranked;
    for (qsizetype i = 0; i < m_all.size(); ++i) {
        if (isSigned && m_all[i].sign != sign)
            continue;
        const int score = text.isEmpty() ? (m_all[i].isOffered || isSigned ? 0 : -1)
                                         : fuzzyScore(text, m_all[i].text);
        if (score >= 0)
            ranked.emplace_back(-score, i);
    }
    std::stable_sort(ranked.begin(), ranked.end());
    m_found.clear();
    if (isExecutionId(text))
        m_found.append({tr("Execution %1").arg(text),
                        tr("execution"),
                        QStringLiteral("executions"),
                        {},
                        QLatin1Char('#'),
                        [find = m_findExecution, text] { find(text); }});
    for (const auto &[score, i] : ranked) {
        if (m_found.size() < shown)
            m_found.append(m_all[i]);
    }
    m_items->clear();
    for (const PaletteEntry &entry : std::as_const(m_found))
        m_items->appendRow(new QStandardItem(entry.text + QStringLiteral(", ") + entry.kind));
    m_list->setFixedHeight(qMax(1, static_cast<int>(m_found.size())) * rowHeightOfPalette);
    m_hint->setText(m_found.isEmpty() ? tr("Nothing goes by that name.")
                                      : tr("> commands   @ engines   # execution id   ! rules"));
    if (!m_found.isEmpty())
        m_list->setCurrentIndex(m_items->index(0, 0));
    arrange();
}

void Palette::step(int by)
{
    const int count = m_items->rowCount();
    if (count > 0)
        m_list->setCurrentIndex(
            m_items->index((m_list->currentIndex().row() + by + count) % count, 0));
}

void Palette::take()
{
    const int row = m_list->currentIndex().row();
    if (row < 0 || row >= m_found.size())
        return;
    const std::function<void()> act = m_found[row].act;
    close();
    if (act)
        act();
}

bool Palette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Down:
            step(1);
            return true;
        case Qt::Key_Up:
            step(-1);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            take();
            return true;
        case Qt::Key_Escape:
            close();
            return true;
        default:
            break;
        }
    }
    return Overlay::eventFilter(watched, event);
}

} // namespace stormglass::ui
