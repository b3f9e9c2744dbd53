// The conductor: hears what shards say over the control link, lets rooms decide, and carries out their effects. No sound passes
// here. Owned by the process body (run_conductor), on one libuv loop.
#pragma once

#include <uv.h>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <nlohmann/json.hpp>

#include "mixer/segment.h"
#include "server/base/config.h"
#include "server/base/tokens.h"
#include "server/conductor/api.h"
#include "server/conductor/calendar_watch.h"
#include "server/conductor/door_keeper.h"
#include "server/conductor/host_counts.h"
#include "server/conductor/live_passes.h"
#include "server/conductor/operator_api.h"
#include "server/conductor/program_api.h"
#include "server/conductor/programme_api.h"
#include "server/conductor/programme_arrivals.h"
#include "server/conductor/recordings_api.h"
#include "server/conductor/robots.h"
#include "server/conductor/rooms.h"
#include "server/conductor/score_api.h"
#include "server/conductor/shard_link.h"
#include "server/conductor/song_recordings.h"
#include "server/conductor/sung_api.h"
#include "server/conductor/track_api.h"
#include "server/conductor/upload_api.h"
#include "server/conductor/uploads.h"
#include "server/conductor/words_api.h"
#include "server/jobs/passwords.h"
#include "server/net/control_server.h"
#include "server/store/store.h"
#include "server/wire/link/bye.h"
#include "server/wire/link/client.h"
#include "server/wire/link/closed.h"
#include "server/wire/link/counts.h"
#include "server/wire/link/http.h"
#include "server/wire/link/levels.h"
#include "server/wire/link/live.h"
#include "server/wire/link/measure.h"
#include "server/wire/link/shard.h"
#include "server/wire/link/timing.h"
#include "server/wire/link/upload_body.h"
#include "server/wire/link/upload_gone.h"
#include "server/wire/link/upload_in_pieces.h"

namespace roundelay {

// The child programs; tests put others in their place.
struct ConductorCommands {
  std::vector<std::string> worker = {"/proc/self/exe", "worker", "decode"};
  std::vector<std::string> score_worker = {"/proc/self/exe", "worker", "score"};
  std::vector<std::string> programme_worker = {"/proc/self/exe", "worker", "programme"};
  std::vector<std::string> robots = {"/proc/self/exe", "robots"};
  std::vector<std::string> render = {"/proc/self/exe", "worker", "render"};
};

class Conductor {
 public:
  // Everything that start-up needs: the folders, the database, the rooms left in shared memory, the socket. Throws
  // std::runtime_error or filesystem_error. `config` and `segment` outlive it.
  Conductor(uv_loop_t* loop, const Config& config, const Segment& segment, const ConductorCommands& commands = {});
  ~Conductor();
  Conductor(const Conductor&) = delete;
  Conductor& operator=(const Conductor&) = delete;

  // The configuration has changed; it says which settings may.
  void settings_changed();

 private:
  struct Session {
    ConnectionId link;
    std::string room;
  };
  // Somebody whose hello bears a password that has to be looked at.
  struct AtTheDoor {
    ConnectionId link;
    SessionId session;
    nlohmann::json message;
    std::string address;
    std::string room;
  };
  // A message of a shard, to the one of the following that hears its kind.
  void on_object(ConnectionId link, nlohmann::json object);
  // False if it cannot be read as this message.
  template <typename Message>
  static bool hear_as(Conductor& self, ConnectionId link, nlohmann::json object);
  void on(ConnectionId link, const link::Shard& message);
  void on(ConnectionId link, const link::Sessions& message);
  void on(ConnectionId link, link::Client message);
  void on(ConnectionId link, const link::Closed& message);
  void on(ConnectionId link, const link::Bye& message);
  void on(ConnectionId link, const link::Measure& message);
  void on(ConnectionId link, const link::Timing& message);
  void on(ConnectionId link, const link::Levels& message);
  void on(ConnectionId link, const link::Http& message);
  void on(ConnectionId link, const link::UploadBody& message);
  void on(ConnectionId link, const link::UploadInPieces& message);
  void on(ConnectionId link, const link::UploadGone& message);
  void on(ConnectionId link, const link::Words& message);
  void on(ConnectionId link, const link::Recordings& message);
  void on(ConnectionId link, const link::ScorePage& message);
  void on(ConnectionId link, const link::TrackFile& message);
  void on(ConnectionId link, const link::Sung& message);
  void on(ConnectionId link, const link::Programme& message);
  void on(ConnectionId link, const link::Operator& message);
  void on(ConnectionId link, const link::Live& message);
  void on_link_closed(ConnectionId link);

