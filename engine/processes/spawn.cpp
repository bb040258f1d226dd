#include "engine/processes/spawn.h"

#include "engine/processes/launcher.h"
#include "engine/processes/pipe.h"
#include "engine/processes/start_ticks.h"

#include <QByteArrayList>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

// Ends meant for the child are kept above the numbers they get there, so that no dup2 overwrites
// another's source.
constexpr int aboveChildNumbers = 32;

ErrorCode codeFor(int error)
{
    switch (error) {
    case ENOENT:
        return ErrorCode::NotFound;
    case EACCES:
    case EPERM:
        return ErrorCode::Denied;
    case ENOTDIR:
    case ENAMETOOLONG:
    case ELOOP:
    case ENOEXEC:
    case E2BIG:
        return ErrorCode::Invalid;
    case EMFILE:
    case ENFILE:
    case EAGAIN:
    case ENOMEM:
        return ErrorCode::Unavailable;
    default:
        return ErrorCode::Internal;
    }
}

QString reason(int error)
{
    return QString::fromLocal8Bit(strerrordesc_np(error));
}

tl::unexpected<Error> systemFailure(const ProcessSpec &spec, int error)
{
    return failure(codeFor(error), u"cannot start \"%1\": %2"_s.arg(spec.program, reason(error)));
}

Result<Descriptor> raised(Descriptor descriptor, const ProcessSpec &spec)
{
    if (!descriptor.isOpen())
        return systemFailure(spec, errno);
    if (descriptor.number() >= aboveChildNumbers)
        return descriptor;
    Descriptor high(fcntl(descriptor.number(), F_DUPFD_CLOEXEC, aboveChildNumbers));
    if (!high.isOpen())
        return systemFailure(spec, errno);
    return high;
}

// A pipe the child writes to: our end is returned, the child's put into `theirs`, at the number it
// gets there.
Result<Descriptor> outputPipe(const ProcessSpec &spec, std::vector<Descriptor> &theirs)
{
    SG_LET(Pipe pipe, makePipe());
    SG_LET(Descriptor writer, raised(std::move(pipe.writer), spec));
    theirs.push_back(std::move(writer));
    return std::move(pipe.reader);
}

Result<Descriptor> inputPipe(const ProcessSpec &spec, std::vector<Descriptor> &theirs)
{
    if (spec.input.isEmpty() && !spec.keepInputOpen) {
        SG_LET(Descriptor nothing,
               raised(Descriptor(open("/dev/null", O_RDONLY | O_CLOEXEC)), spec));
        theirs.push_back(std::move(nothing));
        return Descriptor();
    }
    SG_LET(Pipe pipe, makePipe());
    SG_LET(Descriptor reader, raised(std::move(pipe.reader), spec));
    theirs.push_back(std::move(reader));
    // The reading end is the child's, which must find it as programs expect it.
    fcntl(theirs.back().number(), F_SETFL, 0);
    fcntl(pipe.writer.number(), F_SETFL, O_NONBLOCK);
    return std::move(pipe.writer);
}

bool isExecutable(const QByteArray &path)
{
    struct stat status
    {
    };
    return access(path.constData(), X_OK) == 0 && stat(path.constData(), &status) == 0
        && S_ISREG(status.st_mode);
}

// As execvp does it, but by the child's PATH, and without its empty entries, which mean the working
// directory.
Result<QByteArray> locate(const ProcessSpec &spec)
{
    const QByteArray program = spec.program.toUtf8();
    if (program.contains('/'))
        return program;
    QByteArray path = "/usr/local/bin:/usr/bin:/bin";
    for (const auto &[name, value] : spec.environment) {
        if (name == "PATH"_L1)
            path = value.toUtf8();
    }
    for (const QByteArray &folder : path.split(':')) {
        const QByteArray candidate = folder + '/' + program;
        if (folder.startsWith('/') && isExecutable(candidate))
            return candidate;
    }
    return failure(ErrorCode::NotFound,
                   u"cannot start \"%1\": there is no such program in PATH (%2)"_s.arg(
                       spec.program, QString::fromUtf8(path)));
}

// Text as the C interface wants it: the array points into the list.
struct Texts
{
    QByteArrayList texts;
    std::vector<char *> pointers;

    void add(const QByteArray &text) { texts.append(text); }
    char *const *array()
    {
        pointers.clear();
        for (QByteArray &text : texts)
            pointers.push_back(text.data());
        pointers.push_back(nullptr);
        return pointers.data();
    }
    bool holdsNul() const
    {
        return std::any_of(texts.begin(), texts.end(),
                           [](const QByteArray &text) { return text.contains('\0'); });
    }
};

