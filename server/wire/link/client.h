// `client`, from a shard: a control message of a client. The shard has seen that it is an object with a text `type`, nothing
// else.
#pragma once

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Client {
  static constexpr const char* kOp = "client";
  uint64_t session = 0;
  std::string address;
  nlohmann::json message;
  std::optional<uint64_t> number = {};  // read only: whoever sends it sets it (set_number)

  [[nodiscard]] nlohmann::json to_json() && {
    return {{"op", kOp}, {"session", session}, {"address", std::move(address)}, {"msg", std::move(message)}};
  }
  [[nodiscard]] static std::optional<Client> read(nlohmann::json in) {
    const auto session = natural_field(in, "session");
    nlohmann::json message = take_field(in, "msg");
    if (!session || !message.is_object()) return std::nullopt;
    return Client{*session, text_field(in, "address").value, std::move(message), number_of(in)};
  }
};

}  // namespace roundelay::link
