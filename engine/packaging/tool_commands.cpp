#include "engine/packaging/tool_commands.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

void setIfGiven(Environment &environment, const QString &name, const QString &value)
{
    if (!value.isEmpty())
        setVariable(environment, name, value);
}

// As curl, git, pip and Python read it. An empty setting leaves what the program was started with.
Environment networkEnvironment(const NetworkSettings &network)
{
    Environment environment = inheritedEnvironment();
    for (const bool upper : {false, true}) {
        const auto name = [upper](const QString &text) { return upper ? text.toUpper() : text; };
        setIfGiven(environment, name(u"http_proxy"_s), network.httpProxy);
        setIfGiven(environment, name(u"https_proxy"_s), network.httpsProxy);
        if (!network.httpProxy.isEmpty() || !network.httpsProxy.isEmpty())
            setIfGiven(environment, name(u"no_proxy"_s), network.noProxy);
    }
    setIfGiven(environment, u"SSL_CERT_FILE"_s, network.certificates);
    return environment;
}

ProcessSpec command(const PackagingSettings &settings, const QString &program)
{
    ProcessSpec spec;
    spec.program = program;
    spec.environment = networkEnvironment(settings.network());
    spec.workingDirectory = settings.dataFolder;
    spec.timeout = settings.commandTimeout;
    spec.outputLimit = 64LL * 1024 * 1024;
    return spec;
}

// Answers git's question for a user and a password with what stands in the environment.
const QString credentialAnswer
    = uR"(!f() { test "$1" = get && printf 'username=%s\npassword=%s\n' "$PACK_SOURCE_USER" "$PACK_SOURCE_PASSWORD"; }; f)"_s;

ProcessSpec git(const PackagingSettings &settings, const QStringList &arguments)
{
    ProcessSpec spec = command(settings, u"git"_s);
    // Nothing that a repository brings may run, and links stay links.
    spec.arguments
        = QStringList{u"-c"_s, u"core.hooksPath=/dev/null"_s, u"-c"_s, u"core.fsmonitor=false"_s,
                      u"-c"_s, u"advice.detachedHead=false"_s}
        + arguments;
    setVariable(spec.environment, u"GIT_TERMINAL_PROMPT"_s, u"0"_s);
    setVariable(spec.environment, u"GIT_ASKPASS"_s, u"/bin/true"_s);
    setVariable(spec.environment, u"SSH_ASKPASS"_s, u"/bin/true"_s);
    setVariable(spec.environment, u"GIT_SSH_COMMAND"_s, u"ssh -o BatchMode=yes"_s);
    setVariable(spec.environment, u"GIT_ALLOW_PROTOCOL"_s, u"file:git:http:https:ssh"_s);
    setVariable(spec.environment, u"LC_ALL"_s, u"C.UTF-8"_s);
    setIfGiven(spec.environment, u"GIT_SSL_CAINFO"_s, settings.network().certificates);
    return spec;
}

bool isLeftOut(const QString &variable)
{
    static const QStringList names{
        u"PYTHONPATH"_s, u"PYTHONHOME"_s, u"VIRTUAL_ENV"_s,           u"PIP_TARGET"_s,
        u"PIP_USER"_s,   u"PIP_PREFIX"_s, u"PIP_REQUIRE_VIRTUALENV"_s};
    return names.contains(variable.toUpper());
}

} // namespace

ProcessSpec packTool(const PackagingSettings &settings, const QStringList &arguments)
{
    ProcessSpec spec = command(settings, settings.python);
    spec.arguments = pythonArguments(settings.pythonFolder + u"/stormglass_pack.py"_s) + arguments;
    return spec;
}

ProcessSpec downloadCommand(const PackagingSettings &settings, const QString &address,
                            const QString &file, std::int64_t bytes)
{
    ProcessSpec spec = packTool(settings, {u"download"_s, file, QString::number(bytes)});
    spec.input = address.toUtf8();
    return spec;
}

ProcessSpec removeCommand(const PackagingSettings &settings, const QStringList &paths)
{
    return packTool(settings, QStringList{u"remove"_s} + paths);
}

ProcessSpec cloneCommand(const PackagingSettings &settings, const PackSource &source,
                         const QString &folder)
{
    QStringList arguments;
    const bool hasSecret = !source.user.isEmpty() || !source.password.isEmpty();
    if (hasSecret)
        arguments << u"-c"_s << u"credential.helper="_s << u"-c"_s
                  << u"credential.helper="_s + credentialAnswer;
    arguments << u"clone"_s << u"--progress"_s << u"--no-checkout"_s << u"--no-hardlinks"_s
              << u"--template="_s << u"--"_s << source.location << folder;
    ProcessSpec spec = git(settings, arguments);
    if (hasSecret) {
        setVariable(spec.environment, u"PACK_SOURCE_USER"_s, source.user);
        setVariable(spec.environment, u"PACK_SOURCE_PASSWORD"_s, source.password);
    }
    return spec;
}

ProcessSpec gitCommand(const PackagingSettings &settings, const QString &folder,
                       const QStringList &arguments)
{
    ProcessSpec spec = git(settings, arguments);
    spec.workingDirectory = folder;
    // Never the repository around it.
    setVariable(spec.environment, u"GIT_CEILING_DIRECTORIES"_s, QFileInfo(folder).path());
    return spec;
}

ProcessSpec makeEnvironmentCommand(const PackagingSettings &settings, const QString &folder)
{
    ProcessSpec spec = command(settings, settings.python);
    std::erase_if(spec.environment, [](const auto &entry) { return isLeftOut(entry.first); });
    // Packs expect what StackStorm has beside them; what is on the system stands in for it.
    spec.arguments = {u"-m"_s, u"venv"_s, u"--system-site-packages"_s, folder};
    return spec;
}

ProcessSpec installCommand(const PackagingSettings &settings, const QString &folder,
                           const QStringList &arguments, const Environment &variables)
{
    ProcessSpec spec = command(settings, folder + u"/bin/python"_s);
    std::erase_if(spec.environment, [](const auto &entry) { return isLeftOut(entry.first); });
    spec.arguments = QStringList{u"-m"_s,
                                 u"pip"_s,
                                 u"install"_s,
                                 u"--no-input"_s,
                                 u"--disable-pip-version-check"_s,
                                 u"--progress-bar"_s,
                                 u"off"_s}
        + arguments;
    Environment &environment = spec.environment;
    if (settings.offline)
        setVariable(environment, u"PIP_NO_INDEX"_s, u"1"_s);
    setIfGiven(environment, u"PIP_FIND_LINKS"_s, settings.wheels);
    setIfGiven(environment, u"PIP_INDEX_URL"_s, settings.pipIndex);
    setIfGiven(environment, u"PIP_CERT"_s, settings.network().certificates);
    for (const auto &[name, value] : variables)
        setVariable(environment, name, value);
    return spec;
}

} // namespace stormglass
