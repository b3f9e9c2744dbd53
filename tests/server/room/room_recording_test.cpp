#include <gtest/gtest.h>

#include "server/base/config.h"
#include "tests/server/room/room_fixture.h"

namespace roundelay::room_recording_test {
namespace {

using nlohmann::json;

constexpr PersonId kOrganiser = 1, kAnna = 2, kBerta = 3, kListener = 4;

class RoomRecording : public RoomTest {
 protected:
  RoomRecording() : RoomTest({.interval_blocks = 50, .first_offset_blocks = 0, .buckets = 2, .automatic_gain = true}) {
    join_organiser(kOrganiser);
    join(kAnna);
    join(kBerta);
    join(kListener, Role::kListener);
    say(kAnna, "lead");
  }
  std::string record(PersonId by, bool on) { return say(by, {{"type", "record"}, {"on", on}}); }
  std::string policy(const char* policy) { return say(kOrganiser, {{"type", "room"}, {"recording", policy}}); }
  std::string start() { return say(kAnna, "start"); }
  std::string stop() { return say(kAnna, {{"type", "stop"}, {"now", true}}); }
  bool recorded() const { return room_.state().recording != 0; }
};

TEST_F(RoomRecording, ASongIsRecordedWhenSomebodyWhoMaySaidSoAndTheNextOneIsNot) {
  EXPECT_EQ(start(), "");
  EXPECT_FALSE(recorded());
  EXPECT_TRUE(all<effect::RecordSong>().empty());
  live(2 * kSecond);
  stop();
  live(3 * kSecond);
  EXPECT_EQ(record(kBerta, true), "not_allowed");
  EXPECT_EQ(record(kAnna, true), "") << "she leads";
  EXPECT_EQ(to_room("song")[0]["song"]["record_next"], true);
  EXPECT_EQ(start(), "");
  ASSERT_EQ(all<effect::RecordSong>().size(), 1u);
  EXPECT_EQ(all<effect::RecordSong>()[0].song, 2u);
  EXPECT_TRUE(recorded());
  EXPECT_EQ(to_room("song")[0]["song"]["recording"], true);
  EXPECT_FALSE(to_room("song")[0]["song"].contains("record_next"));
  live(4 * kSecond);
  stop();
  EXPECT_EQ(to_room("song")[0]["song"]["recording"], true) << "the last group still sings";
  live(2 * kSecond);
  EXPECT_TRUE(recorded()) << "late voices still come";
  EXPECT_TRUE(room_.recording_lasts(2, now_));
  live(2 * kSecond);
  EXPECT_FALSE(recorded());
  EXPECT_FALSE(room_.recording_lasts(2, now_));
  EXPECT_EQ(start(), "");
  EXPECT_FALSE(recorded());
}

TEST_F(RoomRecording, ItIsSwitchedOnAndOffInTheMiddleOfASong) {
  start();
  live(3 * kSecond);
  EXPECT_EQ(record(kOrganiser, true), "");
  EXPECT_TRUE(recorded());
  EXPECT_EQ(all<effect::RecordSong>().size(), 1u);
  EXPECT_GT(all<effect::RecordSong>()[0].start, room_.song().start);
  EXPECT_EQ(to_room("notice").size(), 1u);
  EXPECT_EQ(record(kOrganiser, true), "");
  EXPECT_TRUE(effects_.size() == 0 || all<effect::Publish>().empty()) << "nothing changed";
  EXPECT_EQ(record(kOrganiser, false), "");
  EXPECT_FALSE(recorded());
  EXPECT_TRUE(room_.recording_lasts(1, now_)) << "its files are made when the song is over";
}

TEST_F(RoomRecording, ThePolicyDecidesAndIsToldAtTheDoorAndStored) {
  EXPECT_EQ(policy("always"), "");
  EXPECT_EQ(to_room("room")[0]["room"]["recording"], "always");
  EXPECT_EQ(record(kAnna, false), "recording_always");
  start();
  EXPECT_TRUE(recorded());
  EXPECT_EQ(policy("off"), "");
  EXPECT_FALSE(recorded()) << "at once";
  EXPECT_EQ(record(kAnna, true), "recording_off");
  EXPECT_EQ(say(kOrganiser, {{"type", "room"}, {"recordings_for", "organiser"}, {"recordings_days", 7}}), "");
  const RoomRules stored = rules_from_stored(stored_rules(room_.rules()), "Choir", false);
  EXPECT_EQ(stored, room_.rules());
  EXPECT_EQ(stored.recording, RecordingPolicy::kOff);
  EXPECT_EQ(stored.recordings_days, 7);
}

TEST_F(RoomRecording, WhoLeavesHerselfOutIsKnownToTheShardAndKept) {
  EXPECT_EQ(say(kBerta, {{"type", "leave_out"}, {"out", true}}), "");
  ASSERT_TRUE(admitted(kBerta));
  EXPECT_TRUE(admitted(kBerta)->person.left_out);
  EXPECT_TRUE(all<effect::SavePerson>()[0].person.left_out);
  EXPECT_EQ(to_room("person")[0]["person"]["left_out"], true);
}

TEST_F(RoomRecording, RecordingsAreToldToThoseWhoMayHearThem) {
  effects_.clear();
  room_.tell_of_recordings({{"type", "recordings"}}, effects_);
  EXPECT_EQ(to_room("recordings").size(), 1u);
  say(kOrganiser, {{"type", "room"}, {"recordings_for", "organiser"}});
  effects_.clear();
  room_.tell_of_recordings({{"type", "recordings"}}, effects_);
  EXPECT_TRUE(to_room("recordings").empty());
  EXPECT_EQ(to_session(100 + kOrganiser, "recordings").size(), 1u);
  EXPECT_FALSE(room_.may_hear_recordings(*room_.find(kAnna)));
}

TEST_F(RoomRecording, AFullDiskIsToldWhileASongIsRecordedAndTheSongGoesOn) {
  effects_.clear();
  room_.recording_trouble(true, now_, effects_);
  EXPECT_TRUE(effects_.empty()) << "nothing is recorded";
  room_.recording_trouble(false, now_, effects_);
  record(kAnna, true);
  start();
  effects_.clear();
  room_.recording_trouble(true, now_, effects_);
  EXPECT_EQ(to_room("song")[0]["song"]["recording_trouble"], true);
  EXPECT_EQ(to_room("notice").size(), 1u);
  EXPECT_TRUE(room_.song_is_on(now_));
  room_.recording_trouble(true, now_, effects_);
  EXPECT_EQ(to_room("notice").size(), 1u) << "once";
}

TEST_F(RoomRecording, ARecordingIsDeletedByAnOrganiserButNotWhileItsSongIsRecorded) {
  record(kAnna, true);
  start();
  const std::string id = recording_id(room_.id(), room_.song().number);
  EXPECT_EQ(say(kAnna, {{"type", "delete_recording"}, {"recording", id}}), "not_allowed");
  EXPECT_EQ(say(kOrganiser, {{"type", "delete_recording"}, {"recording", id}}), "song_lasts");
  EXPECT_EQ(say(kOrganiser, {{"type", "delete_recording"}, {"recording", "abcdefghij-9"}}), "");
  EXPECT_EQ(all<effect::DeleteRecording>().size(), 1u);
}

TEST_F(RoomRecording, ItLastsIntoTheNextSongUntilItsLastVoicesHaveCome) {
  record(kAnna, true);
  start();
  const uint32_t first = room_.song().number;
  live(5'000 * kMs);
  stop();
  while (room_.song_is_on(now_)) live(50 * kMs);
  EXPECT_EQ(start(), "");
  EXPECT_NE(room_.song().number, first);
  EXPECT_FALSE(recorded()) << "nobody said that this one is recorded";
  EXPECT_TRUE(room_.recording_lasts(first, now_));
  EXPECT_FALSE(room_.recording_lasts(room_.song().number + 1, now_));
  EXPECT_EQ(say(kOrganiser, {{"type", "delete_recording"}, {"recording", recording_id(room_.id(), first)}}), "song_lasts");
  live(2'600 * kMs);
  EXPECT_FALSE(room_.recording_lasts(first, now_));
}

TEST_F(RoomRecording, AConductorThatWasStartedAgainKnowsThatTheSongIsRecorded) {
  record(kAnna, true);
  start();
  RoomState state = room_.state();
  Room next = make({});
  next.adopt(state, now_);
  EXPECT_EQ(next.state().recording, 1u);
  EXPECT_TRUE(next.recording_lasts(state.song_number, now_));
}

}  // namespace
}  // namespace roundelay::room_recording_test
