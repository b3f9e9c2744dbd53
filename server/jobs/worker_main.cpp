#include "server/jobs/worker_main.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "codec/opus.h"
#include "server/jobs/shut_in_worker.h"

namespace roundelay {
namespace {

constexpr double kBlocksPerSecond = 50;
constexpr double kMaxLimitSeconds = 24 * 3600;

SandboxLimits sandbox_for(int64_t file_bytes, const TrackLimits& limits) {
  const double seconds = std::clamp(limits.max_seconds, 0.0, kMaxLimitSeconds);
  SandboxLimits sandbox;
  // Encoding takes under a hundredth of the sound's time; a machine ten times slower may need ten times that. The decoder counts
  // more closely (WorkBudget); this ends what does not come back to be counted.
  sandbox.cpu_seconds = 10 + static_cast<int64_t>(seconds / 10) + file_bytes / 20'000'000;
  // Every packet as long as can be, and the index twice.
  sandbox.file_bytes = static_cast<int64_t>((seconds * kBlocksPerSecond + 100) * (kMaxPacketBytes + 8));
  return sandbox;
}

int work(int in_fd, int out_fd, int report_fd, const TrackLimits& limits) {
  const auto info = make_track(in_fd, out_fd, limits, [&](double share) { (void)report(report_fd, {{"progress", share}}); });
  if (!info) return report_sound_fault(report_fd, info.error());
  const auto sum = sum_of(out_fd);
  if (!sum) return report_error(report_fd, phrase("track_not_stored"), kWorkerFailed);
  const bool told = report(report_fd, {{"ok", true},
                                       {"seconds", info->seconds},
                                       {"channels", info->channels},
                                       {"loudness", info->loudness ? nlohmann::json(*info->loudness) : nlohmann::json()},
                                       {"source_rate", info->source_rate},
                                       {"format", info->format},
                                       {"bytes", sum->bytes},
                                       {"sha256", sum->sha256}});
  return told ? kWorkerDone : kWorkerFailed;
}

}  // namespace

int run_worker(int in_fd, int out_fd, int report_fd, const TrackLimits& limits) {
  return run_shut_in(in_fd, out_fd, report_fd,
                     {.limits = [&](int64_t file_bytes) { return sandbox_for(file_bytes, limits); },
                      .not_shut_in = phrase("track_not_stored"),
                      .no_memory = phrase("score_needs_too_much_memory"),
                      .work = [&](const WorkerDescriptors& fds) { return work(fds.in, fds.out, fds.report, limits); }});
}

}  // namespace roundelay
