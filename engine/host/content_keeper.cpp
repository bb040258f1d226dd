#include "engine/host/content_keeper.h"

#include <QFileInfo>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace stormglass {

Q_LOGGING_CATEGORY(contentLog, "stormglass.engine.host")

namespace {

QString nameOf(const QString &folder)
{
    return QFileInfo(folder).fileName();
}

} // namespace

ContentKeeper::ContentKeeper(QStringList bases, ContentFolders folders, Pipeline &pipeline,
                             Outbox &outbox, Registrar &registrar, Outward outward)
    : m_bases(std::move(bases))
    , m_folders(std::move(folders))
    , m_pipeline(pipeline)
    , m_outbox(outbox)
    , m_registrar(registrar)
    , m_outward(std::move(outward))
{
}

void ContentKeeper::scan()
{
    const QStringList folders = Registrar::packFoldersIn(m_bases);
    lookForMissed(folders);
    // Watched before they are read, so that nothing falls between.
    m_outward.watch(watched(folders));
    order(folders);
}

void ContentKeeper::look(const QStringList &packs)
{
    if (packs.contains(QString()))
        return scan();
    const QStringList folders = Registrar::packFoldersIn(m_bases);
    QStringList touched;
    for (const QString &folder : folders) {
        if (packs.contains(nameOf(folder)))
            touched << folder;
    }
    if (touched.size() < packs.size())
        return scan(); // one of them has gone
    m_outward.watch(watched(folders));
    order(touched);
}

void ContentKeeper::registerNow(const QStringList &packs, Registered registered)
{
    QStringList folders;
    QStringList names;
    for (const QString &folder : Registrar::packFoldersIn(m_bases)) {
        if (!packs.isEmpty() && !packs.contains(nameOf(folder)))
            continue;
        folders << folder;
        names << nameOf(folder);
    }
    for (const QString &pack : packs) {
        if (!names.contains(pack))
            return registered(failure(
                ErrorCode::Invalid,
                u"Pack \"%1\" not found on disk: looked in %2"_s.arg(pack, m_bases.join(u", "_s))));
    }
    m_demands.add(names, m_registrar.lastOrder(), std::move(registered));
    order(folders);
    m_demands.answer();
}

// One that is not there is given a moment to come back; what it brought goes when it does not.
void ContentKeeper::lookForMissed(const QStringList &folders)
{
    const Result<> forgotten
        = m_pipeline.attempt([&] { return m_registrar.forgetProblems(folders); });
    if (!forgotten)
        qCWarning(contentLog).noquote()
            << "What was wrong with folders that are gone is still told:"
            << forgotten.error().message;
    const Result<std::vector<Pack>> gone = m_registrar.gone(m_bases, folders);
    if (!gone) {
        qCWarning(contentLog).noquote()
            << "Packs that are gone could not be looked for:" << gone.error().message;
        return;
    }
    QHash<QString, bool> missed;
    for (const Pack &pack : *gone) {
        const auto before = m_missed.constFind(pack.path);
        if (before == m_missed.constEnd())
            m_outward.after(grace, [this, path = pack.path] {
                if (const auto found = m_missed.find(path); found != m_missed.end())
                    *found = true;
                lookForMissed(Registrar::packFoldersIn(m_bases));
                settle();
            });
        const bool isLost = before != m_missed.constEnd() && *before;
        if (!isLost || !remove(pack))
            missed.insert(pack.path, isLost);
    }
    m_missed = missed;
}

bool ContentKeeper::remove(const Pack &pack)
{
    const Result<> removed = m_pipeline.attempt([&] { return m_registrar.removeGone(pack); });
    followBatch(pack.path);
    if (removed)
        return true;
    qCWarning(contentLog).noquote()
        << "What is left of the pack" << pack.ref << "was not removed:" << removed.error().message;
    retry(pack.path);
    return false;
}

void ContentKeeper::order(const QStringList &folders)
{
    for (const QString &folder : folders) {
        if (!m_toRead.contains(folder))
            m_toRead << folder;
    }
    pump();
    settle();
}

void ContentKeeper::pump()
{
    while (m_reading < readAtOnce && !m_toRead.isEmpty()) {
        const QString folder = m_toRead.takeFirst();
        Result<PackOrder> order = m_registrar.orderFor(folder);
        if (!order) {
            qCWarning(contentLog).noquote()
                << "Pack" << folder << "was not read:" << order.error().message;
            m_demands.fail(nameOf(folder), order.error());
            retry(folder);
            continue;
        }
        if (m_demands.isForced(nameOf(folder)))
            order->knownStamp.clear();
        ++m_reading;
        m_outward.read(std::move(*order));
    }
}

void ContentKeeper::take(ReadPack pack)
{
    --m_reading;
    // Two of a pack may come in another order than they were ordered in.
    std::uint64_t &newest = m_newest[pack.name];
    const bool isOld = pack.order < newest;
    newest = std::max(newest, pack.order);
    // It was registered otherwise meanwhile, so what was read may be older than what is known.
    if (m_registrar.isOvertaken(pack))
        look({pack.name});
    else if (!pack.isUnchanged && !isOld)
        m_content.emplace_back(std::move(pack));
    // Rules may have waited for this pack alone.
    step();
    pump();
    settle();
}

