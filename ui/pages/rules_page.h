#pragma once

#include "ui/pages/list_page.h"

namespace stormglass::ui {

class RuleDetail;
class Table;

// When – if – then.
class RulesPage : public ListPage
{
    Q_OBJECT

public:
    explicit RulesPage(Session &session, QWidget *parent = nullptr);

    QString title() const override { return tr("Rules"); }
    QStringList crumbs() const override;
    void open(const Place &place) override;
    bool isSettled() const override;
    QString filterHint() const override;
    QStringList filterFields() const override { return RulesModel::filterFields(); }
    QHash<QString, QStringList> filterValues() const override;
    RuleDetail &detail() const { return *m_detail; }
    void makeRule();

protected:
    void applyFilter(const Filter &filter) override;
    void reload() override;
    void fillEmpty(EmptyState &empty) override;

private:
    void listen();
    void refresh();
    void showCurrent();
    void select(const QString &ref);
    void offerUndo(const Value &rule);
    void remake(const Value &rule);
    void showMenu(const QModelIndex &index, const QPoint &place);

    RulesModel &m_rules;
    Table *m_table;
    RuleDetail *m_detail;
    QString m_current;
};

} // namespace stormglass::ui
