#include "ui/pages/rules_page.h"

#include "ui/models/times.h"
#include "ui/pages/looks.h"
#include "ui/pages/rule_detail.h"
#include "ui/widgets/button.h"
#include "ui/widgets/cell_delegate.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/states.h"
#include "ui/widgets/table.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QTimer>

namespace stormglass::ui {

namespace {

class RuleCells final : public CellDelegate
{
public:
    RuleCells(const RulesModel &rules, QObject *parent)
        : CellDelegate(parent)
        , m_rules(rules)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const QString text = index.data().toString();
        const QString state = RulesModel::stateOf(m_rules.valueAt(index.row()));
        const StateLook look = lookOfRule(state);
        const bool isOff = state == QLatin1String("disabled");
        switch (index.column()) {
        case RulesModel::Ref:
            return {.text = text,
                    .tone = isOff ? Tone::Muted : Tone::Text,
                    .face = Face::Strong,
                    .glyph = look.glyph,
                    .glyphTone = look.tone,
                    .elide = Qt::ElideMiddle};
        case RulesModel::State:
            return {.text = text, .tone = look.tone == Tone::Good ? Tone::Muted : look.tone};
        default:
            // Names of a pack begin alike.
            return {.text = text, .tone = Tone::Muted, .elide = Qt::ElideMiddle};
        }
    }

private:
    const RulesModel &m_rules;
};

} // namespace

RulesPage::RulesPage(Session &session, QWidget *parent)
    : ListPage(session, QStringLiteral("rules"), parent)
    , m_rules(session.rules)
    , m_table(new Table(tr("Rules")))
    , m_detail(new RuleDetail(session))
{
    m_table->setItemDelegate(new RuleCells(m_rules, m_table));
    m_table->setModel(&m_rules);
    m_table->setColumns({{216, true}, {84, false, 380}, {172, false, 560}, {156, false, 480}, {0}});
    m_table->setColumnHidden(RulesModel::Description, true);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(RulesModel::Ref, Qt::AscendingOrder);
    build(m_table, m_detail, 6, 5);
    auto *make = new Button(tr("New rule"), QStringLiteral("plus"));
    bar().addWidget(&count());
    bar().addStretch(1);
    bar().addWidget(make);
    invite(QStringLiteral("rules"), tr("Choose a rule"),
           tr("When an event comes, if its conditions hold, then an action runs: each rule can be "
              "read and changed "
              "here."));
    addKey(QKeySequence(QStringLiteral("Ctrl+N")), tr("Make a rule"), [this] { makeRule(); });
    addKey(QKeySequence(QStringLiteral("Ctrl+S")), tr("Save the rule"),
           [this] { m_detail->save(); });
    addKey(QKeySequence(QStringLiteral("Ctrl+E")), tr("Enable or disable the rule"),
           [this] { m_detail->toggle(); });
    addKey(Qt::Key_Delete, tr("Delete the rule"), [this] {
        if (m_table->hasFocus())
            m_detail->remove();
    });
    noteKey(QStringLiteral("\u2191 \u2193"), tr("Go through the rules"));
    connect(make, &QAbstractButton::clicked, this, &RulesPage::makeRule);
    listen();
}

void RulesPage::listen()
{
    connect(&states().empty(), &EmptyState::stepTaken, this, &RulesPage::makeRule);
    connect(m_table, &Table::currentRowChanged, this, &RulesPage::showCurrent);
    connect(m_table, &Table::menuWanted, this, &RulesPage::showMenu);
    connect(m_detail, &RuleDetail::placeWanted, this, &Page::placeWanted);
    connect(m_detail, &RuleDetail::saved, this, &RulesPage::select);
    connect(m_detail, &RuleDetail::discarded, this, [this] {
        m_current.clear();
        showDetail(false);
        refresh();
        showCurrent();
        emit crumbsChanged();
    });
    connect(m_detail, &RuleDetail::removed, this, &RulesPage::offerUndo);
    connect(&m_rules, &CatalogueModel::loadingChanged, this, &RulesPage::refresh);
    connect(&m_rules, &CatalogueModel::countsChanged, this, &RulesPage::refresh);
    connect(&m_rules, &QAbstractItemModel::modelReset, this, [this] { select(m_current); });
    connect(&m_rules, &CatalogueModel::valueChanged, this, [this](const QString &ref) {
        if (ref == m_current && m_rules.find(ref))
            m_detail->show(*m_rules.find(ref));
    });
    refresh();
}

void RulesPage::refresh()
{
    showState(m_rules.loading(), m_rules.error(), m_rules.rowCount() == 0,
              tr("Rules could not be read"));
    const auto total = static_cast<std::int64_t>(m_rules.total());
    count().setText(
        m_rules.loading() != Loading::Ready && total == 0 ? QString()
            : m_rules.filter().isEmpty()
            ? countedText(total, tr("1 rule"), tr("%1 rules"))
            : tr("%1 of %2 rules match").arg(countText(m_rules.rowCount()), countText(total)));
}

