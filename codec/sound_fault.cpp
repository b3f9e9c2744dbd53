#include "codec/sound_fault.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdio>

#define ROUNDELAY_ALLOWED                                                                                          \
  "Allowed are MP3, M4A, WAV, AIFF, CAF, FLAC, Ogg Vorbis, Opus and WMA files, and MP4, MOV and WebM videos with " \
  "sound."

namespace roundelay {
namespace {

constexpr SoundFaultRow kFaults[] = {
    {"server_cannot_read_the_file", "The server could not read the file."},
    {"empty_track", "This file is empty. Choose a file with sound in it."},
    {"no_sound_file", "This is not a sound file that can be read. " ROUNDELAY_ALLOWED},
    {"midi_is_no_sound", "This is a MIDI file, which holds notes and no sound. " ROUNDELAY_ALLOWED},
    {"pdf_is_no_sound", "This is a PDF file, which holds no sound. " ROUNDELAY_ALLOWED},
    {"zip_is_no_sound", "This is a ZIP file: please unpack it first. " ROUNDELAY_ALLOWED},
    {"picture_is_no_sound", "This is a picture. " ROUNDELAY_ALLOWED},
    {"sound_file_is_something_else",
     "The {format} file is damaged or cut off, or holds something else than sound. " ROUNDELAY_ALLOWED},
    {"sound_file_is_protected",
     "The {format} file is copy-protected, damaged, or holds sound in a format that cannot be read. " ROUNDELAY_ALLOWED},
    {"sound_file_holds_no_sound", "The {format} file holds no sound. " ROUNDELAY_ALLOWED},
    {"sound_file_has_no_length", "The {format} file holds no sound: its length is 0."},
    {"sound_file_ends_before_the_sound", "The file is cut off: it ends before the sound begins."},
    {"sound_file_is_cut_off",
     "The {format} file is cut off or damaged: it holds less sound than it says. Please export or copy it again."},
    {"sound_file_lacks_pieces", "The {format} file is damaged: pieces of it are missing. Please export or copy it again."},
    {"sound_file_has_no_contents",
     "The {format} file is cut off or damaged: its table of contents is missing. Please export or copy it again."},
    {"sound_file_is_damaged_after",
     "The {format} file is damaged or cut off after {minutes} minutes. Please export or copy it again."},
    {"sound_file_is_too_short",
     "The {format} file is cut off or damaged: it should last {stated} minutes, but only {minutes} can be read. Please export or "
     "copy it again."},
    {"sound_file_has_too_many_pieces", "The file is joined from more than {most} pieces. Please export it as one."},
    {"sound_file_takes_too_much_work",
     "The file takes far more work to read than its sound can be worth: it is damaged. Please export or copy it again."},
    {"sound_rate_out_of_range", "The sample rate of the file is {rate} Hz. Allowed are {least} to {most} Hz."},
    {"sound_channels_out_of_range", "The file has {channels} channels. Allowed are 1 to {most}."},
    {"sound_is_far_too_loud",
     "The sound in the file is more than 8 times louder than full scale: it is damaged, or was exported with the wrong number "
     "format. Please export it again, as 16- or 24-bit WAV, say."},
    {"sound_file_is_too_large", "The file is too large: it has {size}, and up to {most} are allowed."},
    {"track_lasts_too_long", "The track is too long: up to {most} minutes are allowed."},
    {"track_is_too_long",
     "The track is too long: it lasts {minutes}, and up to {most} minutes are allowed. Cut it, or upload it in parts."},
    {"track_not_stored", "The track could not be stored. Please try again later."},
};

}  // namespace

std::span<const SoundFaultRow> all_sound_faults() {
  return kFaults;
}

SoundFault sound_fault(std::string_view code, std::initializer_list<SoundFault::Value> values) {
  const auto row =
      std::find_if(std::begin(kFaults), std::end(kFaults), [&](const SoundFaultRow& each) { return each.code == code; });
  assert(row != std::end(kFaults));
  SoundFault fault{row->code, values, {}, {}};
  // Once from front to back: what stands in a value is no name.
  for (size_t at = 0; at < row->text.size();) {
    const size_t open = std::min(row->text.find('{', at), row->text.size());
    fault.text.append(row->text.substr(at, open - at));
    if (open == row->text.size()) break;
    const size_t close = row->text.find('}', open);
    const std::string_view name = row->text.substr(open + 1, close - open - 1);
    const auto value =
        std::find_if(fault.values.begin(), fault.values.end(), [&](const SoundFault::Value& each) { return each.first == name; });
    assert(value != fault.values.end());
    if (value != fault.values.end()) fault.text.append(value->second);
    at = close + 1;
  }
  return fault;
}

std::string clock_text(double seconds) {
  std::array<char, 48> text{};
  if (seconds < 1) {
    std::snprintf(text.data(), text.size(), "0:0%.1f", std::clamp(seconds, 0.0, 0.9));
  } else {
    const auto whole = static_cast<long long>(std::min(seconds, 1e12));
    std::snprintf(text.data(), text.size(), "%lld:%02lld", whole / 60, whole % 60);
  }
  return text.data();
}

std::string size_text(int64_t bytes) {
  std::array<char, 48> text{};
  const auto size = static_cast<double>(bytes);
  if (bytes < 1'000) {
    std::snprintf(text.data(), text.size(), "%d bytes", static_cast<int>(bytes));
  } else if (bytes < 1'000'000) {
    std::snprintf(text.data(), text.size(), "%.0f kB", size / 1e3);
  } else {
    // One digit more, and upwards, where the size is so near a whole number that limit and size would read the same.
    const bool whole = bytes % 1'000'000 == 0;
    std::snprintf(text.data(), text.size(), whole ? "%.0f MB" : "%.1f MB", whole ? size / 1e6 : std::ceil(size / 1e5) / 10);
  }
  return text.data();
}

}  // namespace roundelay
