#pragma once

#include "ui/models/connection.h"
#include "ui/models/feed.h"
#include "ui/models/filter.h"
#include "ui/models/live_model.h"

#include <QAbstractTableModel>
#include <QSet>

namespace stormglass::ui {

// What packs hold: few enough to have all of it, sorted by any column, kept as the instance changes
// it.
class CatalogueModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    struct Setup
    {
        QString path;
        Query query;
        // Beginnings of the names of changes that carry such an object: `st2.rule__`.
        QStringList changes;
        QHash<QString, QString> names;
    };

    CatalogueModel(Connection &connection, Feed &feed, Setup setup, QObject *parent = nullptr);

    void load();
    // Asks the instance only if nobody did yet.
    void loadOnce();
    Loading loading() const { return m_loading; }
    const Error &error() const { return m_error; }
    std::size_t total() const { return m_all.size(); }

    void setFilter(const Filter &filter);
    const Filter &filter() const { return m_filter; }

    const Value &valueAt(int row) const;
    QString refAt(int row) const;
    int rowOf(const QString &ref) const;
    // Whether it is shown or not; null if there is none.
    const Value *find(const QString &ref) const;
    const std::vector<Value> &all() const { return m_all; }
    // What an answer carried, before the stream says it.
    void take(const Value &value);
    void drop(const QString &ref);
    // Asks for all of one of which the list carries a part only; `valueChanged` tells when it came.
    void complete(const QString &ref);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

signals:
    void loadingChanged();
    void countsChanged();
    void valueChanged(const QString &ref);

protected:
    virtual QString text(const Value &value, int column) const = 0;
    // What a column is sorted by, where it is not its text.
    virtual QVariant sortKey(const Value &value, int column) const
    {
        return text(value, column).toCaseFolded();
    }
    virtual Value filtered(const Value &value) const { return value; }
    // A change may carry a part of the object only.
    virtual Value merged(const Value &, const Value &update) const { return update; }
    Connection &connection() const { return m_connection; }

private:
    void apply(const std::vector<Change> &changes);
    void arrange();
    void sortAll();
    void choose();
    void order();
    // What several changes come to.
    struct Batch
    {
        QHash<QString, Value> fresh;
        QSet<QString> gone;
        QSet<QString> changed;
        // One that was here is shown now, or no more.
        bool moves = false;
    };
    std::vector<Value>::iterator placeOf(const QString &ref);
    void put(const Value &value, Batch &batch);
    void erase(const QString &ref, Batch &batch);
    void settle(const Batch &batch);
    bool isShown(const Value &value) const;

    Connection &m_connection;
    Setup m_setup;
    // By ref.
    std::vector<Value> m_all;
    std::vector<std::size_t> m_shown;
    // By place in `m_all`; -1 where it is not shown.
    std::vector<int> m_rows;
    Filter m_filter;
    int m_sortColumn = 0;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    Loading m_loading = Loading::Idle;
    Error m_error;
};

} // namespace stormglass::ui
