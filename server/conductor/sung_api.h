// What was sung in a room to a backing (PROTOCOL.md 4.10), for whoever is in it. On the conductor's loop only.
#pragma once

#include "server/base/tokens.h"
#include "server/conductor/api_answer.h"
#include "server/conductor/rooms.h"
#include "server/store/store.h"
#include "server/wire/link/sung.h"

namespace roundelay {

class SungApi {
 public:
  static constexpr int kMostTold = 500;  // songs in an answer

  // All of these outlive it.
  SungApi(Rooms& rooms, Store& store, const Tokens& tokens, ApiClock clock);

  [[nodiscard]] ApiAnswer answer(const link::Sung& asked);

 private:
  Rooms& rooms_;
  Store& store_;
  const Tokens& tokens_;
  ApiClock clock_;
};

}  // namespace roundelay
