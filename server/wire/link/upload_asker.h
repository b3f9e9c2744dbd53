// Who wants to upload, and for which room: part of every message about uploads.
#pragma once

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct UploadAsker {
  uint64_t request = 0;  // the answer's
  std::string room;
  std::string token;
  std::string address;

  void write(nlohmann::json& out) const {
    out["request"] = request;
    out["room"] = room;
    out["token"] = token;
    out["address"] = address;
  }
  // Whether she may is the conductor's to say: here only the request counts, without which nobody can be answered.
  [[nodiscard]] static std::optional<UploadAsker> read(const nlohmann::json& in) {
    const auto request = natural_field(in, "request");
    if (!request) return std::nullopt;
    return UploadAsker{*request, text_field(in, "room").value, text_field(in, "token").value, text_field(in, "address").value};
  }
};

// A number of bytes as a client gave it; -1 if that is none.
[[nodiscard]] inline int64_t bytes_field(const nlohmann::json& in, const char* key) {
  const auto bytes = natural_field(in, key);
  return bytes ? static_cast<int64_t>(*bytes) : -1;
}

}  // namespace roundelay::link
