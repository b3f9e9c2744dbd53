// The worker in a process of its own, as the conductor starts it, on good files, on bad ones, and on attempts to get out.
#include "server/jobs/worker_main.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sodium.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

#include "server/base/told_sentence.h"
#include "server/jobs/worker_sandbox.h"
#include "tests/codec/test_sound.h"

namespace roundelay::worker_test {
namespace {

using nlohmann::json;
using test::MemoryFile;

// Runs `work` in a forked process, which ends with its result; the status is waitpid()'s.
int status_of(const std::function<int()>& work) {
  const pid_t child = fork();
  if (child == 0) _exit(work());
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return status;
}

bool ended_with(int status, int code) {
  return WIFEXITED(status) && WEXITSTATUS(status) == code;
}
bool killed_by(int status, int signal) {
  return WIFSIGNALED(status) && WTERMSIG(status) == signal;
}

[[noreturn]] void spin() {
  for (std::atomic<unsigned> i = 0;;) ++i;
}

struct Outcome {
  int status = -1;
  std::vector<json> lines;
  std::vector<uint8_t> blob;
};

Outcome run(std::span<const uint8_t> upload, const TrackLimits& limits = {}) {
  const MemoryFile in(upload);
  const MemoryFile out;
  const MemoryFile report;
  Outcome result;
  result.status = status_of([&] { return run_worker(in.fd(), out.fd(), report.fd(), limits); });
  const std::vector<uint8_t> text = report.content();
  std::istringstream lines(std::string(text.begin(), text.end()));
  for (std::string line; std::getline(lines, line);) result.lines.push_back(json::parse(line));
  result.blob = out.content();
  return result;
}

std::string sha256_hex(const std::vector<uint8_t>& bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), bytes.data(), bytes.size());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
  return sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
}

std::vector<uint8_t> good(int format, int channels, double seconds = 3) {
  const int rate = format == test::kOpus ? 48'000 : 44'100;
  return test::sound_file(format, rate, channels, test::sample(test::glide, rate, channels, seconds));
}

