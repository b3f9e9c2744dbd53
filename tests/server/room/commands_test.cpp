// Who may say what, and when: every pair of who and command, in each state of a room, against a table that is written out here.
#include "server/room/commands.h"

#include <array>
#include <set>

#include "tests/server/room/room_fixture.h"

namespace roundelay {
namespace {

using nlohmann::json;

constexpr PersonId kOrganiser = 1, kLeader = 2, kSinger = 3, kListener = 4;
constexpr std::array kWho = {kOrganiser, kLeader, kSinger, kListener};

// The codes that organiser, leader, singer and listener are refused with; "": allowed, "-": not there to say it.
struct Row {
  json command;
  std::array<const char*, 4> codes;
};

const char* const kOk = "";
const char* const kNo = "not_allowed";
const char* const kAway = "-";

const json kLead = {{"type", "lead"}}, kGiveLead = {{"type", "give_lead"}, {"to", "3"}}, kKeepLead = {{"type", "keep_lead"}},
           kTrack = {{"type", "track"}, {"track", nullptr}}, kStart = {{"type", "start"}}, kStop = {{"type", "stop"}},
           kBucket = {{"type", "bucket"}, {"bucket", 3}}, kMute = {{"type", "mute"}, {"muted", true}},
           kRole = {{"type", "role"}, {"role", "listener"}}, kName = {{"type", "name"}, {"name", "Eve"}},
           kSettings = {{"type", "settings"}, {"buckets", 4}}, kDeleteTrack = {{"type", "delete_track"}, {"track", "hers"}},
           kLeave = {{"type", "leave"}}, kHello = {{"type", "hello"}}, kDance = {{"type", "dance"}};

const Row kBetweenSongs[] = {
    {kLead, {kOk, kOk, kOk, kNo}},
    {kGiveLead, {kNo, kOk, kNo, kNo}},
    {kKeepLead, {kNo, kOk, kNo, kNo}},
    {kTrack, {kOk, kOk, kNo, kNo}},
    {kStart, {kNo, kOk, kNo, kNo}},
    {kStop, {"no_song", "no_song", "no_song", "no_song"}},
    {kBucket, {kOk, kOk, kOk, kOk}},
    {kMute, {kOk, kOk, kOk, kOk}},
    {kRole, {kOk, kOk, kOk, kOk}},
    {kName, {kOk, kOk, kOk, kOk}},
    {kSettings, {kOk, kOk, kNo, kNo}},
    {kDeleteTrack, {kOk, kNo, kOk, kNo}},  // the singer uploaded it
    {kLeave, {kOk, kOk, kOk, kOk}},
    {kHello, {"bad_message", "bad_message", "bad_message", "bad_message"}},
    {kDance, {"unknown_type", "unknown_type", "unknown_type", "unknown_type"}},
};

const Row kInASong[] = {
    {kLead, {kOk, kOk, kOk, kNo}},
    {kGiveLead, {kNo, "song_lasts", kNo, kNo}},
    {kKeepLead, {kNo, kOk, kNo, kNo}},
    {kTrack, {kOk, kOk, kNo, kNo}},
    {kStart, {kNo, kOk, kNo, kNo}},
    {kStop, {kOk, kOk, kNo, kNo}},
    {kBucket, {kOk, kOk, kOk, kOk}},
    {kMute, {kOk, kOk, kOk, kOk}},
    {kRole, {kOk, "song_lasts", kOk, kOk}},
    {kName, {kOk, kOk, kOk, kOk}},
    {kSettings, {"song_lasts", "song_lasts", kNo, kNo}},
    {kDeleteTrack, {kOk, kNo, kOk, kNo}},
    {kLeave, {kOk, kOk, kOk, kOk}},
};

const Row kInASongWhoseLeaderIsLost[] = {
    {kLead, {kOk, kAway, kOk, kNo}},
    {kGiveLead, {kNo, kAway, kNo, kNo}},
    {kKeepLead, {kNo, kAway, kNo, kNo}},
    {kTrack, {kOk, kAway, kNo, kNo}},
    {kStart, {kNo, kAway, kNo, kNo}},
    {kStop, {kOk, kAway, kOk, kNo}},
    {kBucket, {kOk, kAway, kOk, kOk}},
    {kMute, {kOk, kAway, kOk, kOk}},
    {kRole, {kOk, kAway, kOk, kOk}},
    {kName, {kOk, kAway, kOk, kOk}},
    {kSettings, {"song_lasts", kAway, kNo, kNo}},
    {kDeleteTrack, {kOk, kAway, kOk, kNo}},
    {kLeave, {kOk, kAway, kOk, kOk}},
};

// Whoever led before is a singer like any other.
const Row kWhileNobodyLeads[] = {
    {kLead, {kOk, kOk, kOk, kNo}},
    {kGiveLead, {kNo, kNo, kNo, kNo}},
    {kKeepLead, {kNo, kNo, kNo, kNo}},
    {kTrack, {kOk, kNo, kNo, kNo}},
    {kStart, {"no_leader", "no_leader", "no_leader", "no_leader"}},
    {kStop, {"no_song", "no_song", "no_song", "no_song"}},
    {kBucket, {kOk, kOk, kOk, kOk}},
    {kMute, {kOk, kOk, kOk, kOk}},
    {kRole, {kOk, kOk, kOk, kOk}},
    {kName, {kOk, kOk, kOk, kOk}},
    {kSettings, {kOk, kNo, kNo, kNo}},
    {kDeleteTrack, {kOk, kNo, kOk, kNo}},
    {kLeave, {kOk, kOk, kOk, kOk}},
};

class WhoMayWhat : public RoomTest {
 protected:
  void people() {
    rebuild({});
    join_organiser(kOrganiser);
    join(kLeader);
    join(kSinger);
    join(kListener, Role::kListener);
    room_.add_track(track("hers", 10, kSinger), effects_);
    ASSERT_EQ(say(kLeader, kLead), "");
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
          EXPECT_EQ(say(kWho[i], row.command), row.codes[i]);
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
  EXPECT_EQ(sentence(kSinger, kSettings), "Only the leader or the organiser can change the room's settings.");
  EXPECT_EQ(sentence(kLeader, kDeleteTrack), "Only the organiser or who uploaded a track can delete it.");
  EXPECT_EQ(sentence(kSinger, kHello), "You are in the room already; hello is only the first message.");
  EXPECT_EQ(sentence(kSinger, kDance), "There is no message of this type.");
  say(kLeader, kStart);
  EXPECT_EQ(sentence(kLeader, kGiveLead), "The lead can be given away when the song is over everywhere.");
  EXPECT_EQ(sentence(kSinger, kStop), "Only the leader or the organiser can stop the song.");
  EXPECT_EQ(sentence(kLeader, kSettings), "The settings can be changed when the song is over everywhere.");
  say(kLeader, kLeave);
  EXPECT_EQ(sentence(kSinger, kStart), "Nobody leads yet: somebody has to take the lead first.");
}

TEST_F(WhoMayWhat, WhoMayNotIsToldSoWhateverElseIsWrong) {
  people();
  EXPECT_EQ(say(kSinger, {{"type", "track"}, {"track", 7}}), kNo);
  EXPECT_EQ(say(kSinger, {{"type", "settings"}, {"buckets", 99}}), kNo);
  EXPECT_EQ(say(kListener, {{"type", "delete_track"}, {"track", "nobody's"}}), "no_track");
}

}  // namespace
}  // namespace roundelay
