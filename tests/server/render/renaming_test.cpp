// The worker is killed exactly before each of its renames, one after the other: whatever it had named by then, the next run makes
// the same files.
#include <gtest/gtest.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <map>
#include <set>

#include "codec/opus.h"
#include "server/jobs/render_worker.h"
#include "server/jobs/worker_report.h"
#include "tests/codec/test_sound.h"
#include "tests/server/render/made_logs.h"

namespace roundelay::renaming_test {
namespace {

namespace fs = std::filesystem;
using test::kSongStart;
using test::MadeFolder;
using test::MadeLog;

constexpr int64_t kShortBlocks = 25;

void put_log(const fs::path& folder) {
  wire::SongRecord song;
  song.song = 1;
  song.start = song.music = kSongStart;
  song.room = "ydt8ksnxem";
  MadeLog log(song);
  log.add(wire::PersonRecord{1, 11, false, "Ada", ""});
  const auto packets = test::packets_of(test::sample(test::glide, 48'000, 1, 0.5));
  for (int64_t block = 0; block < kShortBlocks; ++block) {
    const Position at = kSongStart + Blocks{block};
    log.add(wire::PacketRecord{1, at, 1, false, packets[static_cast<size_t>(block)]});
    log.add(wire::MixRecord{at, packets[static_cast<size_t>(block)]});
  }
  log.add(wire::EndRecord{kSongStart + Blocks{kShortBlocks}});
  log.write(folder / "0-1-1.log");
}

std::map<std::string, std::vector<uint8_t>> all_of(const fs::path& folder) {
  std::map<std::string, std::vector<uint8_t>> contents;
  for (const auto& entry : fs::directory_iterator(folder))
    contents[entry.path().filename().string()] = test::content_of(entry.path());
  return contents;
}

enum class Killed { kYes, kNo };

// Runs the worker and kills it, with the process beside it, where one of them enters its rename number `which` (from 0).
Killed run_until_rename(const fs::path& folder, int which) {
  const test::MemoryFile report;
  const pid_t worker = fork();
  if (worker == 0) {
    ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    raise(SIGSTOP);
    _exit(run_render_worker(folder.string(), report.fd(), false));
  }
  int status = 0;
  EXPECT_EQ(waitpid(worker, &status, 0), worker);
  const long options = PTRACE_O_TRACEFORK | PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD;
  EXPECT_EQ(ptrace(PTRACE_SETOPTIONS, worker, nullptr, options), 0);
  ptrace(PTRACE_SYSCALL, worker, nullptr, nullptr);
  int renames = 0;
  std::set<pid_t> processes = {worker};
  for (;;) {
    const pid_t pid = waitpid(-1, &status, __WALL);
    if (pid < 0) return Killed::kNo;
    if (WIFEXITED(status) || WIFSIGNALED(status)) {
      processes.erase(pid);
      if (processes.empty()) return Killed::kNo;
      continue;
    }
    const int stopped_by = WSTOPSIG(status);
    long pass_on = 0;
    if (stopped_by == (SIGTRAP | 0x80)) {
      struct __ptrace_syscall_info call {};
      ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof call, &call);
      if (call.op == PTRACE_SYSCALL_INFO_ENTRY && call.entry.nr == SYS_renameat && renames++ == which) {
        for (const pid_t each : processes) kill(each, SIGKILL);
        while (waitpid(-1, &status, __WALL) > 0) {
        }
        return Killed::kYes;
      }
    } else if (!processes.insert(pid).second && stopped_by != SIGTRAP) {
      pass_on = stopped_by;  // otherwise the process beside it is born
    }
    ptrace(PTRACE_SYSCALL, pid, nullptr, pass_on);
  }
}

TEST(RenderKilled, BeforeAnyOfItsRenamesTheNextRunMakesTheSameFiles) {
  const MadeFolder whole;
  put_log(whole.path());
  ASSERT_EQ(run_until_rename(whole.path(), 1'000), Killed::kNo);
  const auto wanted = all_of(whole.path());
  ASSERT_EQ(wanted.size(), 5u) << "track-1.opus, mix.flac, mix.opus, waveform.json, tracks.json; quick.opus has gone again";
  int kills = 0;
  for (const MadeFolder folder;; ++kills) {
    put_log(folder.path());
    if (run_until_rename(folder.path(), kills) == Killed::kNo) {
      EXPECT_TRUE(all_of(folder.path()) == wanted);
      break;
    }
    EXPECT_TRUE(fs::exists(folder / "0-1-1.log")) << "the log goes last: kill " << kills;
  }
  EXPECT_EQ(kills, 6);
}

}  // namespace
}  // namespace roundelay::renaming_test
