#include "server/load/load_room.h"
#include "server/wire/control/change_settings.h"
#include "server/wire/control/choose_track.h"
#include "server/wire/control/lead.h"
#include "server/wire/control/start.h"
#include "server/wire/control/stop.h"

#include <nlohmann/json.hpp>

namespace roundelay {
namespace {

constexpr int64_t kPatienceMs = 20'000;  // with a server that does not answer a step

}  // namespace

int64_t LoadRoom::heard_everywhere_ms(int64_t now_ms) const {
  return step_ == Step::kSong ? now_ms - since_ms_ - last_bucket_ms_ : -1;
}

void LoadRoom::step(int64_t now_ms) {
  if (over_) return;
  LoadClient& leader = *clients_.front();
  const RoomView& view = leader.view();
  if (leader.gone() && !options_.come_back) over_ = true;  // and nothing can be led any more
  if (!leader.joined()) return;
  if (since_ms_ < 0) since_ms_ = now_ms;
  const int64_t waited_ms = now_ms - since_ms_;
  const auto next = [&](Step step) {
    step_ = step;
    since_ms_ = now_ms;
  };
  switch (step_) {
    case Step::kWait:
      if (options_.no_lead) {
        if (view.song.playing) next(Step::kLeadIn);
      } else if (static_cast<double>(waited_ms) >= options_.wait_s * 1000) {
        leader.send(control::Lead{}.to_json());
        next(Step::kLead);
      }
      return;
    case Step::kLead:
      if (view.leading()) {
        ask_for_song();
        next(Step::kStart);
      }
      over_ = waited_ms > kPatienceMs;
      return;
    case Step::kStart:
      if (view.song.playing) next(Step::kLeadIn);
      over_ = waited_ms > kPatienceMs;
      return;
    case Step::kLeadIn:
      if (!leader.counts().runs.empty() && leader.counts().runs.back().song == view.song.number) {
        take_song();
        next(Step::kSong);
      }
      over_ = waited_ms > kPatienceMs;
      return;
    case Step::kSong:
      if (!view.song.playing || stopping_ ||
          (!options_.no_lead &&
           static_cast<double>(waited_ms) > options_.seconds * 1000 + static_cast<double>(last_bucket_ms_))) {
        if (view.song.playing && !options_.no_lead) leader.send(control::Stop{}.to_json());
        next(Step::kEnd);
      }
      return;
    case Step::kEnd:  // on its way through the buckets
      if (!view.song.playing || waited_ms > last_bucket_ms_ + kPatienceMs) {
        over_ = stopping_ || options_.no_lead || songs_begun_ >= options_.songs;
        next(Step::kWait);
      }
      return;
  }
}

void LoadRoom::ask_for_song() {
  LoadClient& leader = *clients_.front();
  if (songs_begun_ == 0) {
    control::ChangeSettings settings{.buckets = options_.buckets};
    if (options_.interval_ms > 0) settings.interval_ms = options_.interval_ms;
    leader.send(settings.to_json());
    leader.send(control::Lead{}.to_json());  // deals everybody into the buckets there are now
    if (!options_.track.empty()) leader.send(control::ChooseTrack{options_.track}.to_json());
  }
  leader.send(control::Start{}.to_json());
}

void LoadRoom::take_song() {
  const RoomView& view = clients_.front()->view();
  last_bucket_ms_ = (view.buckets - 1) * view.interval_blocks * 20;
  ++songs_begun_;
}

void LoadRoom::stop() {
  stopping_ = true;
  if (step_ != Step::kSong && step_ != Step::kEnd) over_ = true;
}

}  // namespace roundelay
