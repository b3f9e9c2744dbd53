// A room: its people, song, tracks and settings, and every rule about them (PROTOCOL.md 3).
// A pure state machine: time and randomness come in, effects come out; owned by the conductor's loop.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

#include "mixer/room_state.h"
#include "server/room/chat.h"
#include "server/room/effects.h"
#include "server/room/lateness.h"
#include "server/room/loop_estimate.h"
#include "server/room/people.h"
#include "server/room/placement.h"
#include "server/room/plan.h"
#include "server/room/programme.h"
#include "server/room/rules.h"
#include "server/room/score.h"
#include "server/room/settings.h"
#include "server/room/sheet.h"
#include "server/room/song.h"
#include "server/room/song_marks.h"
#include "server/room/timings.h"
#include "server/wire/control/refusal.h"

namespace roundelay {

namespace control {
struct Announce;
struct Appoint;
struct Away;
struct ChangePart;
struct ChangePlan;
struct ChangeRole;
struct ChangeRoom;
struct ChangeSettings;
struct ChangeVolume;
struct ChooseScore;
struct ChooseTrack;
struct Console;
struct Corrected;
struct ChooseWords;
struct CloseLive;
struct DeleteRecording;
struct DeleteRoom;
struct DeleteScore;
struct DeleteSheet;
struct DeleteTrack;
struct GiveLead;
struct Hand;
struct HearPart;
struct KeepLead;
struct Lead;
struct Leave;
struct LeaveOut;
struct Listen;
struct Listeners;
struct LiveNews;
struct Loudspeakers;
struct LowerHands;
struct MixAgain;
struct Move;
struct MoveEntry;
struct MovePerson;
struct Mute;
struct MutePerson;
struct OpenLoudspeaker;
struct Programs;
struct PutEntry;
struct Readmit;
struct Record;
struct RemoveEntry;
struct RemovePerson;
struct Removed;
struct Rename;
struct RenameSheet;
struct RevokeToken;
struct RoomOrder;
struct Say;
struct Scores;
struct SetMark;
struct SetPassword;
struct Sheets;
struct Solo;
struct Song;
struct Start;
struct Stop;
struct TakeEntry;
struct Timing;
struct Tracks;
struct Unsay;
struct WatchConsole;
struct Welcome;
}  // namespace control

// One moment on both clocks.
struct Moment {
  int64_t ns = 0;  // monotonic
  Position position;
};

struct RoomLimits {
  int max_singers = 1'000;
  int max_listeners = 20'000;
  int least_interval_ms = 200;  // of an automatic interval
  uint32_t lane_blocks = kLaneBlocks;
  // Of the ring without a round.
  [[nodiscard]] uint32_t line_blocks() const { return std::min(lane_blocks, kLineBlocks); }
  Blocks lead_in{75};
  int64_t forget_person_ns = 120'000'000'000;
  // Sees to it that there is memory for a song with rings of so many blocks; false: there is none left.
  std::function<bool(uint32_t ring_blocks)> reserve = [](uint32_t) { return true; };
  // The same for the solo mix of a song.
  std::function<bool(uint32_t ring_blocks)> reserve_solo = [](uint32_t) { return true; };
  // The same for a part that somebody hears louder, from 0.
  std::function<bool(int part, uint32_t ring_blocks)> reserve_part = [](int, uint32_t) { return true; };
};

// What a shard measured of a singer in a fifth of a second (link/levels.h).
struct LevelReport {
  SessionId session = 0;
  double peak_db = 0;
  double level_db = 0;
  double after_db = 0;
  std::optional<double> noise_db;
  int64_t clips = 0;
};

// What a checked `hello` asks for, and what was found out about who says it.
struct Hello {
  std::string name;
  Role role = Role::kSinger;
  std::optional<int> bucket;
  bool robot = false;
  bool has_key = false;             // the organiser's key fitted
  PersonId person = 0;              // by the token, or new
  std::string token;                // for her next connection
  std::optional<std::string> part;  // the voice part that she sings; none: as it was
  int64_t token_issued_s = 0;       // Unix time; 0: she has none
  std::optional<int64_t> request;   // the number by which she wants it answered
  std::optional<Person> past;       // what was stored of her, if she was here before: offices and mutes outlive the place
};

// A command as the conductor hands it to the room: what needs chance or much time was done already.
inline constexpr const char* kNewKeyField = "new_key";  // a fresh key for `new_key`, a token for `program_token`, ...

struct Command;
enum class Who;

class Room {
 public:
  // What a command was answered with: fields of its `done` (or null), or why it was refused.
  using Answer = tl::expected<nlohmann::json, Refusal>;

