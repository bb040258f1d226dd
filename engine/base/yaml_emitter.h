#pragma once

#include <string>
#include <string_view>

namespace stormglass {

struct YamlStyle;

// Lays out block style line by line as PyYAML does: where to break, indent, fold, quote and escape.
// The caller says what comes, top down.
class YamlEmitter
{
public:
    enum class Place { Root, Item, Key, Value };
    // What a scalar needs beside its text so that it is read back with its type.
    enum class Mark { None, Quotes, Tag };

    explicit YamlEmitter(const YamlStyle &style);

    void scalar(std::string_view text, Mark mark, std::string_view tag);
    // Line by line behind a tag.
    void literal(std::string_view text, std::string_view tag);
    void tag(std::string_view tag);
    void emptyList() { indicator("[]", Before::Space, After::Text); }
    void emptyMap() { indicator("{}", Before::Space, After::Text); }

    // Returns the indent to give back at the end.
    int beginList(Place place);
    void beginItem();
    int beginMap();
    void beginSimpleKey();
    void endSimpleKey();
    void beginComplexKey();
    void beginComplexValue();
    void endBlock(int indent) { m_indent = indent; }

    // Whether a key stands on one line with its colon.
    bool isSimpleKey(std::string_view text, std::string_view tag) const;

    std::string finish();

private:
    enum class Before { Nothing, Space };
    enum class After { Text, Space, Indent };
    enum class Quotes { None, Single, Double };

    void indicator(std::string_view sign, Before before, After after);
    void newLine();
    void put(std::string_view character);
    void breakLine(std::string_view lineBreak);
    int deeper();
    Quotes quotesFor(std::string_view text, Mark mark) const;
    bool mayFold(bool afterSpace) const;
    void plain(std::string_view text);
    void singleQuoted(std::string_view text);
    void doubleQuoted(std::string_view text);
    bool needsEscape(std::string_view character) const;

    const int m_step;
    const int m_width;
    const bool m_allowUnicode;
    std::string m_out;
    int m_indent = -1;
    int m_column = 0;
    // Behind a blank; behind nothing but indentation and its signs.
    bool m_isAfterBlank = true;
    bool m_isIndenting = true;
    bool m_isInSimpleKey = false;
};

} // namespace stormglass
