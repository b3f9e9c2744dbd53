// Who may say what, and when: every pair of who and command, in each state of a room, against a table that is written out here.
#include "server/room/commands.h"

#include <algorithm>
#include <array>
#include <set>

#include "tests/server/room/room_fixture.h"

namespace roundelay::commands_test {
namespace {

using nlohmann::json;

constexpr PersonId kOrganiser = 1, kLeader = 2, kSinger = 3, kListener = 4, kEngineer = 5;
constexpr std::array kWho = {kOrganiser, kLeader, kSinger, kListener, kEngineer};

// The codes that organiser, leader, singer, listener and engineer (who sings) are refused with; "": allowed, "-": not there to
// say it.
struct Row {
  json command;
  std::array<const char*, 5> codes;
};

const char* const kOk = "";
const char* const kNo = "not_allowed";
const char* const kAway = "-";

const json kLead = {{"type", "lead"}}, kGiveLead = {{"type", "give_lead"}, {"to", "3"}}, kKeepLead = {{"type", "keep_lead"}},
           kTrack = {{"type", "track"}, {"track", nullptr}}, kStart = {{"type", "start"}}, kStop = {{"type", "stop"}},
           kBucket = {{"type", "bucket"}, {"bucket", 3}}, kMute = {{"type", "mute"}, {"muted", true}},
           kRole = {{"type", "role"}, {"role", "listener"}}, kName = {{"type", "name"}, {"name", "Eve"}},
           kSettings = {{"type", "settings"}, {"buckets", 4}}, kPlan = {{"type", "plan"}, {"bpm", 92.5}},
           kDeleteTrack = {{"type", "delete_track"}, {"track", "hers"}}, kPart = {{"type", "part"}, {"part", "Alto"}},
           kLoudspeaker = {{"type", "loudspeaker"}, {"open", true}}, kCorrected = {{"type", "corrected"}},
           kMutePerson = {{"type", "mute_person"}, {"person", "6"}, {"muted", true}},
           kMovePerson = {{"type", "move_person"}, {"person", "6"}, {"bucket", 4}},
           kRemovePerson = {{"type", "remove_person"}, {"person", "6"}}, kReadmit = {{"type", "readmit"}, {"person", "7"}},
           kAppoint = {{"type", "appoint"}, {"person", "6"}, {"engineer", true}}, kRoom = {{"type", "room"}, {"locked", true}},
           kPassword = {{"type", "password"}, {"password", "a hash"}}, kNewKey = {{"type", "new_key"}, {kNewKeyField, "k2"}},
           kOpenLive = {{"type", "open_live"}, {kNewKeyField, "l1"}}, kCloseLive = {{"type", "close_live"}},
           kSay = {{"type", "say"}, {"text", "Hello"}}, kAnnounce = {{"type", "announce"}, {"text", "Tea"}},
           kUnsay = {{"type", "unsay"}, {"line", "77"}}, kHand = {{"type", "hand"}, {"up", true}},
           kLowerHands = {{"type", "lower_hands"}}, kGoneAway = {{"type", "away"}, {"away", true}},
           kProgramToken = {{"type", "program_token"}, {"name", "Ritual"}, {kNewKeyField, "t2"}},
           kWords = {{"type", "words"}, {"words", "song"}},
           kRenameSheet = {{"type", "rename_sheet"}, {"sheet", "song"}, {"title", "Song"}},
           kDeleteSheet = {{"type", "delete_sheet"}, {"sheet", "song"}},
           kPutEntry = {{"type", "put_entry"}, {"entry", {{"title", "Psalm"}}}},
           kMoveEntry = {{"type", "move_entry"}, {"entry", "1"}, {"before", nullptr}},
           kRemoveEntry = {{"type", "remove_entry"}, {"entry", "1"}}, kTakeEntry = {{"type", "take_entry"}, {"entry", "1"}},
           kScore = {{"type", "score"}, {"score", nullptr}}, kDeleteScore = {{"type", "delete_score"}, {"score", "song"}},
           kMark = {{"type", "mark"}, {"mark", {{"id", "a"}, {"position", 81'600'000'000'000 + 48'000}, {"kind", "hey"}}}},
           kRevokeToken = {{"type", "revoke_token"}, {"program", "1"}}, kDeleteRoom = {{"type", "delete_room"}},
           kLeave = {{"type", "leave"}}, kHello = {{"type", "hello"}},
           kVolume = {{"type", "volume"}, {"person", "6"}, {"volume", 1.5}},
           kSolo = {{"type", "solo"}, {"person", "6"}, {"on", true}}, kConsole = {{"type", "console"}, {"open", true}},
           kListen = {{"type", "listen"}, {"to", "room"}}, kHearPart = {{"type", "hear_part"}, {"on", false}},
           kRecord = {{"type", "record"}, {"on", true}}, kLeaveOut = {{"type", "leave_out"}, {"out", true}},
           kDeleteRecording = {{"type", "delete_recording"}, {"recording", "abcdefghij-7"}},
           kMixAgain = {{"type", "mix_again"}, {"recording", "abcdefghij-7"}, {"tracks", json::array()}},
           kDance = {{"type", "dance"}};

const Row kBetweenSongs[] = {
    {kLead, {kOk, kOk, kOk, kNo, kOk}},
    {kGiveLead, {kNo, kOk, kNo, kNo, kNo}},
    {kKeepLead, {kNo, kOk, kNo, kNo, kNo}},
    {kTrack, {kOk, kOk, kNo, kNo, kNo}},
    {kStart, {kNo, kOk, kNo, kNo, kNo}},
    {kStop, {"no_song", "no_song", "no_song", "no_song", "no_song"}},
    {kBucket, {kOk, kOk, kOk, kOk, kOk}},
    {kMute, {kOk, kOk, kOk, kOk, kOk}},
    {kRole, {kOk, kOk, kOk, kOk, kOk}},
    {kName, {kOk, kOk, kOk, kOk, kOk}},
    {kSettings, {kOk, kOk, kNo, kNo, kOk}},
    {kPlan, {kOk, kOk, kNo, kNo, kNo}},
    {kTakeEntry, {kOk, kOk, kNo, kNo, kNo}},
    {kDeleteTrack, {kOk, kNo, kOk, kNo, kNo}},  // the singer uploaded it
    {kPart, {kOk, kOk, kOk, kOk, kOk}},
    {kLoudspeaker, {kOk, kOk, kOk, kOk, kOk}},
    {kCorrected, {kOk, kOk, kOk, kOk, kOk}},
    {kSay, {kOk, kOk, kOk, kOk, kOk}},
    {kAnnounce, {kOk, kOk, kNo, kNo, kOk}},
    {kUnsay, {kOk, kNo, kNo, kNo, kNo}},
    {kHand, {kOk, kOk, kOk, kOk, kOk}},
    {kLowerHands, {kOk, kOk, kNo, kNo, kNo}},
    {kGoneAway, {kOk, kOk, kOk, kOk, kOk}},
    {kMutePerson, {kOk, kNo, kNo, kNo, kOk}},
    {kMovePerson, {kOk, kNo, kNo, kNo, kOk}},
    {kRemovePerson, {kOk, kNo, kNo, kNo, kNo}},
    {kReadmit, {kOk, kNo, kNo, kNo, kNo}},
    {kAppoint, {kOk, kNo, kNo, kNo, kNo}},
    {kRoom, {kOk, kNo, kNo, kNo, kNo}},
    {kPassword, {kOk, kNo, kNo, kNo, kNo}},
    {kNewKey, {kOk, kNo, kNo, kNo, kNo}},
    {kOpenLive, {kOk, kNo, kNo, kNo, kNo}},
    {kCloseLive, {kOk, kNo, kNo, kNo, kNo}},
    {kProgramToken, {kOk, kNo, kNo, kNo, kNo}},
    {kRevokeToken, {kOk, kNo, kNo, kNo, kNo}},
    {kWords, {kOk, kOk, kNo, kNo, kNo}},
    {kPutEntry, {kOk, kOk, kNo, kNo, kNo}},
    {kMoveEntry, {kOk, kOk, kNo, kNo, kNo}},
    {kRemoveEntry, {kOk, kOk, kNo, kNo, kNo}},
    {kScore, {kOk, kOk, kNo, kNo, kNo}},
    {kRenameSheet, {kOk, kOk, kNo, kNo, kNo}},
    {kDeleteSheet, {kOk, kOk, kNo, kNo, kNo}},
    {kDeleteScore, {kOk, kOk, kNo, kNo, kNo}},
    {kMark, {"no_song", "no_song", "no_song", "no_song", "no_song"}},
    {kDeleteRoom, {kOk, kNo, kNo, kNo, kNo}},
    {kVolume, {kOk, kNo, kNo, kNo, kOk}},
    {kSolo, {kOk, kNo, kNo, kNo, kOk}},
    {kConsole, {kOk, kNo, kNo, kNo, kOk}},
    {kRecord, {kOk, kOk, kNo, kNo, kNo}},
    {kLeaveOut, {kOk, kOk, kOk, kOk, kOk}},
    {kDeleteRecording, {kOk, kNo, kNo, kNo, kNo}},
    {kMixAgain, {kOk, kNo, kNo, kNo, kOk}},
    {kListen, {kOk, kOk, kOk, kOk, kOk}},
    {kHearPart, {kOk, kOk, kOk, kOk, kOk}},
    {kLeave, {kOk, kOk, kOk, kOk, kOk}},
    {kHello, {"bad_message", "bad_message", "bad_message", "bad_message", "bad_message"}},
    {kDance, {"unknown_type", "unknown_type", "unknown_type", "unknown_type", "unknown_type"}},
};

const Row kInASong[] = {
    {kLead, {kOk, kOk, kOk, kNo, kOk}},
    {kGiveLead, {kNo, "song_lasts", kNo, kNo, kNo}},
    {kKeepLead, {kNo, kOk, kNo, kNo, kNo}},
    {kTrack, {kOk, kOk, kNo, kNo, kNo}},
    {kStart, {kNo, kOk, kNo, kNo, kNo}},
    {kStop, {kOk, kOk, kNo, kNo, kNo}},
    {kBucket, {kOk, kOk, kOk, kOk, kOk}},
    {kMute, {kOk, kOk, kOk, kOk, kOk}},
    {kRole, {kOk, "song_lasts", kOk, kOk, kOk}},
    {kName, {kOk, kOk, kOk, kOk, kOk}},
    {kSettings, {"song_lasts", "song_lasts", kNo, kNo, "song_lasts"}},
    {kPlan, {"song_lasts", "song_lasts", kNo, kNo, kNo}},
    {kTakeEntry, {"song_lasts", "song_lasts", kNo, kNo, kNo}},
    {kDeleteTrack, {kOk, kNo, kOk, kNo, kNo}},
    {kPart, {kOk, kOk, kOk, kOk, kOk}},
    {kLoudspeaker, {kOk, kOk, kOk, kOk, kOk}},
    {kCorrected, {kOk, kOk, kOk, kOk, kOk}},
    {kSay, {kOk, kOk, kOk, kOk, kOk}},
    {kAnnounce, {kOk, kOk, kNo, kNo, kOk}},
    {kUnsay, {kOk, kNo, kNo, kNo, kNo}},
    {kHand, {kOk, kOk, kOk, kOk, kOk}},
    {kLowerHands, {kOk, kOk, kNo, kNo, kNo}},
    {kGoneAway, {kOk, kOk, kOk, kOk, kOk}},
    {kMutePerson, {kOk, kNo, kNo, kNo, kOk}},
    {kMovePerson, {"song_lasts", kNo, kNo, kNo, "song_lasts"}},
    {kRemovePerson, {kOk, kNo, kNo, kNo, kNo}},
    {kReadmit, {kOk, kNo, kNo, kNo, kNo}},
    {kAppoint, {kOk, kNo, kNo, kNo, kNo}},
    {kRoom, {kOk, kNo, kNo, kNo, kNo}},
    {kPassword, {kOk, kNo, kNo, kNo, kNo}},
    {kNewKey, {kOk, kNo, kNo, kNo, kNo}},
    {kOpenLive, {kOk, kNo, kNo, kNo, kNo}},
    {kCloseLive, {kOk, kNo, kNo, kNo, kNo}},
    {kProgramToken, {kOk, kNo, kNo, kNo, kNo}},
    {kRevokeToken, {kOk, kNo, kNo, kNo, kNo}},
    {kWords, {kOk, kOk, kNo, kNo, kNo}},
    {kPutEntry, {kOk, kOk, kNo, kNo, kNo}},
    {kMoveEntry, {kOk, kOk, kNo, kNo, kNo}},
    {kRemoveEntry, {kOk, kOk, kNo, kNo, kNo}},
    {kScore, {kOk, kOk, kNo, kNo, kNo}},
    {kRenameSheet, {kOk, kOk, kNo, kNo, kNo}},
    {kDeleteSheet, {"song_lasts", "song_lasts", kNo, kNo, kNo}},
    {kDeleteScore, {"song_lasts", "song_lasts", kNo, kNo, kNo}},
    {kMark, {kOk, kOk, kNo, kNo, kNo}},
    {kDeleteRoom, {"song_lasts", kNo, kNo, kNo, kNo}},
    {kVolume, {kOk, kNo, kNo, kNo, kOk}},
    {kSolo, {kOk, kNo, kNo, kNo, kOk}},
    {kConsole, {kOk, kNo, kNo, kNo, kOk}},
    {kRecord, {kOk, kOk, kNo, kNo, kNo}},
    {kLeaveOut, {kOk, kOk, kOk, kOk, kOk}},
    {kDeleteRecording, {kOk, kNo, kNo, kNo, kNo}},
    {kMixAgain, {kOk, kNo, kNo, kNo, kOk}},
    {kListen, {kOk, kOk, kOk, kOk, kOk}},
    {kHearPart, {kOk, kOk, kOk, kOk, kOk}},
    {kLeave, {kOk, kOk, kOk, kOk, kOk}},
};

const Row kInASongWhoseLeaderIsLost[] = {
    {kLead, {kOk, kAway, kOk, kNo, kOk}},
    {kGiveLead, {kNo, kAway, kNo, kNo, kNo}},
    {kKeepLead, {kNo, kAway, kNo, kNo, kNo}},
    {kTrack, {kOk, kAway, kNo, kNo, kNo}},
    {kStart, {kNo, kAway, kNo, kNo, kNo}},
    {kStop, {kOk, kAway, kOk, kNo, kOk}},
    {kBucket, {kOk, kAway, kOk, kOk, kOk}},
    {kMute, {kOk, kAway, kOk, kOk, kOk}},
    {kRole, {kOk, kAway, kOk, kOk, kOk}},
    {kName, {kOk, kAway, kOk, kOk, kOk}},
    {kSettings, {"song_lasts", kAway, kNo, kNo, "song_lasts"}},
    {kPlan, {"song_lasts", kAway, kNo, kNo, kNo}},
    {kTakeEntry, {"song_lasts", kAway, kNo, kNo, kNo}},
    {kDeleteTrack, {kOk, kAway, kOk, kNo, kNo}},
    {kPart, {kOk, kAway, kOk, kOk, kOk}},
    {kLoudspeaker, {kOk, kAway, kOk, kOk, kOk}},
    {kCorrected, {kOk, kAway, kOk, kOk, kOk}},
    {kSay, {kOk, kAway, kOk, kOk, kOk}},
    {kAnnounce, {kOk, kAway, kNo, kNo, kOk}},
    {kUnsay, {kOk, kAway, kNo, kNo, kNo}},
    {kHand, {kOk, kAway, kOk, kOk, kOk}},
    {kLowerHands, {kOk, kAway, kNo, kNo, kNo}},
    {kGoneAway, {kOk, kAway, kOk, kOk, kOk}},
    {kMutePerson, {kOk, kAway, kNo, kNo, kOk}},
    {kMovePerson, {"song_lasts", kAway, kNo, kNo, "song_lasts"}},
    {kRemovePerson, {kOk, kAway, kNo, kNo, kNo}},
    {kReadmit, {kOk, kAway, kNo, kNo, kNo}},
    {kAppoint, {kOk, kAway, kNo, kNo, kNo}},
    {kRoom, {kOk, kAway, kNo, kNo, kNo}},
    {kPassword, {kOk, kAway, kNo, kNo, kNo}},
    {kNewKey, {kOk, kAway, kNo, kNo, kNo}},
    {kOpenLive, {kOk, kAway, kNo, kNo, kNo}},
    {kCloseLive, {kOk, kAway, kNo, kNo, kNo}},
    {kProgramToken, {kOk, kAway, kNo, kNo, kNo}},
    {kRevokeToken, {kOk, kAway, kNo, kNo, kNo}},
    {kWords, {kOk, kAway, kNo, kNo, kNo}},
    {kPutEntry, {kOk, kAway, kNo, kNo, kNo}},
    {kMoveEntry, {kOk, kAway, kNo, kNo, kNo}},
    {kRemoveEntry, {kOk, kAway, kNo, kNo, kNo}},
    {kScore, {kOk, kAway, kNo, kNo, kNo}},
    {kRenameSheet, {kOk, kAway, kNo, kNo, kNo}},
    {kDeleteSheet, {"song_lasts", kAway, kNo, kNo, kNo}},
    {kDeleteScore, {"song_lasts", kAway, kNo, kNo, kNo}},
    {kMark, {kOk, kAway, kNo, kNo, kNo}},
    {kDeleteRoom, {"song_lasts", kAway, kNo, kNo, kNo}},
    {kVolume, {kOk, kAway, kNo, kNo, kOk}},
    {kSolo, {kOk, kAway, kNo, kNo, kOk}},
    {kConsole, {kOk, kAway, kNo, kNo, kOk}},
    {kRecord, {kOk, kAway, kNo, kNo, kNo}},
    {kLeaveOut, {kOk, kAway, kOk, kOk, kOk}},
    {kDeleteRecording, {kOk, kAway, kNo, kNo, kNo}},
    {kMixAgain, {kOk, kAway, kNo, kNo, kOk}},
    {kListen, {kOk, kAway, kOk, kOk, kOk}},
    {kHearPart, {kOk, kAway, kOk, kOk, kOk}},
    {kLeave, {kOk, kAway, kOk, kOk, kOk}},
};

// Whoever led before is a singer like any other.
const Row kWhileNobodyLeads[] = {
    {kLead, {kOk, kOk, kOk, kNo, kOk}},
    {kGiveLead, {kNo, kNo, kNo, kNo, kNo}},
    {kKeepLead, {kNo, kNo, kNo, kNo, kNo}},
    {kTrack, {kOk, kNo, kNo, kNo, kNo}},
    {kStart, {"no_leader", "no_leader", "no_leader", "no_leader", "no_leader"}},
    {kStop, {"no_song", "no_song", "no_song", "no_song", "no_song"}},
    {kBucket, {kOk, kOk, kOk, kOk, kOk}},
    {kMute, {kOk, kOk, kOk, kOk, kOk}},
    {kRole, {kOk, kOk, kOk, kOk, kOk}},
    {kName, {kOk, kOk, kOk, kOk, kOk}},
    {kSettings, {kOk, kNo, kNo, kNo, kOk}},
    {kPlan, {kOk, kNo, kNo, kNo, kNo}},
    {kTakeEntry, {kOk, kNo, kNo, kNo, kNo}},
    {kDeleteTrack, {kOk, kNo, kOk, kNo, kNo}},
    {kPart, {kOk, kOk, kOk, kOk, kOk}},
    {kLoudspeaker, {kOk, kOk, kOk, kOk, kOk}},
    {kCorrected, {kOk, kOk, kOk, kOk, kOk}},
    {kSay, {kOk, kOk, kOk, kOk, kOk}},
    {kAnnounce, {kOk, kNo, kNo, kNo, kOk}},
    {kUnsay, {kOk, kNo, kNo, kNo, kNo}},
    {kHand, {kOk, kOk, kOk, kOk, kOk}},
    {kLowerHands, {kOk, kNo, kNo, kNo, kNo}},
    {kGoneAway, {kOk, kOk, kOk, kOk, kOk}},
    {kMutePerson, {kOk, kNo, kNo, kNo, kOk}},
    {kMovePerson, {kOk, kNo, kNo, kNo, kOk}},
    {kRemovePerson, {kOk, kNo, kNo, kNo, kNo}},
    {kReadmit, {kOk, kNo, kNo, kNo, kNo}},
    {kAppoint, {kOk, kNo, kNo, kNo, kNo}},
    {kRoom, {kOk, kNo, kNo, kNo, kNo}},
    {kPassword, {kOk, kNo, kNo, kNo, kNo}},
    {kNewKey, {kOk, kNo, kNo, kNo, kNo}},
    {kOpenLive, {kOk, kNo, kNo, kNo, kNo}},
    {kCloseLive, {kOk, kNo, kNo, kNo, kNo}},
    {kProgramToken, {kOk, kNo, kNo, kNo, kNo}},
    {kRevokeToken, {kOk, kNo, kNo, kNo, kNo}},
    {kWords, {kOk, kNo, kNo, kNo, kNo}},
    {kPutEntry, {kOk, kNo, kNo, kNo, kNo}},
    {kMoveEntry, {kOk, kNo, kNo, kNo, kNo}},
    {kRemoveEntry, {kOk, kNo, kNo, kNo, kNo}},
    {kScore, {kOk, kNo, kNo, kNo, kNo}},
    {kRenameSheet, {kOk, kNo, kNo, kNo, kNo}},
    {kDeleteSheet, {kOk, kNo, kNo, kNo, kNo}},
    {kDeleteScore, {kOk, kNo, kNo, kNo, kNo}},
    {kMark, {"no_song", "no_song", "no_song", "no_song", "no_song"}},
    {kDeleteRoom, {kOk, kNo, kNo, kNo, kNo}},
    {kVolume, {kOk, kNo, kNo, kNo, kOk}},
    {kSolo, {kOk, kNo, kNo, kNo, kOk}},
    {kConsole, {kOk, kNo, kNo, kNo, kOk}},
    {kRecord, {kOk, kNo, kNo, kNo, kNo}},
    {kLeaveOut, {kOk, kOk, kOk, kOk, kOk}},
    {kDeleteRecording, {kOk, kNo, kNo, kNo, kNo}},
    {kMixAgain, {kOk, kNo, kNo, kNo, kOk}},
    {kListen, {kOk, kOk, kOk, kOk, kOk}},
    {kHearPart, {kOk, kOk, kOk, kOk, kOk}},
    {kLeave, {kOk, kOk, kOk, kOk, kOk}},
};

class WhoMayWhat : public RoomTest {
 protected:
  void people() {
    rebuild({});
    join_organiser(kOrganiser);
    join(kLeader);
    join(kSinger);
    join(kListener, Role::kListener);
    join(kEngineer);
    join(6);
    join(7);
    ASSERT_EQ(say(kOrganiser, {{"type", "appoint"}, {"person", "5"}, {"engineer", true}}), "");
    ASSERT_EQ(say(kOrganiser, {{"type", "remove_person"}, {"person", "7"}}), "");
    room_.add_track(track("hers", 10, kSinger), effects_);
    room_.hold({{.id = "song", .title = "A song"}});
    ASSERT_EQ(say(kOrganiser, kPutEntry), "");
    room_.hold_scores({{.id = "song", .title = "A song"}});
    ASSERT_EQ(say(kLeader, kLead), "");
    ASSERT_EQ(say(kOrganiser, {{"type", "program_token"}, {"name", "Lights"}, {kNewKeyField, "t1"}}), "");
  }
  // Each pair in a room of its own, which `prepare` has brought into its state.
  template <typename Prepare>
  void walk(std::span<const Row> rows, const Prepare& prepare) {
    std::set<std::string> walked;
    for (const Row& row : rows) {
      walked.insert(row.command["type"]);
      for (size_t i = 0; i < kWho.size(); ++i) {
        SCOPED_TRACE(row.command.dump() + " of " + std::to_string(kWho[i]));
        people();
        prepare();
        if (row.codes[i] == kAway) {
          EXPECT_EQ(room_.find_session(100 + kWho[i]), nullptr);
        } else {
          // What she was told that she may is what she may.
          const auto rights = room_.rights_of(*room_.find(kWho[i]));
          const bool told = std::find(rights.begin(), rights.end(), row.command["type"]) != rights.end();
          const std::string code = say(kWho[i], row.command);
          EXPECT_EQ(code, row.codes[i]);
          const bool own_track = row.command["type"] == "delete_track" && kWho[i] == kSinger;
          const bool known = row.command != kHello && row.command != kDance;
          if (known && !own_track && code != "no_song" && code != "no_leader") {
            EXPECT_EQ(told, code != kNo);
          }
        }
      }
    }
    for (const Command& command : Commands::all()) EXPECT_TRUE(walked.contains(std::string(command.type))) << command.type;
  }
  std::string sentence(PersonId person, const json& command) {
    say(person, command);
    return to_session(100 + person, "error").at(0)["message"];
  }
};

TEST_F(WhoMayWhat, BetweenSongs) {
  walk(kBetweenSongs, [] {});
}

TEST_F(WhoMayWhat, InASong) {
  walk(kInASong, [this] { ASSERT_EQ(say(kLeader, kStart), ""); });
}

TEST_F(WhoMayWhat, InASongWhoseLeaderIsLost) {
  walk(kInASongWhoseLeaderIsLost, [this] {
    ASSERT_EQ(say(kLeader, kStart), "");
    lose(kLeader);
  });
}

TEST_F(WhoMayWhat, WhileNobodyLeads) {
  walk(kWhileNobodyLeads, [this] { ASSERT_EQ(say(kLeader, {{"type", "give_lead"}}), ""); });
}

TEST_F(WhoMayWhat, ASongThatARobotLeadsIsStoppedByAnySingerAndNoListener) {
  rebuild({});
  Hello robot = hello(kLeader, "Robot");
  robot.has_key = robot.robot = true;
  join(100 + kLeader, robot);
  join(kSinger);
  join(kListener, Role::kListener);
  ASSERT_EQ(say(kLeader, kLead), "");
  ASSERT_EQ(say(kLeader, kStart), "");
  EXPECT_EQ(say(kListener, kStop), kNo);
  EXPECT_EQ(say(kSinger, kStop), kOk);
}

TEST_F(WhoMayWhat, EachRefusalHasItsSentence) {
  people();
  EXPECT_EQ(sentence(kListener, kLead), "A listener cannot lead; become a singer first.");
  EXPECT_EQ(sentence(kSinger, kGiveLead), "Only the leader can give the lead away.");
  EXPECT_EQ(sentence(kSinger, kKeepLead), "Only the leader can keep the lead.");
  EXPECT_EQ(sentence(kSinger, kTrack), "Only the leader or the organiser can choose the track.");
  EXPECT_EQ(sentence(kSinger, kStart), "Only the leader can start the song.");
  EXPECT_EQ(sentence(kLeader, kStop), "There is no song to stop.");
  EXPECT_EQ(sentence(kSinger, kSettings), "Only the leader, an organiser or an engineer can change the room's settings.");
  EXPECT_EQ(sentence(kLeader, kDeleteTrack), "Only the organiser or who uploaded a track can delete it.");
  EXPECT_EQ(sentence(kSinger, kHello), "You are in the room already; hello is only the first message.");
  EXPECT_EQ(sentence(kSinger, kDance), "There is no message of this type.");
  say(kLeader, kStart);
  EXPECT_EQ(sentence(kLeader, kGiveLead), "The lead can be given away when the song is over everywhere.");
  EXPECT_EQ(sentence(kSinger, kStop), "Only the leader or the organiser can stop the song.");
  EXPECT_EQ(sentence(kLeader, kSettings), "The line can be changed when the song is over everywhere.");
  say(kLeader, kLeave);
  EXPECT_EQ(sentence(kSinger, kStart), "Nobody leads yet: somebody has to take the lead first.");
}

TEST_F(WhoMayWhat, WhoMayNotIsToldSoWhateverElseIsWrong) {
  people();
  EXPECT_EQ(say(kSinger, {{"type", "track"}, {"track", 7}}), kNo);
  EXPECT_EQ(say(kSinger, {{"type", "settings"}, {"buckets", 99}}), kNo);
  EXPECT_EQ(say(kListener, {{"type", "delete_track"}, {"track", "nobody's"}}), "no_track");
}

TEST(CommandTable, RefusesWithSentencesOfTheTable) {
  std::set<std::string_view> known;
  for (const SentenceRow& row : all_sentences()) known.insert(row.code);
  for (const Command& command : Commands::all()) {
    for (const std::string_view code : {command.to_others, command.at_other_times}) {
      EXPECT_TRUE(code.empty() || known.contains(code)) << command.type << ": " << code;
    }
  }
}

}  // namespace
}  // namespace roundelay::commands_test
