// `programme`, from a shard: somebody wants the programme of a room as a file, or another room's in this one. Answered by
// `reply`; of a file with its place (piece_place.h) and `name`, what people may call it.
#pragma once

#include <array>
#include <string_view>

#include "server/wire/link/upload_asker.h"

namespace roundelay::link {

struct Programme {
  static constexpr const char* kOp = "programme";
  enum class Wish { kExport, kCopy };
  static constexpr std::array<std::string_view, 2> kWishes = {"export", "copy"};

  Wish wish = Wish::kExport;
  UploadAsker asker;
  nlohmann::json body = nullptr;  // of kCopy: what the client sent

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"op", kOp}, {"wish", kWishes[static_cast<size_t>(wish)]}, {"body", body}};
    asker.write(out);
    return out;
  }
  [[nodiscard]] static std::optional<Programme> read(nlohmann::json in) {
    auto asker = UploadAsker::read(in);
    const std::string wish = text_field(in, "wish").value;
    if (!asker) return std::nullopt;
    for (size_t i = 0; i < kWishes.size(); ++i) {
      if (kWishes[i] == wish) return Programme{static_cast<Wish>(i), *std::move(asker), take_field(in, "body")};
    }
    return std::nullopt;
  }
};

}  // namespace roundelay::link
