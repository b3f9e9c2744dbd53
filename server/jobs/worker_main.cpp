#include "server/jobs/worker_main.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "codec/opus.h"
#include "server/jobs/worker_sandbox.h"

namespace roundelay {
namespace {

constexpr double kBlocksPerSecond = 50;
constexpr double kMaxLimitSeconds = 24 * 3600;
constexpr size_t kReadBytes = 1 << 16;

// False if nobody reads any more.
bool report(int fd, const nlohmann::json& message) {
  const std::string line = message.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  for (size_t done = 0; done < line.size();) {
    const ssize_t n = write(fd, line.data() + done, line.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<size_t>(n);
  }
  return true;
}

int report_error(int fd, const std::string& sentence, int result) {
  return report(fd, {{"ok", false}, {"error", sentence}}) ? result : kWorkerFailed;
}

// The descriptor as a number above 2; -1 if it is not open.
int raised(int fd) {
  return fd > 2 ? fd : fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

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

struct BlobSum {
  int64_t bytes = 0;
  std::string sha256;
};

std::optional<BlobSum> sum_of(int fd) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::vector<uint8_t> piece(kReadBytes);
  BlobSum sum;
  for (;;) {
    const ssize_t n = pread(fd, piece.data(), piece.size(), sum.bytes);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return std::nullopt;
    if (n == 0) break;
    crypto_hash_sha256_update(&state, piece.data(), static_cast<unsigned long long>(n));
    sum.bytes += n;
  }
  std::array<uint8_t, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256_final(&state, hash.data());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
  sum.sha256 = sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return sum;
}

int work(int in_fd, int out_fd, int report_fd, const TrackLimits& limits) {
  const auto info = make_track(in_fd, out_fd, limits, [&](double share) { (void)report(report_fd, {{"progress", share}}); });
  if (!info) return report_error(report_fd, info.error(), kWorkerRefused);
  const auto sum = sum_of(out_fd);
  if (!sum) return report_error(report_fd, "The server could not read the track that it made.", kWorkerFailed);
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
  const std::array<int, 3> fds = {raised(in_fd), raised(out_fd), raised(report_fd)};
  if (std::find(fds.begin(), fds.end(), -1) != fds.end() || sodium_init() < 0) return kWorkerFailed;
  struct stat status {};
  if (fstat(fds[0], &status) != 0) return kWorkerFailed;
  if (auto shut = enter_sandbox(fds, sandbox_for(status.st_size, limits)); !shut) {
    return report_error(fds[2], "The server could not start decoding (" + shut.error() + ").", kWorkerFailed);
  }
  try {
    return work(fds[0], fds[1], fds[2], limits);
  } catch (const std::bad_alloc&) {
    return report_error(fds[2], "The file needs too much memory to decode: it is damaged.", kWorkerRefused);
  }
}

}  // namespace roundelay
