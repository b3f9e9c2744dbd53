#include "server/shard/stages.h"

#include <algorithm>

#include "server/wire/sound/mix_message.h"

namespace roundelay {

Stages::Stages(uv_loop_t* loop, const Segment& segment, int shard, const Settings& settings)
    : segment_(segment),
      shard_(shard),
      settings_(settings),
      tracks_(loop, settings.tracks_dir),
      message_buffer_(kWebsocketHeadroom + wire::kMaxMixMessageBytes) {}

Stage& Stages::at(int row, uint32_t generation) {
  auto& stage = stages_[{row, generation}];
  if (!stage) {
    const EncoderSettings encoder{
        .channels = 1, .bitrate = settings_.mix_bitrate, .complexity = settings_.complexity, .low_delay = true};
    stage = std::make_unique<Stage>(segment_, row, generation, shard_, tracks_, clicks_, encoder, settings_.recorder);
  }
  return *stage;
}

Stage* Stages::find(int row, uint32_t generation) const {
  const auto found = stages_.find({row, generation});
  return found == stages_.end() ? nullptr : found->second.get();
}

std::vector<const Stage*> Stages::watched() const {
  std::vector<const Stage*> out;
  for (const auto& [key, stage] : stages_) {
    if (stage->state().watched != 0) out.push_back(stage.get());
  }
  return out;
}

void Stages::set_complexity(int complexity) {
  settings_.complexity = complexity;
  for (auto& [key, stage] : stages_) stage->set_complexity(complexity);
}

void Stages::drop_unneeded(const SessionTable& sessions) {
  std::erase_if(stages_, [&](const auto& entry) {
    const Stage& stage = *entry.second;
    if (stage.needed() && !stage.stale()) return false;
    for (auto& [id, session] : sessions.all()) {
      if (session->stage() == &stage) {
        if (!stage.stale()) return false;
        session->detach();  // the room is gone under it; the conductor closes it, or admits it anew
      }
    }
    return true;
  });
}

void Stages::refresh() {
  for (auto& [key, stage] : stages_) stage->refresh();
}

uint64_t Stages::produce(Position now, int64_t now_ns) {
  uint64_t wake = 0;
  for (auto& [key, stage] : stages_) wake |= stage->produce(now, now_ns);
  return wake;
}

void Stages::send(Position now) {
  for (auto& [key, stage] : stages_) stage->send(now, message_buffer_);
}

}  // namespace roundelay
