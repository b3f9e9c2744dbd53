// `live`, from a shard: somebody wants to hear the room that has this live link. Answered by `reply`: 200 with LivePlace as its
// body, or an error.
#pragma once

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Live {
  static constexpr const char* kOp = "live";
  uint64_t request = 0;  // the answer's
  std::string secret;    // of the link

  [[nodiscard]] nlohmann::json to_json() const { return {{"op", kOp}, {"request", request}, {"secret", secret}}; }
  [[nodiscard]] static std::optional<Live> read(const nlohmann::json& in) {
    const auto request = natural_field(in, "request");
    if (!request) return std::nullopt;
    return Live{*request, text_field(in, "secret").value};
  }
};

// Where the room is, and which of its links this is.
struct LivePlace {
  int row = 0;  // in shared memory
  uint32_t generation = 0;
  uint32_t link = 0;  // RoomState::live

  [[nodiscard]] nlohmann::json to_json() const { return {{"row", row}, {"generation", generation}, {"link", link}}; }
  [[nodiscard]] static std::optional<LivePlace> read(const nlohmann::json& in) {
    const auto row = natural_field(in, "row", INT32_MAX);
    const auto generation = natural_field(in, "generation", UINT32_MAX);
    const auto link = natural_field(in, "link", UINT32_MAX);
    if (!row || !generation || !link || *link == 0) return std::nullopt;
    return LivePlace{static_cast<int>(*row), static_cast<uint32_t>(*generation), static_cast<uint32_t>(*link)};
  }
};

}  // namespace roundelay::link