  // A message of a client, when its turn has come.
  void hear(ConnectionId link, SessionId session, const nlohmann::json& message, const std::string& address);
  // A command that needs chance or much time first, which the room does not have: true if it is looked after here.
  [[nodiscard]] bool prepare(SessionId session, OpenRoom& open, const nlohmann::json& message);
  void command(OpenRoom& open, SessionId session, const nlohmann::json& message);
  // Lets in those who wait, as many as this tick allows.
  void let_in(ConnectionId link);
  [[nodiscard]] bool may_let_in(ConnectionId link) const;
  void acknowledge(ConnectionId link);
  // Why no more singers can be let in there; nothing if they can.
  [[nodiscard]] std::optional<Refusal> refuse_singer(ConnectionId link);
  void greet(ConnectionId link, SessionId session, const nlohmann::json& message, const std::string& address,
             bool password_fits = false);
  // What hinders her will pass: she is told, and her client comes again by itself.
  void try_later(ConnectionId link, SessionId session, const Refusal& why, const nlohmann::json& hello);
  // Nothing wrong may also mean that a password is being looked at: then she is heard again.
  [[nodiscard]] tl::expected<void, Refusal> admit(ConnectionId link, SessionId session, const nlohmann::json& message,
                                                  const std::string& address, bool password_fits);
  [[nodiscard]] tl::expected<void, Refusal> check_password(ConnectionId link, SessionId session, const nlohmann::json& hello,
                                                           const std::string& address, const Room& room);
  void check_next_password();
  void password_checked(bool fits);  // the first one's
  void attach(ConnectionId link, const link::Present& present);
  void reply(ConnectionId link, uint64_t request, const ApiAnswer& answer);
  void send(ConnectionId link, SessionId session, nlohmann::json message);
  void expel(ConnectionId link, SessionId session, int code, std::string reason);
  [[nodiscard]] link::Counts counts();
  // What a client was refused: `error` has its code.
  void count_error(const nlohmann::json& error);

