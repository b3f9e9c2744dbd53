#include "server/program/doctor.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "codec/opus.h"
#include "mixer/file_descriptor.h"
#include "server/base/library_paths.h"
#include "server/library/library_migrations.h"
#include "server/net/certificate.h"
#include "server/net/listen_socket.h"
#include "server/net/tls_files.h"
#include "server/program/start_checks.h"
#include "server/store/database_copy.h"

namespace roundelay {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kDaySeconds = 86'400;
constexpr int64_t kSoonDays = 14;  // certbot renews a month before
constexpr uint64_t kFullBytes = 200'000'000;
constexpr uint64_t kLowBytes = 2'000'000'000;
constexpr uint64_t kRoomBytes = 4'000'000;  // of shared memory, per shard, while it sings
constexpr uint64_t kFewRooms = 10;
constexpr int kSlowVoices = 300;
constexpr int64_t kOldYear = 1'704'067'200;  // 2024: before this program was

std::string megabytes(uint64_t bytes) {
  return std::to_string(bytes / 1'000'000) + " MB";
}

std::string day_of(int64_t unix_s) {
  const std::time_t time = unix_s;
  std::tm parts{};
  std::array<char, 32> text{};
  if (gmtime_r(&time, &parts) == nullptr) return "?";
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts)};
}

