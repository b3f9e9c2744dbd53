// The eight robots: who they are, their parts as samples, and the sum of them that the end of the line hears. Deterministic;
// pure.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "server/robots/robot_voice.h"

namespace roundelay {

inline constexpr int kRobots = 2 * kRoundParts;

[[nodiscard]] const char* robot_name(int robot_index);  // "Robot Ada", ...
[[nodiscard]] constexpr int robot_part(int robot_index) {
  return robot_index / 2;
}  // robots 0 and 1 sing part 0, ...
[[nodiscard]] constexpr int robot_bucket(int robot_index) {
  return robot_part(robot_index) + 1;
}

// What robot 0 to 7 sings from the song's start on: kRoundSamples samples, all equally loud while they sound (kRobotRms, unless a
// peak would be above kRobotPeak), so that the sum of eight hardly ever meets the limiter. About 0.1 s of work.
inline constexpr double kRobotRms = 0.062;
inline constexpr double kRobotPeak = 0.28;
[[nodiscard]] std::vector<float> render_robot_part(int robot_index);

// For each block of the song, from its start on: whether a client that leaves silence out (VoiceStream) sends a packet for
// `voice`.
[[nodiscard]] std::vector<bool> blocks_sent(std::span<const float> voice, int encoder_delay_samples);

struct ChoirVoice {
  std::span<const float> samples;  // from the song's start on
  bool leader = false;             // gets the boost
};
// The mix at the end of the line as the server makes it (PROTOCOL.md 5), without codecs: one float per position from the song's
// start on.
[[nodiscard]] std::vector<float> offline_sum(std::span<const ChoirVoice> voices, int encoder_delay_samples,
                                             bool automatic_gain_on = true);

}  // namespace roundelay
