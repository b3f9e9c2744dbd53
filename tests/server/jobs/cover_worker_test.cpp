// The worker that makes covers, in a process of its own, as the librarian starts it: of pictures, of songs that carry one, and of
// hostile ones.
#include "server/jobs/cover_worker.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <webp/decode.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "server/base/told_sentence.h"
#include "server/jobs/cover.h"
#include "server/jobs/song_picture.h"
#include "tests/codec/test_sound.h"
#include "tests/server/jobs/score_files.h"
#include "tests/server/jobs/songs_with_pictures.h"

namespace roundelay::cover_worker_test {
namespace {

using nlohmann::json;
using test::MemoryFile;

struct CoverOutcome {
  int status = -1;
  json last = nullptr;
  std::vector<uint8_t> file;

  [[nodiscard]] bool done() const { return WIFEXITED(status) && WEXITSTATUS(status) == kWorkerDone; }
  [[nodiscard]] bool has_cover() const { return done() && last.contains("cover"); }
  [[nodiscard]] std::string error() const {
    const bool refused = WIFEXITED(status) && WEXITSTATUS(status) == kWorkerRefused;
    return refused ? last.value("error", "") : "status " + std::to_string(status);
  }
  [[nodiscard]] Picture part(size_t index) const {
    const json& part = last.at("cover").at("parts").at(index);
    const auto offset = part.at(0).get<size_t>();
    Picture out = Picture::blank(part.at(2), part.at(3));
    EXPECT_LE(offset + part.at(1).get<size_t>(), file.size());
    EXPECT_NE(WebPDecodeRGBInto(file.data() + offset, part.at(1), out.rgb.data(), out.rgb.size(), out.width * 3), nullptr);
    return out;
  }
};

CoverOutcome run_cover(std::span<const uint8_t> file, CoverSource source) {
  const MemoryFile in(file);
  const MemoryFile out;
  const MemoryFile report;
  const pid_t child = fork();
  if (child == 0) _exit(run_cover_worker(in.fd(), out.fd(), report.fd(), source));
  CoverOutcome result;
  EXPECT_EQ(waitpid(child, &result.status, 0), child);
  const std::vector<uint8_t> text = report.content();
  std::istringstream lines(std::string(text.begin(), text.end()));
  for (std::string line; std::getline(lines, line);) result.last = json::parse(line);
  result.file = out.content();
  return result;
}

std::vector<uint8_t> song_of_corpus(const std::string& name) {
  std::ifstream in(std::string(TAGS_CORPUS) + "/" + name, std::ios::binary);
  EXPECT_TRUE(in) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<uint8_t> half_of(std::vector<uint8_t> file) {
  file.resize(file.size() / 2);
  return file;
}

// The upper left quarter is dark, as of marked_picture().
bool is_marked(const Picture& picture) {
  const auto light = [&](size_t x, size_t y) { return picture.rgb.at((y * static_cast<size_t>(picture.width) + x) * 3); };
  const auto width = static_cast<size_t>(picture.width), height = static_cast<size_t>(picture.height);
  return light(width / 4, height / 4) < 20 && light(width * 3 / 4, height * 3 / 4) > 235;
}

TEST(CoverWorker, MakesEverySizeOfALargePicture) {
  const CoverOutcome made = run_cover(test::jpeg(test::marked_picture(3'000, 1'500)), CoverSource::kPicture);
  ASSERT_TRUE(made.has_cover()) << made.error();
  const json& cover = made.last.at("cover");
  ASSERT_EQ(cover.at("parts").size(), kCoverSides.size());
  EXPECT_EQ(cover.at("bytes"), made.file.size());
  EXPECT_EQ(cover.at("sha256").get<std::string>().size(), 64U);
  for (size_t i = 0; i < kCoverSides.size(); ++i) {
    const Picture part = made.part(i);
    EXPECT_EQ(part.width, kCoverSides[i]);
    EXPECT_EQ(part.height, kCoverSides[i] / 2);
    EXPECT_TRUE(is_marked(part)) << part.width;
  }
}

TEST(CoverWorker, NeverEnlargesAPictureAndKeepsASmallOneOnce) {
  const CoverOutcome small = run_cover(test::png(test::marked_picture(100, 80)), CoverSource::kPicture);
  ASSERT_TRUE(small.has_cover()) << small.error();
  EXPECT_EQ(small.last.at("cover").at("parts").at(0), small.last.at("cover").at("parts").at(1));
  EXPECT_EQ(small.part(0).width, 100);
  EXPECT_EQ(small.part(1).height, 80);
  const CoverOutcome middle = run_cover(test::png(test::marked_picture(300, 320)), CoverSource::kPicture);
  ASSERT_TRUE(middle.has_cover()) << middle.error();
  EXPECT_EQ(middle.part(0).height, 160);
  EXPECT_EQ(middle.part(1).height, 320);
}

TEST(CoverWorker, TheSamePictureIsTheSameCover) {
  const auto picture = test::png(test::noisy_picture(700, 700));
  const CoverOutcome one = run_cover(picture, CoverSource::kPicture);
  const CoverOutcome two = run_cover(test::mp3_with_picture(picture), CoverSource::kSong);
  ASSERT_TRUE(one.has_cover() && two.has_cover()) << two.error();
  EXPECT_EQ(one.last.at("cover"), two.last.at("cover"));
  EXPECT_LT(one.file.size(), 600'000U) << "even of noise";
}

TEST(CoverWorker, SaysOfWhatIsNoPictureWhatIsWrongWithIt) {
  const std::string text = "Dear choir, here is the cover.";
  const struct {
    std::vector<uint8_t> file;
    const char* part;
  } cases[] = {
      {{}, "no picture that can be shown"},
      {{text.begin(), text.end()}, "no picture that can be shown"},
      {test::pdf(), "no picture that can be shown"},
      {test::mp3_with_picture(test::png(test::marked_picture(64, 64))), "no picture that can be shown"},
      {std::vector<uint8_t>(kMostCoverFileBytes + 1, 0x89), "up to 10 MB"},
      {half_of(test::png(test::noisy_picture(64, 64))), "damaged: not all of it"},
      {half_of(test::jpeg(test::noisy_picture(64, 64))), "damaged: not all of it"},
      {test::png_header(100'000, 100'000), "million are allowed"},
      {test::png(Picture::blank(2'000, 2)), "up to 10 times as long"},
  };
  for (const auto& c : cases) {
    const CoverOutcome outcome = run_cover(c.file, CoverSource::kPicture);
    EXPECT_NE(outcome.error().find(c.part), std::string::npos) << c.part << ": " << outcome.error();
    const auto told = told_sentence(outcome.last, 500);
    EXPECT_TRUE(told && !told->code.empty()) << c.part << " has no code";
    EXPECT_TRUE(outcome.file.empty()) << c.part;
  }
}

TEST(CoverWorker, FindsTheFrontCoverInTheTagsOfEveryKindOfSong) {
  for (const char* name : {"picture.mp3", "picture.flac", "picture.m4a", "picture.ogg", "picture_opus.ogg", "picture.wav",
                           "picture.aiff", "picture.wma"}) {
    const CoverOutcome made = run_cover(song_of_corpus(name), CoverSource::kSong);
    ASSERT_TRUE(made.has_cover()) << name << ": " << made.error() << made.last;
    const Picture part = made.part(1);
    EXPECT_EQ(part.width, 40) << name;
    EXPECT_TRUE(is_marked(part)) << name;
  }
}

TEST(CoverWorker, ASongWithoutAPictureHasNone) {
  for (const char* name : {"all.mp3", "all.flac", "all.m4a", "all.ogg", "all.wav", "all.aiff", "all.wma"}) {
    const CoverOutcome made = run_cover(song_of_corpus(name), CoverSource::kSong);
    EXPECT_TRUE(made.done() && !made.has_cover()) << name << ": " << made.error();
    EXPECT_TRUE(made.file.empty()) << name;
  }
}

TEST(CoverWorker, AHostilePictureInASongIsNone) {
  const std::string text = "no picture at all";
  const auto good = test::png(test::noisy_picture(64, 64));
  const struct {
    const char* name;
    std::vector<uint8_t> file;
  } cases[] = {
      {"a field", test::mp3_with_picture(test::png_header(100'000, 100'000))},
      {"half a picture", test::mp3_with_picture(half_of(good))},
      {"a text", test::mp3_with_picture(std::vector<uint8_t>(text.begin(), text.end()))},
      {"nothing", test::mp3_with_picture({})},
      {"claims the world", test::mp3_with_picture(good, 0xffffffff)},
      {"claims more than the tag", test::mp3_with_picture(half_of(good), 0x0fffffff)},
      {"a strip", test::mp3_with_picture(test::png(Picture::blank(3'000, 2)))},
      {"too many bytes", test::mp3_with_picture(std::vector<uint8_t>(kMostCoverFileBytes + 1, 0x89))},
  };
  for (const auto& c : cases) {
    const CoverOutcome outcome = run_cover(c.file, CoverSource::kSong);
    EXPECT_TRUE(outcome.done() && !outcome.has_cover()) << c.name << ": " << outcome.error() << outcome.last;
    EXPECT_TRUE(outcome.file.empty()) << c.name;
  }
}

TEST(CoverWorker, TagsOfThousandsOfPicturesGiveTheFirst) {
  auto song = test::mp3_with_picture(test::png(test::marked_picture(40, 20)));
  // The same frame again and again, in one tag.
  const size_t frame_end = song.size() - 4 * 417;
  const std::vector<uint8_t> frame(song.begin() + 10, song.begin() + static_cast<std::ptrdiff_t>(frame_end));
  constexpr size_t kTimes = 20'000;
  std::vector<uint8_t> all(song.begin(), song.begin() + static_cast<std::ptrdiff_t>(frame_end));
  for (size_t i = 1; i < kTimes; ++i) all.insert(all.end(), frame.begin(), frame.end());
  const auto tag_size = static_cast<uint32_t>(frame.size() * kTimes);
  for (size_t i = 0; i < 4; ++i) all[6 + i] = static_cast<uint8_t>(tag_size >> (21 - 7 * i) & 0x7f);
  all.insert(all.end(), song.begin() + static_cast<std::ptrdiff_t>(frame_end), song.end());
  const CoverOutcome made = run_cover(all, CoverSource::kSong);
  ASSERT_TRUE(made.has_cover()) << made.error();
  EXPECT_TRUE(is_marked(made.part(1)));
}

}  // namespace
}  // namespace roundelay::cover_worker_test
