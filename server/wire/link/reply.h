// `reply`, from the conductor: the answer to a request (`http`, or one about an upload).
#pragma once

#include "server/wire/link/enclosed.h"
#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Reply {
  static constexpr const char* kOp = "reply";
  uint64_t request = 0;
  int status = 0;                                  // of HTTP; 100: the body may come
  nlohmann::json body = nlohmann::json::object();  // what is enclosed with the message comes into it

  [[nodiscard]] nlohmann::json to_json() && {
    return {{"op", kOp}, {"request", request}, {"status", status}, {"body", std::move(body)}};
  }
  [[nodiscard]] static std::optional<Reply> read(nlohmann::json in) {
    const auto request = natural_field(in, "request");
    const auto status = integer_field(in, "status", 100, 599);
    if (!request || !status.given()) return std::nullopt;
    nlohmann::json body = take_field(in, "body");
    if (body.is_null()) body = nlohmann::json::object();
    if (auto enclosed = take_field(in, kEnclosed); enclosed.is_string() && body.is_object())
      body[kEnclosed] = std::move(enclosed);
    return Reply{*request, static_cast<int>(status.value), std::move(body)};
  }
};

}  // namespace roundelay::link