class Attributes
{
public:
    Attributes()
    {
        posix_spawnattr_init(&m_attributes);
        sigset_t signalSet;
        sigemptyset(&signalSet);
        posix_spawnattr_setsigmask(&m_attributes, &signalSet);
        sigfillset(&signalSet);
        posix_spawnattr_setsigdefault(&m_attributes, &signalSet);
        posix_spawnattr_setflags(
            &m_attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~Attributes() { posix_spawnattr_destroy(&m_attributes); }
    Attributes(const Attributes &) = delete;
    const posix_spawnattr_t *get() const { return &m_attributes; }

private:
    posix_spawnattr_t m_attributes;
};

class FileActions
{
public:
    FileActions(const std::vector<Descriptor> &theirs, const QByteArray &folder)
    {
        posix_spawn_file_actions_init(&m_actions);
        for (std::size_t i = 0; i < theirs.size(); ++i)
            m_error |= posix_spawn_file_actions_adddup2(&m_actions, theirs[i].number(), int(i));
        m_error |= posix_spawn_file_actions_addclosefrom_np(&m_actions, int(theirs.size()));
        if (!folder.isEmpty())
            m_error |= posix_spawn_file_actions_addchdir_np(&m_actions, folder.constData());
    }
    ~FileActions() { posix_spawn_file_actions_destroy(&m_actions); }
    FileActions(const FileActions &) = delete;
    const posix_spawn_file_actions_t *get() const { return &m_actions; }
    // The only one it has: out of memory.
    bool failed() const { return m_error != 0; }

private:
    posix_spawn_file_actions_t m_actions;
    int m_error = 0;
};

// posix_spawn says one number for three things that may be missing: tell which.
tl::unexpected<Error> spawnFailure(const ProcessSpec &spec, const QByteArray &program, int error)
{
    struct stat status
    {
    };
    const QByteArray folder = spec.workingDirectory.toUtf8();
    if (!folder.isEmpty() && (stat(folder.constData(), &status) != 0 || !S_ISDIR(status.st_mode))) {
        return failure(codeFor(error),
                       u"cannot start \"%1\" in the folder \"%2\": %3"_s.arg(
                           spec.program, spec.workingDirectory, reason(error)));
    }
    if (error == ENOENT && isExecutable(program)) {
        return failure(
            ErrorCode::NotFound,
            u"cannot start \"%1\": the interpreter its first line names does not exist"_s.arg(
                spec.program));
    }
    return systemFailure(spec, error);
}

Result<pid_t> spawnWith(const ProcessSpec &spec, const std::vector<Descriptor> &theirs)
{
    SG_LET(const QByteArray program, locate(spec));
    Texts arguments;
    arguments.add(spec.program.toUtf8());
    for (const QString &argument : spec.arguments)
        arguments.add(argument.toUtf8());
    Texts environment;
    for (const auto &[name, value] : spec.environment)
        environment.add(name.toUtf8() + '=' + value.toUtf8());
    const QByteArray folder = spec.workingDirectory.toUtf8();
    if (arguments.holdsNul() || environment.holdsNul() || folder.contains('\0')) {
        return failure(
            ErrorCode::Invalid,
            u"cannot start \"%1\": an argument, variable or folder holds a NUL character"_s.arg(
                spec.program));
    }

    const FileActions actions(theirs, folder);
    if (actions.failed())
        return systemFailure(spec, ENOMEM);
    static const Attributes attributes;
    pid_t process = 0;
    const int error = posix_spawn(&process, program.constData(), actions.get(), attributes.get(),
                                  arguments.array(), environment.array());
    if (error != 0)
        return spawnFailure(spec, program, error);
    return process;
}

// Its declaration in glibc 2.36 lacks the C linkage.
int openHandle(pid_t process)
{
    return int(syscall(SYS_pidfd_open, process, 0));
}

} // namespace

Result<Spawned> spawn(const ProcessSpec &spec)
{
    // In the order of the numbers they get in the child.
    std::vector<Descriptor> theirs;
    Spawned spawned;
    SG_LET(spawned.input, inputPipe(spec, theirs));
    SG_LET(spawned.output, outputPipe(spec, theirs));
    SG_LET(spawned.error, outputPipe(spec, theirs));
    if (spec.channel) {
        SG_LET(spawned.channel, outputPipe(spec, theirs));
    }
    for (const int lent : spec.descriptors) {
        theirs.emplace_back(fcntl(lent, F_DUPFD_CLOEXEC, aboveChildNumbers));
        if (!theirs.back().isOpen())
            return systemFailure(spec, errno);
    }

    const std::uint64_t before = ticksSinceBoot();
    SG_LET(spawned.process, spawnWith(spec, theirs));
    // Mostly both are the same tick, which spares the system's telling.
    const std::uint64_t after = ticksSinceBoot();
    spawned.startTicks = before == after ? after : processStartTicks(spawned.process);
    spawned.watch = Descriptor(openHandle(spawned.process));
    if (spawned.watch.isOpen())
        return spawned;

    // Out of descriptors: what cannot be watched must not run.
    const int error = errno;
    kill(-spawned.process, SIGKILL);
    waitpid(spawned.process, nullptr, 0);
    return systemFailure(spec, error);
}

} // namespace stormglass
