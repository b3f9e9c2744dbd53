// Programmes that come into rooms, from a file or from another room: one song at each tick, so that the loop never waits long for
// the database. What a room has already is not put into it twice. On the conductor's loop only.
#pragma once

#include <functional>
#include <list>
#include <map>
#include <string>

#include "server/conductor/api_answer.h"
#include "server/conductor/rooms.h"
#include "server/jobs/programme_zip.h"
#include "server/store/store.h"

namespace roundelay {

// What of each kind a room may have.
inline constexpr size_t kMostRoomTracks = 200;
inline constexpr size_t kMostRoomScores = 100;
inline constexpr size_t kMostRoomSheets = 100;

class ProgrammeArrivals {
 public:
  using Reply = std::function<void(ApiAnswer)>;

  ProgrammeArrivals(Rooms& rooms, Store& store, ApiClock clock, ApiApply apply)
      : rooms_(rooms), store_(store), clock_(std::move(clock)), apply_(std::move(apply)) {}

  // `person` brought it. Its blobs are there. `reply` is called once, later.
  void add(const std::string& room, PersonId person, ReadProgramme programme, Reply reply);
  // True while a programme on its way has this blob: it must not be removed.
  [[nodiscard]] bool needs(const std::string& sha256) const;
  void tick();

 private:
  struct Arrival {
    std::string room;
    PersonId person = 0;
    ReadProgramme read;
    Reply reply;
    size_t next = 0;   // song
    size_t added = 0;  // songs
    // What has a place in the room, by its key in the programme.
    std::map<std::string, std::string> tracks = {};
    std::map<std::string, std::string> scores = {};
    std::map<std::string, std::string> words = {};
  };
  // False: it is over.
  [[nodiscard]] bool step(Arrival& arrival);
  // Its id in the room; nothing if it cannot be there, which is noted.
  [[nodiscard]] std::optional<std::string> place_track(OpenRoom& open, Arrival& arrival, const std::string& key);
  [[nodiscard]] std::optional<std::string> place_score(OpenRoom& open, Arrival& arrival, const std::string& key);
  [[nodiscard]] std::optional<std::string> place_words(OpenRoom& open, Arrival& arrival, const std::string& key);
  [[nodiscard]] std::optional<std::string> known_words(const Room& room, const CarriedWords& words, const std::string& text);
  void end(Arrival& arrival, OpenRoom& open);

  Rooms& rooms_;
  Store& store_;
  ApiClock clock_;
  ApiApply apply_;
  std::list<Arrival> arrivals_;
};

}  // namespace roundelay
