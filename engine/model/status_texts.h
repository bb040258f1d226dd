#pragma once

#include <QString>

#include <array>
#include <optional>

namespace stormglass {

// The spellings of an enumeration, in the order of its values.
template <typename Choice, std::size_t count>
class StatusTexts
{
public:
    explicit StatusTexts(const std::array<const char *, count> &texts)
    {
        for (std::size_t i = 0; i < count; ++i)
            m_texts[i] = QString::fromLatin1(texts[i]);
    }

    const QString &text(Choice choice) const { return m_texts[static_cast<std::size_t>(choice)]; }

    std::optional<Choice> choice(const QString &text) const
    {
        for (std::size_t i = 0; i < count; ++i) {
            if (m_texts[i] == text)
                return static_cast<Choice>(i);
        }
        return std::nullopt;
    }

private:
    std::array<QString, count> m_texts;
};

} // namespace stormglass
