#pragma once

#include "engine/base/id.h"
#include "engine/base/result.h"
#include "engine/instance/request.h"
#include "engine/store/api_key_store.h"
#include "engine/store/token_store.h"

namespace stormglass {

// Who a credential stands for (api.md 4). Thread: the stores'.
struct Identity
{
    QString user;
    // `authentication token`, `API key`, `local owner`.
    QString method;
    // `header` or `query`.
    QString location;
};

// Unauthenticated with StackStorm's words if it stands for nobody.
Result<Identity> identityOf(const Credential &credential, Database &database, Timestamp now);

// As they are kept: `sha512("saltnpepper" + key)` in hex, which keys can move between systems by.
QString apiKeyHash(const QString &key);
QString tokenHash(const QString &token);

// Makes and keeps one; gives its text, which is kept nowhere.
Result<QString> issueApiKey(const QString &user, Database &database, IdGenerator &ids,
                            Timestamp now);
// 32 hex digits.
Result<QString> issueServiceToken(const QString &user, Value metadata, Timestamp expires,
                                  Database &database, IdGenerator &ids);

} // namespace stormglass