void RulesPage::showCurrent()
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid())
        return;
    m_current = m_rules.refAt(index.row());
    m_detail->show(m_rules.valueAt(index.row()));
    showDetail(true);
    emit crumbsChanged();
}

void RulesPage::select(const QString &ref)
{
    m_current = ref;
    const int row = m_rules.rowOf(ref);
    if (row >= 0)
        m_table->setCurrentIndex(m_rules.index(row, 0));
}

void RulesPage::makeRule()
{
    m_table->clearSelection();
    m_table->setCurrentIndex({});
    m_current.clear();
    m_detail->begin({});
    states().showContent();
    showDetail(true);
    m_detail->parentWidget()->show();
    m_detail->focusForm();
    emit crumbsChanged();
}

void RulesPage::offerUndo(const Value &rule)
{
    const QString ref = rule["ref"].toQStringOr({});
    notice().show(Tone::Accent, QStringLiteral("trash"), tr("%1 was deleted.").arg(ref));
    notice().addAction(tr("Undo"), QStringLiteral("rerun"), [this, rule] { remake(rule); });
}

void RulesPage::remake(const Value &rule)
{
    notice().clear();
    const QString ref = rule["ref"].toQStringOr({});
    session().connection.post(
        QStringLiteral("/rules"), ruleAsNew(rule),
        Reply<Value>(this, [this, ref](Result<Value> made) {
            if (!made) {
                notice().show(Tone::Bad, QStringLiteral("error"),
                              tr("%1 could not be restored. %2").arg(ref, made.error().message));
                return;
            }
            m_rules.take(*made);
            select(ref);
            m_table->setFocus();
        }));
}

QStringList RulesPage::crumbs() const
{
    return m_current.isEmpty() ? QStringList()
                               : m_current.split(QLatin1Char('.')).mid(0, 1)
            + QStringList{m_current.section(QLatin1Char('.'), 1)};
}

void RulesPage::open(const Place &place)
{
    if (!place.filter.isEmpty())
        setFilterText(place.filter);
    if (place.id == QLatin1String("+")) {
        makeRule();
        return;
    }
    if (place.id.isEmpty())
        return;
    if (m_rules.rowOf(place.id) < 0 && m_rules.find(place.id))
        setFilterText({});
    select(place.id);
    // A page that was just made has no rows to scroll to yet.
    QTimer::singleShot(0, m_table, [this] { m_table->scrollTo(m_table->currentIndex()); });
    m_table->setFocus();
}

bool RulesPage::isSettled() const
{
    return m_rules.loading() != Loading::Busy;
}

QString RulesPage::filterHint() const
{
    return tr("Filter rules: state == observe");
}

QHash<QString, QStringList> RulesPage::filterValues() const
{
    QHash<QString, QStringList> values;
    values.insert(
        QStringLiteral("state"),
        {QStringLiteral("enabled"), QStringLiteral("observe"), QStringLiteral("disabled")});
    for (const Value &pack : session().packs.all())
        values[QStringLiteral("pack")].append(pack["ref"].toQStringOr({}));
    for (const Value &type : session().triggerTypes.all())
        values[QStringLiteral("trigger")].append(type["ref"].toQStringOr({}));
    return values;
}

void RulesPage::applyFilter(const Filter &filter)
{
    m_rules.setFilter(filter);
}

void RulesPage::reload()
{
    m_rules.load();
}

void RulesPage::fillEmpty(EmptyState &empty)
{
    if (m_rules.filter().isEmpty()) {
        empty.show(QStringLiteral("rules"), tr("No rule yet"),
                   tr("A rule says: when an event of some kind comes, if these conditions hold, "
                      "then run that action."));
        empty.setStep(tr("Make the first rule"), QStringLiteral("plus"));
    } else {
        empty.show(QStringLiteral("filter"), tr("No rule matches"), tr("No rule fits the filter."));
        empty.setStep({});
    }
}

void RulesPage::showMenu(const QModelIndex &index, const QPoint &place)
{
    const Value &value = m_rules.valueAt(index.row());
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    switch (index.column()) {
    case RulesModel::State:
        addValueActions(*menu, QStringLiteral("state"), Value(RulesModel::stateOf(value)), value);
        break;
    case RulesModel::Trigger:
        addValueActions(*menu, QStringLiteral("trigger"), value["trigger"]["type"], value);
        break;
    case RulesModel::Action:
        addValueActions(*menu, QStringLiteral("action"), value["action"]["ref"], value);
        break;
    default:
        addValueActions(*menu, QStringLiteral("ref"), value["ref"], value);
    }
    menu->popup(place);
}

} // namespace stormglass::ui
