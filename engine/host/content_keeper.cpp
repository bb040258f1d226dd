#include "engine/host/content_keeper.h"

#include <QFileInfo>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace stormglass {

Q_LOGGING_CATEGORY(contentLog, "stormglass.engine.host")

ContentKeeper::ContentKeeper(QStringList bases, ContentFolders folders, Pipeline &pipeline,
                             Registrar &registrar, Outward outward)
    : m_bases(std::move(bases))
    , m_folders(std::move(folders))
    , m_pipeline(pipeline)
    , m_registrar(registrar)
    , m_outward(std::move(outward))
{
}

void ContentKeeper::scan()
{
    const QStringList folders = Registrar::packFoldersIn(m_bases);
    const Result<> removed
        = m_pipeline.attempt([&] { return m_registrar.removeGone(m_bases, folders); });
    if (!removed)
        qCWarning(contentLog).noquote()
            << "What is left of packs that are gone was not removed:" << removed.error().message;
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
        if (packs.contains(QFileInfo(folder).fileName()))
            touched << folder;
    }
    if (touched.size() < packs.size())
        return scan(); // one of them has gone
    m_outward.watch(watched(folders));
    order(touched);
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
            continue;
        }
        ++m_reading;
        m_outward.read(std::move(*order));
    }
}

void ContentKeeper::take(ReadPack pack)
{
    --m_reading;
    if (!pack.isUnchanged)
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
    drain(m_content, most, &Registrar::takeContent, [this](Registration &&registration) {
        m_rules.push_back(std::move(registration));
        return Result<>();
    });
    const bool hasAllTypes = m_content.empty() && m_reading == 0 && m_toRead.isEmpty();
    if (hasAllTypes)
        drain(m_rules, most, &Registrar::takeRules,
              [this](Registration &&registration) { return m_registrar.finish(registration); });
    // Rules that wait for packs still being read are taken up when these come.
    if (!m_content.empty() || hasAllTypes)
        step();
    settle();
}

void ContentKeeper::drain(std::deque<Registration> &queue, std::size_t &most,
                          Result<bool> (Registrar::*takeSome)(Registration &, std::size_t &),
                          const std::function<Result<>(Registration &&)> &done)
{
    while (!queue.empty() && most > 0) {
        Registration &front = queue.front();
        bool isDone = false;
        const Result<> taken = m_pipeline.attempt([&]() -> Result<> {
            SG_LET(isDone, (m_registrar.*takeSome)(front, most));
            return isDone ? done(std::move(front)) : Result<>();
        });
        if (!taken)
            qCWarning(contentLog).noquote()
                << "Pack" << front.read.name << "was not registered:" << taken.error().message;
        if (!taken || isDone)
            queue.pop_front();
        else
            break;
    }
}

bool ContentKeeper::isSettled() const
{
    return m_reading == 0 && m_toRead.isEmpty() && m_content.empty() && m_rules.empty();
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
        const QString name = QFileInfo(folder).fileName();
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
