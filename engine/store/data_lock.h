#pragma once

#include "engine/base/result.h"

#include <QString>

#include <memory>

namespace stormglass {

// Keeps a second program away from a database. The system lets go of it when the program ends,
// however it ends.
class DataLock
{
public:
    // Conflict, naming the process that holds it, if another one does. Creates the folder if need
    // be.
    static Result<std::unique_ptr<DataLock>> take(const QString &database);
    ~DataLock();
    DataLock(const DataLock &) = delete;

private:
    explicit DataLock(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    int m_descriptor;
};

} // namespace stormglass
