#pragma once

#include "ui/models/catalogue_model.h"

namespace stormglass::ui {

// Trigger + criteria → action, with their states.
class RulesModel : public CatalogueModel
{
    Q_OBJECT

public:
    enum Column { Ref, State, Trigger, Action, Description, ColumnCount };
    RulesModel(Connection &connection, Feed &feed, QObject *parent = nullptr);
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    static QString stateOf(const Value &rule);
    static QStringList filterFields();

protected:
    QString text(const Value &value, int column) const override;
};

// Processes that watch the world.
class SensorsModel : public CatalogueModel
{
    Q_OBJECT

public:
    enum Column { Ref, State, Events, LastEvent, Cpu, Memory, Process, Restarts, ColumnCount };
    SensorsModel(Connection &connection, Feed &feed, QObject *parent = nullptr);
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    // `disabled` where it is, else what its status says.
    static QString stateOf(const Value &sensor);
    // It failed, is starting again and again, or is silent although it should not be.
    static bool isInTrouble(const Value &sensor);
    static QList<double> eventsPerMinute(const Value &sensor);
    // Of all of them, not only those whose reasons are kept.
    static std::int64_t restartsOf(const Value &sensor);
    static QStringList filterFields();

protected:
    QString text(const Value &value, int column) const override;
    QVariant sortKey(const Value &value, int column) const override;
    Value filtered(const Value &value) const override;
    Value merged(const Value &old, const Value &update) const override;
};

// What can be run.
class ActionsModel : public CatalogueModel
{
    Q_OBJECT

public:
    enum Column { Ref, Description, Runner, ColumnCount };
    ActionsModel(Connection &connection, Feed &feed, QObject *parent = nullptr);
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    static QStringList filterFields();

protected:
    QString text(const Value &value, int column) const override;
};

class PacksModel : public CatalogueModel
{
    Q_OBJECT

public:
    enum Column { Ref, Version, Description, Author, ColumnCount };
    PacksModel(Connection &connection, Feed &feed, QObject *parent = nullptr);
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    static QStringList filterFields();

    // What of a pack could not be loaded. Nothing where the engine keeps no such list.
    const std::vector<Value> &problemsOf(const QString &pack) const;
    void askProblems();

signals:
    void problemsChanged();

protected:
    QString text(const Value &value, int column) const override;

private:
    void takeProblems(const ValueList &problems);

    QHash<QString, std::vector<Value>> m_problems;
};

// Kinds of events, for forms.
class TriggerTypesModel : public CatalogueModel
{
    Q_OBJECT

public:
    TriggerTypesModel(Connection &connection, Feed &feed, QObject *parent = nullptr);
    int columnCount(const QModelIndex &parent = {}) const override;

protected:
    QString text(const Value &value, int column) const override;
};

} // namespace stormglass::ui
