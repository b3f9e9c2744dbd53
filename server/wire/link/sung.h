// `sung`, from a shard: somebody in a room wants to know what was sung in it. Answered by `reply`.
#pragma once

#include "server/wire/link/upload_asker.h"

namespace roundelay::link {

struct Sung {
  static constexpr const char* kOp = "sung";
  UploadAsker asker;
  // Unix time, milliseconds; nothing: it was not said.
  std::optional<uint64_t> since_ms;
  std::optional<uint64_t> until_ms;

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out{{"op", kOp}};
    if (since_ms) out["since_ms"] = *since_ms;
    if (until_ms) out["until_ms"] = *until_ms;
    asker.write(out);
    return out;
  }
  [[nodiscard]] static std::optional<Sung> read(const nlohmann::json& in) {
    auto asker = UploadAsker::read(in);
    if (!asker) return std::nullopt;
    return Sung{.asker = *std::move(asker), .since_ms = natural_field(in, "since_ms"), .until_ms = natural_field(in, "until_ms")};
  }
};

}  // namespace roundelay::link
