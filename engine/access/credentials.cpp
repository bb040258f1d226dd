#include "engine/access/credentials.h"

#include <QCryptographicHash>

#include <openssl/rand.h>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

Result<QByteArray> randomBytes(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    if (RAND_bytes(reinterpret_cast<unsigned char *>(bytes.data()), count) != 1)
        return failure(ErrorCode::Unavailable,
                       u"The system gives no random numbers, so no credential can be made."_s);
    return bytes;
}

QString hexHash(const QByteArray &text, QCryptographicHash::Algorithm algorithm)
{
    return QString::fromLatin1(QCryptographicHash::hash(text, algorithm).toHex());
}

tl::unexpected<Error> unauthenticated(QString message)
{
    return failure(ErrorCode::Unauthenticated, std::move(message));
}

Result<Identity> identityOfKey(const QString &key, Database &database)
{
    ApiKeyStore keys(database);
    const QString hash = apiKeyHash(key);
    SG_LET(const std::optional<ApiKey> known, keys.find(hash));
    if (!known)
        return unauthenticated(u"Unauthorized - ApiKey with key_hash=%1 not found."_s.arg(hash));
    if (!known->enabled)
        return unauthenticated(u"Unauthorized - API key is disabled."_s);
    return Identity{known->user, u"API key"_s, u"header"_s};
}

Result<Identity> identityOfToken(const QString &token, Database &database, Timestamp now)
{
    TokenStore tokens(database);
    SG_LET(const std::optional<Token> known, tokens.find(tokenHash(token)));
    if (!known)
        return unauthenticated(u"Unauthorized"_s);
    if (known->expires <= now)
        return unauthenticated(u"Unauthorized - Token has expired."_s);
    return Identity{known->user, u"authentication token"_s, u"header"_s};
}

} // namespace

Result<Identity> identityOf(const Credential &credential, Database &database, Timestamp now)
{
    switch (credential.kind) {
    case Credential::Kind::None:
        return unauthenticated(u"Unauthorized - One of Token or API key required."_s);
    case Credential::Kind::LocalOwner:
        return Identity{u"local"_s, u"local owner"_s, u"header"_s};
    case Credential::Kind::Token:
        return identityOfToken(credential.secret, database, now);
    case Credential::Kind::ApiKey:
        return identityOfKey(credential.secret, database);
    }
    return unauthenticated(u"Unauthorized"_s);
}

QString apiKeyHash(const QString &key)
{
    return hexHash("saltnpepper" + key.toUtf8(), QCryptographicHash::Sha512);
}

QString tokenHash(const QString &token)
{
    return hexHash(token.toUtf8(), QCryptographicHash::Sha256);
}

Result<QString> issueApiKey(const QString &user, Database &database, IdGenerator &ids,
                            Timestamp now)
{
    SG_LET(const QByteArray bytes, randomBytes(64));
    // The form StackStorm gives its own: base64 of a hex digest, without padding (api.md 4.4).
    const QByteArray digest = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
    const QString key = QString::fromLatin1(digest.toBase64(QByteArray::OmitTrailingEquals));
    ApiKey row;
    row.id = ids.make();
    row.hash = apiKeyHash(key);
    row.user = user;
    row.created = now;
    SG_TRY(ApiKeyStore(database).add(row));
    return key;
}

Result<QString> issueServiceToken(const QString &user, Value metadata, Timestamp expires,
                                  Database &database, IdGenerator &ids)
{
    SG_LET(const QByteArray bytes, randomBytes(16));
    const QString token = QString::fromLatin1(bytes.toHex());
    Token row;
    row.id = ids.make();
    row.hash = tokenHash(token);
    row.user = user;
    row.expires = expires;
    row.isService = true;
    row.metadata = std::move(metadata);
    SG_TRY(TokenStore(database).add(row));
    return token;
}

} // namespace stormglass
