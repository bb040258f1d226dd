#pragma once

#include "engine/sources/event_sink.h"

#include <vector>

namespace stormglass {

// Keeps what sources put in; a test decides what becomes of it.
class StubEventSink final : public EventSink
{
public:
    struct Put
    {
        Event event;
        std::function<void(Result<Id>)> stored;
    };

    void put(Event event, std::function<void(Result<Id>)> stored) override
    {
        puts.push_back({std::move(event), std::move(stored)});
    }

    // Answers all that wait for an answer, those put meanwhile too.
    void storeAll()
    {
        for (; answered < puts.size(); ++answered)
            answer(answered, Id(std::array<std::uint8_t, 12>{1}));
    }

    void failAll(ErrorCode code)
    {
        const std::size_t end = puts.size();
        for (; answered < end; ++answered)
            answer(answered, failure(code, QStringLiteral("as the test wants it")));
    }

    std::vector<Put> puts;
    std::size_t answered = 0;

private:
    void answer(std::size_t index, Result<Id> result)
    {
        const auto stored = std::move(puts[index].stored);
        if (stored)
            stored(std::move(result));
    }
};

} // namespace stormglass
