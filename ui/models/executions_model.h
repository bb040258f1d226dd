#pragma once

#include "ui/models/live_model.h"

#include <QTimeZone>

namespace stormglass::ui {

// Executions, newest first; what a workflow started stands below it and is read when it is opened.
class ExecutionsModel : public LiveModel
{
    Q_OBJECT

public:
    enum Column { Action, Status, Started, Duration, Cause, Outcome, ColumnCount };

    ExecutionsModel(Connection &connection, Feed &feed, QObject *parent = nullptr);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    void setZone(const QTimeZone &zone);
    // What this action usually takes: the median of its last runs that were seen.
    std::optional<std::chrono::microseconds> usualDuration(const QString &action) const;
    // Running ones get older by themselves: repaints their durations.
    void tick();

    static QStringList filterFields();

protected:
    QString text(const Value &value, int column) const override;
    bool takes(const Value &value) const override;
    void takeRefused(const Value &value) override;

private:
    void learnDuration(const Value &value);
    void appendChildren(const QString &parentId, const ValueList &values);

    QTimeZone m_zone;
    QHash<QString, QList<double>> m_durations;
};

} // namespace stormglass::ui
