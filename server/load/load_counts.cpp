#include "server/load/load_counts.h"

#include <algorithm>

namespace roundelay {

void count_mix(const wire::MixMessage& heard, LoadCounts& counts) {
  const int64_t at = heard.position.samples;
  std::vector<HeardRun>& runs = counts.runs;
  if (runs.empty() || runs.back().song != heard.song || runs.back().bucket != heard.bucket || at <= runs.back().last ||
      counts.begins_anew)
    runs.push_back({heard.song, heard.bucket, at, at, 0});
  counts.begins_anew = false;
  runs.back().last = at + (heard.count - 1) * int64_t{kBlockSamples};
  runs.back().blocks += heard.count;
  ++counts.messages;
  counts.most_blocks = std::max<int64_t>(counts.most_blocks, heard.count);
  for (int i = 0; i < heard.count; ++i) {
    const wire::MixBlock& block = heard.blocks[static_cast<size_t>(i)];
    counts.backing_blocks += block.backing.empty() ? 0 : 1;
    counts.silent_blocks += block.mix.empty() ? 1 : 0;
  }
}

}  // namespace roundelay
