// Those who only listen: named one by one while they are few, otherwise only counted.
#include <nlohmann/json.hpp>

#include "server/room/room.h"
#include "server/wire/control/listeners.h"

namespace roundelay {
namespace {

constexpr int kMostNamedListeners = 30;
constexpr int kNamedAgainListeners = 20;  // fewer: a number at the edge does not switch to and fro
constexpr int64_t kListenersEveryNs = 1'000'000'000;

}  // namespace

void Room::name_listeners(Moment now, Effects& out) {
  const int listeners = people_.listeners();
  if (listeners_named_ == (listeners <= (listeners_named_ ? kMostNamedListeners : kNamedAgainListeners))) return;
  listeners_named_ = !listeners_named_;
  told_listeners_ = people_.connected_listeners();
  told_listeners_ns_ = now.ns;
  out.push_back(effect::ToRoom{control::ListenersNews{shown_listeners()}.to_json()});
  if (!listeners_named_) return;
  for (const auto& [id, person] : people_.all()) {
    if (person.role == Role::kListener) announce(person, out);
  }
}

void Room::tell_listeners(Moment now, Effects& out) {
  const int count = people_.connected_listeners();
  if (listeners_named_ || count == told_listeners_ || now.ns - told_listeners_ns_ < kListenersEveryNs) return;
  told_listeners_ = count;
  told_listeners_ns_ = now.ns;
  out.push_back(effect::ToRoom{control::ListenersNews{shown_listeners()}.to_json()});
}

control::Listeners Room::shown_listeners() const {
  return {people_.connected_listeners(), listeners_named_};
}

}  // namespace roundelay
