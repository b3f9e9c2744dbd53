// Lead, places, roles, names, settings, tracks.
#include "tests/server/conductor/room_fixture.h"

namespace roundelay {
namespace {

using nlohmann::json;

class RoomCommands : public RoomTest {};

TEST_F(RoomCommands, UnknownAndMisplacedMessagesAreAnswered) {
  join(1);
  EXPECT_EQ(say(1, "dance"), "unknown_type");
  EXPECT_EQ(say(1, "hello"), "bad_message");
}

TEST_F(RoomCommands, LeadDealsEveryoneBehindTheLeader) {
  for (PersonId id = 1; id <= 7; ++id) join(id);
  join(8, Role::kListener);
  ASSERT_EQ(say(4, "lead"), "");
  EXPECT_EQ(bucket(4), 1);
  std::vector<int> followers;
  for (const auto& [id, person] : room_.people().all()) {
    if (id != 4 && id != 8) followers.push_back(person.bucket);
  }
  std::sort(followers.begin(), followers.end());
  EXPECT_EQ(followers, (std::vector{2, 3, 4, 5, 6, 6}));
  EXPECT_EQ(bucket(8), 6);
  EXPECT_EQ(room_.leader(), 4u);
  EXPECT_EQ(room_.state().leader, 4u);
  EXPECT_EQ(to_room("leader").front()["leader"], "4");
  EXPECT_TRUE(admitted(4)->leader);
  EXPECT_EQ(admitted(4)->person.bucket, 1);
  EXPECT_EQ(to_room("notice").front()["message"], "P4 leads.");
}

TEST_F(RoomCommands, PeopleWhoAreNotMovedAreNotTold) {
  join(1);
  join(2);
  join(3);
  say(1, "lead");  // 2 stays in bucket 3 or moves to 2; with this dealing: 2 -> 2, 3 -> 3
  EXPECT_EQ(bucket(2), 2);
  EXPECT_EQ(bucket(3), 3);
  say(1, "lead");
  EXPECT_EQ(to_room("person").size(), 1u);
  EXPECT_EQ(admitted(2), std::nullopt);
}

TEST_F(RoomCommands, LeadPassesOnAndTheOldLeaderBecomesAFollower) {
  join(1);
  join(2);
  say(1, "lead");
  ASSERT_EQ(say(2, "lead"), "");
  EXPECT_EQ(buckets(), (std::map<PersonId, int>{{1, 2}, {2, 1}}));
  EXPECT_FALSE(admitted(1)->leader);
  EXPECT_TRUE(admitted(2)->leader);
}

TEST_F(RoomCommands, LostPeopleDoNotTakePlacesInTheDealing) {
  for (PersonId id = 1; id <= 4; ++id) join(id);
  lose(3);
  say(1, "lead");
  EXPECT_EQ(bucket(2), 2);
  EXPECT_EQ(bucket(4), 3);
  EXPECT_EQ(bucket(3), 4);
}

TEST_F(RoomCommands, LeadIsRefusedToListenersAndDuringASong) {
  join(1);
  join(2);
  join(3, Role::kListener);
  EXPECT_EQ(say(3, "lead"), "not_allowed");
  say(1, "lead");
  say(1, "start");
  EXPECT_EQ(say(2, "lead"), "song_lasts");
  EXPECT_EQ(room_.leader(), 1u);
}

TEST_F(RoomCommands, BucketMovesAtAnyTime) {
  join(1);
  join(2);
  say(1, "lead");
  say(1, "start");
  EXPECT_EQ(say(2, {{"type", "bucket"}, {"bucket", 6}}), "");
  EXPECT_EQ(admitted(2)->person.bucket, 6);
  EXPECT_EQ(to_room("person").front()["person"]["bucket"], 6);
  EXPECT_EQ(all<effect::SavePerson>().size(), 1u);
  for (const json& bad : {json(0), json(7), json("3"), json(nullptr), json(2.5)}) {
    EXPECT_EQ(say(2, {{"type", "bucket"}, {"bucket", bad}}), "bad_bucket") << bad;
  }
  EXPECT_EQ(say(2, "bucket"), "bad_bucket");
  EXPECT_EQ(bucket(2), 6);
}

TEST_F(RoomCommands, MuteRoleAndNameChangeOneself) {
  join(1);
  EXPECT_EQ(say(1, {{"type", "mute"}, {"muted", true}}), "");
  EXPECT_TRUE(admitted(1)->person.muted);
  EXPECT_EQ(say(1, {{"type", "role"}, {"role", "listener"}}), "");
  EXPECT_EQ(admitted(1)->person.role, Role::kListener);
  EXPECT_EQ(say(1, {{"type", "name"}, {"name", "  Berta "}}), "");
  EXPECT_EQ(to_room("person").front()["person"]["name"], "Berta");
  EXPECT_EQ(say(1, {{"type", "mute"}, {"muted", 1}}), "bad_message");
  EXPECT_EQ(say(1, "mute"), "bad_message");
  EXPECT_EQ(say(1, {{"type", "role"}, {"role", "king"}}), "bad_message");
  EXPECT_EQ(say(1, {{"type", "name"}, {"name", "\x01"}}), "bad_name");
  EXPECT_EQ(say(1, {{"type", "name"}}), "bad_name");
  EXPECT_EQ(room_.find(1)->name, "Berta");
}

TEST_F(RoomCommands, SameNameTwiceIsFine) {
  join(1);
  join(2);
  EXPECT_EQ(say(2, {{"type", "name"}, {"name", "P1"}}), "");
}

TEST_F(RoomCommands, LeaderWhoBecomesAListenerGivesUpTheLeadBetweenSongsOnly) {
  join(1);
  say(1, "lead");
  say(1, "start");
  EXPECT_EQ(say(1, {{"type", "role"}, {"role", "listener"}}), "song_lasts");
  say(1, {{"type", "stop"}, {"now", true}});
  live(kSecond);
  EXPECT_EQ(say(1, {{"type", "role"}, {"role", "listener"}}), "");
  EXPECT_EQ(room_.leader(), std::nullopt);
  EXPECT_FALSE(admitted(1)->leader);
}

TEST_F(RoomCommands, SettingsAreForLeaderAndOrganiser) {
  join_organiser(1);
  join(2);
  join(3);
  const json faster = {{"type", "settings"}, {"interval_ms", 500}};
  EXPECT_EQ(say(2, faster), "not_allowed");
  EXPECT_EQ(say(1, faster), "");
  EXPECT_EQ(room_.settings().interval_blocks, 25);
  EXPECT_EQ(room_.state().interval_blocks, 25);
  EXPECT_EQ(all<effect::Publish>().size(), 1u);
  EXPECT_EQ(all<effect::SaveRoom>().size(), 1u);
  EXPECT_EQ(to_room("settings").front()["settings"]["offsets"], json({0, 25, 50, 75, 100, 125}));
  say(2, "lead");
  EXPECT_EQ(say(2, {{"type", "settings"}, {"automatic_gain", false}}), "");
  EXPECT_EQ(room_.state().automatic_gain, 0u);
  EXPECT_EQ(say(2, {{"type", "settings"}, {"interval_ms", 1}}), "bad_setting");
}

TEST_F(RoomCommands, SettingsThatChangeNothingAreNotAnnounced) {
  join_organiser(1);
  EXPECT_EQ(say(1, {{"type", "settings"}, {"interval_ms", 1000}}), "");
  EXPECT_TRUE(effects_.empty());
}

TEST_F(RoomCommands, FewerBucketsMoveTheirPeopleToTheLast) {
  join_organiser(1);
  for (PersonId id = 2; id <= 5; ++id) join(id);
  ASSERT_EQ(say(1, {{"type", "settings"}, {"buckets", 3}}), "");
  EXPECT_EQ(buckets(), (std::map<PersonId, int>{{1, 2}, {2, 3}, {3, 3}, {4, 3}, {5, 3}}));
  EXPECT_EQ(admitted(5)->person.bucket, 3);
  EXPECT_EQ(admitted(2), std::nullopt);
}

TEST_F(RoomCommands, SettingsStayWhileASongLasts) {
  join_organiser(1);
  say(1, "lead");
  say(1, "start");
  EXPECT_EQ(say(1, {{"type", "settings"}, {"interval_ms", 500}}), "song_lasts");
  live(10 * kSecond);
  say(1, "stop");
  EXPECT_EQ(say(1, {{"type", "settings"}, {"interval_ms", 500}}), "song_lasts") << "later buckets hear it still";
  live(6 * kSecond);
  EXPECT_EQ(say(1, {{"type", "settings"}, {"interval_ms", 500}}), "");
}

TEST_F(RoomCommands, LargerOffsetsDoNotBringBackASongThatIsOver) {
  join_organiser(1);
  say(1, "lead");
  say(1, "start");
  live(10 * kSecond);
  say(1, "stop");
  live(6 * kSecond);
  say(1, {{"type", "settings"}, {"interval_ms", 10'000}});
  EXPECT_FALSE(room_.song_is_on(now_));
  EXPECT_EQ(room_.state().song_start, room_.state().song_end);
}

// --- Tracks --------------------------------------------------------------------------------------------------------------

TEST_F(RoomCommands, UploadedTrackIsShownToAll) {
  join(1);
  effects_.clear();
  room_.add_track(track("one", 12.5), effects_);
  EXPECT_EQ(to_room("tracks").front()["tracks"],
            json::array({{{"id", "one"}, {"name", "one.wav"}, {"seconds", 12.5}, {"channels", 2}}}));
  EXPECT_EQ(to_room("tracks").front()["track"], nullptr) << "uploading does not choose";
}

TEST_F(RoomCommands, LeaderOrOrganiserChoosesTheTrack) {
  join(1);
  join_organiser(2);
  room_.add_track(track("one"), effects_);
  EXPECT_EQ(say(1, {{"type", "track"}, {"track", "one"}}), "not_allowed");
  EXPECT_EQ(say(2, {{"type", "track"}, {"track", "one"}}), "");
  EXPECT_EQ(to_room("tracks").front()["track"], "one");
  EXPECT_EQ(all<effect::SaveRoom>().size(), 1u);
  EXPECT_EQ(say(2, {{"type", "track"}, {"track", "two"}}), "no_track");
  EXPECT_EQ(say(2, {{"type", "track"}, {"track", 1}}), "bad_message");
  EXPECT_EQ(say(2, "track"), "bad_message");
  EXPECT_EQ(room_.chosen_track(), "one");
  say(1, "lead");
  EXPECT_EQ(say(1, {{"type", "track"}, {"track", nullptr}}), "");
  EXPECT_EQ(room_.chosen_track(), std::nullopt);
}

TEST_F(RoomCommands, TrackIsDeletedByItsUploaderOrTheOrganiser) {
  join(1);
  join(2);
  join_organiser(3);
  for (const char* id : {"one", "two"}) room_.add_track(track(id), effects_);
  EXPECT_EQ(say(2, {{"type", "delete_track"}, {"track", "one"}}), "not_allowed");
  EXPECT_EQ(say(1, {{"type", "delete_track"}, {"track", "one"}}), "");
  ASSERT_EQ(all<effect::DeleteTrack>().size(), 1u);
  EXPECT_EQ(all<effect::DeleteTrack>()[0].track.id, "one");
  EXPECT_EQ(say(3, {{"type", "delete_track"}, {"track", "two"}}), "");
  EXPECT_EQ(say(3, {{"type", "delete_track"}, {"track", "two"}}), "no_track");
  EXPECT_EQ(say(3, "delete_track"), "bad_message");
  EXPECT_TRUE(room_.tracks().empty());
}

TEST_F(RoomCommands, DeletingTheChosenTrackUnchoosesIt) {
  join_organiser(1);
  room_.add_track(track("one"), effects_);
  say(1, {{"type", "track"}, {"track", "one"}});
  say(1, {{"type", "delete_track"}, {"track", "one"}});
  EXPECT_EQ(to_room("tracks").front()["track"], nullptr);
  EXPECT_EQ(all<effect::SaveRoom>().size(), 1u);
}

}  // namespace
}  // namespace roundelay
