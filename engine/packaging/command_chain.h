#pragma once

#include "engine/packaging/commands.h"

#include <deque>

namespace stormglass {

// Commands one after the other, each made from what the one before it printed. The first that fails
// ends the chain, with an error that names the step and shows the last lines. Thread: engine.
class CommandChain
{
public:
    struct Step
    {
        // `Cloning https://…`: what is being done, for progress and for errors.
        QString title;
        // None: nothing needs to be done after all.
        std::function<Result<std::optional<ProcessSpec>>(const QByteArray &output)> make;
        // Hears of a failure that the chain goes on after. None: it ends with it.
        std::function<void(const Error &)> forgive = {};
    };
    // Title of a step, and its latest line.
    using Progress = std::function<void(const QString &title, const QString &line)>;
    // What the last command printed. May destroy the chain.
    using Done = std::function<void(Result<QByteArray>)>;

    CommandChain(Commands &commands, Progress progress);
    // What still runs is not heard of any more.
    ~CommandChain();
    CommandChain(const CommandChain &) = delete;

    void run(std::deque<Step> steps, Done done);
    // `done` follows, with an error.
    void cancel();

private:
    void next(QByteArray output);
    void ended(const Step &step, const Result<CommandEnd> &end);
    void finish(Result<QByteArray> result);

    Commands &m_commands;
    Progress m_progress;
    std::deque<Step> m_steps;
    Done m_done;
    CommandId m_running = 0;
    bool m_isCanceled = false;
    // Set while this lives, for news that comes later. Shared with them only.
    std::shared_ptr<CommandChain *> m_self = std::make_shared<CommandChain *>(this);
};

// A step that needs nothing of the one before it.
CommandChain::Step plainStep(const QString &title, ProcessSpec spec);

// What is said of an operation that somebody stopped.
Error canceledError();
bool isCanceled(const Error &error);

} // namespace stormglass
