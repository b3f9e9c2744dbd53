// Songs: start, stop, halt, tracks that end them, and what waits for the last bucket.
#include <algorithm>
#include <cstring>

#include "tests/server/room/room_fixture.h"

namespace roundelay::room_song_test {
namespace {

using nlohmann::json;

class RoomSong : public RoomTest {
 protected:
  RoomSong() : RoomTest(reference()) {
    join(1);
    join(2);
    join(3);
    say(1, "lead");
  }
  void sing_for(int64_t ns) {
    say(1, "start");
    live(ns);
  }
};

TEST_F(RoomSong, StartIsTheLeadersAndOnTheGridAfterTheLeadIn) {
  pass(7 * kMs);
  EXPECT_EQ(say(2, "start"), "not_allowed");
  ASSERT_EQ(say(1, "start"), "");
  const Song& song = room_.song();
  EXPECT_EQ(song.number, 1u);
  EXPECT_TRUE(song.start.on_grid());
  EXPECT_EQ(song.start, grid_ceil(now_.position) + Blocks{75});
  EXPECT_EQ(song.end.samples, kNoEnd);
  EXPECT_EQ(all<effect::Publish>().size(), 1u);
  const json told = to_room("song").front()["song"];
  EXPECT_EQ(told, plain_song(1, song.start.samples, "playing"));
  EXPECT_EQ(to_room("notice").front()["message"], "P1 started a song without a track.");
  EXPECT_EQ(room_.state().song_start, song.start.samples);
  EXPECT_EQ(room_.state().ring_blocks, 2048u);  // 18 s and 5 s
}

TEST_F(RoomSong, WhatIsSungToATrackIsNotedUnlessItIsStoppedAtOnce) {
  say(1, "start");
  EXPECT_TRUE(all<effect::SaveSung>().empty()) << "without a track nobody knows what it is";
  say(1, {{"type", "stop"}, {"now", true}});
  EXPECT_TRUE(all<effect::DropSung>().empty());
  live(20 * kSecond);
  Track dona = track("one", 60);
  dona.credits = {.artist = "Traditional", .licence = "CC0-1.0"};
  dona.library_song = 7;
  room_.add_track(dona, effects_);
  say(1, {{"type", "track"}, {"track", "one"}});
  say(1, "start");
  ASSERT_EQ(all<effect::SaveSung>().size(), 1u);
  EXPECT_EQ(all<effect::SaveSung>()[0].song, 2u);
  EXPECT_EQ(all<effect::SaveSung>()[0].title, "one.wav");
  EXPECT_EQ(all<effect::SaveSung>()[0].credits, dona.credits);
  EXPECT_EQ(all<effect::SaveSung>()[0].library_song, 7);
  live(11 * kSecond);
  say(2, {{"type", "stop"}, {"now", true}});
  say(1, {{"type", "stop"}, {"now", true}});
  ASSERT_EQ(all<effect::DropSung>().size(), 1u) << "the lead-in is no music";
  EXPECT_EQ(all<effect::DropSung>()[0].song, 2u);
  live(20 * kSecond);
  say(1, "start");
  live(15 * kSecond);
  say(1, "stop");
  EXPECT_TRUE(all<effect::DropSung>().empty())
      << "she sang ten seconds of it, behind the lead-in and where she stands in the line";
}

TEST_F(RoomSong, NeedsALeader) {
  rebuild({});
  join(1);
  EXPECT_EQ(say(1, "start"), "no_leader");
}

TEST_F(RoomSong, StartIsAnsweredWithTheTime) {
  ASSERT_EQ(say(1, {{"type", "start"}, {"id", 1}}), "");
  const json done = to_session(101, "done").at(0);
  EXPECT_EQ(done["number"], 1);
  EXPECT_EQ(done["start"], room_.song().start.samples);
  EXPECT_EQ(done["waits"], false);
  EXPECT_EQ(done["position"], now_.position.samples);
}

TEST_F(RoomSong, StartingTwiceStartsOnceAndIsNoError) {
  say(1, "start");
  const Song first = room_.song();
  for (const int64_t later : {kMs, 5 * kSecond}) {
    live(later);
    EXPECT_EQ(say(1, {{"type", "start"}, {"id", 1}}), "");
    EXPECT_EQ(to_session(101, "done").at(0)["start"], first.start.samples);
    EXPECT_TRUE(to_room("song").empty());
  }
  EXPECT_EQ(room_.song().number, 1u);
}

TEST_F(RoomSong, LeadersStopEndsItWhereSheHasSungTo) {
  sing_for(20 * kSecond);
  ASSERT_EQ(say(1, "stop"), "");
  EXPECT_EQ(room_.song().end, grid_ceil(now_.position - Blocks{150}));  // she hears 3 s behind
  EXPECT_EQ(room_.state().song_end, room_.song().end.samples);
  EXPECT_EQ(to_room("song").front()["song"]["state"], "playing");
  EXPECT_EQ(to_room("song").front()["song"]["end"], room_.song().end.samples);
}

TEST_F(RoomSong, LeaderWhoMovedStopsAtHerOwnOffset) {
  sing_for(20 * kSecond);
  say(1, {{"type", "bucket"}, {"bucket", 2}});
  say(1, "stop");
  EXPECT_EQ(room_.song().end, grid_ceil(now_.position - Blocks{300}));
}

TEST_F(RoomSong, IsOverWhenTheLastBucketHasHeardTheEnd) {
  sing_for(20 * kSecond);
  say(1, "stop");
  live(14'900 * kMs);  // 18 s - 3 s
  EXPECT_TRUE(to_room("song").empty());
  EXPECT_TRUE(room_.song_is_on(now_));
  live(200 * kMs);
  ASSERT_EQ(to_room("song").size(), 1u);
  EXPECT_EQ(to_room("song")[0]["song"]["state"], "none");
  live(60 * kSecond);
  EXPECT_TRUE(to_room("song").empty()) << "said once";
}

TEST_F(RoomSong, StopBeforeTheFirstSoundIsNoSong) {
  say(1, "start");
  live(kSecond);
  ASSERT_EQ(say(1, "stop"), "");
  EXPECT_EQ(room_.song().end, room_.song().start);
  ASSERT_EQ(to_room("song").size(), 1u);
  EXPECT_EQ(to_room("song")[0]["song"]["state"], "none");
  EXPECT_EQ(say(1, "stop"), "no_song");
}

TEST_F(RoomSong, StopNowEndsItForEverybodyAtOnce) {
  sing_for(40 * kSecond);
  ASSERT_EQ(say(1, {{"type", "stop"}, {"now", true}}), "");
  EXPECT_EQ(room_.song().end, grid_floor(now_.position - Blocks{900}));
  live(50 * kMs);
  EXPECT_FALSE(room_.song_is_on(now_));
}

TEST_F(RoomSong, OrganiserHaltsAndOthersMayNot) {
  join_organiser(4);
  sing_for(40 * kSecond);
  EXPECT_EQ(say(2, "stop"), "not_allowed");
  EXPECT_EQ(say(2, {{"type", "stop"}, {"now", true}}), "not_allowed");
  EXPECT_EQ(say(1, {{"type", "stop"}, {"now", 1}}), "bad_message");
  ASSERT_EQ(say(4, "stop"), "");
  EXPECT_EQ(room_.song().end, grid_floor(now_.position - Blocks{900}));
  EXPECT_EQ(to_room("notice").front()["message"], "Org stopped the song.");
}

TEST_F(RoomSong, HaltDuringTheTailCutsItOff) {
  sing_for(40 * kSecond);
  say(1, "stop");
  const Position first_end = room_.song().end;
  live(kSecond);
  ASSERT_EQ(say(1, {{"type", "stop"}, {"now", true}}), "");
  EXPECT_LT(room_.song().end, first_end);
  EXPECT_EQ(room_.song().end, grid_floor(now_.position - Blocks{900}));
}

TEST_F(RoomSong, SecondStopOfTheLeaderChangesNothing) {
  sing_for(20 * kSecond);
  say(1, "stop");
  const Position end = room_.song().end;
  live(kSecond);
  EXPECT_EQ(say(1, "stop"), "");
  EXPECT_EQ(room_.song().end, end);
  EXPECT_TRUE(effects_.empty());
}

TEST_F(RoomSong, NothingToStopIsSaid) {
  EXPECT_EQ(say(1, "stop"), "no_song");
}

TEST_F(RoomSong, GoesOnWithoutItsLeaderAndSingersMayStopItThen) {
  sing_for(20 * kSecond);
  EXPECT_EQ(say(2, "stop"), "not_allowed") << "she is there";
  lose(1);
  EXPECT_TRUE(room_.song_is_on(now_));
  live(121 * kSecond);
  EXPECT_EQ(room_.find(1), nullptr);
  EXPECT_TRUE(room_.song_is_on(now_));
  EXPECT_EQ(say(2, "start"), "no_leader");
  join(5, Role::kListener);
  EXPECT_EQ(say(5, "stop"), "not_allowed");
  EXPECT_EQ(say(2, "stop"), "");
}

TEST_F(RoomSong, SingersMayStopItWithoutTheLeaderThoughAnOrganiserIsThere) {
  join_organiser(4);
  sing_for(20 * kSecond);
  lose(1);
  EXPECT_EQ(say(2, "stop"), "");
}

TEST_F(RoomSong, SingersMayStopWhatARobotLeads) {
  Hello robot = hello(9, "Robot");
  robot.robot = true;
  join(109, robot);
  say(1, {{"type", "give_lead"}, {"to", "9"}});
  say(9, "start");
  live(20 * kSecond);
  EXPECT_EQ(say(2, "stop"), "");
}

TEST_F(RoomSong, TrackPlaysAndItsEndEndsTheSong) {
  room_.add_track(track("one", 10), effects_);
  say(1, {{"type", "track"}, {"track", "one"}});
  say(1, "start");
  EXPECT_EQ(to_room("notice").front()["message"], "P1 started “one.wav”.");
  EXPECT_EQ(room_.song().end, room_.song().start + Blocks{500});
  EXPECT_EQ(to_room("song").front()["song"]["track"]["id"], "one");
  const RoomState state = room_.state();
  EXPECT_EQ(state.has_track, 1u);
  EXPECT_EQ(state.track[0], 0xAA);
  EXPECT_EQ(state.song_end, room_.song().end.samples);
  live(11'500 * kMs + 18 * kSecond - 100 * kMs);
  EXPECT_TRUE(to_room("song").empty());
  live(200 * kMs);
  EXPECT_EQ(to_room("song").at(0)["song"]["state"], "none");
  EXPECT_EQ(all<effect::SongOver>().size(), 1u);
}

TEST_F(RoomSong, ChoosingOrDeletingDuringASongConcernsTheNextOne) {
  room_.add_track(track("one", 100), effects_);
  say(1, {{"type", "track"}, {"track", "one"}});
  say(1, "start");
  say(1, {{"type", "delete_track"}, {"track", "one"}});
  EXPECT_TRUE(all<effect::Publish>().empty());
  EXPECT_EQ(room_.song().track->id, "one");
  EXPECT_EQ(room_.state().has_track, 1u);
  EXPECT_TRUE(all<effect::SongOver>().empty());
  say(1, {{"type", "stop"}, {"now", true}});
  live(kSecond);
  say(1, "start");
  EXPECT_EQ(room_.state().has_track, 0u);
}

TEST_F(RoomSong, NextSongWaitsUntilTheLastBucketHasHeardThisOne) {
  sing_for(20 * kSecond);
  say(1, "stop");
  const RoomState before = room_.state();
  ASSERT_EQ(say(1, {{"type", "start"}, {"id", 1}}), "");
  const json answer = to_session(101, "done").at(0);
  EXPECT_EQ(answer["number"], 2);
  EXPECT_EQ(answer["waits"], true);
  EXPECT_EQ(to_room("notice").size(), 1u);
  ASSERT_EQ(say(1, "start"), "");
  EXPECT_TRUE(to_room("notice").empty()) << "said once";
  const RoomState waiting = room_.state();
  EXPECT_EQ(std::memcmp(&before, &waiting, sizeof before), 0) << "the tail is not cut off";
  const Position old_end = room_.song().end;
  live(16 * kSecond);
  EXPECT_EQ(room_.song().number, 2u);
  EXPECT_GT(room_.song().start, old_end + Blocks{900});
  EXPECT_GE(room_.song().start.samples, answer["start"]);
  EXPECT_LE(room_.song().start.samples, answer["start"].get<int64_t>() + kSampleRate / 10);
  ASSERT_EQ(to_room("song").size(), 2u);
  EXPECT_EQ(to_room("song")[0]["song"]["state"], "none");
  EXPECT_EQ(to_room("song")[1]["song"]["number"], 2);
}

TEST_F(RoomSong, WaitingStartIsTakenBackByStopOrWhenTheLeaderIsLost) {
  sing_for(20 * kSecond);
  say(1, "stop");
  say(1, "start");
  say(1, "stop");
  live(20 * kSecond);
  EXPECT_EQ(room_.song().number, 1u);

  sing_for(20 * kSecond);
  say(1, "stop");
  say(1, "start");
  lose(1);
  live(20 * kSecond);
  EXPECT_EQ(room_.song().number, 2u);
}

TEST_F(RoomSong, NumbersCountUp) {
  for (uint32_t number = 1; number <= 3; ++number) {
    say(1, "start");
    EXPECT_EQ(room_.song().number, number);
    EXPECT_EQ(all<effect::SaveRoom>().size(), 1u) << "it is not used again";
    live(3 * kSecond);
    say(1, {{"type", "stop"}, {"now", true}});
    live(kSecond);
  }
}

TEST_F(RoomSong, NumbersCountOnAfterARestart) {
  rebuild({});
  room_.resume(41, std::nullopt);
  EXPECT_EQ(room_.state().song_number, 41u);
  EXPECT_FALSE(room_.song_is_on(now_));
  join(1);
  EXPECT_EQ(to_session(101, "welcome").at(0)["song"], plain_song(41, 0, "none"));
  say(1, "lead");
  say(1, "start");
  EXPECT_EQ(room_.song().number, 42u);
}

TEST_F(RoomSong, NumbersBeginAnewBehindTheLastOne) {
  rebuild({});
  room_.resume(UINT32_MAX - 1, std::nullopt);
  join(1);
  say(1, "lead");
  for (const uint32_t number : {UINT32_MAX, uint32_t{1}, uint32_t{2}}) {
    say(1, "start");
    EXPECT_EQ(room_.song().number, number) << "0 is no song";
    EXPECT_EQ(room_.state().song_number, number);
    live(3 * kSecond);
    say(1, {{"type", "stop"}, {"now", true}});
    live(kSecond);
  }
}

TEST_F(RoomSong, EndOfNoSongIsNull) {
  rebuild({});
  join(1);
  EXPECT_EQ(to_session(101, "welcome").at(0)["song"]["end"], nullptr);
}

TEST_F(RoomSong, NothingIsReservedBeforeTheFirstSong) {
  EXPECT_EQ(room_.state().ring_blocks, 0u);
}

TEST_F(RoomSong, IsRefusedWithASentenceWhenThereIsNoMemoryForIt) {
  uint32_t asked = 0;
  limits_.reserve = [&](uint32_t ring_blocks) {
    asked = ring_blocks;
    return false;
  };
  rebuild(reference());
  join(1);
  say(1, "lead");
  EXPECT_EQ(say(1, "start"), "server_full_songs");
  EXPECT_EQ(asked, 2048u);
  EXPECT_EQ(room_.song().number, 0u);
  EXPECT_EQ(room_.state().ring_blocks, 0u);
  EXPECT_TRUE(all<effect::Publish>().empty());
  EXPECT_TRUE(to_room("song").empty());
}

TEST_F(RoomSong, AStartThatWaitedAndIsRefusedIsToldToAll) {
  bool enough = true;
  limits_.reserve = [&](uint32_t) { return enough; };
  rebuild(reference());
  join(1);
  join(2);
  say(1, "lead");
  sing_for(20 * kSecond);
  say(1, "stop");
  pass(200 * kMs);
  ASSERT_EQ(say(1, "start"), "") << "waits for the last bucket";
  enough = false;
  live(20 * kSecond);
  EXPECT_EQ(room_.song().number, 1u);
  const auto notices = to_room("notice");
  EXPECT_TRUE(std::any_of(notices.begin(), notices.end(), [](const json& notice) {
    return notice["message"].get<std::string>().find("memory") != std::string::npos;
  }));
}

TEST_F(RoomSong, GivesItsMemoryBackWhenNoLateVoiceCanComeAnyMore) {
  sing_for(20 * kSecond);
  ASSERT_EQ(room_.state().ring_blocks, 2048u);
  say(1, "stop");
  live(15'100 * kMs);
  ASSERT_FALSE(room_.song_is_on(now_));
  live(40'500 * kMs);  // the ring is 40.96 s long
  EXPECT_EQ(room_.state().ring_blocks, 2048u);
  live(1 * kSecond);
  EXPECT_EQ(room_.state().ring_blocks, 0u);
  EXPECT_EQ(all<effect::Publish>().size(), 1u);
  say(1, "start");
  EXPECT_EQ(room_.state().ring_blocks, 2048u);
}

}  // namespace
}  // namespace roundelay::room_song_test
