#include "server/jobs/render_process.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>

#include "server/jobs/worker_report.h"
#include "server/jobs/worker_sandbox.h"

namespace roundelay {
namespace {

constexpr int kLockFd = 4;  // held for as long as we run
constexpr int64_t kRenderMemoryBytes = 1'500'000'000;
constexpr int64_t kRenderFileBytes = int64_t{1} << 42;
constexpr double kProgressStep = 0.01;
constexpr char kFilesAreDone = 'd';

[[noreturn]] void name_files(RenderFolder& folder, const std::vector<std::string>& removed, int fd) {
  char word = 0;
  ssize_t n = 0;
  do {
    n = read(fd, &word, 1);
  } while (n < 0 && errno == EINTR);
  if (n != 1 || word != kFilesAreDone) {
    folder.drop_all();
    _exit(kWorkerFailed);
  }
  const auto kept = folder.keep_all();
  if (kept) folder.remove(removed);
  const std::string answer = kept ? std::string(1, kFilesAreDone) : kept.error();
  (void)!write(fd, answer.data(), answer.size());
  _exit(kWorkerDone);
}

}  // namespace

void RenderReport::tell(const nlohmann::json& message) const {
  (void)report(fd_, message);  // where nobody reads, the files are made all the same
}

void RenderReport::progress(double share) {
  if (share < told_ + kProgressStep) return;
  told_ = share;
  tell({{"progress", std::min(share, 1.0)}});
}

int RenderReport::failed(const std::string& sentence, int result) const {
  tell({{"ok", false}, {"error", sentence}});
  return result;
}

int RenderReport::not_written(const std::string& reason) const {
  return failed("The files of this recording could not be written (" + reason + ").", kWorkerFailed);
}

tl::expected<RenderFiler, std::string> RenderFiler::start(RenderFolder& folder, const std::vector<std::string>& removed) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return tl::unexpected<std::string>(std::strerror(errno));
  const pid_t pid = fork();
  if (pid < 0) return tl::unexpected<std::string>(std::strerror(errno));
  if (pid == 0) {
    close(ends[0]);
    name_files(folder, removed, ends[1]);
  }
  close(ends[1]);
  return RenderFiler(ends[0]);
}

tl::expected<void, std::string> RenderFiler::finish() const {
  if (write(fd_, &kFilesAreDone, 1) != 1) return tl::unexpected<std::string>(std::strerror(errno));
  std::string answer(200, '\0');
  const ssize_t n = read(fd_, answer.data(), answer.size());
  if (n <= 0) return tl::unexpected<std::string>("the process that names files ended");
  answer.resize(static_cast<size_t>(n));
  if (answer[0] == kFilesAreDone) return {};
  return tl::unexpected(answer);
}

tl::expected<void, std::string> shut_in(const RenderFolder& folder, const RenderReport& report, const RenderFiler& filer,
                                        int64_t packets, int64_t blocks) {
  std::set<int> each;
  for (const int fd : folder.descriptors()) each.insert(fd);
  each.insert({report.fd(), filer.fd()});
  if (fcntl(kLockFd, F_GETFD) >= 0) each.insert(kLockFd);
  const std::vector<int> keep(each.begin(), each.end());
  // Decoding and encoding take a hundredth of the sound's time; a machine may be ten times slower.
  const int64_t cpu_seconds = 600 + packets / 500 + blocks / 50;
  return enter_sandbox(keep, {.cpu_seconds = cpu_seconds, .memory_bytes = kRenderMemoryBytes, .file_bytes = kRenderFileBytes});
}

}  // namespace roundelay
