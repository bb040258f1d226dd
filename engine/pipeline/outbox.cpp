#include "engine/pipeline/outbox.h"

namespace stormglass {

void Outbox::add(Effect effect)
{
    m_effects.push_back(std::move(effect));
}

void Outbox::dropSince(std::size_t mark)
{
    m_effects.resize(mark);
}

void Outbox::release(const Result<> &committed)
{
    std::vector<Effect> effects;
    effects.swap(m_effects);
    for (const Effect &effect : effects)
        effect(committed);
}

} // namespace stormglass
