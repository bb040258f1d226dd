#pragma once

#include "ui/pages/list_page.h"

namespace stormglass::ui {

class SensorDetail;
class Table;

// What watches the world.
class SensorsPage : public ListPage
{
    Q_OBJECT

public:
    explicit SensorsPage(Session &session, QWidget *parent = nullptr);

    QString title() const override { return tr("Sensors"); }
    QStringList crumbs() const override;
    void open(const Place &place) override;
    bool isSettled() const override;
    int wanting() const override;
    QString filterHint() const override;
    QStringList filterFields() const override { return SensorsModel::filterFields(); }
    QHash<QString, QStringList> filterValues() const override;

protected:
    void applyFilter(const Filter &filter) override;
    void reload() override;
    void fillEmpty(EmptyState &empty) override;

private:
    void refresh();
    void showCurrent();
    void select(const QString &ref);
    void showMenu(const QModelIndex &index, const QPoint &place);

    SensorsModel &m_sensors;
    Table *m_table;
    SensorDetail *m_detail;
    QString m_current;
};

} // namespace stormglass::ui
