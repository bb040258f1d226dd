// How a LiveModel asks for its rows, page by page; live_model.cpp is how they live on.
#include "ui/models/live_model.h"

#include <algorithm>

namespace stormglass::ui {

namespace {

constexpr std::size_t pageSize = 100;
// A search wants to come to an end, and yet an answer must be read between two pictures.
constexpr std::size_t searchSize = 200;
// So far a search goes by itself.
constexpr std::size_t searchedAtOnce = 20'000;
// Rows that do not fit are kept for the next filter, but not without end.
constexpr std::size_t keptUnseen = 2'000;

QString idOf(const Value &value)
{
    return value["id"].toQStringOr({});
}

} // namespace

LiveModel::LiveModel(Connection &connection, Feed &feed, Setup setup, QObject *parent)
    : QAbstractItemModel(parent)
    , m_connection(connection)
    , m_setup(std::move(setup))
{
    connect(&feed, &Feed::arrived, this, &LiveModel::takeChanges);
    connect(&feed, &Feed::resetNeeded, this, [this] {
        if (m_loading != Loading::Idle)
            load();
    });
}

LiveModel::~LiveModel() = default;

void LiveModel::load()
{
    m_isAskingOlder = false;
    m_loading = Loading::Busy;
    m_lookLimit = searchedAtOnce;
    m_wanted = pageSize;
    emit loadingChanged();
    ask({0, pageSize}, [this](const Listing &page) { replace(page); });
}

void LiveModel::loadOlder()
{
    if (m_loading != Loading::Ready || m_hasAll || m_isAskingOlder
        || m_records.size() >= m_setup.limit)
        return;
    m_wanted = m_shown.size() + pageSize;
    if (m_isCounted)
        askOlder();
    else
        search();
}

void LiveModel::lookFurther()
{
    m_lookLimit = m_looked + searchedAtOnce;
    search();
    emit countsChanged();
}

void LiveModel::askOlder()
{
    m_isAskingOlder = true;
    ask({m_looked, m_isCounted ? pageSize : searchSize},
        [this](const Listing &page) { appendOlder(page); });
}

bool LiveModel::isEnough() const
{
    return m_isCounted || m_hasAll || m_shown.size() >= m_wanted || m_looked >= m_lookLimit
        || m_records.size() >= m_setup.limit;
}

// One page after the other, so that the window is drawn in between and another filter ends it.
void LiveModel::search()
{
    if (m_loading == Loading::Ready && !m_isAskingOlder && !isEnough())
        askOlder();
}

void LiveModel::ask(const Stretch &stretch, std::function<void(const Listing &)> take)
{
    Query query = m_setup.query;
    query.insert(query.end(), m_serverPart.begin(), m_serverPart.end());
    query.emplace_back(QStringLiteral("limit"), QString::number(stretch.count));
    if (stretch.offset > 0)
        query.emplace_back(QStringLiteral("offset"), QString::number(stretch.offset));
    const int question = ++m_question;
    m_connection.list(m_setup.path, query,
                      Reply<Listing>(this, [this, question, take](Result<Listing> page) {
                          if (question != m_question)
                              return;
                          m_isAskingOlder = false;
                          if (page)
                              take(*page);
                          else
                              fail(page.error());
                      }));
}

// What was read before is still worth more than an empty page.
void LiveModel::fail(const Error &error)
{
    m_error = error;
    m_isStale = !m_records.empty();
    m_loading = m_isStale ? Loading::Ready : Loading::Failed;
    std::vector<Change> meanwhile;
    meanwhile.swap(m_meanwhile);
    apply(meanwhile);
    emit loadingChanged();
    emit countsChanged();
}

std::unique_ptr<LiveModel::Node> LiveModel::makeNode(const Value &value, qint64 serial)
{
    auto node = std::make_unique<Node>();
    node->id = idOf(value);
    node->value = value;
    node->serial = serial;
    m_byId.insert(node->id, node.get());
    return node;
}

void LiveModel::replace(const Listing &page)
{
    beginResetModel();
    for (const auto &node : m_records)
        forgetNode(*node);
    m_shown.clear();
    m_records.clear();
    m_byId.clear();
    qint64 serial = 0;
    for (const Value &value : page.items) {
        m_records.push_back(makeNode(value, serial--));
        if (isShown(value))
            m_shown.push_back(m_records.back().get());
    }
    endResetModel();
    m_total = page.total;
    m_looked = page.items.size();
    m_hasAll = page.items.size() < pageSize;
    m_isPruned = false;
    m_isStale = false;
    m_loading = Loading::Ready;
    std::vector<Change> meanwhile;
    meanwhile.swap(m_meanwhile);
    apply(meanwhile);
    search();
    emit loadingChanged();
    emit countsChanged();
}

void LiveModel::appendOlder(const Listing &page)
{
    qint64 serial = m_records.empty() ? 0 : m_records.back()->serial;
    std::vector<Node *> shown;
    for (const Value &value : page.items) {
        if (m_byId.contains(idOf(value)))
            continue;
        const bool belongs = isShown(value);
        if (!belongs && m_records.size() >= keptUnseen) {
            m_isPruned = true;
            continue;
        }
        m_records.push_back(makeNode(value, --serial));
        if (belongs)
            shown.push_back(m_records.back().get());
    }
    m_looked += page.items.size();
    m_hasAll = page.items.size() < (m_isCounted ? pageSize : searchSize);
    m_isStale = false;
    appendShown(shown);
    search();
    emit countsChanged();
}

void LiveModel::appendShown(const std::vector<Node *> &nodes)
{
    if (nodes.empty())
        return;
    const auto first = static_cast<int>(m_shown.size());
    beginInsertRows({}, first, first + static_cast<int>(nodes.size()) - 1);
    m_shown.insert(m_shown.end(), nodes.begin(), nodes.end());
    endInsertRows();
}

void LiveModel::setFilter(const Filter &filter)
{
    m_filter = filter;
    const Filter::ServerPart part
        = filter.serverPart(m_setup.serverNames, m_connection.clock().now());
    const bool isOther = part.query != m_serverPart || m_isPruned;
    m_serverPart = part.query;
    m_isCounted = part.isWhole;
    m_lookLimit = searchedAtOnce;
    m_wanted = pageSize;
    // An answer that is still on its way may belong to a search that is over.
    if (m_isAskingOlder) {
        m_isAskingOlder = false;
        ++m_question;
    }
    refilter();
    if (isOther)
        load();
    else
        search();
}

bool LiveModel::isShown(const Value &value) const
{
    return m_filter.isEmpty()
        || m_filter.matches(filtered(value), m_connection.clock().now(), m_setup.names);
}

void LiveModel::refilter()
{
    beginResetModel();
    m_shown.clear();
    for (const auto &node : m_records) {
        if (isShown(node->value))
            m_shown.push_back(node.get());
    }
    endResetModel();
    emit countsChanged();
}

} // namespace stormglass::ui
