#include "engine/expressions/datastore_lookup.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/helper_functions.h"
#include "engine/expressions/python_numbers.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/undefined.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

Value keyNameOf(Evaluation &, const BoundArguments &arguments)
{
    const std::string path = objectAs<DatastoreLookup>(arguments[0])->path();
    return path.substr(path.find('.', path.find('.') + 1) + 1);
}

// A text of hex digits, as a stored ciphertext is one. Python reads it before anything else.
bool checkHex(Evaluation &evaluation, std::string_view text)
{
    const auto isHex = [](char c) {
        const char lower = static_cast<char>(c | 0x20);
        return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'f');
    };
    if (text.size() % 2 != 0)
        evaluation.fail("Error", "Odd-length string");
    else if (!std::ranges::all_of(text, isHex))
        evaluation.fail("Error", "Non-hexadecimal digit found");
    return !evaluation.failed();
}

Value decryptKv(Evaluation &evaluation, const BoundArguments &arguments)
{
    std::string ciphertext;
    if (const auto *lookup = objectAs<DatastoreLookup>(arguments[0])) {
        ciphertext = lookup->stored(evaluation);
        if (ciphertext.empty())
            return evaluation.failValue("Referenced datastore item \"" + lookup->path()
                                        + "\" doesn't exist or it contains an empty string");
    } else if (const auto text = textIn(arguments[0])) {
        ciphertext = *text;
    } else {
        if (const Object *object = asObject(arguments[0]); object && !object->isUsable(evaluation))
            return {};
        return evaluation.failType("Ciphertext needs to either be a string/unicode or bytes (was "
                                   "<class '"
                                   + typeNameOf(arguments[0]) + "'>).");
    }
    if (!checkHex(evaluation, ciphertext))
        return {};
    const Resolver *const resolver = evaluation.context().resolver;
    if (!resolver)
        return evaluation.failValue("there is no key here to decrypt a stored value with");
    const Result<Value> plain = resolver->decrypt(ciphertext);
    if (!plain)
        return evaluation.fail(plain.error());
    evaluation.see(plain->markedSecret());
    return *plain;
}

constexpr std::array decryptEntries{
    FunctionEntry{"decrypt_kv", "decrypt_kv(value)", decryptKv},
};

} // namespace

std::string DatastoreLookup::path() const
{
    const std::string scope = m_scope == Scope::System ? "st2kv.system" : "st2kv.user";
    return m_key.empty() ? scope : scope + '.' + m_key;
}

std::string DatastoreLookup::stored(Evaluation &evaluation) const
{
    const Resolver *const resolver = evaluation.context().resolver;
    if (!resolver)
        return {};
    const bool isUsers = m_scope == Scope::User;
    const auto value = resolver->keyValue(
        isUsers ? "user" : "system", isUsers ? evaluation.context().user + ':' + m_key : m_key);
    if (!value) {
        evaluation.fail(value.error());
        return {};
    }
    if (!*value)
        return {};
    evaluation.see(**value);
    return strOf(evaluation, **value);
}

std::string DatastoreLookup::str(Evaluation &evaluation) const
{
    if (!m_key.empty())
        return stored(evaluation);
    evaluation.fail(PythonError::Key, "''");
    return {};
}

std::string DatastoreLookup::repr(Evaluation &) const
{
    return "<" + std::string(typeName()) + " " + path() + ">";
}

Value DatastoreLookup::deeper(std::string_view name) const
{
    return Value(std::make_shared<const DatastoreLookup>(
        m_scope, m_key.empty() ? std::string(name) : m_key + '.' + std::string(name)));
}

std::optional<Value> DatastoreLookup::attribute(Evaluation &evaluation, std::string_view name) const
{
    static const Function keyName({"get_key_name", "get_key_name(self)", keyNameOf});
    // Its own attributes hide stored keys of these names there too; an index reaches them.
    if (name.starts_with('_'))
        return Undefined::ofMessage(evaluation,
                                    "access to attribute '" + std::string(name) + "' of '"
                                        + std::string(typeName()) + "' object is unsafe.",
                                    PythonError::Security);
    if (name == "scope")
        return m_scope == Scope::System ? "st2kv.system" : "st2kv.user";
    if (name == "get_key_name")
        return Value(std::make_shared<const BoundMethod>(
            Value(std::make_shared<const DatastoreLookup>(m_scope, m_key)), keyName));
    return deeper(name);
}

std::optional<Value> DatastoreLookup::item(Evaluation &evaluation, const Value &key) const
{
    return deeper(strOf(evaluation, key));
}

std::optional<Value> DatastoreLookup::number(Evaluation &evaluation) const
{
    if (m_scope != Scope::System)
        return std::nullopt;
    return Value(str(evaluation));
}

const Value &datastoreRoots()
{
    using Scope = DatastoreLookup::Scope;
    static const Value roots = Value::map(
        {{"system", Value(std::make_shared<const DatastoreLookup>(Scope::System, std::string()))},
         {"user", Value(std::make_shared<const DatastoreLookup>(Scope::User, std::string()))}});
    return roots;
}

std::span<const FunctionEntry> decryptFunction()
{
    return decryptEntries;
}

} // namespace stormglass
