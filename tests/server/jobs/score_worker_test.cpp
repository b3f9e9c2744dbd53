// The worker that makes scores, in a process of its own, as the conductor starts it: on good files, on bad ones, on hostile ones.
#include "server/jobs/score_worker.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <webp/decode.h>
#include <webp/encode.h>

#include <csignal>
#include <cstdlib>
#include <sstream>

#include "server/base/told_sentence.h"
#include "server/jobs/score_kind.h"
#include "tests/codec/test_sound.h"
#include "tests/server/jobs/score_files.h"

namespace roundelay::score_worker_test {
namespace {

using nlohmann::json;
using test::MemoryFile;

struct ScoreOutcome {
  int status = -1;
  std::vector<json> lines;
  std::vector<uint8_t> blob;

  [[nodiscard]] bool made() const { return WIFEXITED(status) && WEXITSTATUS(status) == kWorkerDone; }
  [[nodiscard]] std::string error() const {
    const bool refused = WIFEXITED(status) && WEXITSTATUS(status) == kWorkerRefused && !lines.empty();
    return refused ? lines.back().value("error", "") : "status " + std::to_string(status);
  }
  [[nodiscard]] Picture page(size_t index) const {
    const json& page = lines.back().at("pages").at(index);
    const auto offset = page.at(0).get<size_t>();
    Picture out = Picture::blank(page.at(2), page.at(3));
    EXPECT_LE(offset + page.at(1).get<size_t>(), blob.size());
    EXPECT_NE(WebPDecodeRGBInto(blob.data() + offset, page.at(1), out.rgb.data(), out.rgb.size(), out.width * 3), nullptr);
    return out;
  }
};

ScoreOutcome run_score(std::span<const uint8_t> upload, const ScoreLimits& limits = {}) {
  const MemoryFile in(upload);
  const MemoryFile out;
  const MemoryFile report;
  const pid_t child = fork();
  if (child == 0) _exit(run_score_worker(in.fd(), out.fd(), report.fd(), limits));
  ScoreOutcome result;
  EXPECT_EQ(waitpid(child, &result.status, 0), child);
  const std::vector<uint8_t> text = report.content();
  std::istringstream lines(std::string(text.begin(), text.end()));
  for (std::string line; std::getline(lines, line);) result.lines.push_back(json::parse(line));
  result.blob = out.content();
  return result;
}

// 0 to 255, at a share of the width and of the height.
int light_at(const Picture& picture, double x, double y) {
  const auto column = static_cast<size_t>(x * picture.width);
  const auto row = static_cast<size_t>(y * picture.height);
  return picture.rgb.at((row * static_cast<size_t>(picture.width) + column) * 3);
}

std::vector<uint8_t> webp(const Picture& picture) {
  uint8_t* bytes = nullptr;
  const size_t count = WebPEncodeLosslessRGB(picture.rgb.data(), picture.width, picture.height, picture.width * 3, &bytes);
  std::vector<uint8_t> out(bytes, bytes + count);
  WebPFree(bytes);
  return out;
}

TEST(ScoreWorker, DrawsThePagesOfAPdfOneBehindTheOther) {
  const ScoreOutcome made = run_score(test::pdf({.pages = 3}));
  ASSERT_TRUE(made.made()) << made.error();
  const json& last = made.lines.back();
  ASSERT_EQ(last.at("pages").size(), 3U);
  EXPECT_EQ(last.at("bytes"), made.blob.size());
  EXPECT_EQ(last.at("sha256").get<std::string>().size(), 64U);
  double before = 0;
  for (size_t i = 0; i + 1 < made.lines.size(); ++i) {
    EXPECT_GT(made.lines[i].at("progress").get<double>(), before);
    before = made.lines[i].at("progress");
  }
  EXPECT_EQ(before, 1.0);
  for (size_t i = 0; i < 3; ++i) {
    const Picture page = made.page(i);
    EXPECT_EQ(page.height, kMostPageSide);
    EXPECT_NEAR(page.width, kMostPageSide * 595 / 842, 2);
    EXPECT_LT(light_at(page, 0.5, 1 - 400 / 842.0), 10) << "the line";
    EXPECT_GT(light_at(page, 0.5, 0.25), 245) << "paper";
  }
}

TEST(ScoreWorker, MakesAPageOfEveryKindOfPictureByWhatItHolds) {
  const Picture marked = test::marked_picture(400, 300);
  for (const auto& file : {test::png(marked), test::jpeg(marked), webp(marked)}) {
    const ScoreOutcome made = run_score(file);
    ASSERT_TRUE(made.made()) << made.error();
    const Picture page = made.page(0);
    EXPECT_EQ(page.width, 400);
    EXPECT_EQ(page.height, 300);
    EXPECT_LT(light_at(page, 0.25, 0.25), 10);
    EXPECT_GT(light_at(page, 0.75, 0.75), 245);
  }
  // Made by us, whatever it was: nothing of the upload is left in it.
  const auto file = test::png(marked);
  EXPECT_NE(run_score(file).blob, file);
}

TEST(ScoreWorker, TurnsAPhonesPictureAsItWasTaken) {
  // Where the dark quarter of the stored picture is seen.
  const struct {
    int orientation;
    double x, y;
  } cases[] = {{1, 0.25, 0.25}, {2, 0.75, 0.25}, {3, 0.75, 0.75}, {4, 0.25, 0.75},
               {5, 0.25, 0.25}, {6, 0.75, 0.25}, {7, 0.75, 0.75}, {8, 0.25, 0.75}};
  for (const auto& c : cases) {
    const ScoreOutcome made = run_score(test::jpeg(test::marked_picture(64, 32), c.orientation));
    ASSERT_TRUE(made.made()) << made.error();
    const Picture page = made.page(0);
    EXPECT_EQ(page.width, c.orientation >= 5 ? 32 : 64) << c.orientation;
    for (const double x : {0.25, 0.75}) {
      for (const double y : {0.25, 0.75}) {
        if (x == c.x && y == c.y) {
          EXPECT_LT(light_at(page, x, y), 60) << c.orientation;
        } else {
          EXPECT_GT(light_at(page, x, y), 195) << c.orientation;
        }
      }
    }
  }
}

TEST(ScoreWorker, ScalesALargePictureDownAndKeepsAPhotographSmall) {
  const ScoreOutcome made = run_score(test::png(test::noisy_picture(2'400, 1'200)));
  ASSERT_TRUE(made.made()) << made.error();
  const Picture page = made.page(0);
  EXPECT_EQ(page.width, kMostPageSide);
  EXPECT_EQ(page.height, kMostPageSide / 2);
  EXPECT_LT(made.blob.size(), 2'000'000U) << "noise without loss would be 7 MB";
}

TEST(ScoreWorker, SaysOfEveryBadFileWhatIsWrongAndWhatIsAllowed) {
  const auto half = [](std::vector<uint8_t> file) {
    file.resize(file.size() / 2);
    return file;
  };
  const std::string text = "Dear choir, here is the score.";
  const std::string font = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
  const struct {
    std::vector<uint8_t> file;
    const char* part;
  } cases[] = {
      {{}, "This file is empty."},
      {{text.begin(), text.end()}, "neither a PDF nor a picture"},
      {std::vector<uint8_t>(20'000'001, '%'), "up to 20 MB"},
      {test::pdf({.pages = 41}), "has 41 pages; up to 40"},
      {test::pdf({.pages = 0}), "damaged"},
      {test::pdf({.locked = true}), "locked with a password"},
      {test::pdf({.media_box = "0 0 10 100000"}), "Page 1 is far longer than it is wide"},
      {test::pdf({.content = "BT /F1 20 Tf 50 50 Td (Sing) Tj ET", .resources = font}), "(Helvetica)"},
      {{'%', 'P', 'D', 'F', '-', '1', '.', '4', '\n'}, "damaged"},
      {half(test::png(test::noisy_picture(64, 64))), "damaged: not all of it"},
      {half(test::jpeg(test::noisy_picture(64, 64))), "damaged: not all of it"},
      {half(webp(test::noisy_picture(64, 64))), "damaged: not all of it"},
      {test::png_header(100'000, 100'000), "million are allowed"},
      {test::png(Picture::blank(2'000, 2)), "up to 10 times as long"},
  };
  for (const auto& c : cases) {
    const ScoreOutcome outcome = run_score(c.file);
    EXPECT_NE(outcome.error().find(c.part), std::string::npos) << c.part << ": " << outcome.error();
    const auto told = outcome.lines.empty() ? std::nullopt : told_sentence(outcome.lines.back(), 500);
    EXPECT_TRUE(told && !told->code.empty()) << c.part << " has no code";
  }
}

TEST(ScoreWorker, APageAsLargeAsAFieldIsDrawnAsLargeAsOthers) {
  const ScoreOutcome made = run_score(test::pdf({.media_box = "0 0 1000000 1000000", .content = "0 0 500000 500000 re f"}));
  ASSERT_TRUE(made.made()) << made.error();
  const Picture page = made.page(0);
  EXPECT_EQ(page.width, kMostPageSide);
  EXPECT_LT(light_at(page, 0.25, 0.75), 10);
  EXPECT_GT(light_at(page, 0.75, 0.25), 245);
}

TEST(ScoreWorker, APdfThatNeverEndsIsEnded) {
  // Lines of half a million dashes each.
  std::string strokes = "1 w [0.002 0.002] 0 d ";
  for (int i = 0; i < 2'000; ++i) strokes.append("0 0 m 600 842 l S ");
  const ScoreOutcome outcome = run_score(test::pdf({.content = strokes}), {.cpu_seconds = 1});
  ASSERT_TRUE(WIFSIGNALED(outcome.status)) << outcome.status;
  EXPECT_EQ(WTERMSIG(outcome.status), SIGXCPU);
}

}  // namespace
}  // namespace roundelay::score_worker_test