  Room(std::string id, std::string name, RoomSettings settings, std::vector<Track> tracks,
       std::optional<std::string> chosen_track, const RoomLimits& limits, RandomBelow random, int64_t now_ns);

  // Others hold from now on. Nobody who is here has to go.
  void set_limits(RoomLimits limits) { limits_ = std::move(limits); }
  // Takes settings, song and leader from shared memory, when the conductor was started again. Until settle() nobody is told who
  // is connected again, so that a restart is not heard of.
  void adopt(const RoomState& state, Moment now);
  void settle(Moment now, Effects& out);
  // Somebody who had a place before the conductor started; her connection counts as lost now.
  void restore(Person person, Moment now);
  // What was stored: songs are counted on from there, and whoever led leads again if she has her place.
  void resume(uint32_t last_song, std::optional<PersonId> leader);
  // How it is kept, and who was removed.
  void keep(RoomRules rules, std::map<PersonId, std::string> removed);
  // What was planned for the next song before it was closed.
  void plan_next(Plan plan) { plan_ = std::move(plan); }
  void keep_programme(Programme programme) { programme_ = std::move(programme); }
  // What was said before; the oldest first.
  void keep_chat(std::vector<ChatLine> lines) { chat_.restore(std::move(lines)); }
  // The words that it has: after plan_next.
  void hold(std::vector<Sheet> sheets);
  // The scores that it has: likewise.
  void hold_scores(std::vector<Score> scores);
  // The marks of the song of this number, after adopt().
  void keep_marks(uint32_t song, std::vector<control::Mark> marks);
  // A session that a shard has already admitted. An unknown person is taken in as the shard says.
  void attach(SessionId session, Person facts, Moment now, Effects& out);

  [[nodiscard]] tl::expected<void, Refusal> join(SessionId session, const Hello& hello, Moment now, Effects& out);
  // The websocket is gone, its place is kept.
  void lose(SessionId session, Moment now, Effects& out);
  // Any message but hello of an admitted session.
  void command(SessionId session, const nlohmann::json& message, Moment now, Effects& out);
  // The same of another program that keeps the room.
  Answer command_of_program(const Program& program, const nlohmann::json& message, Moment now, Effects& out);
  // The room as those programs see it.
  [[nodiscard]] nlohmann::json shown_to_programs(Moment now) const;
  // What a shard measured of an admitted singer.
  void measured(SessionId session, const LoopReport& report, Moment now);
  // A singer was so late in a song, as a shard found: below 0 early.
  void timed(SessionId session, uint32_t song, int late_ms, Effects& out);
  // How loud singers are: told to those who have the console open.
  void levels(const std::vector<LevelReport>& reports, Effects& out) const;
  // The server is about to end: songs go on, none begins. Those who are here are told, once.
  void no_more_songs(Effects& out);
  // Somebody sings or hears one to its end.
  [[nodiscard]] bool song_is_heard(Moment now) const { return song_is_on(now) && people_.connected_humans() > 0; }
  // So many hear it by its live link.
  void live_players(int players, Moment now, Effects& out);
  // What comes by time alone: songs that are over, starts that waited, people to forget. At least every 100 ms.
  void tick(Moment now, Effects& out);
  // Shards may still add to this song's recording.
  [[nodiscard]] bool recording_lasts(uint32_t song, Moment now) const;
  // The disk takes no recording at the moment, or does again.
  void recording_trouble(bool trouble, Moment now, Effects& out);
  // A message about recordings, to all who may hear them.
  void tell_of_recordings(const nlohmann::json& message, Effects& out) const;
  // A recording is empty, and goes.
  void nothing_recorded(Effects& out) const;
  [[nodiscard]] bool may_hear_recordings(const Person& person) const { return rules_.recordings_for_all || person.organiser; }
  // An upload was stored.
  void add_track(Track track, Effects& out);
  void add_score(Score score, Effects& out);

