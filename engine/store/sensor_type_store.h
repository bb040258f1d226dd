#pragma once

#include "engine/model/sensor_type.h"
#include "engine/store/database.h"

namespace stormglass {

// Thread: its database's.
class SensorTypeStore
{
public:
    explicit SensorTypeStore(Database &database)
        : m_database(database)
    {
    }

    Result<> add(const SensorType &type);
    Result<> update(const SensorType &type);
    Result<> setEnabled(const Id &id, bool enabled);
    Result<> remove(const Id &id);
    Result<std::optional<SensorType>> find(const Id &id);
    Result<std::optional<SensorType>> find(const Ref &ref);
    // By pack and name.
    Result<std::vector<SensorType>> all();
    Result<std::vector<SensorType>> ofPack(const QString &pack);

private:
    Database &m_database;
};

} // namespace stormglass
