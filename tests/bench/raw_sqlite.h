#pragma once

#include <string>

namespace stormglass::bench {

// What SQLite does through its own interface, with nothing of ours about it: in a fresh file in the
// write-ahead mode with `synchronous = FULL`, a hundred items a commit.

// Rows a second: an id, a status and a payload, one index beside the table.
double rawInsertsPerSecond(int rows, const std::string &payload);

// Lives a second: a row inserted, changed three times, and a result beside it.
double rawRowLivesPerSecond(int rows);

} // namespace stormglass::bench
