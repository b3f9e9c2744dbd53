// Who may see, hear and change the recordings of a room, through the control link, the store and a restart.
#include <ctime>
#include <filesystem>

#include "server/conductor/calendar_watch.h"
#include "tests/server/conductor/conductor_fixture.h"

namespace roundelay::recordings_api_test {
namespace {

using nlohmann::json;

class RecordingsOfRooms : public ConductorTest {
 protected:
  static json ask(ScriptedShard& shard, const std::string& room, const std::string& wish, const json& more) {
    json message = {{"op", "recordings"}, {"request", 9}, {"room", room}, {"address", "127.0.0.1"}, {"wish", wish}};
    message.update(more);
    shard.say(message);
    return shard.next("reply", [](const json& o) { return o["request"] == 9; });
  }
  // A room whose organiser has been in it; no conductor runs any more.
  struct Left {
    std::string room;
    json token;  // the organiser's
  };
  Left room_left() {
    start();
    auto one = shard(0);
    const Made made = make_room(*one);
    Left out{made.room, join(*one, 1, made.room, "Org", {{"key", made.key}})["token"]};
    one.reset();
    stop();
    return out;
  }
  // The only one that is listed.
  static json listed(ScriptedShard& shard, const Left& left) {
    return ask(shard, left.room, "list", {{"token", left.token}})["body"]["recordings"][0];
  }
  // While no conductor runs. `tries`: of making its files, before it was ready.
  void put_recording(const std::string& room, uint32_t song, int64_t began, int tries = 0) {
    Store store(config_.database());
    StoredRecording row{.room = room, .song = song, .tries = tries};
    row.shown = {.id = recording_id(room, song), .title = "Evening", .began = began, .seconds = 61};
    row.shown.state = control::RecordingState::kReady;
    row.shown.tracks.push_back({.track = "track-1", .name = "Anna", .part = "Alto", .seconds = 60});
    store.save_recording(row);
    ASSERT_TRUE(store.flush());
  }
};

TEST_F(RecordingsOfRooms, AreForThoseWhoWereInTheRoomAsItsPolicySays) {
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  const Made other = make_room(*one);
  const json organiser = join(*one, 1, made.room, "Org", {{"key", made.key}})["token"];
  const json singer = join(*one, 2, made.room, "Anna")["token"];
  const json stranger = join(*one, 3, other.room, "Ben")["token"];
  one.reset();
  stop();
  const std::time_t began = std::time(nullptr) - 200;  // younger than what a room keeps
  put_recording(made.room, 1, began);
  put_recording(made.room, 2, began + 100);
  char day[16];
  ASSERT_GT(std::strftime(day, sizeof day, "%Y-%m-%d", std::gmtime(&began)), 0u);
  start();
  one = shard(0);

  const json list = ask(*one, made.room, "list", {{"token", singer}});
  ASSERT_EQ(list["status"], 200) << list;
  EXPECT_EQ(list["body"]["name"], "Choir");
  EXPECT_EQ(list["body"]["keeps"], false);
  ASSERT_EQ(list["body"]["recordings"].size(), 2u);
  EXPECT_EQ(list["body"]["recordings"][0]["id"], made.room + "-2") << "the last one first";
  EXPECT_EQ(ask(*one, made.room, "list", {{"token", stranger}})["status"], 401);
  EXPECT_EQ(ask(*one, made.room, "list", {{"token", "nobody's"}})["status"], 401);

  // A link bears a pass, which opens files of this room and no other door.
  const json pass = list["body"]["pass"];
  const json mix = {{"pass", pass}, {"recording", made.room + "-1"}, {"file", "mix.opus"}};
  EXPECT_EQ(ask(*one, made.room, "file", mix)["body"]["name"], std::string("Evening ") + day + " (1)");
  json again = mix;
  again["file"] = "again.opus";
  EXPECT_EQ(ask(*one, made.room, "file", again)["body"]["name"], std::string("Evening ") + day + " (1) - mix 2");
  json track = mix;
  track["file"] = "track-1.opus";
  EXPECT_EQ(ask(*one, made.room, "file", track)["body"]["name"], std::string("Evening ") + day + " (1) - Anna (Alto)");
  EXPECT_EQ(ask(*one, other.room, "file", mix)["status"], 401);
  EXPECT_EQ(ask(*one, made.room, "file", {{"token", pass}, {"recording", made.room + "-1"}})["status"], 401);
  json elsewhere = mix;
  elsewhere["recording"] = other.room + "-1";
  EXPECT_EQ(ask(*one, made.room, "file", elsewhere)["status"], 404);

  const json first = {{"token", singer}, {"recording", made.room + "-1"}};
  EXPECT_EQ(ask(*one, made.room, "delete", first)["status"], 403);
  EXPECT_EQ(ask(*one, made.room, "mix_again", first)["status"], 403);
  EXPECT_EQ(ask(*one, made.room, "mix_again",
                {{"token", organiser}, {"recording", made.room + "-1"}, {"body", {{"tracks", {{{"gain_db", 1}}}}}}})["status"],
            400);

  // The policy holds for links that were given before it, too.
  join(*one, 1, made.room, "Org", {{"token", organiser}});
  one->client(1, {{"type", "room"}, {"recordings_for", "organiser"}, {"id", 4}});
  one->sent(1, "done");
  EXPECT_EQ(ask(*one, made.room, "list", {{"token", singer}})["status"], 403);
  EXPECT_EQ(ask(*one, made.room, "file", mix)["status"], 403);
  EXPECT_EQ(ask(*one, made.room, "list", {{"token", organiser}})["body"]["keeps"], true);
  // A program that keeps the room is one of them.
  one->client(1, {{"type", "program_token"}, {"name", "Ritual"}, {"id", 5}});
  const json program = one->sent(1, "done")["token"];
  const json its = ask(*one, made.room, "list", {{"token", program}})["body"];
  EXPECT_EQ(its["recordings"].size(), 2u);
  EXPECT_FALSE(its.contains("pass")) << "which would outlive its token";
  EXPECT_EQ(ask(*one, other.room, "list", {{"token", program}})["status"], 401);
  EXPECT_EQ(ask(*one, made.room, "file", {{"token", program}, {"recording", made.room + "-1"}, {"file", "mix.opus"}})["status"],
            200);
  EXPECT_EQ(ask(*one, made.room, "delete", {{"token", program}, {"recording", made.room + "-1"}})["status"], 200);
  EXPECT_EQ(ask(*one, made.room, "list", {{"token", organiser}})["body"]["recordings"].size(), 1u);
}

TEST_F(RecordingsOfRooms, AZipIsOfferedWithItsSizeAndRefusedWithASentenceWhereItIsTooLongOrTheDiskHasNoRoom) {
  const Left made = room_left();
  const json& singer = made.token;
  {
    Store store(config_.database());
    for (uint32_t song = 1; song <= 2; ++song) {
      StoredRecording row{.room = made.room, .song = song};
      row.shown = {.id = recording_id(made.room, song), .title = "Evening", .began = std::time(nullptr), .seconds = 20'000};
      row.shown.state = control::RecordingState::kReady;
      if (song == 2) row.shown.seconds = 22'000;
      for (int i = 1; i <= 2'000; ++i)
        row.shown.tracks.push_back({.track = "track-" + std::to_string(i), .name = "Anna", .part = "", .seconds = 60});
      store.save_recording(row);
    }
    ASSERT_TRUE(store.flush());
  }
  for (const char* song : {"-1", "-2"}) std::filesystem::create_directories(config_.recordings_dir() + "/" + made.room + song);
  start();
  const auto one = shard(0);
  const json list = ask(*one, made.room, "list", {{"token", singer}})["body"]["recordings"];
  EXPECT_EQ(list[1]["zip"]["state"], "none");
  EXPECT_GT(list[1]["zip"]["bytes"], int64_t{20'000} * 2'000 * 96'000);
  const json full = ask(*one, made.room, "zip", {{"token", singer}, {"recording", made.room + "-1"}});
  EXPECT_EQ(full["status"], 507);
  EXPECT_NE(full["body"]["error"]["message"].get<std::string>().find(" MB"), std::string::npos) << full;
  EXPECT_EQ(ask(*one, made.room, "zip", {{"token", singer}, {"recording", made.room + "-2"}})["status"], 413);
  EXPECT_EQ(ask(*one, made.room, "zip", {{"token", "nobody's"}, {"recording", made.room + "-1"}})["status"], 401);
  EXPECT_EQ(
      ask(*one, made.room, "track", {{"token", singer}, {"recording", made.room + "-1"}, {"body", {{"file", "x"}}}})["status"],
      400);
}

// Its worker tells in files beside the script what it is at; the one that packs lasts until it may end.
class WorkersOfRecordings : public RecordingsOfRooms {
 protected:
  WorkersOfRecordings() {
    commands_.render = {"/bin/sh", folder_.write("render.sh", R"(
      here=$(dirname "$0")
      for folder; do :; done
      if [ -e "$folder/mix-again.json" ]; then
        cut -d' ' -f3 "/proc/$(cat "$here/packs")/stat" >"$here/seen.tmp"
        mv "$here/seen.tmp" "$here/seen"
      else
        echo $$ >"$here/packs.tmp"
        mv "$here/packs.tmp" "$here/packs"
        until [ -e "$here/may_end" ]; do sleep 0.02; done
        rm "$folder/pack.json"
        echo >"$folder/all.zip"
      fi
      echo '{"ok": true}' >&3
    )")};
  }
  [[nodiscard]] bool is_there(const std::string& name) const { return std::filesystem::exists(folder_.path() + "/" + name); }
};

TEST_F(WorkersOfRecordings, AZipStandsStillWhileTheFilesOfARecordingAreMade) {
  const Left made = room_left();
  const json& organiser = made.token;
  for (uint32_t song = 1; song <= 2; ++song) {
    put_recording(made.room, song, std::time(nullptr));
    folder_.write("data/recordings/" + recording_id(made.room, song) + "/tracks.json",
                  R"({"seconds": 1, "left_out": 2, "tracks": []})");
  }
  start();
  const auto one = shard(0);
  const json first = {{"token", organiser}, {"recording", made.room + "-1"}};
  ASSERT_EQ(ask(*one, made.room, "zip", first)["status"], 202);
  ASSERT_TRUE(loop_.run_until([&] { return is_there("packs"); }));
  json second = {{"token", organiser}, {"recording", made.room + "-2"}};
  second["body"] = {{"tracks", json::array()}};
  ASSERT_EQ(ask(*one, made.room, "mix_again", second)["status"], 202);
  ASSERT_TRUE(loop_.run_until([&] { return is_there("seen"); }));
  folder_.write("may_end", "");
  EXPECT_EQ(folder_.read("seen"), "T\n") << "it was not stopped";
  const auto zip_of_first = [&] {
    const json listed = ask(*one, made.room, "list", {{"token", organiser}})["body"]["recordings"];
    return listed[1]["id"] == first["recording"] ? listed[1]["zip"]["state"] : listed[0]["zip"]["state"];
  };
  EXPECT_TRUE(loop_.run_until([&] {
    return is_there("data/recordings/" + made.room + "-1/all.zip") && zip_of_first() == "ready";
  })) << "it goes on afterwards";
  const json listed = ask(*one, made.room, "list", {{"token", organiser}})["body"]["recordings"];
  EXPECT_TRUE(std::any_of(listed.begin(), listed.end(), [](const json& each) { return each.value("left_out", 0) == 2; }))
      << listed;
}

TEST_F(RecordingsOfRooms, AreKeptAsLongAsTheirRoomSaysAndThenGoWithTheirFiles) {
  start();
  auto one = shard(0);
  const Made week = make_room(*one);
  const Made ever = make_room(*one);
  const json organiser = join(*one, 1, week.room, "Org", {{"key", week.key}})["token"];
  const json other = join(*one, 2, ever.room, "Org", {{"key", ever.key}})["token"];
  one->client(1, {{"type", "room"}, {"recordings_days", 7}, {"id", 4}});
  one->sent(1, "done");
  one->client(2, {{"type", "room"}, {"recordings_days", 0}, {"id", 4}});
  one->sent(2, "done");
  one.reset();
  stop();
  constexpr int64_t kDay = 86'400;
  const int64_t now_s = std::time(nullptr);
  put_recording(week.room, 1, now_s - 8 * kDay);
  put_recording(week.room, 2, now_s - 6 * kDay);
  put_recording(ever.room, 1, now_s - 1'000 * kDay);
  for (const std::string& id : {week.room + "-1", week.room + "-2", ever.room + "-1"})
    folder_.write("data/recordings/" + id + "/tracks.json", "{}");
  folder_.write("data/calendar", CalendarWatch::text({now_s, 0}));
  start();
  one = shard(0);
  const json list = ask(*one, week.room, "list", {{"token", organiser}})["body"]["recordings"];
  ASSERT_EQ(list.size(), 1u) << list;
  EXPECT_EQ(list[0]["id"], week.room + "-2");
  EXPECT_EQ(ask(*one, ever.room, "list", {{"token", other}})["body"]["recordings"].size(), 1u) << "0 is for ever";
  EXPECT_FALSE(std::filesystem::exists(config_.recordings_dir() + "/" + week.room + "-1"));
  EXPECT_TRUE(std::filesystem::exists(config_.recordings_dir() + "/" + week.room + "-2/tracks.json"));
  EXPECT_TRUE(std::filesystem::exists(config_.recordings_dir() + "/" + ever.room + "-1/tracks.json"));
}

TEST_F(RecordingsOfRooms, OneMixIsOfferedAndNoneOfAVersionThatKeptTheFirst) {
  const Left made = room_left();
  put_recording(made.room, 1, std::time(nullptr));
  const std::string files = "data/recordings/" + made.room + "-1/";
  for (const char* name : {"tracks.json", "mix.opus", "quick.opus"}) folder_.write(files + name, "{}");
  start();
  const auto one = shard(0);
  EXPECT_EQ(listed(*one, made)["mix"], "mix.opus");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/" + files + "quick.opus"));
}

// Its worker makes nothing, and says so.
class WorkersThatFail : public RecordingsOfRooms {
 protected:
  WorkersThatFail() {
    commands_.render = {
        "/bin/sh",
        folder_.write("render.sh", R"(echo >>"$(dirname "$0")/tries"; echo '{"ok": false, "error": "No."}' >&3; exit 2)")};
  }
};

TEST_F(WorkersThatFail, AMixThatCannotBeMadeAgainLeavesTheRecordingAsItWasAndIsTold) {
  const Left made = room_left();
  put_recording(made.room, 1, std::time(nullptr), 2);  // one more and it is given up
  const std::string files = "data/recordings/" + made.room + "-1/";
  folder_.write(files + "tracks.json", R"({"seconds": 61, "tracks": []})");
  folder_.write(files + "mix.opus", "sound");
  start();
  const auto one = shard(0);
  json wish = {{"token", made.token}, {"recording", made.room + "-1"}};
  wish["body"] = {{"tracks", json::array()}};
  ASSERT_EQ(ask(*one, made.room, "mix_again", wish)["status"], 202);
  EXPECT_EQ(listed(*one, made)["mix"], "mix.opus") << "it can be heard meanwhile";
  ASSERT_TRUE(loop_.run_until([&] { return !std::filesystem::exists(folder_.path() + "/" + files + "mix-again.json"); }));
  EXPECT_TRUE(std::filesystem::exists(folder_.path() + "/tries"));
  EXPECT_EQ(listed(*one, made)["state"], "ready");
  EXPECT_EQ(listed(*one, made)["again_failed"], true);
  // It is known after a restart, and forgotten once somebody asks for another.
  stop();
  start();
  const auto other = shard(0);
  EXPECT_EQ(listed(*other, made)["again_failed"], true);
  ASSERT_EQ(ask(*other, made.room, "mix_again", wish)["status"], 202);
  EXPECT_FALSE(listed(*other, made).contains("again_failed"));
}

}  // namespace
}  // namespace roundelay::recordings_api_test
