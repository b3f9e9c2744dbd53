// The worker that makes a song's Opus file, in a process of its own, shut in.
#include "server/jobs/opus_worker.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "tests/codec/test_sound.h"

namespace roundelay::opus_worker_test {
namespace {

using nlohmann::json;
using test::MemoryFile;

struct Outcome {
  int code = -1;
  json last;
  std::vector<uint8_t> file;
};

Outcome run(std::span<const uint8_t> song, int kbits) {
  const MemoryFile in(song), out, report;
  const pid_t child = fork();
  if (child == 0) _exit(run_opus_worker(in.fd(), out.fd(), report.fd(), kbits));
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  Outcome made{.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1, .last = {}, .file = out.content()};
  const std::vector<uint8_t> text = report.content();
  std::istringstream lines(std::string(text.begin(), text.end()));
  for (std::string line; std::getline(lines, line);) made.last = json::parse(line);
  return made;
}

std::vector<uint8_t> tagged(const std::string& title) {
  std::vector<uint8_t> file = test::sound_file(test::kMp3, 44'100, 2, test::sample(test::glide, 44'100, 2, 2));
  // ID3v2.3: the tag's size in seven bits a byte, a frame TIT2 in Latin-1.
  const size_t text = title.size() + 1, size = 10 + text;
  std::string tag("ID3\x03\0\0\0\0", 8);
  tag += static_cast<char>(size >> 7);
  tag += static_cast<char>(size & 0x7F);
  tag += std::string("TIT2\0\0\0", 7) + static_cast<char>(text) + std::string(3, '\0') + title;
  file.insert(file.begin(), tag.begin(), tag.end());
  return file;
}

TEST(OpusWorker, MakesAFileWithTheTitleOfTheSource) {
  const Outcome made = run(tagged("Loch Lomond"), 48);
  ASSERT_EQ(made.code, kWorkerDone) << made.last;
  EXPECT_EQ(made.last["ok"], true);
  EXPECT_DOUBLE_EQ(made.last["seconds"].get<double>(), 2);
  EXPECT_EQ(made.last["channels"], 2);
  EXPECT_EQ(made.last["bytes"], made.file.size());
  const std::string text(made.file.begin(), made.file.end());
  EXPECT_TRUE(text.starts_with("OggS"));
  EXPECT_NE(text.find("TITLE=Loch Lomond"), std::string::npos);
  EXPECT_LT(run(tagged("Loch Lomond"), 48).file.size(), run(tagged("Loch Lomond"), 96).file.size());
}

TEST(OpusWorker, RefusesWhatIsNoSound) {
  const std::string text = "Dear choir, here is the song.";
  const Outcome made = run({reinterpret_cast<const uint8_t*>(text.data()), text.size()}, 96);
  EXPECT_EQ(made.code, kWorkerRefused);
  EXPECT_EQ(made.last["ok"], false);
}

}  // namespace
}  // namespace roundelay::opus_worker_test
