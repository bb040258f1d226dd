#pragma once

#include "ui/pages/list_page.h"

#include <QTimer>

namespace stormglass::ui {

class EventDetail;
class Segmented;
class Table;

// The wire.
class EventsPage : public ListPage
{
    Q_OBJECT

public:
    explicit EventsPage(Session &session, QWidget *parent = nullptr);

    QString title() const override { return tr("Events"); }
    QStringList crumbs() const override;
    void open(const Place &place) override;
    bool isSettled() const override;
    QString filterHint() const override;
    QStringList filterFields() const override;
    QHash<QString, QStringList> filterValues() const override;

protected:
    void applyFilter(const Filter &filter) override;
    void reload() override;
    void fillEmpty(EmptyState &empty) override;

private:
    void refresh();
    void showCurrent();
    void wantVisibleVerdicts();
    void showMenu(const QModelIndex &index, const QPoint &place);
    void openMissing(const QString &id);

    TriggerInstancesModel &m_events;
    Segmented *m_pace;
    Table *m_table;
    EventDetail *m_detail;
    QTimer m_visible;
    QString m_current;
};

} // namespace stormglass::ui
