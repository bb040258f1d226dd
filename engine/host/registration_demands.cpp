#include "engine/host/registration_demands.h"

#include <algorithm>

namespace stormglass {

void RegistrationDemands::add(const QStringList &packs, std::uint64_t after, Registered registered)
{
    m_demands.push_back({after, {packs.begin(), packs.end()}, {}, std::move(registered)});
}

bool RegistrationDemands::isForced(const QString &pack) const
{
    return std::any_of(m_demands.begin(), m_demands.end(),
                       [&](const Demand &demand) { return demand.waiting.contains(pack); });
}

void RegistrationDemands::done(const Registration &registration)
{
    for (Demand &demand : m_demands) {
        if (registration.read.order > demand.after && demand.waiting.remove(registration.read.name))
            demand.summaries.push_back(registration.summary());
    }
}

void RegistrationDemands::fail(const QString &pack, const Error &error)
{
    std::vector<Demand> failed;
    for (auto each = m_demands.begin(); each != m_demands.end();) {
        if (!each->waiting.contains(pack)) {
            ++each;
            continue;
        }
        failed.push_back(std::move(*each));
        each = m_demands.erase(each);
    }
    for (const Demand &demand : failed)
        demand.registered(failure(error));
}

void RegistrationDemands::answer()
{
    std::vector<Demand> complete;
    for (auto each = m_demands.begin(); each != m_demands.end();) {
        if (!each->waiting.isEmpty()) {
            ++each;
            continue;
        }
        complete.push_back(std::move(*each));
        each = m_demands.erase(each);
    }
    for (Demand &demand : complete)
        demand.registered(std::move(demand.summaries));
}

} // namespace stormglass
