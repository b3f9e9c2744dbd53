#include "codec/downmix.h"

#include <array>

namespace roundelay {
namespace {

constexpr float kMinus3Db = 0.70710678F;

struct Pan {
  float left;
  float right;
};

Pan pan_of(Speaker speaker) {
  switch (speaker) {
    case Speaker::kLeft:
      return {1.0F, 0.0F};
    case Speaker::kRight:
      return {0.0F, 1.0F};
    case Speaker::kCentre:
      return {kMinus3Db, kMinus3Db};
    case Speaker::kLowFrequencies:
      return {0.0F, 0.0F};
    case Speaker::kLeftRear:
      return {kMinus3Db, 0.0F};
    case Speaker::kRightRear:
      return {0.0F, kMinus3Db};
    case Speaker::kCentreRear:
      return {0.5F, 0.5F};
  }
  return {0.0F, 0.0F};
}

using enum Speaker;
constexpr std::array<std::array<Speaker, 8>, 6> kUsual = {{
    {kLeft, kRight, kCentre},
    {kLeft, kRight, kLeftRear, kRightRear},
    {kLeft, kRight, kCentre, kLeftRear, kRightRear},
    {kLeft, kRight, kCentre, kLowFrequencies, kLeftRear, kRightRear},
    {kLeft, kRight, kCentre, kLowFrequencies, kCentreRear, kLeftRear, kRightRear},
    {kLeft, kRight, kCentre, kLowFrequencies, kLeftRear, kRightRear, kLeftRear, kRightRear},
}};

void mix_down(std::span<const float> interleaved, std::span<const Speaker> speakers, std::vector<float>& out) {
  const size_t channels = speakers.size();
  std::vector<Pan> pans(channels);
  Pan sum{0.0F, 0.0F};
  for (size_t c = 0; c < channels; ++c) {
    pans[c] = pan_of(speakers[c]);
    sum.left += pans[c].left;
    sum.right += pans[c].right;
  }
  const Pan scale = {sum.left > 0 ? 1 / sum.left : 0, sum.right > 0 ? 1 / sum.right : 0};
  for (size_t at = 0; at + channels <= interleaved.size(); at += channels) {
    float left = 0.0F;
    float right = 0.0F;
    for (size_t c = 0; c < channels; ++c) {
      left += interleaved[at + c] * pans[c].left;
      right += interleaved[at + c] * pans[c].right;
    }
    out.push_back(left * scale.left);
    out.push_back(right * scale.right);
  }
}

}  // namespace

Speaker usual_speaker(size_t channel, size_t channels) {
  if (channels == 1) return kCentre;
  if (channels >= 3 && channels <= 8) return kUsual[channels - 3][channel];
  return channel % 2 == 0 ? kLeft : kRight;
}

void downmix(std::span<const float> interleaved, std::span<const Speaker> speakers, size_t width, std::vector<float>& out) {
  const size_t channels = speakers.size();
  if (channels == width) {
    out.insert(out.end(), interleaved.begin(), interleaved.end());
  } else if (channels == 1) {
    for (const float x : interleaved) out.insert(out.end(), {x, x});
  } else if (width == 2) {
    mix_down(interleaved, speakers, out);
  } else {
    std::vector<float> stereo;
    downmix(interleaved, speakers, 2, stereo);
    for (size_t i = 0; i + 2 <= stereo.size(); i += 2) out.push_back((stereo[i] + stereo[i + 1]) / 2);
  }
}

}  // namespace roundelay
