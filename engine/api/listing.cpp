#include "engine/api/listing.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

QStringList namesIn(const QString &list)
{
    QStringList names;
    for (const QString &name : list.split(u',', Qt::SkipEmptyParts))
        names << name.trimmed().section(u'.', 0, 0);
    names.removeDuplicates();
    return names;
}

} // namespace

Result<std::optional<std::int64_t>> integerOf(const Request &request, const QString &name)
{
    if (!request.hasQuery(name))
        return std::nullopt;
    bool isNumber = false;
    const std::int64_t number = request.queryValue(name).toLongLong(&isNumber);
    if (!isNumber)
        return failure(ErrorCode::Invalid, u"Parameter \"%1\" is not of type integer"_s.arg(name));
    return number;
}

Result<std::optional<bool>> flagOf(const Request &request, const QString &name)
{
    if (!request.hasQuery(name))
        return std::nullopt;
    const QString text = request.queryValue(name).toLower();
    if (text == u"true" || text == u"1" || text == u"yes" || text == u"y")
        return true;
    if (text == u"false" || text == u"0" || text == u"no" || text == u"n")
        return false;
    return failure(ErrorCode::Invalid, u"Parameter \"%1\" is not of type boolean"_s.arg(name));
}

Result<Paging> pagingOf(const Request &request, std::optional<std::int64_t> fallback)
{
    Paging paging{fallback, 0};
    SG_LET(const auto limit, integerOf(request, u"limit"_s));
    if (limit) {
        if (*limit == 0)
            return failure(
                ErrorCode::Invalid,
                u"Limit, \"0\" specified, must be a positive number or -1 for full result set."_s);
        if (*limit < -1)
            return failure(ErrorCode::Invalid,
                           u"Limit, \"%1\" specified, must be a positive number."_s.arg(*limit));
        paging.limit = *limit == -1 ? std::nullopt : limit;
    }
    SG_LET(const auto offset, integerOf(request, u"offset"_s));
    if (offset && *offset >= (std::int64_t{1} << 31))
        return failure(ErrorCode::Invalid,
                       u"Offset \"%1\" specified is more than 32-bit int"_s.arg(*offset));
    paging.offset = std::max<std::int64_t>(offset.value_or(0), 0);
    return paging;
}

Result<Attributes> Attributes::of(const Request &request, const QStringList &mandatory)
{
    Attributes attributes;
    attributes.m_included = namesIn(request.queryValue(u"include_attributes"_s));
    attributes.m_excluded = namesIn(request.queryValue(u"exclude_attributes"_s));
    attributes.m_mandatory = mandatory;
    if (!attributes.m_included.isEmpty() && !attributes.m_excluded.isEmpty())
        return failure(ErrorCode::Invalid,
                       u"exclude_attributes and include_attributes arguments are mutually "
                       u"exclusive. You need to provide "
                       "either one or another, but not both."_s);
    return attributes;
}

bool Attributes::wants(const QString &name) const
{
    if (!m_included.isEmpty())
        return m_included.contains(name) || m_mandatory.contains(name);
    return !m_excluded.contains(name);
}

Value Attributes::applied(const Value &document) const
{
    if (m_included.isEmpty() && m_excluded.isEmpty())
        return document;
    Value kept = Value::map();
    for (const ValueMap::Entry &entry : document.entriesOrNone()) {
        if (wants(entry.key.toQStringOr({})))
            kept.set(entry.key, entry.value);
    }
    return kept;
}

Response listResponse(ValueList items, std::int64_t total, const Paging &paging)
{
    Response response{200, Value(std::move(items))};
    response.headers.emplace_back(u"X-Total-Count"_s, QString::number(total));
    if (paging.limit)
        response.headers.emplace_back(u"X-Limit"_s, QString::number(*paging.limit));
    return response;
}

Response documentResponse(Value document, int status)
{
    return {status, std::move(document)};
}

} // namespace stormglass
