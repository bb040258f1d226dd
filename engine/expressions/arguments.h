#pragma once

#include "engine/base/value.h"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

class Evaluation;

struct NamedArgument
{
    // A text.
    Value name;
    Value value;
};

// What a call hands over, borrowed for the call.
struct Arguments
{
    std::span<const Value> positional = {};
    std::span<const NamedArgument> named = {};
};

// What a function takes, written as Python writes it: `do_batch(value, linecount, fill_with=None)`.
// Defaults are None, True, False, numbers and quoted text; `*args` and `**kwargs` take the rest;
// after a lone `*` only names.
class Signature
{
public:
    struct Parameter
    {
        std::string name;
        Value preset;
        bool isRequired = true;
        bool isNamedOnly = false;
    };

    // The text is the program's own: asserts that it is well formed.
    explicit Signature(std::string_view text);

    const std::string &name() const { return m_name; }
    const std::vector<Parameter> &parameters() const { return m_parameters; }
    bool takesRest() const { return m_takesRest; }
    bool takesNames() const { return m_takesNames; }
    // How many may be given by place.
    std::size_t places() const { return m_places; }
    // -1: no such parameter.
    int indexOf(std::string_view parameter) const;
    std::vector<std::string_view> names() const;

private:
    void read(std::string_view parameter);

    std::string m_name;
    std::vector<Parameter> m_parameters;
    std::size_t m_places = 0;
    bool m_takesRest = false;
    bool m_takesNames = false;
    bool m_onlyNamesFollow = false;
};

// Arguments seen through a signature. Nothing is copied.
class BoundArguments
{
public:
    // Fails the evaluation with Python's TypeError where they do not fit: ask
    // `evaluation.failed()`.
    BoundArguments(Evaluation &evaluation, const Signature &signature, const Arguments &given);

    // The argument, or its default.
    const Value &operator[](int parameter) const;
    bool isGiven(int parameter) const;
    // What `*args` takes.
    std::span<const Value> rest() const;
    // What `**kwargs` takes: those that no parameter is named after.
    std::vector<NamedArgument> names() const;
    const Signature &signature() const { return m_signature; }

private:
    const Value *given(std::size_t parameter) const;
    bool placesFit(Evaluation &evaluation) const;
    bool namesFit(Evaluation &evaluation) const;
    bool nothingIsMissing(Evaluation &evaluation) const;

    const Signature &m_signature;
    const Arguments m_given;
};

} // namespace stormglass
