#pragma once

#include <cstdio>
#include <cstdlib>

// A bug is not an error: stops the program in every build type. Never for what a user, pack or peer sent.
#define SG_ASSERT(condition)                                                                       \
    do {                                                                                           \
        if (!(condition)) [[unlikely]] {                                                           \
            std::fprintf(stderr, "%s:%d: assertion failed: %s\n", __FILE__, __LINE__, #condition); \
            std::abort();                                                                          \
        }                                                                                          \
    } while (false)
