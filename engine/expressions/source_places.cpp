#include "engine/expressions/source_places.h"

#include "engine/base/utf8.h"
#include "engine/expressions/jinja_expression_lexer.h"

#include <QStringList>

namespace stormglass {

Position readPlace(const QString &place)
{
    const QStringList parts = place.split(u':');
    return parts.size() == 2 ? Position{parts[0].toInt(), parts[1].toInt()} : Position();
}

Position positionOfBadUtf8(std::string_view source)
{
    SourceCursor cursor(source);
    while (const std::size_t length = utf8Length(source, cursor.offset()))
        cursor.skip(length);
    return cursor.position();
}

Position positionAt(std::string_view source, std::size_t byte)
{
    SourceCursor cursor(source);
    cursor.skip(byte);
    return cursor.position();
}

std::size_t byteAt(std::string_view source, Position position)
{
    SourceCursor cursor(source);
    while (!cursor.atEnd() && cursor.position() != position)
        cursor.skip(1);
    return cursor.offset();
}

QString placeText(Position position)
{
    return QString::number(position.line) + u':' + QString::number(position.column);
}

Position placedWithin(Position part, Position inside)
{
    if (inside.line > 1)
        return {part.line + inside.line - 1, inside.column};
    return {part.line, part.column + inside.column - 1};
}

Error placedWithin(Position part, Error error)
{
    error.place = placeText(placedWithin(part, readPlace(error.place)));
    return error;
}

} // namespace stormglass
