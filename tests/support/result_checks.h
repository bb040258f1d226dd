#pragma once

#include "engine/base/result.h"

#include <QTest>

// Goes on with what a Result holds, or fails the test with its error.
#define SG_OK(...)                                                                                 \
    do {                                                                                           \
        const auto sgOk = (__VA_ARGS__);                                                           \
        QVERIFY2(sgOk.has_value(), sgOk ? "" : qPrintable(sgOk.error().message));                  \
    } while (false)

#define SG_VALUE(declaration, ...)                                                                 \
    SG_VALUE_IMPL(SG_CONCAT(sgValue, __LINE__), declaration, __VA_ARGS__)
#define SG_VALUE_IMPL(name, declaration, ...)                                                      \
    auto name = (__VA_ARGS__);                                                                     \
    QVERIFY2(name.has_value(), name ? "" : qPrintable(name.error().message));                      \
    declaration = *std::move(name)

#define SG_FAILS(expected, ...)                                                                    \
    do {                                                                                           \
        const auto sgFails = (__VA_ARGS__);                                                        \
        QVERIFY2(!sgFails.has_value(), "it succeeded");                                            \
        QVERIFY2(sgFails.error().code == (expected), qPrintable(sgFails.error().message));         \
    } while (false)
