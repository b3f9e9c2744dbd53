#include "server/room/room_news.h"

#include <utility>

#include "server/wire/control/gone.h"
#include "server/wire/control/people.h"

namespace roundelay {

using nlohmann::json;

bool RoomNews::may_wait(const json& message) {
  const auto& type = message.at("type");
  return type == control::PersonNews::kType || type == control::Gone::kType;
}

void RoomNews::add(const json& message) {
  const json& id = message.at("type") == control::Gone::kType ? message.at("id") : message.at("person").at("id");
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
  const json empty = control::People{.people = {}, .gone = std::vector<std::string>()}.to_json();
  json message = empty;
  size_t count = 0;
  for (auto& [id, change] : waiting_) {
    if (count == control::People::kMost) {
      out.push_back(std::exchange(message, empty));
      count = 0;
    }
    if (change.at("type") == control::Gone::kType) {
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
