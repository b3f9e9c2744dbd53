#include "codec/sound_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "tests/codec/test_sound.h"

namespace roundelay::sound_file_test {
namespace {

class SoundFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "/roundelay-sound-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }
  [[nodiscard]] std::string save(const std::string& name, const std::vector<uint8_t>& bytes) const {
    std::ofstream(path(name), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<long>(bytes.size()));
    return path(name);
  }

  std::filesystem::path folder_;
};

TEST_F(SoundFileTest, ReadsBackBitForBitWhatItWrote) {
  for (const int channels : {1, 2}) {
    const auto samples = test::sample([](double t, int c) { return 1.7F * test::glide(t, c); }, 48'000, channels, 1);
    ASSERT_TRUE(write_wav(path("a.wav"), samples, channels));
    const auto sound = read_sound(path("a.wav"));
    ASSERT_TRUE(sound) << sound.error();
    EXPECT_EQ(sound->channels, channels);
    EXPECT_EQ(sound->frames(), 48'000U);
    EXPECT_EQ(sound->samples, samples);
  }
}

TEST_F(SoundFileTest, WritesEqualFilesForEqualSound) {
  const auto samples = test::sample(test::glide, 48'000, 1, 0.1);
  ASSERT_TRUE(write_wav(path("a.wav"), samples, 1));
  ASSERT_TRUE(write_wav(path("b.wav"), samples, 1));
  std::ifstream a(path("a.wav"), std::ios::binary);
  std::ifstream b(path("b.wav"), std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(a), {}), std::string(std::istreambuf_iterator<char>(b), {}));
}

TEST_F(SoundFileTest, ResamplesOtherRatesInPlace) {
  for (const int rate : {8'000, 44'100, 96'000}) {
    const auto file = save("r.wav", test::sound_file(test::kFloatWav, rate, 1, test::sample(test::glide, rate, 1, 2)));
    const auto sound = read_sound(file);
    ASSERT_TRUE(sound) << sound.error();
    EXPECT_EQ(sound->frames(), 96'000U) << rate;
    const auto found = test::align(test::sample(test::glide, 48'000, 1, 2), sound->samples, 60);
    EXPECT_EQ(found.lag, 0) << rate;
    EXPECT_GT(found.correlation, 0.999) << rate;
  }
}

TEST_F(SoundFileTest, NamesTheFileAndTheReason) {
  const auto missing = read_sound(path("missing.wav"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error(), path("missing.wav") + ": No such file or directory");
  const auto text = read_sound(save("text.wav", {'h', 'e', 'l', 'l', 'o'}));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().find(path("text.wav") + ": This is not a sound file"), 0U) << text.error();
  const auto written = write_wav(path("no/such/folder.wav"), {}, 1);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().find(path("no/such/folder.wav") + ": "), 0U) << written.error();
}

TEST_F(SoundFileTest, SaysThatThereIsNoRoomToWrite) {
  const auto written = write_wav("/dev/full", std::vector<float>(100'000, 0.5F), 1);
  EXPECT_FALSE(written);
}

TEST(ToMono, IsTheMeanOfTheChannels) {
  EXPECT_EQ(to_mono({.channels = 2, .samples = {1.0F, 0.0F, -0.5F, -0.5F, 0.25F, 0.75F}}),
            (std::vector<float>{0.5F, -0.5F, 0.5F}));
  EXPECT_EQ(to_mono({.channels = 1, .samples = {1.0F, 0.5F}}), (std::vector<float>{1.0F, 0.5F}));
}

}  // namespace
}  // namespace roundelay::sound_file_test
