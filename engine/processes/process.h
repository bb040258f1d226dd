#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/processes/environment.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace stormglass {

// What to start and within which limits.
struct ProcessSpec
{
    // Looked up in the environment's PATH if it has no slash.
    QString program;
    QStringList arguments;
    // The whole environment: nothing is inherited.
    Environment environment;
    QString workingDirectory;
    // Written to its standard input, which is then closed unless `keepInputOpen`.
    QByteArray input;
    bool keepInputOpen = false;
    // Gives the child a pipe of ours as descriptor 3: what it writes there arrives as
    // OutputStream::Channel, whatever it prints. Never dropped.
    bool channel = false;
    // More of our descriptors that the child gets, as 3, 4, … (from 4 with a channel). Borrowed
    // until it is started.
    std::vector<int> descriptors;
    // From the start; zero means none. Then the process group is asked to end, and killed after
    // `grace`.
    std::chrono::milliseconds timeout{0};
    std::chrono::milliseconds grace{5'000};
    // What is handed on of its output and of its errors, each, in bytes. The rest is read and
    // dropped, and the exit says so; 0 means no limit.
    std::int64_t outputLimit = 0;
};

struct ProcessExit
{
    enum class Cause { Exited, Signaled, TimedOut, Killed };
    Cause cause = Cause::Exited;
    // Exit status, or the signal's number.
    int code = 0;
    bool bySignal = false;
    // Bytes dropped over `outputLimit`.
    std::int64_t droppedOutput = 0;
};

enum class OutputStream { Out, Err, Channel };

// Called on the Io thread, `exited` last and once, after its streams ended (or were given up a
// moment after the process ended, when a grandchild keeps them open).
struct ProcessEvents
{
    // At most 64 KiB at a time, and at most 256 MB a second: a child that never stops printing is
    // slowed down.
    std::function<void(OutputStream, QByteArray)> output;
    std::function<void(ProcessExit)> exited;
};

using ProcessHandle = std::uint64_t;

} // namespace stormglass