  // A programme comes from a file or another room: what was stored for it, then its songs, each of which fits. Nobody is told
  // before tell_carried(), and nothing is chosen.
  void carry_track(Track track) { tracks_.push_back(std::move(track)); }
  void carry_score(Score score) { scores_.push_back(std::move(score)); }
  void carry_sheet(Sheet sheet) { sheets_.push_back(std::move(sheet)); }
  void carry_song(control::ProgrammeEntry song) { programme_.add(std::move(song)); }
  void tell_carried(Effects& out);

  // Words were stored, new ones or others in the place of those of this id. New ones are chosen.
  void put_sheet(Sheet sheet, Effects& out);
  // When the lines of a sheet are sung, one for each; it has so many.
  void set_times(const std::string& sheet, SheetTimes times, Effects& out);

  // Without the generation.
  [[nodiscard]] RoomState state() const;
  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] const std::string& name() const { return rules_.name; }
  [[nodiscard]] const RoomRules& rules() const { return rules_; }
  [[nodiscard]] const Plan& plan() const { return plan_; }
  [[nodiscard]] const Programme& programme() const { return programme_; }
  // Singers who come in now begin muted, but for those who look after the room.
  [[nodiscard]] bool newcomers_start_muted() const;
  // Whether she has to give the room's password to come in.
  [[nodiscard]] bool needs_password(const Hello& hello) const;
  [[nodiscard]] const RoomSettings& settings() const { return settings_; }
  [[nodiscard]] const std::vector<Track>& tracks() const { return tracks_; }
  [[nodiscard]] const std::optional<std::string>& chosen_track() const { return chosen_track_; }
  [[nodiscard]] const std::vector<Sheet>& sheets() const { return sheets_; }
  [[nodiscard]] const Sheet* find_sheet(const std::string& id) const;
  [[nodiscard]] const std::optional<std::string>& words() const { return plan_.words; }  // the chosen sheet
  [[nodiscard]] bool may_change_words(const Person& person) const;
  [[nodiscard]] const std::vector<Score>& scores() const { return scores_; }
  [[nodiscard]] const Score* find_score(const std::string& id) const;
  [[nodiscard]] bool may_change_scores(const Person& person) const;
  [[nodiscard]] bool may_prepare(const Person& person) const;  // the programme
  [[nodiscard]] const Song& song() const { return song_; }
  [[nodiscard]] std::optional<PersonId> leader() const { return leader_; }
  [[nodiscard]] std::optional<PersonId> lead_asked_by() const { return asked_ ? std::optional(asked_->by) : std::nullopt; }
  [[nodiscard]] const People& people() const { return people_; }
  [[nodiscard]] const Person* find(PersonId person) const { return people_.find(person); }
  [[nodiscard]] const Person* find_session(SessionId session) const { return people_.find_session(session); }
  [[nodiscard]] bool song_is_on(Moment now) const;
  [[nodiscard]] const std::unordered_map<PersonId, LoopEstimate>& loops() const { return loops_; }
  // Whether the table of commands lets her; whether it is the time for it is another question.
  [[nodiscard]] bool may(const Person& person, const Command& command, const nlohmann::json& message) const;
  // The types of the commands that the table lets her give, whatever the moment. `delete_track`: of any track.
  [[nodiscard]] std::vector<std::string> rights_of(const Person& person) const;
  // The interval that the people who are here now ask for, whether it is used or not.
  [[nodiscard]] int automatic_interval_blocks() const;
  // Since when nobody has had a place; nothing while somebody has.
  [[nodiscard]] std::optional<int64_t> empty_since_ns() const;

 private:
  friend class Commands;

