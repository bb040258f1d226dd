#pragma once

#include "engine/base/error.h"
#include "engine/expressions/position.h"

#include <string_view>

namespace stormglass {

// Places in a text that others, read apart, stand in. Thread: any.

// Where a source stops to be UTF-8.
Position positionOfBadUtf8(std::string_view source);
Position positionAt(std::string_view source, std::size_t byte);
// The byte at a place of the source; its end for a place behind it.
std::size_t byteAt(std::string_view source, Position position);

// As an error has it; the beginning for what is no line and column.
Position readPlace(const QString &place);
QString placeText(Position position);
// A place within a part as one of the whole, given where the part begins.
Position placedWithin(Position part, Position inside);
// The same with an error's place; the part's beginning where it has none.
Error placedWithin(Position part, Error error);

} // namespace stormglass
