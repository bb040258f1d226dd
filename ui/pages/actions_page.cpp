#include "ui/pages/actions_page.h"

#include "ui/models/times.h"
#include "ui/pages/action_detail.h"
#include "ui/theme/fonts.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/cell_delegate.h"
#include "ui/widgets/states.h"
#include "ui/widgets/table.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QTimer>

#include <map>

namespace stormglass::ui {

namespace {

constexpr int packRole = Qt::UserRole + 1;
constexpr int countRole = Qt::UserRole + 2;

class ActionCells final : public CellDelegate
{
public:
    using CellDelegate::CellDelegate;

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const QString text = index.data().toString();
        if (index.column() == ActionsModel::Ref)
            return {.text = text, .face = Face::Strong, .elide = Qt::ElideMiddle};
        return {.text = text, .tone = Tone::Muted};
    }
};

class PackCells final : public CellDelegate
{
public:
    using CellDelegate::CellDelegate;

protected:
    Cell cell(const QModelIndex &index) const override
    {
        return {.text = index.data().toString(), .right = index.data(countRole).toString()};
    }
};

// Looks like the head of the table beside it.
class PackHead final : public QWidget
{
public:
    explicit PackHead(QString title)
        : m_title(std::move(title))
    {
        setFixedHeight(metrics::control + 2);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = tokensOf(this);
        QPainter painter(this);
        painter.fillRect(0, height() - 1, width(), 1, tokens.line);
        painter.setFont(fonts::label());
        painter.setPen(tokens.faint);
        painter.drawText(rect().adjusted(8, 0, -8, 0), Qt::AlignLeft | Qt::AlignVCenter, m_title);
    }

private:
    QString m_title;
};

} // namespace

ActionsPage::ActionsPage(Session &session, QWidget *parent)
    : ListPage(session, QStringLiteral("actions"), parent)
    , m_actions(session.actions)
    , m_packs(new QListWidget)
    , m_table(new Table(tr("Actions")))
    , m_detail(new ActionDetail(session))
{
    m_packs->setAccessibleName(tr("Packs"));
    m_packs->setFrameShape(QFrame::NoFrame);
    m_packs->setFixedWidth(168);
    m_packs->setItemDelegate(new PackCells(m_packs));
    m_packs->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setItemDelegate(new ActionCells(m_table));
    m_table->setModel(&m_actions);
    m_table->setColumns({{248}, {220, true, 400}, {132, false, 560}});
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ActionsModel::Ref, Qt::AscendingOrder);
    auto *list = new QWidget;
    auto *columns = new QHBoxLayout(list);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    auto *side = new QVBoxLayout;
    side->setSpacing(0);
    side->addWidget(new PackHead(tr("Packs")));
    side->addWidget(m_packs);
    columns->addLayout(side);
    columns->addWidget(new Divider(Qt::Vertical));
    columns->addWidget(m_table, 1);
    list->setFocusProxy(m_table);
    build(list, m_detail, 7, 5);
    bar().addWidget(&count());
    bar().addStretch(1);
    invite(QStringLiteral("actions"), tr("Choose an action"),
           tr("The form its parameters make appears here, and what it prints when it is run."));
    addKey(QKeySequence(QStringLiteral("Ctrl+Return")), tr("Run the action"),
           [this] { m_detail->run(); });
    noteKey(QStringLiteral("\u2191 \u2193"), tr("Go through the actions"));
    noteKey(QStringLiteral("Enter"), tr("To the form"));
    listen();
}

void ActionsPage::listen()
{
    connect(m_packs, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        const QString pack = item ? item->data(packRole).toString() : QString();
        setFilterText(pack.isEmpty() ? QString() : filterTerm(QStringLiteral("pack"), Value(pack)));
    });
    connect(m_table, &Table::currentRowChanged, this, &ActionsPage::showCurrent);
    connect(m_table, &Table::opened, m_detail, &ActionDetail::focusForm);
    connect(m_table, &Table::menuWanted, this, &ActionsPage::showMenu);
    connect(m_detail, &ActionDetail::placeWanted, this, &Page::placeWanted);
    connect(&m_actions, &CatalogueModel::loadingChanged, this, &ActionsPage::refresh);
    connect(&m_actions, &CatalogueModel::countsChanged, this, &ActionsPage::refresh);
    connect(&m_actions, &QAbstractItemModel::modelReset, this, [this] { select(m_current); });
    fillPacks();
    refresh();
}

