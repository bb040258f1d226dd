#pragma once

#include "tests/support/fake_clock.h"
#include "tests/support/result_checks.h"
#include "tests/support/test_database.h"

#include <QTest>

namespace stormglass {

// Gives every test of a store each place a database can be in, as a data tag.
inline void everyPlace()
{
    QTest::addColumn<int>("place");
    QTest::newRow("memory") << static_cast<int>(TestDatabase::Place::Memory);
    QTest::newRow("file") << static_cast<int>(TestDatabase::Place::File);
}

// A database in the place of the data tag, a clock, ids.
struct StoreFixture
{
    StoreFixture()
        : database(static_cast<TestDatabase::Place>(placeOfTest()))
        , ids(clock)
    {
    }

    static int placeOfTest()
    {
        QFETCH_GLOBAL(int, place);
        return place;
    }

    TestDatabase database;
    FakeClock clock;
    IdGenerator ids;
};

// In a transaction of its own.
#define SG_WRITES(fixture, ...)                                                                    \
    do {                                                                                           \
        Transaction sgTransaction((fixture).database);                                             \
        SG_OK(__VA_ARGS__);                                                                        \
        SG_OK(sgTransaction.commit());                                                             \
    } while (false)

} // namespace stormglass
