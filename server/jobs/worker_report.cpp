#include "server/jobs/worker_report.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>
#include <vector>

namespace roundelay {
namespace {

constexpr size_t kReadBytes = 1 << 16;

}  // namespace

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

int report_error(int fd, const Sentence& said, int result, const std::string& reason) {
  nlohmann::json last = {{"ok", false}, {"error", said.text}};
  put_sentence(said.code, said.values, last);
  if (!reason.empty()) last["reason"] = reason;
  return report(fd, last) ? result : kWorkerFailed;
}

int report_sound_fault(int fd, const SoundFault& fault) {
  nlohmann::json values = nlohmann::json::object();
  for (const auto& [name, value] : fault.values) values[std::string(name)] = value;
  return report_error(fd, Sentence{std::string(fault.code), std::move(values), fault.text}, kWorkerRefused, fault.reason);
}

int raised(int fd) {
  return fd > 2 ? fd : fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

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

}  // namespace roundelay
