#pragma once

#include "engine/base/id.h"
#include "engine/base/result.h"
#include "engine/base/value.h"

#include <QStringList>

namespace stormglass {

// A folder of content with one name and version (content.md 3).
struct Pack
{
    Id id = {};
    QString ref = {};
    QString name = {};
    QString description = {};
    QString version = {};
    QString stackstormVersion = {};
    QStringList pythonVersions = {};
    QString author = {};
    QString email = {};
    QStringList contributors = {};
    QStringList keywords = {};
    QStringList dependencies = {};
    // Files of the pack, relative to its folder.
    QStringList files = {};
    // Absolute folder on this machine.
    QString path = {};
    // The whole of pack.yaml, for members this struct has no name for.
    Value metadata = {};

    friend bool operator==(const Pack &, const Pack &) = default;
};

Value toJson(const Pack &pack);

// What in a pack failed to load, and where: pack health.
struct PackProblem
{
    QString pack = {};
    // Relative to the pack's folder.
    QString file = {};
    // Line, counted from 1; 0 if unknown.
    int line = 0;
    QString message = {};
    // Warnings load all the same.
    bool isWarning = false;

    friend bool operator==(const PackProblem &, const PackProblem &) = default;
};

Value toJson(const PackProblem &problem);

// A pack's values, shaped by its config schema (content.md 6).
struct PackConfig
{
    Id id = {};
    QString pack = {};
    Value values = {};

    friend bool operator==(const PackConfig &, const PackConfig &) = default;
};

Value toJson(const PackConfig &config);

// Name of a value → its schema, in the order of the file (content.md 6).
struct ConfigSchema
{
    Id id = {};
    QString pack = {};
    Value attributes = Value::map();

    friend bool operator==(const ConfigSchema &, const ConfigSchema &) = default;
};

Value toJson(const ConfigSchema &schema);

} // namespace stormglass
