// Uploads with the worker that really decodes them, in its sandbox.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <optional>

#include "codec/track.h"
#include "server/conductor/uploads.h"
#include "tests/codec/test_sound.h"
#include "tests/server/conductor/loop_fixture.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::real_worker_test {
namespace {

class RealWorker : public testing::Test {
 protected:
  RealWorker() { uploads_.clean_up(); }
  tl::expected<Uploads::Result, Uploads::Failure> run(std::string_view content) {
    std::optional<tl::expected<Uploads::Result, Uploads::Failure>> outcome;
    uploads_.submit(
        "room", folder_.write("uploads/one", std::string(content)), [](double) {},
        [&](auto result) { outcome = std::move(result); });
    EXPECT_TRUE(loop_.run_until([&] { return outcome.has_value(); }));
    EXPECT_EQ(folder_.files_in("uploads"), 0);
    return *outcome;
  }

  TemporaryFolder folder_;
  Loop loop_;
  Uploads uploads_{loop_.get(), Uploads::Options{.blobs_dir = folder_.path() + "/tracks",
                                                 .uploads_dir = folder_.path() + "/uploads",
                                                 .worker = {DECODE_WORKER, "worker", "decode"},
                                                 .max_seconds = 5}};
};

TEST_F(RealWorker, SoundFileBecomesATrackOfItsLength) {
  const auto file = test::sound_file(test::kWav, 44'100, 2, test::sample(test::glide, 44'100, 2, 2.5));
  const auto result = run({reinterpret_cast<const char*>(file.data()), file.size()});
  ASSERT_TRUE(result) << result.error().said.text;
  EXPECT_EQ(result->channels, 2);
  EXPECT_NEAR(result->seconds, 2.5, 1e-6);
  const std::string blob = folder_.read("tracks/" + result->sha256);
  const auto view = TrackView::parse({reinterpret_cast<const uint8_t*>(blob.data()), blob.size()});
  ASSERT_TRUE(view) << view.error();
  EXPECT_EQ(view->blocks(), 125);
  // The song's length is taken from the reported seconds: they must say the samples exactly.
  EXPECT_EQ(view->length_samples(), std::llround(result->seconds * 48'000));
}

TEST_F(RealWorker, TheTracksLoudnessIsMeasuredAndThatOfSilenceIsNone) {
  const auto loudness_of = [&](const test::Voice& voice, int channels) {
    const auto file = test::sound_file(test::kWav, 44'100, channels, test::sample(voice, 44'100, channels, 4));
    const auto result = run({reinterpret_cast<const char*>(file.data()), file.size()});
    EXPECT_TRUE(result) << result.error().said.text;
    return result ? result->loudness : std::nullopt;
  };
  const auto sine = [](double t, int) { return 0.0707946F * static_cast<float>(std::sin(2 * M_PI * 1'000 * t)); };
  const auto silence = [](double, int) { return 0.0F; };
  // EBU Tech 3341: a sine of -23 dBFS on both sides has -23 LUFS; from one channel it is heard on both sides too.
  EXPECT_NEAR(loudness_of(sine, 2).value(), -23, 0.1);
  EXPECT_NEAR(loudness_of(sine, 1).value(), -23, 0.1);
  EXPECT_EQ(loudness_of(silence, 2), std::nullopt);
}

TEST_F(RealWorker, NoiseIsRefusedWithASentence) {
  const auto result = run(std::string(5'000, '\x5A'));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().status, 422);
  EXPECT_TRUE(result.error().said.text.ends_with(".")) << result.error().said.text;
  EXPECT_EQ(folder_.files_in("tracks"), 0);
}

TEST_F(RealWorker, TooLongIsRefused) {
  const auto file = test::sound_file(test::kWav, 8'000, 1, std::vector<float>(8'000 * 6));
  const auto result = run({reinterpret_cast<const char*>(file.data()), file.size()});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().status, 422);
  EXPECT_EQ(folder_.files_in("tracks"), 0);
}

}  // namespace
}  // namespace roundelay::real_worker_test