TEST(Worker, MakesATrackOfEveryAllowedFormat) {
  const struct {
    int format;
    const char* name;
  } cases[] = {{test::kWav, "WAV"},
               {test::kFloatWav, "WAV"},
               {test::kFlac, "FLAC"},
               {test::kVorbis, "Ogg Vorbis"},
               {test::kOpus, "Ogg Opus"},
               {test::kMp3, "MP3"},
               {SF_FORMAT_AIFF | SF_FORMAT_PCM_16, "AIFF"},
               {SF_FORMAT_CAF | SF_FORMAT_ALAC_16, "CAF"}};
  for (const auto& c : cases) {
    for (const int channels : {1, 2}) {
      const auto file = good(c.format, channels);
      const Outcome made = run(file);
      ASSERT_TRUE(ended_with(made.status, kWorkerDone)) << c.name << ": status " << made.status;
      ASSERT_GT(made.lines.size(), 2U);
      const json& last = made.lines.back();
      EXPECT_EQ(last.at("ok"), true);
      EXPECT_EQ(last.at("format"), c.name);
      EXPECT_EQ(last.at("channels"), channels);
      EXPECT_DOUBLE_EQ(last.at("seconds").get<double>(), 3);
      EXPECT_DOUBLE_EQ(last.at("loudness").get<double>(), test::make(file).info->loudness.value());
      EXPECT_EQ(last.at("bytes"), made.blob.size());
      EXPECT_EQ(last.at("sha256"), sha256_hex(made.blob));
      const auto track = TrackView::parse(made.blob);
      ASSERT_TRUE(track) << track.error();
      EXPECT_EQ(track->length_samples(), 144'000);
      EXPECT_EQ(made.blob, test::make(file).blob) << "the sandbox changes nothing";
    }
  }
}

TEST(Worker, ReportsProgressThatGrowsToOne) {
  const Outcome made = run(good(test::kFlac, 2, 5));
  double before = 0;
  for (size_t i = 0; i + 1 < made.lines.size(); ++i) {
    const double progress = made.lines[i].at("progress");
    EXPECT_GT(progress, before);
    before = progress;
  }
  EXPECT_EQ(before, 1.0);
}

TEST(Worker, RefusesEveryKindOfBadFileWithASentence) {
  const auto cut = [](int format) {
    auto file = good(format, 2);
    file.resize(file.size() / 2);
    return file;
  };
  const std::string text = "Dear choir, here is the song.";
  const struct {
    std::vector<uint8_t> file;
    TrackLimits limits;
    const char* part;
  } cases[] = {
      {{}, {}, "This file is empty."},
      {{text.begin(), text.end()}, {}, "This is not a sound file"},
      {cut(test::kWav), {}, "cut off"},
      {cut(test::kFlac), {}, "cut off"},
      {cut(test::kVorbis), {}, "cut off"},
      {cut(test::kOpus), {}, "cut off"},
      {cut(test::kMp3), {}, "cut off"},
      {good(test::kWav, 1, 0), {}, "holds no sound"},
      {good(test::kMp3, 1), {.max_seconds = 2}, "too long"},
      {good(test::kWav, 1), {.max_bytes = 1'000}, "too large"},
      {test::sound_file(test::kWav, 1'000, 1, std::vector<float>(5'000)), {}, "sample rate"},
  };
  for (const auto& c : cases) {
    const Outcome refused = run(c.file, c.limits);
    EXPECT_TRUE(ended_with(refused.status, kWorkerRefused)) << c.part << ": status " << refused.status;
    ASSERT_FALSE(refused.lines.empty()) << c.part;
    EXPECT_EQ(refused.lines.back().at("ok"), false);
    EXPECT_NE(refused.lines.back().at("error").get<std::string>().find(c.part), std::string::npos) << refused.lines.back();
    const auto told = told_sentence(refused.lines.back(), 500);
    EXPECT_TRUE(told && !told->code.empty()) << "can be said in other languages: " << refused.lines.back();
  }
}

TEST(Worker, TakesDescriptorsBelowThreeToo) {
  const MemoryFile in(good(test::kMp3, 2));
  const MemoryFile out;
  const MemoryFile report;
  const int status = status_of([&] {
    dup2(in.fd(), 0);
    dup2(out.fd(), 1);
    return run_worker(0, 1, report.fd(), {});
  });
  EXPECT_TRUE(ended_with(status, kWorkerDone)) << status;
  EXPECT_TRUE(TrackView::parse(out.content()));
}

TEST(Worker, FailsWithoutItsDescriptors) {
  const MemoryFile report;
  EXPECT_TRUE(ended_with(status_of([&] { return run_worker(-1, -1, report.fd(), {}); }), kWorkerFailed));
}

TEST(Worker, EndsWhenNobodyListensAnyMore) {
  const MemoryFile in(good(test::kWav, 1));
  const MemoryFile out;
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  close(ends[0]);
  const int status = status_of([&] { return run_worker(in.fd(), out.fd(), ends[1], {}); });
  close(ends[1]);
  EXPECT_TRUE(killed_by(status, SIGPIPE)) << status;
}

// Enters the sandbox with one descriptor, then does `deed`, which returns how the process shall end.
int status_inside(const std::function<int(int fd)>& deed, const SandboxLimits& limits = {}) {
  const MemoryFile file;
  return status_of([&] {
    const std::array<int, 1> keep = {file.fd()};
    if (!enter_sandbox(keep, limits)) return 99;
    return deed(file.fd());
  });
}

TEST(Sandbox, LetsMemoryTimeAndItsOwnDescriptorsBe) {
  const int status = status_inside([](int fd) {
    std::vector<char> memory(50'000'000, 'x');
    timespec now{};
    const bool fine = clock_gettime(CLOCK_MONOTONIC, &now) == 0 && write(fd, memory.data(), 1000) == 1000 &&
                      lseek(fd, 0, SEEK_SET) == 0 && read(fd, memory.data(), 1000) == 1000 && ftruncate(fd, 10) == 0;
    return fine ? 7 : 1;
  });
  EXPECT_TRUE(ended_with(status, 7)) << status;
}

TEST(Sandbox, KillsAtEveryWayOut) {
  const struct {
    const char* name;
    std::function<int(int)> deed;
  } deeds[] = {
      {"open to write", [](int) { return open("/dev/null", O_WRONLY); }},
      {"open to create", [](int) { return open("/tmp/x", O_CREAT | O_RDONLY, 0600); }},
      {"open a path", [](int) { return open("/tmp", O_PATH); }},
      {"openat2", [](int) { return static_cast<int>(syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", nullptr, 0)); }},
      {"socket", [](int) { return socket(AF_INET, SOCK_STREAM, 0); }},
      {"unix socket", [](int) { return socket(AF_UNIX, SOCK_STREAM, 0); }},
      {"socketpair",
       [](int) {
         std::array<int, 2> pair{};
         return socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data());
       }},
      {"execve",
       [](int) {
         std::array<char*, 1> none = {nullptr};
         return execve("/bin/true", none.data(), none.data());
       }},
      {"fork", [](int) { return static_cast<int>(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)); }},
      {"kill", [](int) { return kill(getppid(), 0); }},
      {"unlink", [](int) { return unlink("/tmp/nothing"); }},
      {"chmod", [](int fd) { return fchmod(fd, 0777); }},
      {"ptrace", [](int) { return static_cast<int>(syscall(SYS_ptrace, 0, 0, 0, 0)); }},
      {"executable memory",
       [](int) { return mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? 1 : 0; }},
  };
  for (const auto& d : deeds) {
    const int status = status_inside(d.deed);
    EXPECT_TRUE(killed_by(status, SIGSYS)) << d.name << ": status " << status;
  }
}

TEST(Sandbox, RefusesToOpenFilesToRead) {
  const int status = status_inside([](int) {
    for (const char* path : {"/etc/passwd", "/dev/null", "/proc/self/maps", "/"}) {
      if (open(path, O_RDONLY) != -1 || errno != EACCES) return 1;
    }
    return 7;
  });
  EXPECT_TRUE(ended_with(status, 7)) << status;
}

TEST(Sandbox, ClosesEverythingButWhatIsKept) {
  std::array<int, 2> secret{};
  ASSERT_EQ(pipe(secret.data()), 0);
  const int high = fcntl(secret[0], F_DUPFD, 200);
  const int status = status_inside([&](int fd) {
    char byte = 0;
    for (const int closed : {secret[0], secret[1], high}) {
      if (write(closed, &byte, 1) != -1 || errno != EBADF) return 1;
    }
    return read(0, &byte, 1) == 0 && write(1, &byte, 1) == 1 && write(fd, &byte, 1) == 1 ? 7 : 2;
  });
  EXPECT_TRUE(ended_with(status, 7)) << status;
  for (const int fd : {secret[0], secret[1], high}) close(fd);
}

TEST(Sandbox, EndsAMemoryBomb) {
  static constexpr size_t kPiece = 16'000'000;
  static constexpr int kPieces = 200;  // 3.2 GB
  const int status = status_inside([](int) {
    std::vector<std::vector<char>> pieces;
    try {
      for (int i = 0; i < kPieces; ++i) pieces.emplace_back(kPiece, 'x');
    } catch (const std::bad_alloc&) {
      return 7;
    }
    return 0;
  });
  // A sanitizer's allocator ends the process itself, with an error code, instead of throwing.
  EXPECT_TRUE(WIFEXITED(status)) << status;
  EXPECT_NE(WEXITSTATUS(status), 0);
  EXPECT_NE(WEXITSTATUS(status), 99);
}

TEST(Sandbox, EndsAFileBomb) {
  const int status = status_inside(
      [](int fd) {
        const std::vector<char> piece(100'000);
        for (int i = 0; i < 100; ++i) {
          if (write(fd, piece.data(), piece.size()) < 0) return 1;
        }
        return 0;
      },
      {.file_bytes = 1'000'000});
  EXPECT_TRUE(killed_by(status, SIGXFSZ)) << status;
}

TEST(Sandbox, EndsAnEndlessLoop) {
  const int status = status_inside(
      [](int) {
        spin();
        return 0;
      },
      {.cpu_seconds = 1});
  EXPECT_TRUE(killed_by(status, SIGXCPU) || killed_by(status, SIGKILL)) << status;
}

// Seen from outside, by /proc, as the questions themselves are forbidden inside.
TEST(Sandbox, LowersThePriorityAndCannotGainRights) {
  const MemoryFile file;
  std::array<int, 2> ready{};
  ASSERT_EQ(pipe(ready.data()), 0);
  const pid_t child = fork();
  if (child == 0) {
    const std::array<int, 2> keep = {file.fd(), ready[1]};
    if (!enter_sandbox(keep, {})) _exit(99);
    const char byte = 1;
    if (write(ready[1], &byte, 1) != 1) _exit(98);
    spin();
  }
  close(ready[1]);
  char byte = 0;
  EXPECT_EQ(read(ready[0], &byte, 1), 1);
  EXPECT_EQ(getpriority(PRIO_PROCESS, static_cast<id_t>(child)), 10);
  std::ifstream in("/proc/" + std::to_string(child) + "/status");
  const std::string text(std::istreambuf_iterator<char>(in), {});
  EXPECT_NE(text.find("NoNewPrivs:\t1"), std::string::npos);
  EXPECT_NE(text.find("Seccomp:\t2"), std::string::npos);
  rlimit core{1, 1};
  EXPECT_EQ(prlimit(child, RLIMIT_CORE, nullptr, &core), 0);
  EXPECT_EQ(core.rlim_max, 0U);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  close(ready[0]);
}

TEST(Sandbox, RefusesDescriptorsThatItWouldReplace) {
  const int status = status_of([] {
    const std::array<int, 1> keep = {2};
    const auto entered = enter_sandbox(keep, {});
    return !entered && entered.error() == "a descriptor below 3" ? 7 : 1;
  });
  EXPECT_TRUE(ended_with(status, 7)) << status;
}

}  // namespace
}  // namespace roundelay::worker_test
