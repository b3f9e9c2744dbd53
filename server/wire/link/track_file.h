// `track_file`, from a shard: somebody wants to take a track out of a room. Answered by `reply`: 200 with TrackPlace as its body,
// or an error.
#pragma once

#include "server/wire/link/upload_asker.h"

namespace roundelay::link {

struct TrackFile {
  static constexpr const char* kOp = "track_file";
  UploadAsker asker;
  std::string track;  // its id

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out{{"op", kOp}, {"track", track}};
    asker.write(out);
    return out;
  }
  [[nodiscard]] static std::optional<TrackFile> read(const nlohmann::json& in) {
    auto asker = UploadAsker::read(in);
    if (!asker) return std::nullopt;
    return TrackFile{.asker = *std::move(asker), .track = text_field(in, "track").value};
  }
};

// Where its blob lies.
struct TrackPlace {
  std::string file;
  std::string sha256;  // of it
  std::string name;    // of the track

  [[nodiscard]] nlohmann::json to_json() const { return {{"file", file}, {"sha256", sha256}, {"name", name}}; }
  [[nodiscard]] static std::optional<TrackPlace> read(const nlohmann::json& in) {
    TrackPlace out{
        .file = text_field(in, "file").value, .sha256 = text_field(in, "sha256").value, .name = text_field(in, "name").value};
    if (out.file.empty() || out.sha256.empty()) return std::nullopt;
    return out;
  }
};

}  // namespace roundelay::link
