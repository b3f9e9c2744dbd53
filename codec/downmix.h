// Any number of channels as mono or stereo.
#pragma once

#include <span>
#include <vector>

namespace roundelay {

// Appends to `out`: one and two channels as they are, more mixed down to two. Three to eight are taken in the order that WAV,
// FLAC and libsndfile use (left, right, centre, low frequencies, back, side) with the gains of ITU-R BS.775 (centre and surround
// at -3 dB, low frequencies left out), more by turns to the left and to the right; scaled so that full scale stays full scale.
void downmix(std::span<const float> interleaved, int channels, std::vector<float>& out);

}  // namespace roundelay
