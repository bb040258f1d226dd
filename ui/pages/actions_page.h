#pragma once

#include "ui/pages/list_page.h"

class QListWidget;

namespace stormglass::ui {

class ActionDetail;
class Table;

// The catalogue of what can be run, by pack.
class ActionsPage : public ListPage
{
    Q_OBJECT

public:
    explicit ActionsPage(Session &session, QWidget *parent = nullptr);

    QString title() const override { return tr("Actions"); }
    QStringList crumbs() const override;
    void open(const Place &place) override;
    bool isSettled() const override;
    QString filterHint() const override;
    QStringList filterFields() const override { return ActionsModel::filterFields(); }
    QHash<QString, QStringList> filterValues() const override;

protected:
    void applyFilter(const Filter &filter) override;
    void reload() override;
    void fillEmpty(EmptyState &empty) override;

private:
    void listen();
    void refresh();
    void fillPacks();
    void showCurrent();
    void select(const QString &ref);
    void showMenu(const QModelIndex &index, const QPoint &place);

    ActionsModel &m_actions;
    QListWidget *m_packs;
    Table *m_table;
    ActionDetail *m_detail;
    QString m_current;
    // For the form, once the catalogue is there.
    Place m_awaited;
    // How many the list of packs counts.
    std::int64_t m_listed = -1;
};

} // namespace stormglass::ui
