#include "engine/runners/local_script_runner.h"

#include <QFile>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

// Packs come out of archives that forget it. Where it cannot be done (a folder that is read-only,
// another's file) the script may still be executable; if not, the shell says so.
void makeExecutable(const QString &path)
{
    const QFile::Permissions executable = QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
    const QFile::Permissions present = QFile::permissions(path);
    if ((present & executable) != executable)
        QFile::setPermissions(path, present | executable);
}

} // namespace

Result<ShellCommand> LocalScriptRunner::commandOf(const Job &job) const
{
    if (job.runnerParameters["content_version"].isText()) {
        return failure(ErrorCode::Invalid,
                       u"content_version is not supported: the pack runs as it is installed"_s);
    }
    if (job.entryPoint.isEmpty())
        return failure(ErrorCode::Invalid, u"Missing entry_point action metadata attribute"_s);
    SG_LET(const QString path, entryPointPath(job));
    makeExecutable(path);
    return scriptCommand(job, path, settings());
}

} // namespace stormglass
