// `words`, from a shard: somebody in a room wants words of a song, brings some, or says when their lines are sung. Answered by
// `reply`.
#pragma once

#include <array>
#include <string_view>

#include "server/wire/link/upload_asker.h"

namespace roundelay::link {

struct Words {
  static constexpr const char* kOp = "words";
  enum class Wish { kAdd, kReplace, kShow, kShowText, kSetTimes };
  static constexpr std::array<std::string_view, 5> kWishes = {"add", "replace", "show", "show_text", "set_times"};

  Wish wish = Wish::kShow;
  UploadAsker asker;
  std::string sheet;              // its id; of all but kAdd
  std::string title;              // of kAdd and kReplace; empty: as the text says, or as it was
  std::string format;             // likewise; empty: as the text looks
  std::string text;               // likewise; UTF-8
  nlohmann::json body = nullptr;  // of kSetTimes: what the client sent

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"op", kOp},        {"wish", kWishes[static_cast<size_t>(wish)]},
                          {"sheet", sheet},   {"title", title},
                          {"format", format}, {"text", text},
                          {"body", body}};
    asker.write(out);
    return out;
  }
  [[nodiscard]] static std::optional<Words> read(nlohmann::json in) {
    auto asker = UploadAsker::read(in);
    const std::string wish = text_field(in, "wish").value;
    if (!asker) return std::nullopt;
    for (size_t i = 0; i < kWishes.size(); ++i) {
      if (kWishes[i] != wish) continue;
      return Words{.wish = static_cast<Wish>(i),
                   .asker = *std::move(asker),
                   .sheet = text_field(in, "sheet").value,
                   .title = text_field(in, "title").value,
                   .format = text_field(in, "format").value,
                   .text = text_field(in, "text").value,
                   .body = take_field(in, "body")};
    }
    return std::nullopt;
  }
};

}  // namespace roundelay::link
