// `upload_gone`, from a shard: an upload in one request that was let in ended before all had come.
#pragma once

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct UploadGone {
  static constexpr const char* kOp = "upload_gone";
  uint64_t request = 0;

  [[nodiscard]] nlohmann::json to_json() const { return {{"op", kOp}, {"request", request}}; }
  [[nodiscard]] static std::optional<UploadGone> read(const nlohmann::json& in) {
    const auto request = natural_field(in, "request");
    return request ? std::optional(UploadGone{*request}) : std::nullopt;
  }
};

}  // namespace roundelay::link
