#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace stormglass {

// What is to be sent to one peer, in order: bytes of its own, and bytes it shares with others.
class OutputQueue
{
public:
    // Shared: one event goes to many followers and is written once.
    using SharedBytes = std::shared_ptr<const std::string>;
    static constexpr std::size_t piecesAtOnce = 16;
    using Pieces = std::array<std::string_view, piecesAtOnce>;

    // For appending one's own bytes at the end.
    std::string &tail();
    void append(SharedBytes bytes);

    bool isEmpty() const { return bytes() == 0; }
    std::size_t bytes() const;
    // The first pieces, as many as fit.
    std::span<const std::string_view> first(Pieces &pieces) const;
    void consume(std::size_t bytes);

private:
    struct Piece
    {
        std::string own;
        SharedBytes shared;
        std::string_view view() const { return shared ? *shared : own; }
    };

    void addPiece(Piece piece);

    std::deque<Piece> m_pieces;
    // Of the first piece.
    std::size_t m_consumed = 0;
    // Of all pieces but the last, which may still grow.
    std::size_t m_closedBytes = 0;
};

} // namespace stormglass
