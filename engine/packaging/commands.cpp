#include "engine/packaging/commands.h"

#include "engine/base/thread_name.h"

namespace stormglass {

Commands::Commands(Outward outward)
    : m_outward(std::move(outward))
{
}

CommandId Commands::run(ProcessSpec spec, Heard heard)
{
    SG_ON(Engine);
    const CommandId command = ++m_last;
    m_running.emplace(command, std::move(heard));
    m_outward.start(command, std::move(spec));
    return command;
}

void Commands::stop(CommandId command)
{
    SG_ON(Engine);
    if (m_running.contains(command))
        m_outward.stop(command);
}

void Commands::take(CommandNews news)
{
    SG_ON(Engine);
    const auto found = m_running.find(news.command);
    if (found == m_running.end())
        return;
    if (!news.end) {
        // A copy: hearing it may end what is heard.
        if (const auto line = found->second.line)
            line(news.line);
        return;
    }
    const auto node = m_running.extract(found);
    node.mapped().ended(std::move(*news.end));
}

} // namespace stormglass
