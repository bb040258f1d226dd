#include "engine/store/api_key_store.h"
#include "engine/store/key_value_store.h"
#include "engine/store/token_store.h"
#include "engine/store/user_store.h"
#include "tests/contract/store_fixture.h"

using namespace stormglass;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Keys of the datastore, users, tokens, API keys.
class TestAccessStores : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { everyPlace(); }
    void keepAKeyUnderOneId();
    void hideWhatHasExpired();
    void listKeysByPrefix();
    void removeExpiredKeys();
    void keepAUserOnce();
    void findATokenByItsHash();
    void keepApiKeys();
};

namespace {

const QString systemScope = u"st2kv.system"_s;

QStringList namesOf(const std::vector<KeyValue> &keys)
{
    QStringList names;
    for (const KeyValue &key : keys)
        names.append(key.name);
    return names;
}

} // namespace

void TestAccessStores::keepAKeyUnderOneId()
{
    StoreFixture fixture;
    KeyValueStore store(fixture.database);
    const Timestamp now = fixture.clock.now();
    KeyValue key{.id = fixture.ids.make(),
                 .scope = systemScope,
                 .name = u"a.b/c:d"_s,
                 .value = u"1"_s,
                 .description = u"d"_s,
                 .isEncrypted = true,
                 .expires = now + 5s};
    SG_WRITES(fixture, store.set(key, now));
    SG_VALUE(const auto first, store.find(systemScope, key.name, now));
    QCOMPARE(*first, key);
    KeyValue again = key;
    again.id = fixture.ids.make();
    again.value = u"2"_s;
    again.isEncrypted = false;
    again.expires.reset();
    SG_WRITES(fixture, store.set(again, now));
    again.id = key.id;
    SG_VALUE(const auto second, store.find(systemScope, key.name, now));
    QCOMPARE(*second, again);
    QVERIFY(committed(fixture.database, [&] { return store.remove(systemScope, key.name, now); }));
    QVERIFY(!committed(fixture.database, [&] { return store.remove(systemScope, key.name, now); }));
}

void TestAccessStores::hideWhatHasExpired()
{
    StoreFixture fixture;
    KeyValueStore store(fixture.database);
    KeyValue key{.id = fixture.ids.make(),
                 .scope = systemScope,
                 .name = u"a"_s,
                 .expires = fixture.clock.now() + 5s};
    SG_WRITES(fixture, store.set(key, fixture.clock.now()));
    fixture.clock.advance(5s);
    const Timestamp now = fixture.clock.now();
    SG_VALUE(const auto gone, store.find(systemScope, key.name, now));
    QVERIFY(!gone);
    SG_VALUE(const auto listed, store.list({.scope = systemScope}, now, 10, 0));
    QVERIFY(listed.empty());
    QVERIFY(!committed(fixture.database, [&] { return store.remove(systemScope, key.name, now); }));
    // A new one under the same name is another one.
    KeyValue reborn{.id = fixture.ids.make(), .scope = systemScope, .name = key.name};
    SG_WRITES(fixture, store.set(reborn, now));
    SG_VALUE(const auto found, store.find(systemScope, key.name, now));
    QCOMPARE(found->id, reborn.id);
}

void TestAccessStores::listKeysByPrefix()
{
    StoreFixture fixture;
    KeyValueStore store(fixture.database);
    const Timestamp now = fixture.clock.now();
    for (const QString &name : {u"b"_s, u"a_x"_s, u"a%"_s, u"aé"_s, u"A"_s, u"a"_s})
        SG_WRITES(fixture,
                  store.set({.id = fixture.ids.make(), .scope = systemScope, .name = name}, now));
    SG_WRITES(
        fixture,
        store.set({.id = fixture.ids.make(), .scope = u"st2kv.user"_s, .name = u"eve:a"_s}, now));
    const auto list = [&](const KeyFilter &filter, int limit = 10, int offset = 0) {
        return namesOf(store.list(filter, now, limit, offset).value_or(std::vector<KeyValue>()));
    };
    QCOMPARE(list({.scope = systemScope}),
             (QStringList{u"b"_s, u"a_x"_s, u"a%"_s, u"aé"_s, u"A"_s, u"a"_s}));
    QCOMPARE(list({.scope = systemScope, .prefix = u"a"_s}),
             (QStringList{u"a_x"_s, u"a%"_s, u"aé"_s, u"a"_s}));
    QCOMPARE(list({.scope = systemScope, .prefix = u"a_"_s}), QStringList{u"a_x"_s});
    QCOMPARE(list({.scope = systemScope, .prefix = u"aé"_s}), QStringList{u"aé"_s});
    QCOMPARE(list({.scope = u"st2kv.user"_s, .prefix = u"eve:"_s}), QStringList{u"eve:a"_s});
    QCOMPARE(list({.scope = systemScope, .name = u"a%"_s}), QStringList{u"a%"_s});
    QCOMPARE(list({.scope = systemScope}, 2, 1), (QStringList{u"a_x"_s, u"a%"_s}));
    SG_VALUE(const std::int64_t count, store.count({.scope = systemScope, .prefix = u"a"_s}, now));
    QCOMPARE(count, 4);
}

