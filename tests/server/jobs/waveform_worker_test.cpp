// The worker that finds a song's waveform, in a process of its own, shut in.
#include "server/jobs/waveform_worker.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "codec/waveform.h"
#include "tests/codec/test_sound.h"

namespace roundelay::waveform_worker_test {
namespace {

using nlohmann::json;
using test::MemoryFile;

struct Outcome {
  int code = -1;
  json last;
  std::vector<uint8_t> file;
};

Outcome run(std::span<const uint8_t> song) {
  const MemoryFile in(song), out, report;
  const pid_t child = fork();
  if (child == 0) _exit(run_waveform_worker(in.fd(), out.fd(), report.fd()));
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  Outcome made{.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1, .last = {}, .file = out.content()};
  const std::vector<uint8_t> text = report.content();
  std::istringstream lines(std::string(text.begin(), text.end()));
  for (std::string line; std::getline(lines, line);) made.last = json::parse(line);
  return made;
}

TEST(WaveformWorker, FindsTheShapeAndTheLengthOfTheWholeFile) {
  const auto loud_at_the_end = [](double t, int) { return static_cast<float>(t < 2 ? 0.0 : 0.5 * std::sin(2'764.6 * t)); };
  for (const int format : {test::kFlac, test::kMp3, test::kOpus}) {
    const int rate = format == test::kOpus ? 48'000 : 44'100;
    const Outcome made = run(test::sound_file(format, rate, 2, test::sample(loud_at_the_end, rate, 2, 4)));
    ASSERT_EQ(made.code, kWorkerDone) << made.last;
    EXPECT_EQ(made.last["length_ms"], 4'000);
    ASSERT_EQ(made.file.size(), 2 * kWaveformPoints);
    EXPECT_LT(made.file[200], 8) << "the first quarter is silent";
    EXPECT_NEAR(made.file[600], 128, 8);
    EXPECT_NEAR(made.file[kWaveformPoints + 600], 90, 8) << "the rms of a sine is its peak by the root of 2";
  }
}

TEST(WaveformWorker, SaysWhatIsWrongWithAFile) {
  const Outcome cut = run(std::vector<uint8_t>{'f', 'L', 'a', 'C', 'x', 'x', 'x', 'x'});
  EXPECT_EQ(cut.code, kWorkerRefused);
  EXPECT_EQ(cut.last["ok"], false);
  EXPECT_FALSE(cut.last["sentence"].get<std::string>().empty());
  EXPECT_TRUE(cut.file.empty());
}

}  // namespace
}  // namespace roundelay::waveform_worker_test
