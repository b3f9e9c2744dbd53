#include "server/load/sweep.h"

#include <algorithm>

namespace roundelay {

Sweep::Sweep(ClientLoop& loop, int every_ms) : every_ms_(every_ms), timer_(loop, [this] { step(); }) {
  timer_.start(kStepMs, kStepMs);
}

void Sweep::add(SweptListener::Settings settings, int room, LoadTally& tally) {
  listeners_.push_back(std::make_unique<SweptListener>(std::move(settings), tally));
  room_of_.push_back(room);
}

void Sweep::join(size_t index) {
  listeners_[index]->join();
  joining_.push_back(listeners_[index].get());
}

void Sweep::step() {
  const size_t n = listeners_.size();
  const size_t share = n * kStepMs / static_cast<size_t>(every_ms_) + 1;
  for (size_t i = 0; i < std::min(share, n); ++i) {
    listeners_[next_]->step();
    next_ = (next_ + 1) % n;
  }
  std::erase_if(joining_, [](SweptListener* listener) {
    listener->step();
    return listener->joined() || !listener->open();
  });
}

void Sweep::leave() {
  for (auto& listener : listeners_) {
    if (listener->joined()) listener->step();  // the last blocks
    listener->leave();
  }
}

void Sweep::report(std::vector<ClientReport>& reports) const {
  for (size_t i = 0; i < listeners_.size(); ++i) {
    if (listeners_[i]->started()) reports.push_back({.room = room_of_[i], .counts = listeners_[i]->counts()});
  }
}

}  // namespace roundelay