  // May she, now? What the table of commands says (commands.h).
  [[nodiscard]] tl::expected<void, Refusal> check(const Person& by, const Command& command, const nlohmann::json& message,
                                                  Moment now) const;
  Answer carry_out(const Person& by, const nlohmann::json& message, Moment now, Effects& out);

  // Commands, when it is known that she may.
  Answer lead(const Person& by, const control::Lead&, Moment now, Effects& out);
  Answer give_lead(const Person& by, const control::GiveLead& wanted, Moment now, Effects& out);
  Answer keep_lead(const Person& by, const control::KeepLead&, Moment now, Effects& out);
  Answer choose_track(const Person& by, const control::ChooseTrack& wanted, Moment now, Effects& out);
  Answer start(const Person& by, const control::Start&, Moment now, Effects& out);
  Answer stop(const Person& by, const control::Stop& wanted, Moment now, Effects& out);
  Answer move(const Person& by, const control::Move& wanted, Moment now, Effects& out);
  Answer mute(const Person& by, const control::Mute& wanted, Moment now, Effects& out);
  Answer change_plan(const Person& by, const control::ChangePlan& wanted, Moment now, Effects& out);
  Answer change_role(const Person& by, const control::ChangeRole& wanted, Moment now, Effects& out);
  Answer rename(const Person& by, const control::Rename& wanted, Moment now, Effects& out);
  Answer change_settings(const Person& by, const control::ChangeSettings& wanted, Moment now, Effects& out);
  Answer delete_track(const Person& by, const control::DeleteTrack& wanted, Moment now, Effects& out);
  Answer choose_words(const Person& by, const control::ChooseWords& wanted, Moment now, Effects& out);
  Answer put_entry(const Person& by, const control::PutEntry& wanted, Moment now, Effects& out);
  Answer remove_entry(const Person& by, const control::RemoveEntry& wanted, Moment now, Effects& out);
  Answer move_entry(const Person& by, const control::MoveEntry& wanted, Moment now, Effects& out);
  Answer take_entry(const Person& by, const control::TakeEntry& wanted, Moment now, Effects& out);
  Answer rename_sheet(const Person& by, const control::RenameSheet& wanted, Moment now, Effects& out);
  Answer choose_score(const Person& by, const control::ChooseScore& wanted, Moment now, Effects& out);
  Answer delete_score(const Person& by, const control::DeleteScore& wanted, Moment now, Effects& out);
  Answer delete_sheet(const Person& by, const control::DeleteSheet& wanted, Moment now, Effects& out);
  Answer set_mark(const Person& by, const control::SetMark& wanted, Moment now, Effects& out);
  Answer leave(const Person& by, const control::Leave&, Moment now, Effects& out);
  Answer change_part(const Person& by, const control::ChangePart& wanted, Moment now, Effects& out);
  Answer corrected(const Person& by, const control::Corrected&, Moment now, Effects& out);
  Answer tell_loudspeaker(const Person& by, const control::OpenLoudspeaker& wanted, Moment now, Effects& out);
  Answer mute_person(const Person& by, const control::MutePerson& wanted, Moment now, Effects& out);
  Answer move_person(const Person& by, const control::MovePerson& wanted, Moment now, Effects& out);
  Answer remove_person(const Person& by, const control::RemovePerson& wanted, Moment now, Effects& out);
  Answer readmit(const Person& by, const control::Readmit& wanted, Moment now, Effects& out);
  Answer appoint(const Person& by, const control::Appoint& wanted, Moment now, Effects& out);
  Answer change_room(const Person& by, const control::ChangeRoom& wanted, Moment now, Effects& out);
  Answer set_password(const Person& by, const control::SetPassword& wanted, Moment now, Effects& out);
  Answer say(const Person& by, const control::Say& wanted, Moment now, Effects& out);
  Answer announce_to_all(const Person& by, const control::Announce& wanted, Moment now, Effects& out);
  Answer unsay(const Person& by, const control::Unsay& wanted, Moment now, Effects& out);
  Answer raise_hand(const Person& by, const control::Hand& wanted, Moment now, Effects& out);
  Answer lower_hands(const Person& by, const control::LowerHands& wanted, Moment now, Effects& out);
  Answer tell_away(const Person& by, const control::Away& wanted, Moment now, Effects& out);
  Answer make_program(const Person& by, const std::string& name, const std::string& token, Moment now, Effects& out);
  Answer revoke_token(const Person& by, const control::RevokeToken& wanted, Moment now, Effects& out);
  Answer open_live(const Person& by, const std::string& secret, Effects& out);
  Answer close_live(const Person& by, const control::CloseLive&, Moment now, Effects& out);
  Answer delete_room(const Person& by, const control::DeleteRoom&, Moment now, Effects& out);
  Answer change_volume(const Person& by, const control::ChangeVolume& wanted, Moment now, Effects& out);
  Answer solo(const Person& by, const control::Solo& wanted, Moment now, Effects& out);
  Answer listen(const Person& by, const control::Listen& wanted, Moment now, Effects& out);
  Answer hear_part(const Person& by, const control::HearPart& wanted, Moment now, Effects& out);
  Answer watch_console(const Person& by, const control::WatchConsole& wanted, Moment now, Effects& out);

