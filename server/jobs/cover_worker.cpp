#include "server/jobs/cover_worker.h"

#include <unistd.h>

#include <cerrno>
#include <new>
#include <utility>
#include <vector>

#include "codec/file_view.h"
#include "server/jobs/cover.h"
#include "server/jobs/shut_in_worker.h"
#include "server/jobs/song_picture.h"

namespace roundelay {
namespace {

// The largest picture before and after it was scaled, with what a decoder keeps of it.
constexpr SandboxLimits kCoverSandbox{.cpu_seconds = 15, .memory_bytes = 500'000'000, .file_bytes = 10'000'000};

tl::expected<std::vector<uint8_t>, Sentence> picture_file(const WorkerDescriptors& fds) {
  if (fds.file_bytes > static_cast<int64_t>(kMostCoverFileBytes)) return tl::unexpected(cover_is_too_large());
  std::vector<uint8_t> out(static_cast<size_t>(fds.file_bytes));
  if (read_at(fds.in, 0, out) < out.size()) return tl::unexpected(phrase("server_cannot_read_the_file"));
  return out;
}

bool write_cover(int fd, const std::vector<uint8_t>& bytes) {
  if (!write_at(fd, 0, bytes)) return false;
  // What cannot be synced (memory, a pipe) says EINVAL.
  return fsync(fd) == 0 || errno == EINVAL;
}

int report_no_cover(int fd) {
  return report(fd, {{"ok", true}}) ? kWorkerDone : kWorkerFailed;
}

int work_on_cover(const WorkerDescriptors& fds, CoverSource source) {
  const bool is_song = source == CoverSource::kSong;
  std::vector<uint8_t> picture;
  if (is_song) {
    picture = read_song_picture(fds.in);
  } else {
    auto file = picture_file(fds);
    if (!file) return report_error(fds.report, file.error(), kWorkerRefused);
    picture = *std::move(file);
  }
  if (is_song && picture.empty()) return report_no_cover(fds.report);
  const auto cover = make_cover(picture);
  if (!cover) return is_song ? report_no_cover(fds.report) : report_error(fds.report, cover.error(), kWorkerRefused);
  if (!write_cover(fds.out, cover->file)) return report_error(fds.report, phrase("disk_is_full"), kWorkerFailed);
  const auto sum = sum_of(fds.out);
  if (!sum) return report_error(fds.report, phrase("server_cannot_read_the_file"), kWorkerFailed);
  nlohmann::json parts = nlohmann::json::array();
  for (const CoverPart& part : cover->parts) parts.push_back({part.offset, part.bytes, part.width, part.height});
  nlohmann::json told{{"parts", std::move(parts)}, {"bytes", sum->bytes}, {"sha256", sum->sha256}};
  return report(fds.report, {{"ok", true}, {"cover", std::move(told)}}) ? kWorkerDone : kWorkerFailed;
}

}  // namespace

int run_cover_worker(int in_fd, int out_fd, int report_fd, CoverSource source) {
  return run_shut_in(in_fd, out_fd, report_fd,
                     {.limits = [](int64_t) { return kCoverSandbox; },
                      .not_shut_in = phrase("server_cannot_read_the_file"),
                      .no_memory = phrase("score_needs_too_much_memory"),
                      .work =
                          [source](const WorkerDescriptors& fds) {
                            if (source == CoverSource::kPicture) return work_on_cover(fds, source);
                            try {
                              return work_on_cover(fds, source);
                            } catch (const std::bad_alloc&) {
                              return report_no_cover(fds.report);
                            }
                          }});
}

}  // namespace roundelay
