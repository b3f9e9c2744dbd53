// Requests about scores that are there (PROTOCOL.md 4.5): where a page lies, for whom may see it. On the conductor's loop only.
#pragma once

#include <string>

#include "server/base/tokens.h"
#include "server/conductor/api_answer.h"
#include "server/conductor/rooms.h"
#include "server/wire/link/score_page.h"

namespace roundelay {

class ScoreApi {
 public:
  // `folder`: of the blobs.
  ScoreApi(Rooms& rooms, const Tokens& tokens, std::string folder);

  [[nodiscard]] ApiAnswer answer(const link::ScorePage& asked);

 private:
  Rooms& rooms_;
  const Tokens& tokens_;
  std::string folder_;
};

}  // namespace roundelay
