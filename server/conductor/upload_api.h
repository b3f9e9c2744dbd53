// Requests that bring tracks, scores and programmes (PROTOCOL.md 4): who may upload, uploads in one request and in pieces, and
// what becomes of them. On the conductor's loop only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "server/base/tokens.h"
#include "server/conductor/api_answer.h"
#include "server/conductor/programme_arrivals.h"
#include "server/conductor/rooms.h"
#include "server/conductor/upload_book.h"
#include "server/conductor/uploads.h"
#include "server/store/store.h"

namespace roundelay {

class UploadApi {
 public:
  using Reply = std::function<void(ApiAnswer)>;

  // A queue of its own for each kind.
  struct Queues {
    Uploads& tracks;
    Uploads& scores;
    Uploads& programmes;
  };
  UploadApi(const Config& config, Rooms& rooms, Store& store, const Tokens& tokens, Queues queues, ProgrammeArrivals& arrivals,
            ApiClock clock, ApiApply apply);

  // The configuration, by which it was made, has changed.
  void settings_changed();

  // Who asks, and for which room.
  struct Asker {
    std::string room;
    std::string token;
    std::string address;
  };
  // Before the body of an upload in one request is read: may it come? Status 100: yes, and it is entered.
  [[nodiscard]] ApiAnswer check(const Asker& asker, uint64_t request, int64_t size, uint64_t link,
                                const link::LibrarySong* song = nullptr);
  // Such a request ended before all had come.
  void gone(uint64_t request);
  // All of it lies in `file`, which is taken over. `reply` is called once, later or at once.
  // `song`: of the library, of which the track is made, or a song of the programme.
  void take(const Asker& asker, uint64_t request, const std::string& name, const std::string& file, int64_t size, Reply reply,
            std::optional<link::LibrarySong> song = std::nullopt);

  // An upload in pieces: begun, asked after, given up.
  // `seconds`: how long its sound lasts, as far as the sender knows; 0 if it does not.
  [[nodiscard]] ApiAnswer begin(const Asker& asker, const std::string& name, int64_t size, double seconds, UploadKind kind);
  [[nodiscard]] ApiAnswer show(const Asker& asker, const std::string& id);
  [[nodiscard]] ApiAnswer cancel(const Asker& asker, const std::string& id);
  // Before a piece is read. Status 100: the body says in which file it belongs, and how long that will be.
  [[nodiscard]] ApiAnswer check_piece(const Asker& asker, const std::string& id, int64_t offset, int64_t size);
  // The piece is there.
  void take_piece(const Asker& asker, const std::string& id, int64_t offset, int64_t size, Reply reply);

  void link_closed(uint64_t link) { book_.remove_link(link); }
  // A shard of this index runs as this process: what another process had half received for it is removed.
  void shard_started(int index, int64_t pid);
  // Gives up uploads in pieces of which nothing comes any more.
  void tick();
  // Removes a blob that no room needs any more.
  void review_blob(UploadKind kind, const std::string& sha256);

 private:
  [[nodiscard]] ApiAnswer may_upload(const Asker& asker, int64_t size, UploadKind kind) const;
  // The same of a song of the library; none: of a track.
  [[nodiscard]] ApiAnswer may_take(const Asker& asker, int64_t size, const link::LibrarySong* song) const;
  // Of what this kind may be so large, and how many a room may have.
  [[nodiscard]] ApiAnswer may_be_taken(const Room& room, int64_t size, UploadKind kind) const;
  // Of whose token it is, be she there or not, or of another program that keeps the room.
  [[nodiscard]] std::optional<PersonId> id_of(const Asker& asker) const;
  // The upload in pieces, if it is the asker's own.
  [[nodiscard]] UploadBook::Entry* own(const Asker& asker, const std::string& id);
  [[nodiscard]] std::string piece_file(const std::string& id) const;
  void prepare(const std::string& id, const std::string& file, Reply reply);
  void stored(const UploadBook::Entry& entry, const std::string& name, const Uploads::Result& result, const Reply& reply);
  // Puts it into the room and the store; false if it could not be stored. `shown` is what the answer tells of it.
  [[nodiscard]] bool put_track(const UploadBook::Entry& entry, const std::string& name, const Uploads::Result& result,
                               nlohmann::json& shown);
  // The words that came with a song of the library, for who may bring words.
  void put_words(OpenRoom& open, const UploadBook::Entry& entry, const std::string& title);
  // The song of the library becomes one of the programme.
  void put_entry(const UploadBook::Entry& entry, const std::string& name, const Uploads::Result& result, const Reply& reply);
  [[nodiscard]] bool put_score(const UploadBook::Entry& entry, const Uploads::Result& result, nlohmann::json& shown);
  void tell_progress(const UploadBook::Entry& entry, const std::string& name, double progress, std::optional<Sentence> error);
  [[nodiscard]] Uploads& of(UploadKind kind) const;
  void tell(const std::string& room, nlohmann::json message);

  const Config& config_;
  Rooms& rooms_;
  Store& store_;
  const Tokens& tokens_;
  Queues queues_;
  ProgrammeArrivals& arrivals_;
  ApiClock clock_;
  ApiApply apply_;
  UploadBook book_;
};

}  // namespace roundelay
