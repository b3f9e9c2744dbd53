// Lead, places, roles, names, settings, tracks.
#include "tests/server/room/room_fixture.h"

namespace roundelay::room_commands_test {
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
  say(1, "lead");  // 2 stays in bucket 3, 3 comes from 4
  EXPECT_EQ(bucket(2), 3);
  EXPECT_EQ(bucket(3), 2);
  say(1, "lead");
  EXPECT_EQ(to_room("person").size(), 1u);
  EXPECT_EQ(admitted(2), std::nullopt);
}

TEST_F(RoomCommands, LeadPassesOnAndTheOldLeaderBecomesAFollower) {
  join(1);
  join(2);
  say(1, "lead");
  ASSERT_EQ(say(1, {{"type", "give_lead"}, {"to", "2"}}), "");
  EXPECT_EQ(buckets(), (std::map<PersonId, int>{{1, 2}, {2, 1}}));
  EXPECT_FALSE(admitted(1)->leader);
  EXPECT_TRUE(admitted(2)->leader);
}

TEST_F(RoomCommands, LostPeopleDoNotTakePlacesInTheDealing) {
  for (PersonId id = 1; id <= 4; ++id) join(id);
  lose(3);
  say(1, "lead");  // 2 stays in 3, 4 comes from 5 to 2
  EXPECT_EQ(bucket(2), 3);
  EXPECT_EQ(bucket(4), 2);
  EXPECT_EQ(bucket(3), 4);
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

TEST_F(RoomCommands, HowLoudItIsMayChangeWhileASongLastsAndTheLineMayNot) {
  join_organiser(1);
  join(2);
  say(2, "lead");
  say(2, "start");
  const RoomState before = room_.state();
  EXPECT_EQ(before.volume, kGlobalVolume);
  EXPECT_EQ(before.leader_boost, kLeaderBoost);
  EXPECT_EQ(say(1, {{"type", "settings"}, {"interval_ms", 500}, {"volume", 1.5}}), "song_lasts");
  EXPECT_EQ(room_.state().volume, kGlobalVolume) << "all of it or nothing";
  EXPECT_EQ(say(1, {{"type", "settings"},
                    {"automatic_gain", false},
                    {"volume", 1.5},
                    {"backing_volume", 0.5},
                    {"leader_boost_db", 0},
                    {"level_match", true}}),
            "");
  const RoomState after = room_.state();
  EXPECT_NEAR(after.volume, 1.2 * 5.623757, 1e-5) << "PARITY.md 2.2";
  EXPECT_EQ(after.leader_boost, 1.0F);
  EXPECT_EQ(after.level_match, 1u);
  EXPECT_EQ(after.automatic_gain, 0u);
  EXPECT_EQ(after.song_start, before.song_start) << "the song goes on";
  EXPECT_TRUE(room_.song_is_on(now_));
  EXPECT_EQ(all<effect::Publish>().size(), 1u);
  EXPECT_EQ(all<effect::SaveRoom>().size(), 1u);
  const json told = to_room("settings").front()["settings"];
  EXPECT_EQ(told["backing_volume"], 0.5);
  EXPECT_EQ(told["leader_boost_db"], 0.0);
  EXPECT_TRUE(after.is_usable(4096));
  EXPECT_EQ(say(1, {{"type", "settings"}, {"volume", 2}}), "");
  RoomState loudest = room_.state();
  loudest.generation = 1;
  EXPECT_TRUE(loudest.is_usable(4096));
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

// --- Leaving, and answers ------------------------------------------------------------------------------------------------

TEST_F(RoomCommands, LeavingFreesThePlaceAndTheLeadAtOnceAndIsSaid) {
  join(1);
  join(2);
  say(1, "lead");
  say(1, "start");
  ASSERT_EQ(say(1, "leave"), "");
  EXPECT_EQ(room_.find(1), nullptr);
  EXPECT_EQ(room_.leader(), std::nullopt);
  EXPECT_EQ(to_room("gone").front()["id"], "1");
  EXPECT_EQ(to_room("leader").front()["leader"], nullptr);
  EXPECT_EQ(to_room("notice").front()["message"], "P1 led and has left: any singer may stop the song now.");
  EXPECT_EQ(all<effect::Expel>().at(0).session, 101u);
  EXPECT_EQ(all<effect::Expel>().at(0).code, 1000);
  EXPECT_FALSE(all<effect::SavePerson>().at(0).present);
  ASSERT_EQ(say(2, "leave"), "");
  EXPECT_EQ(to_room("notice").front()["message"], "P2 has left.");
  EXPECT_EQ(room_.empty_since_ns(), now_.ns);
}

TEST_F(RoomCommands, WhoeverHasLeftComesBackAsANewcomerWithHerRights) {
  join_organiser(1);
  join(2);
  say(1, "leave");
  Hello back = hello(1, "Org");
  back.past.emplace();
  back.past->organiser = true;
  EXPECT_EQ(join(101, back), "");
  EXPECT_TRUE(room_.find(1)->organiser);
}

TEST_F(RoomCommands, ANumberedCommandIsAnsweredAfterWhatCameOfIt) {
  join(1);
  join(2);
  ASSERT_EQ(say(1, {{"type", "lead"}, {"id", 7}}), "");
  const auto* last = std::get_if<effect::ToSession>(&effects_.back());
  ASSERT_NE(last, nullptr);
  EXPECT_EQ(last->message,
            (json{{"type", "done"}, {"id", 7}, {"about", "lead"}, {"leader", "1"}, {"position", now_.position.samples}}));
  for (json command : {json{{"type", "track"}, {"track", nullptr}}, json{{"type", "mute"}, {"muted", true}},
                       json{{"type", "bucket"}, {"bucket", 2}}, json{{"type", "name"}, {"name", "A"}},
                       json{{"type", "settings"}, {"buckets", 4}}, json{{"type", "role"}, {"role", "singer"}},
                       json{{"type", "keep_lead"}}, json{{"type", "give_lead"}}, json{{"type", "leave"}}}) {
    command["id"] = 0;
    ASSERT_EQ(say(1, command), "") << command;
    ASSERT_EQ(to_session(101, "done").size(), 1u) << command;
    EXPECT_EQ(to_session(101, "done")[0]["about"], command["type"]);
  }
  EXPECT_NE(std::get_if<effect::Expel>(&effects_.back()), nullptr) << "leave is answered first";
}

TEST_F(RoomCommands, ARefusedCommandIsAnsweredWithItsNumber) {
  join(1);
  EXPECT_EQ(say(1, {{"type", "start"}, {"id", 8}}), "no_leader");
  EXPECT_EQ(to_session(101, "error")[0]["id"], 8);
  EXPECT_EQ(say(1, {{"type", "mute"}, {"muted", true}, {"id", "x"}}), "bad_message");
  EXPECT_FALSE(room_.find(1)->muted) << "nothing is done of a message that makes no sense";
  EXPECT_EQ(say(1, {{"type", "mute"}, {"muted", true}}), "");
  EXPECT_TRUE(to_session(101, "done").empty()) << "without a number there is no answer";
}

// --- Tracks --------------------------------------------------------------------------------------------------------------

TEST_F(RoomCommands, UploadedTrackIsShownToAllAndChosenWhereNoneIs) {
  join(1);
  effects_.clear();
  room_.add_track(track("one", 12.5), effects_);
  EXPECT_EQ(to_room("tracks").front()["tracks"],
            json::array({{{"id", "one"}, {"name", "one.wav"}, {"seconds", 12.5}, {"channels", 2}, {"loudness", -16.25}}}));
  EXPECT_EQ(to_room("tracks").front()["track"], "one");
  EXPECT_EQ(to_room("notice").front()["message"], "P1 added “one.wav”: it is chosen for the next song.");
  EXPECT_EQ(all<effect::SaveRoom>().size(), 1u);
}

TEST_F(RoomCommands, UploadOfLeaderOrOrganiserTakesThePlaceOfTheChosenTrackAndNobodyElses) {
  join(1);
  join(2);
  join_organiser(3);
  say(1, "lead");
  const auto upload = [&](const char* id, PersonId by) {
    effects_.clear();
    room_.add_track(track(id, 10, by), effects_);
    return *room_.chosen_track();
  };
  EXPECT_EQ(upload("first", 2), "first");
  EXPECT_EQ(upload("second", 2), "first");
  EXPECT_EQ(to_room("notice").front()["message"], "P2 added “second.wav”.");
  EXPECT_EQ(upload("third", 1), "third") << "the leader's";
  EXPECT_EQ(upload("fourth", 3), "fourth") << "the organiser's";
  EXPECT_EQ(upload("fifth", 77), "fourth") << "of somebody who has left";
}

TEST_F(RoomCommands, LeaderOrOrganiserChoosesTheTrack) {
  join(1);
  join_organiser(2);
  for (const char* id : {"one", "other"}) room_.add_track(track(id), effects_);
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
}  // namespace roundelay::room_commands_test