void ContentKeeper::step()
{
    if (m_isStepping || (m_content.empty() && m_rules.empty()))
        return;
    m_isStepping = true;
    m_outward.later([this] { work(); });
}

void ContentKeeper::work()
{
    m_isStepping = false;
    std::size_t most = rowsAtOnce;
    drain(
        m_content,
        [&](Registration &registration) { return m_registrar.takeContent(registration, most); },
        [&](Registration &&registration) { m_rules.push_back(std::move(registration)); });
    const bool hasAllTypes = m_content.empty() && m_reading == 0 && m_toRead.isEmpty();
    if (hasAllTypes)
        drain(
            m_rules,
            [&](Registration &registration) -> Result<bool> {
                SG_LET(const bool isDone, m_registrar.takeRules(registration, most));
                if (isDone)
                    SG_TRY(m_registrar.finish(registration));
                return isDone;
            },
            [&](Registration &&registration) { m_finished.push_back(std::move(registration)); });
    // Rules that wait for packs still being read are taken up when these come.
    if (!m_content.empty() || hasAllTypes)
        step();
    settle();
}

void ContentKeeper::drain(std::deque<Registration> &queue, const TakeSome &takeSome,
                          const std::function<void(Registration &&)> &done)
{
    while (!queue.empty()) {
        Registration &front = queue.front();
        const QString folder = front.read.folder;
        if (m_registrar.isOvertaken(front.read)) {
            queue.pop_front();
            look({nameOf(folder)});
            continue;
        }
        bool isDone = false;
        const Result<> taken = m_pipeline.attempt([&]() -> Result<> {
            SG_LET(isDone, takeSome(front));
            return {};
        });
        followBatch(folder);
        if (taken && !isDone)
            return; // nothing of this batch's rows is left
        if (taken)
            done(std::move(front));
        queue.pop_front();
        if (taken)
            continue;
        qCWarning(contentLog).noquote()
            << "Pack" << nameOf(folder) << "was not registered:" << taken.error().message
            << "It is tried again.";
        m_demands.fail(nameOf(folder), taken.error());
        retry(folder);
    }
}

// Hears once of each batch that writes whether it was kept.
void ContentKeeper::followBatch(const QString &folder)
{
    if (m_unkept.isEmpty())
        m_outbox.add([this](const Result<> &committed) { endBatch(committed); });
    m_unkept << folder;
}

void ContentKeeper::endBatch(const Result<> &committed)
{
    const QSet<QString> folders = std::exchange(m_unkept, {});
    const std::vector<Registration> finished = std::exchange(m_finished, {});
    if (committed) {
        for (const Registration &registration : finished)
            m_demands.done(registration);
        return m_demands.answer();
    }
    // Their rows are as they were before the batch, which may be in their middle.
    const auto isUndone = [&](const Registration &registration) {
        return folders.contains(registration.read.folder);
    };
    std::erase_if(m_content, isUndone);
    std::erase_if(m_rules, isUndone);
    for (const QString &folder : folders) {
        m_demands.fail(nameOf(folder), committed.error());
        retry(folder);
    }
}

void ContentKeeper::retry(const QString &folder)
{
    if (m_retrying.contains(folder))
        return;
    m_retrying << folder;
    m_outward.after(retryDelay, [this, folder] {
        m_retrying.remove(folder);
        look({nameOf(folder)});
    });
}

bool ContentKeeper::isRegistering() const
{
    return m_reading > 0 || !m_toRead.isEmpty() || !m_content.empty() || !m_rules.empty();
}

bool ContentKeeper::isSettled() const
{
    return !isRegistering() && m_missed.isEmpty();
}

void ContentKeeper::whenSettled(std::function<void()> settled)
{
    m_waiting.push_back(std::move(settled));
    settle();
}

void ContentKeeper::settle()
{
    if (!isSettled())
        return;
    for (const auto &settled : std::exchange(m_waiting, {}))
        settled();
}

QHash<QString, QString> ContentKeeper::watched(const QStringList &folders) const
{
    QHash<QString, QString> all;
    for (const QString &base : m_bases)
        all.insert(base, QString());
    for (const QString &folder : {m_folders.configs, m_folders.overrides}) {
        if (QFileInfo(folder).isDir())
            all.insert(folder, QString());
    }
    for (const QString &folder : folders) {
        const QString name = nameOf(folder);
        all.insert(folder, name);
        for (const auto &kind :
             {u"actions"_s, u"aliases"_s, u"policies"_s, u"rules"_s, u"sensors"_s, u"triggers"_s}) {
            if (QFileInfo(folder + u'/' + kind).isDir())
                all.insert(folder + u'/' + kind, name);
        }
    }
    return all;
}

} // namespace stormglass
