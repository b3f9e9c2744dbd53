// The bytes of an upload, from a shard: `upload_check` and `piece_check` before they are read, `upload` and `piece` when they lie
// in a file. Each is answered by `reply`.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "server/wire/link/library_song.h"
#include "server/wire/link/upload_asker.h"

namespace roundelay::link {

struct UploadBody {
  enum class Step { kCheck, kWhole, kPieceCheck, kPiece };
  static constexpr std::array<std::string_view, 4> kOps{"upload_check", "upload", "piece_check", "piece"};  // of the steps

  Step step = Step::kCheck;
  UploadAsker asker;
  std::string name;    // of the track's file, as its sender calls it
  std::string upload;  // of a piece: to which upload it belongs
  int64_t offset = -1;
  std::string file;  // where the bytes lie
  int64_t size = -1;
  std::optional<LibrarySong> song = {};  // of the library, whose file this is

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out{{"op", kOps[static_cast<size_t>(step)]},
                       {"name", name},
                       {"upload", upload},
                       {"offset", offset},
                       {"file", file},
                       {"size", size}};
    if (song) out["song"] = song->to_json();
    asker.write(out);
    return out;
  }
  [[nodiscard]] static std::optional<UploadBody> read(const nlohmann::json& in) {
    const auto* const op = std::find(kOps.begin(), kOps.end(), kind_of(in));
    auto asker = UploadAsker::read(in);
    if (op == kOps.end() || !asker) return std::nullopt;
    return UploadBody{.step = static_cast<Step>(op - kOps.begin()),
                      .asker = *std::move(asker),
                      .name = text_field(in, "name").value,
                      .upload = text_field(in, "upload").value,
                      .offset = bytes_field(in, "offset"),
                      .file = text_field(in, "file").value,
                      .size = bytes_field(in, "size"),
                      .song = LibrarySong::read(control::part(in, "song"))};
  }
};

}  // namespace roundelay::link
