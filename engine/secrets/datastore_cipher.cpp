#include "engine/secrets/datastore_cipher.h"

#include <QByteArray>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <memory>

namespace stormglass {

namespace {

constexpr std::size_t headerSize = 5;
constexpr std::size_t blockSize = 16;
constexpr std::size_t signatureSize = 20;
constexpr std::size_t keySize = 32;

tl::unexpected<Error> refusal(const char *kind, const QString &message)
{
    return failure(Error{ErrorCode::Invalid, message, QString::fromLatin1(kind)});
}

tl::unexpected<Error> trouble()
{
    return failure(ErrorCode::Internal, QStringLiteral("The cryptographic library failed."));
}

// URL-safe base64 without padding; white space and padding are passed over.
Result<std::string> keyBytes(const Value &text)
{
    if (!text.isText())
        return refusal("TypeError", QStringLiteral("a key must be text"));
    std::string plain(text.text());
    std::erase_if(plain, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '='; });
    const auto decoded = QByteArray::fromBase64Encoding(
        QByteArray::fromStdString(plain),
        QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals
            | QByteArray::AbortOnBase64DecodingErrors);
    if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok || plain.size() % 4 == 1)
        return refusal("ValueError", QStringLiteral("Base64 decoding errors"));
    return decoded.decoded.toStdString();
}

Result<> checkSize(const Value &size)
{
    if (!size.isInt())
        return refusal("TypeError", QStringLiteral("the size of a key must be a number"));
    constexpr std::int64_t least = 128;
    if (size.toInt() < least)
        return refusal("ValueError", QStringLiteral("Unsafe key size: %1").arg(size.toInt()));
    return {};
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

Result<std::string> bytesOfHex(std::string_view hex)
{
    if (hex.size() % 2 != 0)
        return refusal("Error", QStringLiteral("Odd-length string"));
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const int high = hexDigit(hex[i]);
        const int low = hexDigit(hex[i + 1]);
        if (high < 0 || low < 0)
            return refusal("Error", QStringLiteral("Non-hexadecimal digit found"));
        bytes += static_cast<char>(static_cast<unsigned char>(high * 16 + low));
    }
    return bytes;
}

std::string hexOfBytes(std::string_view bytes)
{
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()))
        .toHex()
        .toUpper()
        .toStdString();
}

const unsigned char *asBytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

unsigned char *asBytes(std::string &text)
{
    return reinterpret_cast<unsigned char *>(text.data());
}

// By the size of the key; null for one that AES has no use for.
const EVP_CIPHER *cipherFor(std::string_view key)
{
    switch (key.size()) {
    case 16:
        return EVP_aes_128_cbc();
    case 24:
        return EVP_aes_192_cbc();
    case keySize:
        return EVP_aes_256_cbc();
    default:
        return nullptr;
    }
}

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

CipherContext newContext()
{
    return {EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free};
}

} // namespace

Result<DatastoreCipher> DatastoreCipher::fromKeyFile(const Value &key)
{
    for (const char *const member : {"hmacKey", "aesKeyString", "mode", "size"}) {
        if (!key.find(member))
            return refusal("KeyError",
                           QStringLiteral("Invalid or malformed key file: '%1'")
                               .arg(QString::fromLatin1(member)));
    }
    SG_TRY(checkSize(key["size"]));
    SG_LET(std::string aesKey, keyBytes(key["aesKeyString"]));
    SG_LET(std::string hmacKey, keyBytes(key["hmacKey"]["hmacKeyString"]));
    if (!cipherFor(aesKey))
        return refusal("ValueError",
                       QStringLiteral("Invalid key size (%1) for AES.").arg(aesKey.size() * 8));
    return DatastoreCipher(std::move(aesKey), std::move(hmacKey));
}

Result<Value> DatastoreCipher::newKeyFile()
{
    const auto randomKey = []() -> Result<Value> {
        std::string bytes(keySize, '\0');
        if (RAND_bytes(asBytes(bytes), static_cast<int>(bytes.size())) != 1)
            return trouble();
        const auto text = QByteArray::fromStdString(bytes).toBase64(
            QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        return Value(text.toStdString());
    };
    SG_LET(const Value aesKey, randomKey());
    SG_LET(const Value hmacKey, randomKey());
    constexpr int bits = 256;
    return Value::map({{"hmacKey", Value::map({{"hmacKeyString", hmacKey}, {"size", bits}})},
                       {"aesKeyString", aesKey},
                       {"mode", "CBC"},
                       {"size", bits}});
}

std::string DatastoreCipher::signatureOf(std::string_view bytes) const
{
    std::string signature(EVP_MAX_MD_SIZE, '\0');
    unsigned int size = 0;
    HMAC(EVP_sha1(), m_hmacKey.data(), static_cast<int>(m_hmacKey.size()), asBytes(bytes),
         bytes.size(), asBytes(signature), &size);
    signature.resize(size);
    return signature;
}

Result<std::string> DatastoreCipher::decrypt(std::string_view hex) const
{
    SG_LET(const std::string bytes, bytesOfHex(hex));
    if (bytes.size() < headerSize + blockSize + signatureSize)
        return refusal("ValueError", QStringLiteral("Invalid or malformed ciphertext (too short)"));
    const std::string_view all = bytes;
    const std::string_view signedPart = all.substr(0, all.size() - signatureSize);
    const std::string signature = signatureOf(signedPart);
    const bool isGenuine = signature.size() == signatureSize
        && CRYPTO_memcmp(signature.data(), all.data() + signedPart.size(), signatureSize) == 0;
    if (!isGenuine)
        return refusal("InvalidSignature", QStringLiteral("Signature did not match digest."));
    const std::string_view vector = signedPart.substr(headerSize, blockSize);
    const std::string_view body = signedPart.substr(headerSize + blockSize);
    std::string plain(body.size() + blockSize, '\0');
    const CipherContext context = newContext();
    int size = 0;
    int rest = 0;
    const bool isDone = context
        && EVP_DecryptInit_ex(context.get(), cipherFor(m_aesKey), nullptr, asBytes(m_aesKey),
                              asBytes(vector))
        && EVP_DecryptUpdate(context.get(), asBytes(plain), &size, asBytes(body),
                             static_cast<int>(body.size()))
        && EVP_DecryptFinal_ex(context.get(), asBytes(plain) + size, &rest);
    if (!isDone)
        return refusal("ValueError", QStringLiteral("The ciphertext is damaged."));
    plain.resize(static_cast<std::size_t>(size + rest));
    return plain;
}

Result<std::string> DatastoreCipher::encrypt(std::string_view text) const
{
    std::string out(headerSize, '0');
    std::string vector(blockSize, '\0');
    if (RAND_bytes(asBytes(vector), static_cast<int>(vector.size())) != 1)
        return trouble();
    std::string body(text.size() + blockSize, '\0');
    const CipherContext context = newContext();
    int size = 0;
    int rest = 0;
    const bool isDone = context
        && EVP_EncryptInit_ex(context.get(), cipherFor(m_aesKey), nullptr, asBytes(m_aesKey),
                              asBytes(vector))
        && EVP_EncryptUpdate(context.get(), asBytes(body), &size, asBytes(text),
                             static_cast<int>(text.size()))
        && EVP_EncryptFinal_ex(context.get(), asBytes(body) + size, &rest);
    if (!isDone)
        return trouble();
    body.resize(static_cast<std::size_t>(size + rest));
    out += vector + body;
    return hexOfBytes(out + signatureOf(out));
}

} // namespace stormglass
