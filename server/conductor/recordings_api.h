// Requests about the recordings of rooms (PROTOCOL.md 4.4): who may see and change them. The room need not be in use. On the
// conductor's loop only.
#pragma once

#include <string>

#include "server/base/config.h"
#include "server/base/tokens.h"
#include "server/conductor/api_answer.h"
#include "server/conductor/rooms.h"
#include "server/conductor/song_recordings.h"
#include "server/store/store.h"
#include "server/wire/link/recordings.h"

namespace roundelay {

class RecordingsApi {
 public:
  struct Parts {
    const Config& config;
    Rooms& rooms;
    Store& store;
    const Tokens& tokens;
    SongRecordings& recordings;
    ApiClock clock;
  };
  explicit RecordingsApi(Parts parts) : parts_(std::move(parts)) {}

  [[nodiscard]] ApiAnswer answer(const link::Recordings& asked);
  // A file of a recording that is to become a track of the room.
  struct TrackFile {
    std::string name;
    std::string file;  // in the uploads' folder: whoever takes it removes it
    int64_t bytes = 0;
  };
  [[nodiscard]] tl::expected<TrackFile, ApiAnswer> track_file(const link::Recordings& asked);

  // A link to a file works for so long.
  static constexpr int64_t kPassSeconds = int64_t{12} * 3'600;

 private:
  struct Asker {
    PersonId person = 0;
    std::string room;
    RoomRules rules = {};
    bool organiser = false;
    bool engineer = false;
    bool program = false;  // no person: another program that keeps the room
  };
  // Who asks, if she may hear the room's recordings.
  [[nodiscard]] tl::expected<StoredRecording, ApiAnswer> found(const Asker& asker, const std::string& id);
  [[nodiscard]] tl::expected<Asker, ApiAnswer> asker(const link::Recordings& asked);
  [[nodiscard]] ApiAnswer list(const Asker& asker);
  [[nodiscard]] ApiAnswer zip(const StoredRecording& row);
  [[nodiscard]] ApiAnswer mix_again(const Asker& asker, const link::Recordings& asked);

  Parts parts_;
};

}  // namespace roundelay