  Answer record(const Person& by, const control::Record& wanted, Moment now, Effects& out);
  Answer leave_out(const Person& by, const control::LeaveOut& wanted, Moment now, Effects& out);
  Answer delete_recording(const Person& by, const control::DeleteRecording& wanted, Moment now, Effects& out);
  Answer mix_again(const Person& by, const control::MixAgain& wanted, Moment now, Effects& out);

  // This song, from now on or no more.
  void set_recording(bool on, Moment now, Effects& out);
  void recording_policy_changed(const Person& by, Moment now, Effects& out);
  // Its end, when all that it waits for has come.
  void look_after_recording(Moment now, Effects& out);
  [[nodiscard]] Position recording_end() const;
  [[nodiscard]] static Refusal server_ends();
  tl::expected<void, Refusal> begin_song(Moment now, Effects& out);
  // No song is on: the line stands where it stood before a round.
  void leave_round(Effects& out);
  // In a round nobody sings behind the last bucket whose voice comes in time to be heard again.
  void deal_round(Effects& out);
  // In a round by parts whose parts are given to voices: whoever sings one of these goes where it is sung.
  void deal_voices(Effects& out);
  // Where she sings in the song, near `bucket`.
  [[nodiscard]] int bucket_of_voice(const Person& person, int bucket) const;
  // Gives the memory of a song back when nothing of it can be asked for any more.
  void rest(Moment now, Effects& out);
  [[nodiscard]] uint32_t next_number() const;
  [[nodiscard]] static Refusal no_memory();
  // What a shard is told of her.
  [[nodiscard]] effect::Admit admission(const Person& person) const;
  // Memory for the solo mix of the song; false: none is left.
  [[nodiscard]] bool reserve_solo();
  [[nodiscard]] int solo_bucket() const;
  void look_after_console(Effects& out);
  // As shards count parts, from 0; -1: she has none.
  [[nodiscard]] int part_lane_of(const Person& person) const;
  // A bit for each part that somebody who is there wants to hear louder.
  [[nodiscard]] uint64_t wanted_parts() const;
  // Sees to the memory of what is wanted; where none is left a part is not heard louder in this song.
  void look_after_parts(Effects& out);
  void forget_part_lanes();
  void tell_console(Effects& out) const;
  [[nodiscard]] control::Console shown_console() const;
  [[nodiscard]] std::optional<int64_t> solo_offset() const;
  // A leader who is there, and no robot, is asked and decides; otherwise any singer may take the lead, or stop the song.
  [[nodiscard]] bool leader_decides() const;
  void pass_lead(PersonId leader, Effects& out);
  void change_leader(std::optional<PersonId> leader, Effects& out);  // without a word to people
  void set_leader(std::optional<PersonId> leader, Effects& out);
  void forget_asked(Effects& out);
  void look_after_asked(Moment now, Effects& out);
  [[nodiscard]] std::optional<std::string> leader_text() const;
  [[nodiscard]] std::optional<std::string> lead_asked_text() const;
  void changed(PersonId person, Effects& out);
  // To everybody, or to herself alone where listeners are not named.
  void announce(const Person& person, Effects& out) const;
  void save(PersonId person, Effects& out);
  void take_session(PersonId person, SessionId session, Effects& out);
  void name_listeners(Moment now, Effects& out);
  void tell_listeners(Moment now, Effects& out);
  void tell_loops(Moment now, Effects& out);
  Answer write_line(const Person& by, const std::string& text, bool announcement, Moment now, Effects& out);
  // To one who has come.
  void tell_history(SessionId session, Effects& out) const;
  void show_sounding(SessionId session, Effects& out) const;
  void show_live(SessionId session, const Person& to, Effects& out) const;
  void live_changed(Effects& out) const;
  void put_live(RoomState& state) const;
  void heard_level(PersonId person, double level_db, Moment now);
  void tell_sounding(Moment now, Effects& out);
  void forget_people(Moment now, Effects& out);
  void remove(const Person& person, Moment now, Effects& out);  // `person` must not be the one in people_
  // Somebody hears her from a bucket behind, or may come there: the interval must suffice for her.
  [[nodiscard]] bool is_heard(const Person& person) const;
  [[nodiscard]] int place_for(const Person& person, Moment now);
  // A singer who came into a song, when her loop time is known.
  void place_late(Moment now, Effects& out);
  // The bucket to which her part is fixed; 0: none.
  [[nodiscard]] int fixed_bucket(const Person& person) const { return rules_.bucket_of(person.part, settings_.buckets); }
  void move_fixed(Effects& out);
  void change_rules(RoomRules next, Effects& out);
  // This name, or with a number behind it where somebody else has it.
  [[nodiscard]] std::string told_apart(const std::string& name, PersonId person) const;
  // Whether who she is lets her, where it does not matter what the command says.
  [[nodiscard]] bool holds(const Person& person, Who who) const;
  [[nodiscard]] bool may_lead(const Person& person) const;
  // A bit for each kind of people (Who).
  [[nodiscard]] uint64_t rights_bits(const Person& person) const;
  // Tells those whose rights have changed.
  void tell_rights(Effects& out);
  void tell_offices(const Person& person, Effects& out) const;
  void tell_removed(Effects& out) const;
  void tell_programs(Effects& out) const;
  void tell_loudspeakers(Effects& out) const;
  // To all whom it concerns; and to her who has just come.
  void tell_timing(const Person& about, Effects& out) const;
  void tell_known_timing(SessionId session, const Person& to, Effects& out) const;
  void forget_loudspeaker(PersonId person, Effects& out);
  // A sentence for one person.
  static void tell(const Person& person, Sentence sentence, Effects& out);
  // A message for these, as far as they are there.
  void tell(const std::set<PersonId>& people, const nlohmann::json& message, Effects& out) const;
  [[nodiscard]] static Refusal was_removed();
  // Others may do less while she is there.
  [[nodiscard]] bool decides(const Person& person) const { return is_leader(person) || person.organiser || person.may_lead; }
  [[nodiscard]] bool is_leader(const Person& person) const { return leader_ == person.id; }
  [[nodiscard]] const Track* find_track(const std::string& id) const;
  [[nodiscard]] Sheet* own_sheet(const std::string& id);
  void plan_words(std::optional<std::string> words, Effects& out);
  void programme_changed(Effects& out);
  // To one who has come, or has other rights now.
  void show_programme(SessionId session, const Person& to, Effects& out) const;
  void plan_score(std::optional<std::string> score, Effects& out);
  // The leader sings this line of the chosen words at this position.
  void tap(size_t line, Position at, Effects& out);
  void forget_marks(Effects& out);
  // Some were taken away: the others have other places now.
  void save_marks_again(Effects& out);
  // What was tapped in a song is told when it is over.
  void tell_tapped(Effects& out);
  // As clients see them.
  [[nodiscard]] control::Song shown_song(Moment now) const;
  [[nodiscard]] control::Tracks shown_tracks() const;
  [[nodiscard]] control::Sheets shown_sheets() const;
  [[nodiscard]] control::Scores shown_scores() const;
  [[nodiscard]] control::Listeners shown_listeners() const;
  [[nodiscard]] control::RoomOrder shown_order() const;
  [[nodiscard]] control::Removed shown_removed() const;
  [[nodiscard]] control::Loudspeakers shown_loudspeakers() const;
  // Of everybody, or of one person.
  [[nodiscard]] control::Timing shown_timings(std::optional<PersonId> whose) const;
  [[nodiscard]] control::Programs shown_programs() const;
  [[nodiscard]] control::LiveNews shown_live(bool with_link) const;
  // All but the people.
  [[nodiscard]] control::Welcome overview(const Person& you, Moment now) const;
  [[nodiscard]] control::Person shown(const Person& person) const;
  void welcome(SessionId session, const Person& you, const Hello& hello, bool started_muted, Moment now, Effects& out) const;