void ActionsPage::fillPacks()
{
    m_listed = static_cast<std::int64_t>(m_actions.total());
    const QString chosen
        = m_packs->currentItem() ? m_packs->currentItem()->data(packRole).toString() : QString();
    std::map<QString, int> counts;
    for (const Value &action : m_actions.all())
        ++counts[action["pack"].toQStringOr({})];
    const QSignalBlocker quiet(m_packs);
    m_packs->clear();
    const auto add = [this, &chosen](const QString &name, const QString &pack, int number) {
        auto *item = new QListWidgetItem(name, m_packs);
        item->setData(packRole, pack);
        item->setData(countRole, countText(number));
        if (pack == chosen)
            m_packs->setCurrentItem(item);
    };
    add(tr("All packs"), {}, static_cast<int>(m_actions.total()));
    for (const auto &[pack, number] : counts)
        add(pack, pack, number);
    if (m_packs->currentRow() < 0)
        m_packs->setCurrentRow(0);
}

void ActionsPage::refresh()
{
    showState(m_actions.loading(), m_actions.error(), m_actions.rowCount() == 0,
              tr("Actions could not be read"));
    const auto total = static_cast<std::int64_t>(m_actions.total());
    count().setText(
        m_actions.loading() != Loading::Ready && total == 0 ? QString()
            : m_actions.filter().isEmpty()
            ? countedText(total, tr("1 action"), tr("%1 actions"))
            : tr("%1 of %2 actions").arg(countText(m_actions.rowCount()), countText(total)));
    if (total != m_listed)
        fillPacks();
    if (m_awaited.id.isEmpty() || m_actions.rowOf(m_awaited.id) < 0)
        return;
    const Place place = m_awaited;
    m_awaited = {};
    open(place);
}

void ActionsPage::showCurrent()
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid())
        return;
    m_current = m_actions.refAt(index.row());
    m_detail->show(m_actions.valueAt(index.row()));
    showDetail(true);
    emit crumbsChanged();
}

void ActionsPage::select(const QString &ref)
{
    m_current = ref;
    const int row = m_actions.rowOf(ref);
    if (row >= 0)
        m_table->setCurrentIndex(m_actions.index(row, 0));
}

QStringList ActionsPage::crumbs() const
{
    return m_current.isEmpty() ? QStringList()
                               : QStringList{m_current.section(QLatin1Char('.'), 0, 0),
                                             m_current.section(QLatin1Char('.'), 1)};
}

void ActionsPage::open(const Place &place)
{
    if (!place.filter.isEmpty())
        setFilterText(place.filter);
    if (place.id.isEmpty())
        return;
    if (!m_actions.find(place.id)) {
        m_awaited = place;
        return;
    }
    if (m_actions.rowOf(place.id) < 0)
        setFilterText({});
    select(place.id);
    // A page that was just made has no rows to scroll to yet.
    QTimer::singleShot(0, m_table, [this] { m_table->scrollTo(m_table->currentIndex()); });
    if (place.values.isMap())
        m_detail->fill(place.values);
    m_detail->focusForm();
}

bool ActionsPage::isSettled() const
{
    return m_actions.loading() != Loading::Busy && m_detail->isSettled();
}

QString ActionsPage::filterHint() const
{
    return tr("Search actions by any word");
}

QHash<QString, QStringList> ActionsPage::filterValues() const
{
    QHash<QString, QStringList> values;
    for (const Value &action : m_actions.all()) {
        for (const auto &[field, member] :
             {std::pair("pack", "pack"), std::pair("runner", "runner_type")}) {
            QStringList &known = values[QString::fromLatin1(field)];
            const QString value = action[member].toQStringOr({});
            if (!known.contains(value))
                known.append(value);
        }
    }
    return values;
}

void ActionsPage::applyFilter(const Filter &filter)
{
    m_actions.setFilter(filter);
    const bool isPack = filterText().startsWith(QLatin1String("pack == "));
    if (isPack || m_packs->currentRow() <= 0)
        return;
    const QSignalBlocker quiet(m_packs);
    m_packs->setCurrentRow(0);
}

void ActionsPage::reload()
{
    m_actions.load();
}

void ActionsPage::fillEmpty(EmptyState &empty)
{
    if (m_actions.filter().isEmpty())
        empty.show(QStringLiteral("actions"), tr("No action is installed"),
                   tr("Actions are what rules and people run: commands, scripts, requests, "
                      "workflows. They come with "
                      "packs."));
    else
        empty.show(QStringLiteral("search"), tr("No action matches"),
                   tr("No action fits the filter."));
}

void ActionsPage::showMenu(const QModelIndex &index, const QPoint &place)
{
    const Value &value = m_actions.valueAt(index.row());
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString ref = value["ref"].toQStringOr({});
    menu->addAction(tr("Show its executions"), this, [this, ref] {
        emit placeWanted(
            {QStringLiteral("executions"), {}, filterTerm(QStringLiteral("action"), Value(ref))});
    });
    menu->addSeparator();
    if (index.column() == ActionsModel::Runner)
        addValueActions(*menu, QStringLiteral("runner"), value["runner_type"], value);
    else
        addValueActions(*menu, QStringLiteral("ref"), value["ref"], value);
    menu->popup(place);
}

} // namespace stormglass::ui
