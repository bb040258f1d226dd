#include "tests/conformance/corpus_kinds.h"

#include "engine/secrets/datastore_cipher.h"

namespace stormglass {

namespace {

Result<Value> decrypted(const Value &recorded)
{
    SG_LET(const DatastoreCipher cipher, DatastoreCipher::fromKeyFile(recorded["key"]));
    SG_LET(const std::string plain, cipher.decrypt(recorded["ciphertext"].text()));
    return Value(plain);
}

} // namespace

CaseVerdict replayKeyValueCrypto(const Value &recorded)
{
    return judged(recorded["expect"], decrypted(recorded));
}

} // namespace stormglass
