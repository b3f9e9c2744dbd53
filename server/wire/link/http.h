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
  nlohmann::json body;     // null: none
  std::string token = {};  // of a program; empty: none came
  std::string after = {};  // the event that it has read last; empty: none

  [[nodiscard]] nlohmann::json to_json() && {
    nlohmann::json out{{"op", kOp},
                       {"request", request},
                       {"method", std::move(method)},
                       {"path", std::move(path)},
                       {"address", std::move(address)},
                       {"body", std::move(body)}};
    if (!token.empty()) out["token"] = std::move(token);
    if (!after.empty()) out["after"] = std::move(after);
    return out;
  }
  [[nodiscard]] static std::optional<Http> read(nlohmann::json in) {
    const auto request = natural_field(in, "request");
    if (!request) return std::nullopt;
    return Http{.request = *request,
                .method = text_field(in, "method").value,
                .path = text_field(in, "path").value,
                .address = text_field(in, "address").value,
                .body = take_field(in, "body"),
                .token = text_field(in, "token").value,
                .after = text_field(in, "after").value};
  }
};

}  // namespace roundelay::link
