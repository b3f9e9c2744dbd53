#include "server/jobs/opus_worker.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "codec/opus.h"
#include "codec/opus_song.h"
#include "server/jobs/shut_in_worker.h"
#include "server/jobs/song_tags.h"

namespace roundelay {
namespace {

constexpr int kMostKbits = 256;

SandboxLimits opus_sandbox(const OpusSongSettings& settings) {
  SandboxLimits sandbox;
  // Decoding and encoding take about a hundredth of the sound's time; a machine four times slower may need as much more. The
  // decoder counts more closely (WorkBudget).
  sandbox.cpu_seconds = 10 + static_cast<int64_t>(settings.max_seconds / 25);
  // Variable rates keep to the average over some seconds.
  sandbox.file_bytes = 1'000'000 + static_cast<int64_t>(settings.max_seconds * settings.kbits * 1'000 / 8 * 1.25);
  return sandbox;
}

OpusTags tags_of(int fd) {
  const auto read = read_song_tags(fd);
  OpusTags out;
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) out.emplace_back(name, value);
  };
  if (!read) return out;
  put("TITLE", read->title);
  put("ARTIST", read->artist);
  put("ALBUM", read->album);
  return out;
}

int make_opus(int in_fd, int out_fd, int report_fd, OpusSongSettings settings) {
  settings.tags = tags_of(in_fd);
  const auto made = make_opus_song(in_fd, out_fd, settings, [&](double share) {
    (void)report(report_fd, {{"progress", share}});
  });
  if (!made) return report_sound_fault(report_fd, made.error());
  struct stat about {};
  if (fsync(out_fd) != 0 || fstat(out_fd, &about) != 0) return report_error(report_fd, phrase("track_not_stored"), kWorkerFailed);
  const bool told = report(report_fd, {{"ok", true},
                                       {"seconds", static_cast<double>(made->samples) / kOpusRate},
                                       {"channels", made->channels},
                                       {"bytes", about.st_size}});
  return told ? kWorkerDone : kWorkerFailed;
}

}  // namespace

int run_opus_worker(int in_fd, int out_fd, int report_fd, int kbits) {
  const OpusSongSettings settings{.kbits = std::clamp(kbits, 16, kMostKbits)};
  return run_shut_in(in_fd, out_fd, report_fd,
                     {.limits = [&](int64_t) { return opus_sandbox(settings); },
                      .not_shut_in = phrase("track_not_stored"),
                      .no_memory = phrase("score_needs_too_much_memory"),
                      .work = [&](const WorkerDescriptors& fds) { return make_opus(fds.in, fds.out, fds.report, settings); }});
}

}  // namespace roundelay
