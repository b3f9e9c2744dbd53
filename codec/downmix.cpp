#include "codec/downmix.h"

#include <array>
#include <cstddef>

namespace roundelay {
namespace {

constexpr float kMinus3Db = 0.70710678F;

struct Pan {
  float left;
  float right;
};

constexpr Pan kLeft = {1.0F, 0.0F};
constexpr Pan kRight = {0.0F, 1.0F};
constexpr Pan kCentre = {kMinus3Db, kMinus3Db};
constexpr Pan kNone = {0.0F, 0.0F};
constexpr Pan kLeftRear = {kMinus3Db, 0.0F};
constexpr Pan kRightRear = {0.0F, kMinus3Db};
constexpr Pan kCentreRear = {0.5F, 0.5F};

constexpr std::array<std::array<Pan, 8>, 6> kLayouts = {{
    {kLeft, kRight, kCentre},
    {kLeft, kRight, kLeftRear, kRightRear},
    {kLeft, kRight, kCentre, kLeftRear, kRightRear},
    {kLeft, kRight, kCentre, kNone, kLeftRear, kRightRear},
    {kLeft, kRight, kCentre, kNone, kCentreRear, kLeftRear, kRightRear},
    {kLeft, kRight, kCentre, kNone, kLeftRear, kRightRear, kLeftRear, kRightRear},
}};

Pan pan_of(size_t channel, size_t channels) {
  if (channels >= 3 && channels <= 8) return kLayouts[channels - 3][channel];
  return channel % 2 == 0 ? kLeft : kRight;
}

}  // namespace

void downmix(std::span<const float> interleaved, int channels, std::vector<float>& out) {
  if (channels <= 2) {
    out.insert(out.end(), interleaved.begin(), interleaved.end());
    return;
  }
  const auto width = static_cast<size_t>(channels);
  std::vector<Pan> pans(width);
  Pan sum = kNone;
  for (size_t c = 0; c < width; ++c) {
    pans[c] = pan_of(c, width);
    sum.left += pans[c].left;
    sum.right += pans[c].right;
  }
  for (size_t at = 0; at + width <= interleaved.size(); at += width) {
    float left = 0.0F;
    float right = 0.0F;
    for (size_t c = 0; c < width; ++c) {
      left += interleaved[at + c] * pans[c].left;
      right += interleaved[at + c] * pans[c].right;
    }
    out.push_back(left / sum.left);
    out.push_back(right / sum.right);
  }
}

}  // namespace roundelay
