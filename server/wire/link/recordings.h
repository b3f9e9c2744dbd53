// `recordings`, from a shard: somebody wants to see the recordings of a room, or to have a file of one, or changes one. Answered
// by `reply`.
#pragma once

#include <array>
#include <string_view>

#include "server/wire/link/upload_asker.h"

namespace roundelay::link {

struct Recordings {
  static constexpr const char* kOp = "recordings";
  enum class Wish { kList, kFile, kMixAgain, kZip, kTrack, kDelete };
  static constexpr std::array<std::string_view, 6> kWishes = {"list", "file", "mix_again", "zip", "track", "delete"};

  Wish wish = Wish::kList;
  UploadAsker asker;
  std::string pass;               // instead of the token: what a link bears
  std::string recording;          // its id; of all but kList
  std::string file;               // of kFile: its name
  nlohmann::json body = nullptr;  // of kMixAgain and kTrack: what the client sent

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"op", kOp},    {"wish", kWishes[static_cast<size_t>(wish)]},
                          {"pass", pass}, {"recording", recording},
                          {"file", file}, {"body", body}};
    asker.write(out);
    return out;
  }
  [[nodiscard]] static std::optional<Recordings> read(nlohmann::json in) {
    auto asker = UploadAsker::read(in);
    const std::string wish = text_field(in, "wish").value;
    if (!asker) return std::nullopt;
    for (size_t i = 0; i < kWishes.size(); ++i) {
      if (kWishes[i] != wish) continue;
      return Recordings{.wish = static_cast<Wish>(i),
                        .asker = *std::move(asker),
                        .pass = text_field(in, "pass").value,
                        .recording = text_field(in, "recording").value,
                        .file = text_field(in, "file").value,
                        .body = take_field(in, "body")};
    }
    return std::nullopt;
  }
};

}  // namespace roundelay::link
