// `operator`, from a command of the operator's (`roundelay status`, `rooms`, `organiser-link`): a wish over the control socket,
// which only the service's user and root can open. Answered by `reply`.
#pragma once

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Operator {
  static constexpr const char* kOp = "operator";
  enum class Wish {
    kStatus,         // of the whole server
    kRooms,          // that are stored, those whose id comes after `room`
    kRoom,           // one of them
    kDeleteRoom,     //
    kOrganiserLink,  // a new one; the one before ends
  };
  uint64_t request = 0;
  Wish wish = Wish::kStatus;
  std::string room = {};
  bool now = false;  // though a song lasts

  [[nodiscard]] nlohmann::json to_json() const;
  [[nodiscard]] static std::optional<Operator> read(const nlohmann::json& in);
};

inline constexpr std::pair<const char*, Operator::Wish> kOperatorWishes[] = {
    {"status", Operator::Wish::kStatus},
    {"rooms", Operator::Wish::kRooms},
    {"room", Operator::Wish::kRoom},
    {"delete_room", Operator::Wish::kDeleteRoom},
    {"organiser_link", Operator::Wish::kOrganiserLink},
};

inline nlohmann::json Operator::to_json() const {
  nlohmann::json out{{"op", kOp}, {"request", request}, {"room", room}};
  for (const auto& [text, each] : kOperatorWishes) {
    if (each == wish) out["wish"] = text;
  }
  if (now) out["now"] = true;
  return out;
}

inline std::optional<Operator> Operator::read(const nlohmann::json& in) {
  const auto request = natural_field(in, "request");
  const std::string wish = text_field(in, "wish").value;
  if (!request) return std::nullopt;
  for (const auto& [text, each] : kOperatorWishes) {
    if (wish == text)
      return Operator{
          .request = *request, .wish = each, .room = text_field(in, "room").value, .now = bool_field(in, "now").value};
  }
  return std::nullopt;
}

}  // namespace roundelay::link
