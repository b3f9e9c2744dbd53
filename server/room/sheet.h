// The words of a song as a room knows them: what the list shows, and when each line is sung. Their text is the store's. A value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/room/words_text.h"

namespace roundelay {

// Of each line: when it is sung, in ms from the music's start.
using SheetTimes = std::vector<std::optional<int64_t>>;

struct Sheet {
  std::string id;
  std::string title;
  WordsFormat format = WordsFormat::kPlain;
  int64_t version = 1;
  SheetTimes times = {};
};

[[nodiscard]] control::Sheet as_shown(const Sheet& sheet);
[[nodiscard]] SheetTimes times_of(const std::vector<control::SheetLine>& lines);
void put_times(const SheetTimes& times, std::vector<control::SheetLine>& lines);
// A line is sung at this time now: others that would contradict it have none any more.
void set_time(SheetTimes& times, size_t line, int64_t at_ms);
// The first line that would be sung before one above it; nothing if there is none.
[[nodiscard]] std::optional<size_t> line_out_of_order(const SheetTimes& times);

// As they are stored and sent: a list of numbers and nulls.
[[nodiscard]] nlohmann::json times_json(const SheetTimes& times);
// Nothing for what is no such list.
[[nodiscard]] std::optional<SheetTimes> read_times(const nlohmann::json& in);

}  // namespace roundelay
