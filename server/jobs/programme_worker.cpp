#include "server/jobs/programme_worker.h"

#include <sys/mman.h>
#include <unistd.h>

#include "codec/file_view.h"
#include "server/jobs/shut_in_worker.h"

namespace roundelay {
namespace {

SandboxLimits programme_sandbox(int64_t file_bytes, const ProgrammeZipLimits& limits) {
  constexpr int64_t kBytesPerCpuSecond = 2'000'000;  // of tracks, on a machine ten times slower than usual
  constexpr int64_t kBesideBytes = 400'000'000;      // a blob, a picture, a programme of the longest words
  SandboxLimits sandbox;
  sandbox.cpu_seconds = 30 + limits.most_bytes / kBytesPerCpuSecond;
  sandbox.memory_bytes = file_bytes + kBesideBytes;
  sandbox.file_bytes = limits.most_bytes + 4 * static_cast<int64_t>(kMostCarriedJsonBytes);
  return sandbox;
}

// Appends to a file.
class CarriedOutput {
 public:
  explicit CarriedOutput(int fd) : fd_(fd) {}
  // [offset, bytes]; nothing if the disk refuses.
  [[nodiscard]] std::optional<nlohmann::json> append(std::span<const uint8_t> bytes) {
    if (!write_at(fd_, at_, bytes)) return std::nullopt;
    const auto count = static_cast<int64_t>(bytes.size());
    nlohmann::json place = {at_, count};
    at_ += count;
    return place;
  }

 private:
  int fd_;
  int64_t at_ = 0;
};

int work_on_programme(std::span<const uint8_t> file, int out_fd, int report_fd, const ProgrammeZipLimits& limits) {
  CarriedOutput output(out_fd);
  nlohmann::json blobs = nlohmann::json::array();
  const auto keep = [&](const CarriedBlob& blob) {
    const auto place = output.append(blob.bytes);
    if (place) blobs.push_back({blob.score, (*place)[0], (*place)[1], blob.sha256});
    return place.has_value();
  };
  const auto read = read_programme_zip(file, limits, keep, [&](double share) { (void)report(report_fd, {{"progress", share}}); });
  if (!read) return report_error(report_fd, read.error(), kWorkerRefused);
  nlohmann::json told = {{"programme", read->programme.to_json(true)}, {"problems", nlohmann::json::array()}};
  for (const CarriedProblem& problem : read->problems) told["problems"].push_back(problem.to_json());
  const std::string text = told.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  const auto place = output.append({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
  if (!place) return report_error(report_fd, phrase("no_room_for_programme"), kWorkerFailed);
  return report(report_fd, {{"ok", true}, {"json", *place}, {"blobs", std::move(blobs)}}) ? kWorkerDone : kWorkerFailed;
}

}  // namespace

int run_programme_worker(int in_fd, int out_fd, int report_fd, const ProgrammeZipLimits& limits) {
  return run_shut_in(in_fd, out_fd, report_fd,
                     {.limits = [&](int64_t file_bytes) { return programme_sandbox(file_bytes, limits); },
                      .not_shut_in = phrase("programme_not_stored"),
                      .no_memory = phrase("no_programme_file"),
                      .work =
                          [&](const WorkerDescriptors& fds) {
                            if (fds.file_bytes <= 0) return kWorkerFailed;
                            const auto size = static_cast<size_t>(fds.file_bytes);
                            void* const at = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fds.in, 0);
                            if (at == MAP_FAILED)
                              return report_error(fds.report, phrase("server_cannot_read_the_file"), kWorkerFailed);
                            return work_on_programme({static_cast<const uint8_t*>(at), size}, fds.out, fds.report, limits);
                          }});
}

}  // namespace roundelay
