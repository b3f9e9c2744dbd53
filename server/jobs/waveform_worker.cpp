#include "server/jobs/waveform_worker.h"

#include <unistd.h>

#include <cmath>
#include <vector>

#include "codec/opus.h"
#include "codec/waveform.h"
#include "codec/whole_sound.h"
#include "server/jobs/shut_in_worker.h"

namespace roundelay {
namespace {

constexpr double kMostWaveformSeconds = 4 * 3600;
// Decoding takes under a hundredth of the sound's time; a machine may be four times slower. The decoder counts more closely
// (WorkBudget).
constexpr SandboxLimits kWaveformSandbox{
    .cpu_seconds = 10 + static_cast<int64_t>(kMostWaveformSeconds) / 25, .memory_bytes = 256'000'000, .file_bytes = 10'000};

int find_waveform(const WorkerDescriptors& fds) {
  const auto opened = SoundReader::open(fds.in);
  if (!opened) return report_sound_fault(fds.report, opened.error());
  WaveformMeter meter((*opened)->channels());
  const auto read =
      read_whole_sound(**opened, kMostWaveformSeconds, [&](std::span<const float> piece) -> tl::expected<void, SoundFault> {
        meter.add(piece);
        return {};
      });
  if (!read) return report_sound_fault(fds.report, read.error());
  const std::vector<uint8_t> bytes = bytes_of(meter.shape());
  if (write(fds.out, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) || fsync(fds.out) != 0)
    return report_error(fds.report, phrase("track_not_stored"), kWorkerFailed);
  const auto length_ms = static_cast<int64_t>(std::ceil(static_cast<double>(meter.frames()) * 1'000 / kOpusRate));
  return report(fds.report, {{"ok", true}, {"length_ms", length_ms}}) ? kWorkerDone : kWorkerFailed;
}

}  // namespace

int run_waveform_worker(int in_fd, int out_fd, int report_fd) {
  return run_shut_in(in_fd, out_fd, report_fd,
                     {.limits = [](int64_t) { return kWaveformSandbox; },
                      .not_shut_in = phrase("server_cannot_read_the_file"),
                      .no_memory = phrase("server_cannot_read_the_file"),
                      .work = find_waveform});
}

}  // namespace roundelay
