#pragma once

#include "engine/packaging/pack_source.h"
#include "engine/packaging/packaging_settings.h"
#include "engine/processes/process.h"

namespace stormglass {

// The commands that operations are made of. Secrets travel in the environment, never in arguments;
// nothing asks a person anything; each has a time limit.

// resources/python/stormglass_pack.py with these arguments.
ProcessSpec packTool(const PackagingSettings &settings, const QStringList &arguments);
// Writes what an address (http, https, file or a path) holds to a file. The address may hold a
// password: it goes in on standard input.
ProcessSpec downloadCommand(const PackagingSettings &settings, const QString &address,
                            const QString &file, std::int64_t bytes);
ProcessSpec removeCommand(const PackagingSettings &settings, const QStringList &paths);

// Everything of a repository, nothing checked out.
ProcessSpec cloneCommand(const PackagingSettings &settings, const PackSource &source,
                         const QString &folder);
// git in a folder that was cloned.
ProcessSpec gitCommand(const PackagingSettings &settings, const QString &folder,
                       const QStringList &arguments);

ProcessSpec makeEnvironmentCommand(const PackagingSettings &settings, const QString &folder);
// pip install in the environment at `folder`; `variables` are added to its environment.
ProcessSpec installCommand(const PackagingSettings &settings, const QString &folder,
                           const QStringList &arguments, const Environment &variables);

} // namespace stormglass
