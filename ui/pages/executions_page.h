#pragma once

#include "ui/pages/list_page.h"

namespace stormglass::ui {

class ExecutionDetail;
class Segmented;
class Tree;

// What ran, runs and waits.
class ExecutionsPage : public ListPage
{
    Q_OBJECT

public:
    explicit ExecutionsPage(Session &session, QWidget *parent = nullptr);

    QString title() const override { return tr("Executions"); }
    QStringList crumbs() const override;
    void open(const Place &place) override;
    bool isSettled() const override;
    int wanting() const override { return m_failed; }
    QString filterHint() const override;
    QStringList filterFields() const override;
    QHash<QString, QStringList> filterValues() const override;
    ExecutionDetail &detail() const { return *m_detail; }

protected:
    void applyFilter(const Filter &filter) override;
    void reload() override;
    void fillEmpty(EmptyState &empty) override;
    void showEvent(QShowEvent *event) override;

private:
    void listen();
    void refresh();
    void showCurrent();
    void showMenu(const QModelIndex &index, const QPoint &place);
    void followCurrent(const std::vector<Change> &changes);
    void countFailures(const std::vector<Change> &changes);
    void quickFilter(int index);
    void openMissing(const QString &id);

    ExecutionsModel &m_executions;
    Segmented *m_quick;
    Tree *m_tree;
    ExecutionDetail *m_detail;
    QString m_current;
    // To be chosen as soon as it is there.
    QString m_awaited;
    // Since the page was looked at last.
    int m_failed = 0;
};

} // namespace stormglass::ui
