#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace stormglass {

// Encrypts and decrypts the datastore's secret values as StackStorm does (api.md, keys): hex of
// five header bytes, an initialisation vector, AES-CBC (256 bits unless an old key is shorter) and
// an HMAC-SHA1 over all of it. Errors are Invalid, with the reference's class in `kind`. Thread:
// any.
class DatastoreCipher
{
public:
    // From the JSON of a key file.
    static Result<DatastoreCipher> fromKeyFile(const Value &key);
    // A new key, as the JSON of its file.
    static Result<Value> newKeyFile();

    Result<std::string> decrypt(std::string_view hex) const;
    Result<std::string> encrypt(std::string_view text) const;

private:
    DatastoreCipher(std::string aesKey, std::string hmacKey)
        : m_aesKey(std::move(aesKey))
        , m_hmacKey(std::move(hmacKey))
    {
    }
    std::string signatureOf(std::string_view bytes) const;

    std::string m_aesKey;
    std::string m_hmacKey;
};

} // namespace stormglass
