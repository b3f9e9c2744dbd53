// The words of songs over HTTP (PROTOCOL.md 4.3). Loop thread only.
#pragma once

#include <string>

#include "server/http/exchanges.h"
#include "server/wire/link/words.h"

namespace roundelay {

// The largest body: a text, or the times of its lines.
inline constexpr int64_t kMostWordsBodyBytes = 65'536;

// `sheet`: its id; empty for kAdd.
void answer_words(HttpRequest& request, Exchanges& exchanges, link::Words::Wish wish, const std::string& room,
                  const std::string& sheet);

}  // namespace roundelay