  void tick();
  void finish();  // the end of a turn: commits, then sends
  void apply(OpenRoom& open, const Effects& effects);
  void carry_out(OpenRoom& open, const effect::ToSession& to);
  void carry_out(OpenRoom& open, const effect::ToRoom& to);
  void carry_out(OpenRoom& open, const effect::Admit& admitted);
  void carry_out(OpenRoom& open, const effect::Expel& expelled);
  void carry_out(OpenRoom& open, const effect::SavePerson& save);
  void carry_out(OpenRoom& open, const effect::SaveLine& save);
  void carry_out(OpenRoom& open, const effect::DropLine& dropped);
  void carry_out(OpenRoom& open, const effect::SaveRoom& save);
  void carry_out(OpenRoom& open, const effect::DeleteTrack& removed);
  void carry_out(OpenRoom& open, const effect::SaveSheet& save);
  void carry_out(OpenRoom& open, const effect::DeleteSheet& removed);
  void carry_out(OpenRoom& open, const effect::DeleteScore& removed);
  void carry_out(OpenRoom& open, const effect::SaveMark& save);
  void carry_out(OpenRoom& open, const effect::ForgetMarks&);
  void carry_out(OpenRoom& open, const effect::SaveSung& save);
  void carry_out(OpenRoom& open, const effect::DropSung& dropped);
  void carry_out(OpenRoom& open, const effect::SongOver& over);
  void carry_out(OpenRoom& open, const effect::Publish& publish);
  void carry_out(OpenRoom& open, const effect::SaveKey& saved);
  void carry_out(OpenRoom& open, const effect::RecordSong& recorded);
  void carry_out(OpenRoom& open, const effect::DeleteRecording& deleted);
  void carry_out(OpenRoom& open, const effect::MixAgain& again);
  void carry_out(OpenRoom& open, const effect::DeleteRoom& deleted);
  void tell_of_recordings(const std::string& room, const control::Recordings& news);
  void tell_of_empty_recording(const std::string& room);
  // Of those that their organisers or the operator gave up.
  void delete_rooms();
  void delete_stored_room(const std::string& room);
  // Rooms that nobody has used for `forget_room_days`.
  void forget_rooms();
  void to_room(const OpenRoom& open, const nlohmann::json& message);
  void tell_news(OpenRoom& open);
  void send_to(const effect::ToSession& to);
  // Stores what waits. While the database does not take it, those whom it concerns are told.
  void store_what_waits();
  void add_session(OpenRoom& open, SessionId session, ConnectionId link);
  void remove_session(SessionId session);
  void touch_people();
  void collect_blobs();
  [[nodiscard]] Moment now() const;
  [[nodiscard]] static int64_t unix_now();
  void on_unread(ConnectionId link);

  static constexpr uint64_t kTickMs = 50;
  static constexpr int64_t kDayS = 86'400;

  const Config& config_;
  const Segment& segment_;
  Timeline timeline_;
  Store store_;
  Tokens tokens_;
  Rooms rooms_;
  LivePasses live_passes_;
  Uploads uploads_;
  Uploads score_uploads_;
  Uploads programme_uploads_;
  ProgrammeArrivals arrivals_;
  RobotChoirs robots_;
  Api api_;
  UploadApi upload_api_;
  WordsApi words_api_;
  SongRecordings recordings_;
  RecordingsApi recordings_api_;
  ScoreApi score_api_;
  TrackApi track_api_;
  SungApi sung_api_;
  ProgrammeApi programme_api_;
  Passwords passwords_;
  ProgramApi program_api_;
  OperatorApi operator_api_;
  DoorKeeper door_keeper_;
  ControlServer control_;
  UvHandle<uv_timer_t> timer_;
  std::unordered_map<ConnectionId, ShardLink> shards_;
  std::set<int> missed_word_;                     // shards that did not read what was said to them: their sessions begin anew
  std::set<int> turned_away_;                     // shards of another version, of which the log knows
  std::unordered_map<ConnectionId, int> let_in_;  // in this tick
  std::set<std::string> with_news_;               // rooms
  std::unordered_map<SessionId, Session> sessions_;
  std::deque<AtTheDoor> passwords_to_check_;                 // the first one is being looked at
  std::unordered_map<SessionId, ConnectionId> at_the_door_;  // those of them who are still there
  std::map<std::string, const char*> given_up_;              // rooms to delete at the end of this turn, and what is said of it
  bool store_failing_ = false;
  RateLimit refusals_told_{1, 20};         // in the log
  std::set<std::string> told_of_store_;    // rooms that know that their changes are not stored
  int64_t settle_ns_ = 0;                  // when rooms that were taken over tell who is missing; 0: done
  std::map<std::string, int64_t> errors_;  // by code, of which there are a few dozen
  int64_t touched_ns_ = 0;
  int64_t looked_for_unused_ns_ = 0;
  CalendarWatch calendar_;
};

// The process body of `roundelay conductor`: runs until SIGTERM; returns the exit status. Throws std::runtime_error with a
// sentence, or StartFailure, when it cannot start.
int run_conductor(const Config& config);

}  // namespace roundelay
