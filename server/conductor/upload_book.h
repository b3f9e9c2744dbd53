// The uploads on their way, each entered with its size before a byte of it is read: so many per person, room, address and in all.
// On the conductor's loop; no clock and no file of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "server/base/sentences.h"

#include "server/room/person.h"
#include "server/wire/link/library_song.h"
#include "server/wire/link/upload_kind.h"

namespace roundelay {

class UploadBook {
 public:
  struct Limits {
    int per_person = 2;
    int per_room = 4;
    int per_address = 8;
    int in_all = 24;
    int64_t bytes_in_all = 4'000'000'000;  // of disk, as announced
  };
  struct Entry {
    std::string room;
    PersonId person = 0;
    std::string address;
    int64_t size = 0;
    uint64_t link = 0;      // of the shard that receives it in one request; 0: it comes in pieces, of which
    std::string name = {};  // the file's, as it was given
    int64_t received = 0;
    int64_t heard_ns = 0;    // when the last piece came
    bool preparing = false;  // all of it is here
    UploadKind kind = UploadKind::kTrack;
    std::optional<link::LibrarySong> song = {};  // of the library, of which the track is made
  };

  explicit UploadBook(const Limits& limits) : limits_(limits) {}
  // For those that come from now on.
  void set_limits(const Limits& limits) { limits_ = limits; }

  // The error is a sentence for her who uploads.
  [[nodiscard]] tl::expected<void, Sentence> enter(const std::string& id, Entry entry);
  // What came without having been entered, or whose entry a conductor before had: counts, whatever the limits.
  Entry& enter_anyway(const std::string& id, Entry entry);
  [[nodiscard]] Entry* find(const std::string& id);
  // This person's upload in pieces of a file of this name, if there is one that is not here yet: she has begun again.
  [[nodiscard]] std::optional<std::string> begun_before(const Entry& entry) const;
  void remove(const std::string& id) { entries_.erase(id); }
  // What a shard that is gone was receiving.
  void remove_link(uint64_t link);
  // Those in pieces of which nothing came since then; they are removed.
  [[nodiscard]] std::vector<std::string> take_silent(int64_t since_ns);
  [[nodiscard]] size_t size() const { return entries_.size(); }

 private:
  Limits limits_;
  std::map<std::string, Entry> entries_;
};

}  // namespace roundelay
