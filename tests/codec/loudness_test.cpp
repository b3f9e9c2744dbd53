// The golden loudnesses that the TypeScript tests read too: tests/golden/loudness.json.
#include "codec/loudness.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/codec/test_sound.h"

namespace roundelay::loudness_test {
namespace {

using nlohmann::json;

constexpr double kRate = 48'000;

json golden() {
  std::ifstream file(GOLDEN_DIR "/loudness.json");
  return json::parse(file);
}

void add_part(const json& part, int channels, std::vector<float>& sound) {
  const double amplitude = std::pow(10, part.at("dbfs").get<double>() / 20);
  const auto gains = part.at("gains").get<std::vector<double>>();
  const double step = 2 * M_PI * part.at("hz").get<double>() / kRate;
  const int64_t to = std::llround(part.at("to").get<double>() * kRate);
  uint32_t state = 1;
  for (int64_t n = std::llround(part.at("from").get<double>() * kRate); n < to; ++n) {
    state = state * 1664525U + 1013904223U;
    const double wave =
        part.at("wave") == "sine" ? std::sin(step * static_cast<double>(n)) : static_cast<double>(state) / 2147483648.0 - 1;
    for (int c = 0; c < channels; ++c)
      sound[static_cast<size_t>(n * channels + c)] += static_cast<float>(amplitude * gains[static_cast<size_t>(c)] * wave);
  }
}

std::vector<float> sound_of(const json& vector) {
  const int channels = vector.at("channels");
  const auto samples = static_cast<size_t>(std::llround(vector.at("seconds").get<double>() * kRate));
  std::vector<float> sound(samples * static_cast<size_t>(channels));
  for (const json& part : vector.at("parts")) add_part(part, channels, sound);
  return sound;
}

json number_or_null(std::optional<double> loudness) {
  return loudness ? json(std::round(*loudness * 1e4) / 1e4) : json();
}

json measured(const json& vector) {
  json out = vector;
  LoudnessMeter meter(vector.at("channels"));
  meter.add(sound_of(vector));
  out["momentary"] = number_or_null(meter.momentary());
  out["short_term"] = number_or_null(meter.short_term());
  out["integrated"] = number_or_null(meter.integrated());
  return out;
}

// Of a new vector a failure shows the line to be written.
TEST(Loudness, IsWhatTheGoldenFileSays) {
  for (const json& vector : golden()) {
    const json found = measured(vector);
    for (const char* what : {"momentary", "short_term", "integrated"}) {
      const json& wanted = vector.at(what);
      ASSERT_EQ(wanted.is_null(), found[what].is_null()) << "the line of the golden file is now " << found.dump();
      if (wanted.is_null()) continue;
      EXPECT_NEAR(found[what].get<double>(), wanted.get<double>(), 0.001)
          << "the line of the golden file is now " << found.dump();
    }
  }
}

// What EBU Tech 3341 and BS.1770 say themselves: nothing that libebur128 told us.
TEST(Loudness, OfKnownSoundsIsWhatTheStandardSays) {
  int known = 0;
  for (const json& vector : golden()) {
    if (!vector.contains("known")) continue;
    EXPECT_NEAR(measured(vector).at("integrated").get<double>(), vector.at("known").get<double>(), 0.1) << vector.at("name");
    ++known;
  }
  EXPECT_EQ(known, 5);
}

TEST(Loudness, DoesNotDependOnThePiecesInWhichASoundComes) {
  const std::vector<float> sound = test::sample(test::glide, 48'000, 2, 3);
  LoudnessMeter whole(2);
  whole.add(sound);
  LoudnessMeter pieces(2);
  for (size_t at = 0; at < sound.size(); at += 2 * 777)
    pieces.add(std::span(sound).subspan(at, std::min<size_t>(2 * 777, sound.size() - at)));
  EXPECT_EQ(whole.integrated(), pieces.integrated());
}

TEST(Loudness, OfSilenceIsNone) {
  LoudnessMeter meter(1);
  EXPECT_EQ(meter.integrated(), std::nullopt);
  meter.add(std::vector<float>(96'000, 0.0F));
  EXPECT_EQ(meter.integrated(), std::nullopt);
  EXPECT_EQ(meter.momentary(), std::nullopt);
}

}  // namespace
}  // namespace roundelay::loudness_test