// A server holds the lock of this data directory.
bool server_runs(const std::string& data_dir) {
  const FileDescriptor lock(open((data_dir + "/lock").c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  return lock.get() >= 0 && flock(lock.get(), LOCK_SH | LOCK_NB) != 0;
}

std::string user_name(uid_t user) {
  const passwd* found = getpwuid(user);
  return found != nullptr ? found->pw_name : std::to_string(user);
}

}  // namespace

Finding examine_port(const Config& config) {
  const std::string which = "Port " + std::to_string(config.port) + " of " + config.host;
  if (config.port == 0) return {"port", Health::kOk, "Any free port is taken."};
  const auto bound = bind_listen_socket(config.host, config.port, PortSharing::kAlone);
  if (bound) {
    const FileDescriptor probe(*bound);
    if (listen(probe.get(), 1) == 0) return {"port", Health::kOk, which + " is free."};
  } else if (bound.error().find(std::strerror(EACCES)) != std::string::npos) {
    return {"port", Health::kError, which + " is for root alone, as all below 1024.",
            "Give the service that right: low-port.conf among the examples (systemd/README.md, 2)."};
  }
  if (server_runs(config.data_dir))
    return {"port", Health::kOk, which + " is in use, and a server runs over this data directory."};
  return {"port", Health::kError, bound ? which + " is in use." : "The " + bound.error() + ".",
          "See who listens there (ss -ltnp), and end that or choose another port."};
}

Finding examine_ipv6(const Config& config) {
  const FileDescriptor probe(socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto loopback = bind_listen_socket("::1", 0, PortSharing::kAlone);
  if (loopback) {
    const FileDescriptor bound(*loopback);
  }
  const bool is_there = probe.get() >= 0 && loopback.has_value();
  if (!is_there) return {"IPv6", Health::kOk, "This machine has no IPv6: people come over IPv4."};
  if (config.host == "0.0.0.0") {
    return {"IPv6", Health::kWarning, "This machine has IPv6, and the server listens on IPv4 alone.",
            "\"host\": \"::\" listens on both; behind a proxy on this machine nothing is to do."};
  }
  return {"IPv6", Health::kOk, config.host == "::" ? "The server listens on IPv6 and IPv4." : "This machine has IPv6."};
}

Findings examine_certificate(const Config& config, int64_t now) {
  if (config.tls_certificate.empty()) {
    return {
        {"certificate", Health::kOk,
         "The server has no certificate: browsers give it no microphone, but for a proxy in front that has one, or localhost."}};
  }
  const auto fits = check_tls_files({config.tls_certificate, config.tls_key});
  if (!fits) {
    return {
        {"certificate", Health::kError, "The " + fits.error() + ".",
         "Hand over certificate and key anew (certbot-deploy-hook among the examples), where the service's user may read them."}};
  }
  const auto facts = read_certificate(config.tls_certificate);
  if (!facts) return {{"certificate", Health::kError, "The certificate " + facts.error() + ".", "Hand it over anew."}};
  std::string names;
  for (const std::string& name : facts->names) names += (names.empty() ? "" : ", ") + name;
  Finding finding{"certificate", Health::kOk,
                  "Certificate and key belong together; of " + names + ", until " + day_of(facts->ends_s) + "."};
  const char* const renew = "Renew it (certbot renew), then systemctl reload roundelay: nobody loses her connection.";
  const int64_t left_days = (facts->ends_s - now) / kDaySeconds;
  if (facts->begins_s > now) {
    finding = {"certificate", Health::kError, "The certificate is good only from " + day_of(facts->begins_s) + " on.",
               "Look at this machine's clock, or at who made the certificate."};
  } else if (facts->ends_s <= now) {
    finding = {"certificate", Health::kError,
               "The certificate has ended on " + day_of(facts->ends_s) + ": browsers refuse the page.", renew};
  } else if (left_days < kSoonDays) {
    finding = {"certificate", Health::kWarning,
               "The certificate ends on " + day_of(facts->ends_s) + ", in " + std::to_string(left_days) + " days.", renew};
  }
  return {finding};
}

Findings examine_data(const Config& config) {
  struct stat info {};
  if (stat(config.data_dir.c_str(), &info) != 0) {
    if (errno == ENOENT) {
      return {{"data", Health::kOk, "The data directory " + config.data_dir + " is not there yet: the first start makes it."}};
    }
    return {{"data", Health::kError,
             "The data directory " + config.data_dir + " cannot be looked at: " + std::strerror(errno) + ".",
             "Run this as root or as the service's user."}};
  }
  if (!S_ISDIR(info.st_mode))
    return {{"data", Health::kError, config.data_dir + " is no folder.", "Name another one with --data."}};
  Findings out;
  const std::string owner = user_name(info.st_uid);
  if ((info.st_mode & 077U) != 0) {
    out.push_back({"data", Health::kError,
                   "Others than " + owner + " may look into " + config.data_dir + ": it holds the server's key.",
                   "chmod 0700 " + config.data_dir});
  } else if (geteuid() != 0 && access(config.data_dir.c_str(), R_OK | W_OK | X_OK) != 0) {
    out.push_back({"data", Health::kError, config.data_dir + " belongs to " + owner + ", who is not you.",
                   "Run this as root or as " + owner + "."});
  } else {
    out.push_back({"data", Health::kOk, config.data_dir + " belongs to " + owner + " alone."});
  }
  // What root left in it when it tried something is the commonest reason for a server that does not start.
  for (const char* name :
       {"roundelay.sqlite", "secret.key", "lock", "tracks", "recordings", "library.sqlite", "library.key", "library"}) {
    struct stat each {};
    const std::string path = config.data_dir + "/" + name;
    if (lstat(path.c_str(), &each) != 0 || each.st_uid == info.st_uid) continue;
    std::string said = path + " belongs to ";
    said.append(user_name(each.st_uid)).append(" and not to ").append(owner).append(".");
    out.push_back({"data", Health::kError, said, "chown -R " + owner + ": " + config.data_dir});
    break;
  }
  const std::string database = config.database();
  if (std::error_code none; !fs::exists(database, none)) return out;
  const auto fits = check_schema(database, "The database " + database);
  if (fits) {
    out.push_back({"database", Health::kOk, "The database is of this version or an earlier one."});
  } else {
    out.push_back({"database", Health::kError, fits.error(), "Install the version that it was made by, or restore a backup."});
  }
  const std::string library = library_database(config);
  if (std::error_code none; !fs::exists(library, none)) return out;
  const auto reads = check_schema(library, "The song library's database " + library, library_migrations().size());
  if (reads) return out;
  out.push_back({"library", Health::kError, reads.error(),
                 "Rooms sing without it. Install the version that it was made by, or restore a backup."});
  return out;
}

Finding examine_web_dir(const Config& config) {
  std::error_code none;
  if (!config.web_dir.empty() && fs::exists(config.web_dir + "/index.html", none))
    return {"page", Health::kOk, "The page lies in " + config.web_dir + "."};
  return {"page", Health::kError,
          config.web_dir.empty() ? "The page was not found." : "The page is not in " + config.web_dir + ".",
          "Build it with ./dev build, install the package again, or name its folder with web_dir."};
}

Finding judge_disk(uint64_t left_bytes, uint64_t all_bytes) {
  const std::string said = megabytes(left_bytes) + " of " + megabytes(all_bytes) + " are left on the disk of the data directory.";
  const char* const more = "Make room or a larger disk: ten minutes of ten recorded singers take 100 MB.";
  if (left_bytes < kFullBytes) return {"disk", Health::kError, said, more};
  if (left_bytes < kLowBytes) return {"disk", Health::kWarning, said, more};
  return {"disk", Health::kOk, said};
}

Finding judge_shared_memory(uint64_t left_bytes, int shards) {
  const uint64_t rooms = left_bytes / (kRoomBytes * static_cast<uint64_t>(std::max(1, shards)));
  const std::string said = megabytes(left_bytes) + " of shared memory (/dev/shm) are left: about " + std::to_string(rooms) +
                           " more rooms can sing at once.";
  const char* const more =
      "tmpfs /dev/shm tmpfs defaults,size=2G 0 0 in /etc/fstab, then mount -o remount /dev/shm; in a container, shm_size.";
  if (rooms == 0) return {"shared memory", Health::kError, said, more};
  return rooms < kFewRooms ? Finding{"shared memory", Health::kWarning, said, more} : Finding{"shared memory", Health::kOk, said};
}

Finding judge_descriptors(uint64_t most, int max_connections_per_shard) {
  const uint64_t needed = static_cast<uint64_t>(max_connections_per_shard) + kOtherDescriptors;
  const std::string said = "A process may have " + std::to_string(most) + " files and connections open";
  if (most >= needed) return {"limits", Health::kOk, said + "."};
  return {"limits", Health::kWarning,
          said + "; a shard needs " + std::to_string(needed) +
              " for max_connections_per_shard = " + std::to_string(max_connections_per_shard) + ".",
          "LimitNOFILE= in a drop-in of the service (the package's has 131,072), or ulimit -Hn."};
}

Finding judge_clock(bool synchronised, int64_t now) {
  if (now < kOldYear) {
    return {"clock", Health::kError, "The clock says " + day_of(now) + ": certificates and links are good for dates.",
            "apt-get install systemd-timesyncd, or set it."};
  }
  if (synchronised) return {"clock", Health::kOk, "The clock follows a time server; songs do not depend on it."};
  return {"clock", Health::kWarning,
          "The clock follows no time server. Songs do not mind, but the dates of links and recordings drift.",
          "apt-get install systemd-timesyncd (in a container: on its host)."};
}

Finding judge_codec(int voices, int shards) {
  const std::string said = "A core decodes " + std::to_string(voices) + " voices at once at this moment; " +
                           std::to_string(shards) + (shards == 1 ? " shard will run." : " shards will run.");
  if (voices >= kSlowVoices) return {"speed", Health::kOk, said};
  return {"speed", Health::kWarning, said + " A core of a usual machine decodes about 1,000.",
          "See what else runs here (top), and whether this machine has the cores that it says (steal)."};
}

int voices_per_core() {
  constexpr int kBlocks = 2'000;
  constexpr double kBlockSeconds = 0.02;
  std::array<float, kOpusBlock> sound{};
  for (size_t i = 0; i < sound.size(); ++i) {
    const double turns = static_cast<double>(i) / kOpusBlock;
    sound[i] = static_cast<float>(0.2 * std::sin(2 * M_PI * 5 * turns) + 0.1 * std::sin(2 * M_PI * 23 * turns));
  }
  BlockEncoder encoder({.bitrate = 48'000, .complexity = 5});
  std::array<uint8_t, kMaxPacketBytes> packet{};
  const int bytes = encoder.encode(sound, packet);
  BlockDecoder decoder;
  timespec before{}, after{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
  for (int i = 0; i < kBlocks; ++i) (void)decoder.decode({packet.data(), static_cast<size_t>(bytes)}, sound);
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
  const double used =
      static_cast<double>(after.tv_sec - before.tv_sec) + static_cast<double>(after.tv_nsec - before.tv_nsec) / 1e9;
  return static_cast<int>(kBlocks * kBlockSeconds / std::max(used, 1e-6));
}

Findings examine(const Config& config, int64_t now) {
  Findings out{examine_port(config), examine_ipv6(config)};
  for (Finding& each : examine_certificate(config, now)) out.push_back(std::move(each));
  for (Finding& each : examine_data(config)) out.push_back(std::move(each));
  out.push_back(examine_web_dir(config));
  struct statvfs disk {};
  // The folder in which it will be made, before the first start.
  fs::path there = config.data_dir;
  while (statvfs(there.c_str(), &disk) != 0 && there.has_relative_path()) there = there.parent_path();
  out.push_back(judge_disk(uint64_t{disk.f_bavail} * disk.f_frsize, uint64_t{disk.f_blocks} * disk.f_frsize));
  if (struct statvfs memory{}; statvfs("/dev/shm", &memory) == 0) {
    out.push_back(judge_shared_memory(uint64_t{memory.f_bavail} * memory.f_frsize, config.shards));
  } else {
    out.push_back({"shared memory", Health::kError, "There is no /dev/shm.", "mount -t tmpfs tmpfs /dev/shm"});
  }
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  out.push_back(judge_descriptors(files.rlim_max, config.max_connections_per_shard));
  timex kernel{};
  out.push_back(judge_clock(adjtimex(&kernel) != TIME_ERROR && (kernel.status & STA_UNSYNC) == 0, now));
  out.push_back(judge_codec(voices_per_core(), config.shards));
  return out;
}

}  // namespace roundelay