  std::string id_;
  RoomRules rules_;
  RoomSettings settings_;
  std::vector<Track> tracks_;
  std::optional<std::string> chosen_track_;  // of the next song
  Plan plan_;                                // likewise
  std::vector<Sheet> sheets_;
  Programme programme_;
  std::vector<Score> scores_;
  RoomLimits limits_;
  RandomBelow random_;

  People people_;
  std::map<PersonId, std::string> removed_;             // and their names
  std::set<PersonId> to_place_;                         // came into a song and wait in the last bucket to be measured
  std::unordered_map<PersonId, uint64_t> told_rights_;  // a bit for each kind of people (Who)
  std::set<PersonId> rights_due_;                       // of whom something changed that rights depend on
  bool all_rights_due_ = false;
  std::unordered_map<PersonId, LoopEstimate> loops_;  // of singers who were measured on their present connection
  Timings timings_;
  Lateness lateness_;
  std::optional<PersonId> leader_;
  struct AskedLead {
    PersonId by;
    int64_t until_ns;  // monotonic time to which the leader may answer; 0: a song lasts
  };
  std::optional<AskedLead> asked_;  // somebody wants to lead while the leader is there
  Song song_;
  uint32_t ring_blocks_ = 0;                       // for which memory is reserved; 0: none, nothing can be sung
  bool has_solo_ = false;                          // memory for the solo mix too
  uint64_t tried_parts_ = 0, reserved_parts_ = 0;  // bit i: memory of part i was asked for in this song, and is there
  uint64_t told_parts_ = 0;                        // the shards
  int told_solo_bucket_ = 0;                       // the shards, as `told_watched_`
  bool told_watched_ = false;
  std::optional<int64_t> told_solo_offset_;  // whoever hears it
  bool ends_ = false;                        // the server does, soon
  bool song_was_on_ = false;                 // its end has not been announced yet
  SongMarks marks_;                          // of this song
  bool recording_ = false;                   // shards record what comes of it
  // The song before, whose recording lasts into this one.
  struct RecordingTail {
    uint32_t song = 0;
    Position until;
  };
  RecordingTail tail_;
  bool record_next_ = false;        // the next one is to be recorded
  bool recording_trouble_ = false;  // the disk takes nothing
  bool start_waits_ = false;        // the leader has started the next song while the last one is still being heard
  Chat chat_;
  int64_t last_hand_ms_ = 0;                        // when the last hand was raised; Unix time
  std::unordered_map<PersonId, int64_t> sounding_;  // whose voice sounds in the song, and when it did last
  std::set<PersonId> told_sounding_;
  int64_t told_sounding_ns_ = 0;
  int live_players_ = 0;  // as was told
  int64_t told_live_ns_ = 0;
  bool settled_ = true;
  bool listeners_named_ = true;  // shown one by one; otherwise only their number is told
  int told_listeners_ = 0;
  int64_t told_listeners_ns_ = 0;
  nlohmann::json told_loops_;  // what leader and organisers heard last
  int64_t told_loops_ns_ = 0;
  int64_t empty_since_ns_ = 0;  // meaningful while nobody is there
};

}  // namespace roundelay
