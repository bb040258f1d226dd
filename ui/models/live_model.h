#pragma once

#include "ui/models/connection.h"
#include "ui/models/feed.h"
#include "ui/models/filter.h"

#include <QAbstractItemModel>

#include <deque>
#include <memory>
#include <vector>

namespace stormglass::ui {

// Where a list stands with its instance.
enum class Loading { Idle, Busy, Ready, Failed };

// A list that grows at its top while it is looked at: newest first, older pages on demand, and only
// so many rows kept. A filter is answered by the instance as far as it can and finished here; what
// it cannot answer is looked for in ever older pages until there is enough to show.
// Thread: Main.
class LiveModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    struct Setup
    {
        // `/triggerinstances`
        QString path;
        // What every request of this list carries.
        Query query;
        // `st2.triggerinstance`: what changes of its rows are called.
        QString changes;
        // Names of fields in filters that are not paths themselves, and what the instance can
        // filter by.
        QHash<QString, QString> names;
        QHash<QString, QString> serverNames;
        std::size_t limit = 20'000;
    };

    LiveModel(Connection &connection, Feed &feed, Setup setup, QObject *parent = nullptr);
    ~LiveModel() override;

    void load();
    // The next page of older rows, unless there is none or one is on its way.
    void loadOlder();
    // Goes on with a search that has stopped because it had looked at so many.
    void lookFurther();

    // Rows that were there stay `Ready` where they could not be read again; `isStale` says so.
    Loading loading() const { return m_loading; }
    bool isStale() const { return m_isStale; }
    const Error &error() const { return m_error; }
    // As the instance counts what it was asked for, with what came since.
    std::int64_t total() const { return m_total; }
    std::size_t loaded() const { return m_records.size(); }
    bool hasAll() const { return m_hasAll; }
    // Whether `total` counts what the filter lets through.
    bool isCounted() const { return m_isCounted; }
    // How many were held against the filter, and whether more are on their way for it.
    std::size_t looked() const { return m_looked; }
    std::size_t lookLimit() const { return m_lookLimit; }
    bool isSearching() const { return m_isAskingOlder && !m_isCounted; }

    void setFilter(const Filter &filter);
    const Filter &filter() const { return m_filter; }
    // How many rows are kept; before the first are there.
    void setLimit(std::size_t limit) { m_setup.limit = limit; }
    // Inactive it forgets its rows and takes nothing; active again, it reads anew.
    void setActive(bool active);
    // While paused nothing moves; `held` counts what waits.
    void setPaused(bool paused);
    bool isPaused() const { return m_isPaused; }
    std::size_t held() const { return m_held.size() + m_heldLost; }

    const Value &valueAt(const QModelIndex &index) const;
    QString idAt(const QModelIndex &index) const;
    QModelIndex indexOf(const QString &id) const;
    // The newest rows, filtered or not, for tiles.
    std::vector<Value> newest(std::size_t count) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

signals:
    void loadingChanged();
    void countsChanged();
    // A row that is shown somewhere has another content.
    void valueChanged(const QString &id);

protected:
    struct Node
    {
        QString id;
        Value value;
        // Grows with every row that is put on top; falls with every one appended below.
        qint64 serial = 0;
        Node *parent = nullptr;
        std::vector<std::unique_ptr<Node>> children;
        Loading childrenLoading = Loading::Idle;
    };

    virtual QString text(const Value &value, int column) const = 0;
    // For filters: the record with what is known beside it.
    virtual Value filtered(const Value &value) const { return value; }
    // Changes of other kinds than the list's own.
    virtual void takeOther(const Change &) {}
    // The row is on its way out of memory.
    virtual void forget(const QString &) {}
    // Whether a new row belongs at the top of the list at all; those that do not are told
    // afterwards.
    virtual bool takes(const Value &) const { return true; }
    virtual void takeRefused(const Value &) {}
    // Whether a view can see it: its row at the top is not filtered away.
    bool isReachable(const Node *node) const;

    Node *nodeOf(const QModelIndex &index) const;
    Node *nodeById(const QString &id) const { return m_byId.value(id); }
    QModelIndex indexOf(const Node *node, int column = 0) const;
    void remember(Node *node) { m_byId.insert(node->id, node); }
    void rowChanged(const Node *node);
    Connection &connection() const { return m_connection; }
    void refilter();

private:
    void apply(const std::vector<Change> &changes);
    void takeOwn(const Change &change, std::vector<Value> &fresh, std::vector<Value> &refused,
                 QHash<QString, std::size_t> &freshById);
    void takeChanges(const std::vector<Change> &changes);
    void update(const Value &value);
    void remove(const QString &id);
    void insertNewest(std::vector<Value> values);
    void trim();
    void replace(const Listing &page);
    void appendOlder(const Listing &page);
    void appendShown(const std::vector<Node *> &nodes);
    void fail(const Error &error);
    bool isEnough() const;
    void askOlder();
    void search();
    void moveInView(Node *node);
    bool isOwn(const Change &change) const;
    bool isShown(const Value &value) const;
    int shownRow(const Node *node) const;
    std::unique_ptr<Node> makeNode(const Value &value, qint64 serial);
    void forgetNode(const Node &node);
    struct Stretch
    {
        std::size_t offset = 0;
        std::size_t count = 0;
    };
    void ask(const Stretch &stretch, std::function<void(const Listing &)> take);

    Connection &m_connection;
    Setup m_setup;
    std::deque<std::unique_ptr<Node>> m_records;
    std::deque<Node *> m_shown;
    QHash<QString, Node *> m_byId;
    Filter m_filter;
    Query m_serverPart;
    Loading m_loading = Loading::Idle;
    Error m_error;
    std::int64_t m_total = 0;
    bool m_hasAll = false;
    bool m_isAskingOlder = false;
    bool m_isCounted = true;
    bool m_isStale = false;
    // Rows that did not fit were let go of, so another filter must ask again.
    bool m_isPruned = false;
    // As far as the instance was asked, whether kept or not.
    std::size_t m_looked = 0;
    std::size_t m_lookLimit = 0;
    // So many rows are to be shown before a search rests.
    std::size_t m_wanted = 0;
    bool m_isPaused = false;
    std::vector<Change> m_held;
    // What came while a page was on its way; the page may be older than it.
    std::vector<Change> m_meanwhile;
    std::size_t m_heldLost = 0;
    // Answers of an earlier question are not taken.
    int m_question = 0;
};

} // namespace stormglass::ui
