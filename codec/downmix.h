// Any number of channels as mono or stereo.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace roundelay {

// Where a channel stands, in the words of ITU-R BS.775.
enum class Speaker { kLeft, kRight, kCentre, kLowFrequencies, kLeftRear, kRightRear, kCentreRear };

// Where channel `channel` of `channels` stands when a file does not say: three to eight in the order of WAV and FLAC (left,
// right, centre, low frequencies, back, side), more by turns left and right.
[[nodiscard]] Speaker usual_speaker(size_t channel, size_t channels);

// Appends to `out` one sample (`width` 1) or two (2) for each frame: one channel per speaker. One and two channels stay as they
// are (one is doubled, two become their mean, if `width` is the other), more are mixed down to two with the gains of ITU-R BS.775
// (centre and surround at -3 dB, low frequencies left out), scaled so that full scale stays full scale.
void downmix(std::span<const float> interleaved, std::span<const Speaker> speakers, size_t width, std::vector<float>& out);

}  // namespace roundelay
