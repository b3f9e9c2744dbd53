// Requests about the words of songs (PROTOCOL.md 4.3): brought, read, edited, timed. On the conductor's loop only.
#pragma once

#include <string>

#include "server/base/rate_limiter.h"
#include "server/base/tokens.h"
#include "server/conductor/api_answer.h"
#include "server/conductor/rooms.h"
#include "server/store/store.h"
#include "server/wire/link/words.h"

namespace roundelay {

class WordsApi {
 public:
  WordsApi(Rooms& rooms, Store& store, const Tokens& tokens, ApiClock clock, ApiApply apply);

  [[nodiscard]] ApiAnswer answer(const link::Words& asked);

 private:
  // The room in which the asker is, if she may do that.
  [[nodiscard]] tl::expected<OpenRoom*, ApiAnswer> room_of(const link::Words& asked);
  [[nodiscard]] ApiAnswer add(OpenRoom& open, const link::Words& asked);
  [[nodiscard]] ApiAnswer replace(OpenRoom& open, const Sheet& sheet, const link::Words& asked);
  [[nodiscard]] ApiAnswer set_times(OpenRoom& open, const Sheet& sheet, const link::Words& asked);
  [[nodiscard]] ApiAnswer show(const OpenRoom& open, const Sheet& sheet);
  [[nodiscard]] ApiAnswer show_text(const OpenRoom& open, const Sheet& sheet);
  void put(OpenRoom& open, const Sheet& sheet);

  Rooms& rooms_;
  Store& store_;
  const Tokens& tokens_;
  ApiClock clock_;
  ApiApply apply_;
  RateLimiter changes_;
};

}  // namespace roundelay
