// A sentence that another process says: its code and values are believed only where they are those of the table. Pure.
#pragma once

#include <optional>

#include "server/base/sentences.h"

namespace roundelay {

// {"error": English, "sentence": code, "values": {...}}. Of no code where the English is not what the table says with these
// values; nothing where there is no English, or more than `most_bytes` of it.
[[nodiscard]] std::optional<Sentence> told_sentence(const nlohmann::json& report, size_t most_bytes);

// What the table says with these values: all of the row, in an object.
[[nodiscard]] Sentence phrase_of(const SentenceRow& row, nlohmann::json values);

}  // namespace roundelay
