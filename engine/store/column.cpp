#include "engine/store/column.h"

namespace stormglass {

Value fromTextList(const QStringList &texts)
{
    ValueList list;
    list.reserve(static_cast<std::size_t>(texts.size()));
    for (const QString &text : texts)
        list.emplace_back(text);
    return list;
}

QStringList toTextList(const Value &list)
{
    QStringList texts;
    for (const Value &item : list.itemsOrNone())
        texts.append(item.toQStringOr({}));
    return texts;
}

tl::unexpected<Error> noSuchRow(const QString &what, const Id &id)
{
    return failure(ErrorCode::NotFound,
                   QStringLiteral("There is no %1 with the id %2.").arg(what, id.text()));
}

Result<> expectRow(const Result<std::int64_t> &changed, const QString &what, const Id &id)
{
    SG_LET(const std::int64_t rows, changed);
    return rows > 0 ? Result<>() : noSuchRow(what, id);
}

} // namespace stormglass
