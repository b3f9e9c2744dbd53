#include "server/room/room_news.h"

#include <utility>

#include "server/room/effects.h"

namespace roundelay {

using nlohmann::json;

bool RoomNews::may_wait(const json& message) {
  const auto& type = message.at("type");
  return type == "person" || type == "gone";
}

void RoomNews::add(const json& message) {
  const json& id = message.at("type") == "gone" ? message.at("id") : message.at("person").at("id");
  waiting_[id.get<std::string>()] = message;
}

std::vector<json> RoomNews::take(int64_t now_ns) {
  std::vector<json> out;
  if (waiting_.empty()) return out;
  told_ns_ = now_ns;
  if (waiting_.size() == 1) {
    out.push_back(std::move(waiting_.begin()->second));
    waiting_.clear();
    return out;
  }
  const json empty = {{"type", "people"}, {"people", json::array()}, {"gone", json::array()}};
  json message = empty;
  size_t count = 0;
  for (auto& [id, change] : waiting_) {
    if (count == kPeoplePerMessage) {
      out.push_back(std::exchange(message, empty));
      count = 0;
    }
    if (change.at("type") == "gone") {
      message["gone"].push_back(id);
    } else {
      message["people"].push_back(std::move(change["person"]));
    }
    ++count;
  }
  out.push_back(std::move(message));
  waiting_.clear();
  return out;
}

}  // namespace roundelay
