// `recordings`, from the server: recordings of the room that are new or have changed (PROTOCOL.md 3.2).
#pragma once

#include <algorithm>
#include <string_view>

#include "server/wire/control/message.h"
#include "server/wire/control/rights.h"

namespace roundelay::control {

enum class RecordingState { kRecording, kWaiting, kRendering, kReady, kFailed };
inline constexpr std::string_view kRecordingStates[] = {"recording", "waiting", "rendering", "ready", "failed"};
[[nodiscard]] inline std::string_view state_text(RecordingState state) {
  return kRecordingStates[static_cast<int>(state)];
}
[[nodiscard]] inline std::optional<RecordingState> recording_state(std::string_view text) {
  const auto* const found = std::find(std::begin(kRecordingStates), std::end(kRecordingStates), text);
  if (found == std::end(kRecordingStates)) return std::nullopt;
  return static_cast<RecordingState>(found - std::begin(kRecordingStates));
}

// Of one person.
struct RecordedTrack {
  std::string track;  // names it in `mix_again`, and its file: TRACK.opus
  std::string name;
  std::string part;    // empty: none
  double seconds = 0;  // that she sang

  [[nodiscard]] nlohmann::json to_json() const {
    return {{"track", track}, {"name", name}, {"part", part}, {"seconds", seconds}};
  }
  [[nodiscard]] static Read<RecordedTrack> read(const nlohmann::json& in) {
    const auto track = text_field(in, "track");
    const auto name = text_field(in, "name");
    const auto part = text_field(in, "part");
    const auto seconds = number_field(in, "seconds", 0, 1e9);
    if (!track.given() || !name.given() || !part.valid || !seconds.given())
      return wrong("A recording's track must have a track, a name, a part and seconds.");
    return RecordedTrack{track.value, name.value, part.value, seconds.value};
  }
};

// Everything of a recording as one file, made when somebody asks for it.
struct RecordingZip {
  enum class State { kNone, kMaking, kReady, kFailed };
  static constexpr std::string_view kStates[] = {"none", "making", "ready", "failed"};
  State state = State::kNone;
  int percent = 0;    // of the making
  int64_t bytes = 0;  // about so many, before it is ready

  [[nodiscard]] nlohmann::json to_json() const {
    return {{"state", kStates[static_cast<int>(state)]}, {"percent", percent}, {"bytes", bytes}};
  }
  [[nodiscard]] static std::optional<RecordingZip> read(const nlohmann::json& in) {
    const std::string state = text_field(in, "state").value;
    const auto* const found = std::find(std::begin(kStates), std::end(kStates), state);
    const auto percent = integer_field(in, "percent", 0, 100);
    const auto bytes = integer_field(in, "bytes", 0, kMaxNumber);
    if (found == std::end(kStates) || !percent.given() || !bytes.given()) return std::nullopt;
    return RecordingZip{static_cast<State>(found - std::begin(kStates)), static_cast<int>(percent.value), bytes.value};
  }
};

struct Recording {
  std::string id = {};
  std::string title = {};  // empty: of a song without a track
  int64_t began = 0;       // Unix time, s
  double seconds = 0;
  RecordingState state = RecordingState::kRecording;
  int percent = 0;             // of the rendering
  bool cut = false;            // its end is missing
  int64_t missing_blocks = 0;  // of 20 ms
  std::vector<RecordedTrack> tracks = {};
  int left_out = 0;                      // who sang too, and are not kept, as they wished
  std::optional<RecordingZip> zip = {};  // nothing: there can be none yet
  std::string mix = {};                  // the file to listen to; empty: there is none yet
  bool again_failed = false;             // the mix that somebody asked for last could not be made

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"id", id},
                          {"title", title},
                          {"began", began},
                          {"seconds", seconds},
                          {"state", state_text(state)},
                          {"percent", percent},
                          {"cut", cut},
                          {"missing_blocks", missing_blocks},
                          {"tracks", list_json(tracks)}};
    if (left_out != 0) out["left_out"] = left_out;
    if (zip) out["zip"] = zip->to_json();
    if (!mix.empty()) out["mix"] = mix;
    if (again_failed) out["again_failed"] = true;
    return out;
  }
  [[nodiscard]] static Read<Recording> read(const nlohmann::json& in) {
    const auto id = text_field(in, "id");
    const auto title = text_field(in, "title");
    const auto began = integer_field(in, "began", 0, kMaxNumber);
    const auto seconds = number_field(in, "seconds", 0, 1e9);
    const auto state = recording_state(text_field(in, "state").value);
    const auto percent = integer_field(in, "percent", 0, 100);
    const auto cut = bool_field(in, "cut");
    const auto missing = integer_field(in, "missing_blocks", 0, kMaxNumber);
    if (!id.given() || !title.given()) return wrong("A recording must have an id and a title.");
    if (!began.given() || !seconds.given()) return wrong("A recording must have began and seconds.");
    if (!state) return wrong("A recording's state must be \"recording\", \"waiting\", \"rendering\", \"ready\" or \"failed\".");
    if (!percent.given() || !cut.given() || !missing.given())
      return wrong("A recording must have percent, cut and missing_blocks.");
    const auto left_out = integer_field(in, "left_out", 0, kMaxNumber);
    if (!left_out.valid) return wrong("A recording's left_out must be a number.");
    auto tracks = read_list<RecordedTrack>(in, "tracks");
    if (!tracks) return wrong(std::move(tracks.error()));
    std::optional<RecordingZip> zip;
    if (const nlohmann::json* shown = find_field(in, "zip"); shown != nullptr) {
      zip = RecordingZip::read(*shown);
      if (!zip) return wrong("A recording's zip must have a state, a percent and bytes.");
    }
    const auto mix = text_field(in, "mix");
    if (!mix.valid) return wrong("A recording's mix must be the name of a file.");
    const auto again_failed = bool_field(in, "again_failed");
    if (!again_failed.valid) return wrong("A recording's again_failed must be true or false.");
    return Recording{.id = id.value,
                     .title = title.value,
                     .began = began.value,
                     .seconds = seconds.value,
                     .state = *state,
                     .percent = static_cast<int>(percent.value),
                     .cut = cut.value,
                     .missing_blocks = missing.value,
                     .tracks = *std::move(tracks),
                     .left_out = static_cast<int>(left_out.value),
                     .zip = zip,
                     .mix = mix.value,
                     .again_failed = again_failed.value};
  }
};

struct Recordings {
  static constexpr const char* kType = "recordings";
  std::vector<Recording> recordings;
  std::vector<std::string> removed = {};  // ids

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}, {"recordings", list_json(recordings)}};
    if (!removed.empty()) out["removed"] = removed;
    return out;
  }
  [[nodiscard]] static Read<Recordings> read(const nlohmann::json& in) {
    auto recordings = read_list<Recording>(in, "recordings");
    if (!recordings) return wrong(std::move(recordings.error()));
    Recordings out{*std::move(recordings)};
    if (find_field(in, "removed") != nullptr) {
      auto removed = read_texts(in, "removed");
      if (!removed) return wrong(std::move(removed.error()));
      out.removed = *std::move(removed);
    }
    return out;
  }
};

}  // namespace roundelay::control
