// `http`, from a shard: a request under /api/. Answered by `reply`.
#pragma once

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Http {
  static constexpr const char* kOp = "http";
  uint64_t request = 0;
  std::string method;
  std::string path;
  std::string address;
  nlohmann::json body;  // null: none

  [[nodiscard]] nlohmann::json to_json() && {
    return {{"op", kOp},
            {"request", request},
            {"method", std::move(method)},
            {"path", std::move(path)},
            {"address", std::move(address)},
            {"body", std::move(body)}};
  }
  [[nodiscard]] static std::optional<Http> read(nlohmann::json in) {
    const auto request = natural_field(in, "request");
    if (!request) return std::nullopt;
    return Http{*request, text_field(in, "method").value, text_field(in, "path").value, text_field(in, "address").value,
                take_field(in, "body")};
  }
};

}  // namespace roundelay::link
