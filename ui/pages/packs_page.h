#pragma once

#include "ui/pages/list_page.h"

namespace stormglass::ui {

class PackDetail;
class Table;

// What is installed, and what it brings.
class PacksPage : public ListPage
{
    Q_OBJECT

public:
    explicit PacksPage(Session &session, QWidget *parent = nullptr);

    QString title() const override { return tr("Packs"); }
    QStringList crumbs() const override;
    void open(const Place &place) override;
    bool isSettled() const override;
    QString filterHint() const override { return tr("Search packs by any word"); }
    QStringList filterFields() const override { return PacksModel::filterFields(); }

protected:
    void applyFilter(const Filter &filter) override;
    void reload() override;
    void fillEmpty(EmptyState &empty) override;

private:
    void refresh();
    void showCurrent();
    void select(const QString &ref);
    void showMenu(const QModelIndex &index, const QPoint &place);

    PacksModel &m_packs;
    Table *m_table;
    PackDetail *m_detail;
    QString m_current;
};

} // namespace stormglass::ui
