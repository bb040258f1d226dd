#pragma once

#include "engine/aliases/alias_book.h"
#include "engine/store/alias_store.h"

#include <memory>

namespace stormglass {

// The aliases there are now, compiled again only where they changed: reading them costs far less
// than compiling them. Thread: its store's.
class AliasShelf
{
public:
    explicit AliasShelf(AliasStore &store)
        : m_store(store)
    {
    }

    Result<std::shared_ptr<const AliasBook>> book();

private:
    AliasStore &m_store;
    // Shared with whoever still reads a match of it.
    std::shared_ptr<const AliasBook> m_book;
};

} // namespace stormglass
