#include "server/conductor/score_api.h"

#include <utility>

#include "server/conductor/insider.h"

namespace roundelay {

ScoreApi::ScoreApi(Rooms& rooms, const Tokens& tokens, std::string folder)
    : rooms_(rooms), tokens_(tokens), folder_(std::move(folder)) {}

ApiAnswer ScoreApi::answer(const link::ScorePage& asked) {
  const auto [open, person] = insider(rooms_, tokens_, asked.asker.room, asked.asker.token);
  if (!person) return api_error(401, "bad_token", phrase("scores_are_for_people_inside"));
  const Score* score = open->room.find_score(asked.score);
  if (score == nullptr) return api_error(404, "no_score", phrase("score_is_not_in_the_room"));
  if (asked.page < 0 || asked.page >= static_cast<int64_t>(score->pages.size()))
    return api_error(404, "no_score", phrase("no_such_page"));
  const ScorePage& page = score->pages[static_cast<size_t>(asked.page)];
  std::string etag = score->sha256;
  etag.append("-").append(std::to_string(asked.page));
  return {200, link::PagePlace{folder_ + "/" + score->sha256, page.offset, page.bytes, std::move(etag)}.to_json()};
}

}  // namespace roundelay