void TestAccessStores::removeExpiredKeys()
{
    StoreFixture fixture;
    KeyValueStore store(fixture.database);
    for (int i = 0; i < 3; ++i)
        SG_WRITES(fixture,
                  store.set({.id = fixture.ids.make(),
                             .scope = systemScope,
                             .name = QString::number(i),
                             .expires = fixture.clock.now() + std::chrono::seconds(i)},
                            fixture.clock.now()));
    fixture.clock.advance(1s);
    QCOMPARE(
        committed(fixture.database, [&] { return store.removeExpired(fixture.clock.now(), 10); }),
        2);
}

void TestAccessStores::keepAUserOnce()
{
    StoreFixture fixture;
    UserStore store(fixture.database);
    const User eve{
        .id = fixture.ids.make(), .name = u"eve"_s, .isService = true, .nicknames = {u"e"_s}};
    SG_WRITES(fixture, store.addIfNew(eve));
    SG_WRITES(fixture, store.addIfNew({.id = fixture.ids.make(), .name = u"eve"_s}));
    SG_VALUE(const auto found, store.find(u"eve"_s));
    QCOMPARE(*found, eve);
    SG_VALUE(const auto all, store.all());
    QCOMPARE(all, std::vector<User>{eve});
}

void TestAccessStores::findATokenByItsHash()
{
    StoreFixture fixture;
    TokenStore store(fixture.database);
    const Token token{.id = fixture.ids.make(),
                      .hash = u"h"_s,
                      .user = u"eve"_s,
                      .expires = fixture.clock.now() + 1h,
                      .isService = true,
                      .metadata = Value::map({{"live_action_id", "x"}})};
    SG_WRITES(fixture, store.add(token));
    SG_VALUE(const auto found, store.find(u"h"_s));
    QCOMPARE(*found, token);
    SG_VALUE(const auto none, store.find(u"g"_s));
    QVERIFY(!none);
    QCOMPARE(
        committed(fixture.database, [&] { return store.removeExpired(fixture.clock.now(), 10); }),
        0);
    QCOMPARE(committed(fixture.database,
                       [&] { return store.removeExpired(fixture.clock.now() + 2h, 10); }),
             1);
    Transaction transaction(fixture.database);
    SG_FAILS(ErrorCode::NotFound, store.remove(token.id));
}

void TestAccessStores::keepApiKeys()
{
    StoreFixture fixture;
    ApiKeyStore store(fixture.database);
    ApiKey key{.id = fixture.ids.make(),
               .hash = u"h"_s,
               .user = u"eve"_s,
               .created = fixture.clock.now(),
               .metadata = Value::map({{"for", "hubot"}})};
    SG_WRITES(fixture, store.add(key));
    SG_WRITES(fixture, store.add({.id = fixture.ids.make(), .hash = u"i"_s, .user = u"adam"_s}));
    key.enabled = false;
    SG_WRITES(fixture, store.update(key));
    SG_VALUE(const auto byHash, store.find(u"h"_s));
    QCOMPARE(*byHash, key);
    SG_VALUE(const auto byId, store.find(key.id));
    QCOMPARE(*byId, key);
    SG_VALUE(const auto ofEve, store.list(u"eve"_s, 10, 0));
    QCOMPARE(ofEve, std::vector<ApiKey>{key});
    SG_VALUE(const std::int64_t all, store.count({}));
    QCOMPARE(all, 2);
    SG_WRITES(fixture, store.remove(key.id));
    Transaction transaction(fixture.database);
    SG_FAILS(ErrorCode::Conflict,
             store.add({.id = fixture.ids.make(), .hash = u"i"_s, .user = u"eve"_s}));
    SG_FAILS(ErrorCode::NotFound, store.update(key));
    SG_FAILS(ErrorCode::NotFound, store.remove(key.id));
}

QTEST_GUILESS_MAIN(TestAccessStores)
#include "tst_access_stores.moc"
