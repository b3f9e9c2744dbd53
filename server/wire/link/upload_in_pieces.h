// What becomes of an upload in pieces, from a shard: it is begun, asked after, given up. Each is answered by `reply`.
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "server/wire/link/upload_asker.h"
#include "server/wire/link/upload_kind.h"

namespace roundelay::link {

struct UploadInPieces {
  enum class Wish { kBegin, kShow, kCancel };
  static constexpr std::array<std::string_view, 3> kOps{"upload_begin", "upload_show", "upload_cancel"};  // of the wishes

  Wish wish = Wish::kBegin;
  UploadAsker asker;
  std::string name;                      // of the file that is begun
  int64_t size = -1;                     // of that
  double seconds = 0;                    // how long its sound lasts, as far as the sender knows; 0: she does not
  std::string upload;                    // which one is asked after or given up
  UploadKind kind = UploadKind::kTrack;  // of what is begun

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out{
        {"op", kOps[static_cast<size_t>(wish)]}, {"name", name}, {"size", size}, {"seconds", seconds}, {"upload", upload}};
    if (kind != UploadKind::kTrack) out["kind"] = name_of(kind);
    asker.write(out);
    return out;
  }
  [[nodiscard]] static std::optional<UploadInPieces> read(const nlohmann::json& in) {
    constexpr double kAny = std::numeric_limits<double>::max();
    const auto* const op = std::find(kOps.begin(), kOps.end(), kind_of(in));
    auto asker = UploadAsker::read(in);
    const auto kind = upload_kind(text_field(in, "kind").value);
    if (op == kOps.end() || !asker || !kind) return std::nullopt;
    return UploadInPieces{.wish = static_cast<Wish>(op - kOps.begin()),
                          .asker = *std::move(asker),
                          .name = text_field(in, "name").value,
                          .size = bytes_field(in, "size"),
                          .seconds = number_field(in, "seconds", -kAny, kAny).value,
                          .upload = text_field(in, "upload").value,
                          .kind = *kind};
  }
};

}  // namespace roundelay::link
