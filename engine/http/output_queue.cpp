#include "engine/http/output_queue.h"

namespace stormglass {

namespace {

constexpr std::size_t largePiece = 64 * 1024;

} // namespace

void OutputQueue::addPiece(Piece piece)
{
    if (!m_pieces.empty())
        m_closedBytes += m_pieces.back().view().size();
    m_pieces.push_back(std::move(piece));
}

std::string &OutputQueue::tail()
{
    if (m_pieces.empty() || m_pieces.back().shared || m_pieces.back().own.size() >= largePiece)
        addPiece({});
    return m_pieces.back().own;
}

void OutputQueue::append(SharedBytes bytes)
{
    addPiece({{}, std::move(bytes)});
}

std::size_t OutputQueue::bytes() const
{
    return m_pieces.empty() ? 0 : m_closedBytes + m_pieces.back().view().size() - m_consumed;
}

std::span<const std::string_view> OutputQueue::first(Pieces &pieces) const
{
    std::size_t count = 0;
    for (const Piece &piece : m_pieces) {
        if (count == pieces.size())
            break;
        const std::string_view view = piece.view().substr(count == 0 ? m_consumed : 0);
        pieces.at(count++) = view;
    }
    return std::span(pieces).first(count);
}

void OutputQueue::consume(std::size_t bytes)
{
    m_consumed += bytes;
    while (!m_pieces.empty() && m_consumed >= m_pieces.front().view().size()) {
        m_consumed -= m_pieces.front().view().size();
        // The last one's memory serves the next answer.
        if (m_pieces.size() == 1 && !m_pieces.front().shared
            && m_pieces.front().own.capacity() <= largePiece) {
            m_pieces.front().own.clear();
            return;
        }
        if (m_pieces.size() > 1)
            m_closedBytes -= m_pieces.front().view().size();
        m_pieces.pop_front();
    }
}

} // namespace stormglass
