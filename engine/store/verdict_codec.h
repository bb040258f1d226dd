#pragma once

#include "engine/model/verdict.h"
#include "engine/store/verdict_words.h"

namespace stormglass {

// The verdicts of one trigger instance as bytes: for each a rule's number, its kind, and what that
// kind says. Values longer than `maxValueBytes` are kept as the beginning of their JSON text.
constexpr std::size_t maxValueBytes = 256;
constexpr std::size_t maxMessageBytes = 1000;

Result<QByteArray> encodeVerdicts(const std::vector<Verdict> &verdicts, VerdictWords &words);

// Members that are the same for all (trigger instance, time) are the caller's to fill in. Internal
// if the bytes are not what encodeVerdicts makes.
Result<std::vector<Verdict>> decodeVerdicts(const QByteArray &bytes, VerdictWords &words);

} // namespace stormglass
