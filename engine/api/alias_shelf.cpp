#include "engine/api/alias_shelf.h"

namespace stormglass {

Result<std::shared_ptr<const AliasBook>> AliasShelf::book()
{
    SG_LET(std::vector<ActionAlias> aliases, m_store.all());
    if (!m_book || m_book->aliases() != aliases)
        m_book = std::make_shared<const AliasBook>(std::move(aliases));
    return m_book;
}

} // namespace stormglass
