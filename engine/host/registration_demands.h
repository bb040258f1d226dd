#pragma once

#include "engine/packs/registration.h"

#include <QSet>

#include <functional>

namespace stormglass {

// Who waits for packs to be registered anew, and what came of those so far. Thread: engine.
class RegistrationDemands
{
public:
    using Summaries = std::vector<Registration::Summary>;
    using Registered = std::function<void(Result<Summaries>)>;

    // By names, of orders numbered higher than `after`: one that is read already does not count.
    void add(const QStringList &packs, std::uint64_t after, Registered registered);
    // Whether a pack must be read although nothing of it seems to have changed.
    bool isForced(const QString &pack) const;
    void done(const Registration &registration);
    // Everybody who waits for the pack is told.
    void fail(const QString &pack, const Error &error);
    // Answers those who have all; once what they were told is durable.
    void answer();

private:
    struct Demand
    {
        std::uint64_t after = 0;
        QSet<QString> waiting;
        Summaries summaries;
        Registered registered;
    };
    std::vector<Demand> m_demands;
};

} // namespace stormglass
