// Requests under /api/ and uploads, through the control link.
#include <array>

#include "server/base/text.h"
#include "tests/server/conductor/conductor_fixture.h"

namespace roundelay::conductor_api_test {
namespace {

using nlohmann::json;

class ConductorApi : public ConductorTest {
 protected:
  static std::string sha256(const std::string& content) {
    std::array<uint8_t, crypto_hash_sha256_BYTES> hash;
    crypto_hash_sha256(hash.data(), reinterpret_cast<const uint8_t*>(content.data()), content.size());
    return hex(hash);
  }
  // A worker that takes an upload of this content as it is.
  void worker_for(const std::string& content, const std::string& seconds = "60") {
    folder_.write("worker.sh", "cat\necho '{\"progress\":0.5}' >&3\necho '{\"ok\":true,\"seconds\":" + seconds +
                                   ",\"channels\":2,\"format\":\"WAV\",\"sha256\":\"" + sha256(content) + "\"}' >&3\n");
  }
  json upload(ScriptedShard& shard, const std::string& room, const std::string& token, const std::string& content,
              const std::string& name = "song.wav", const json& song = nullptr) {
    const std::string file = folder_.write("data/uploads/one", content);
    shard.say({{"op", "upload"},
               {"request", 8},
               {"room", room},
               {"token", token},
               {"name", name},
               {"file", file},
               {"size", content.size()},
               {"song", song},
               {"address", "127.0.0.1"}});
    return shard.next("reply", [](const json& o) { return o["request"] == 8; });
  }
  static int check(ScriptedShard& shard, const std::string& room, const json& token, int64_t size = 100) {
    shard.say(
        {{"op", "upload_check"}, {"request", 9}, {"room", room}, {"token", token}, {"size", size}, {"address", "127.0.0.1"}});
    return shard.next("reply", [](const json& o) { return o["request"] == 9; })["status"];
  }
};

TEST_F(ConductorApi, RoomIsMadeAndShown) {
  start();
  const auto one = shard(0);
  const json reply = http(*one, "POST", "/api/rooms", {{"name", " My choir "}});
  EXPECT_EQ(reply["status"], 201);
  const std::string room = reply["body"]["room"];
  EXPECT_EQ(reply["body"]["link"], "/r/" + room);
  EXPECT_TRUE(is_id(room));
  EXPECT_EQ(http(*one, "GET", "/api/rooms/" + room)["body"], (json{{"room", room},
                                                                   {"name", "My choir"},
                                                                   {"people", 0},
                                                                   {"password", false},
                                                                   {"locked", false},
                                                                   {"parts", {"Soprano", "Alto", "Tenor", "Bass"}},
                                                                   {"recording", "ask"}}));
  join(*one, 1, room, "Anna");
  EXPECT_EQ(http(*one, "GET", "/api/rooms/" + room)["body"]["people"], 1);
  EXPECT_EQ(http(*one, "POST", "/api/rooms")["status"], 201) << "without a body too";
}

TEST_F(ConductorApi, WrongRequestsHaveTheirStatus) {
  start();
  const auto one = shard(0);
  EXPECT_EQ(http(*one, "GET", "/api/rooms/nosuchroom")["status"], 404);
  EXPECT_EQ(http(*one, "GET", "/api/rooms/..")["status"], 404);
  EXPECT_EQ(http(*one, "GET", "/api/nothing")["status"], 404);
  EXPECT_EQ(http(*one, "DELETE", "/api/rooms")["status"], 405);
  EXPECT_EQ(http(*one, "DELETE", "/api/rooms/nosuchroom")["status"], 405);
  EXPECT_EQ(http(*one, "POST", "/api/rooms", {{"name", ""}})["status"], 400);
  EXPECT_EQ(http(*one, "POST", "/api/rooms", {{"name", 7}})["status"], 400);
  EXPECT_EQ(http(*one, "POST", "/api/rooms", {{"robots", 7}})["status"], 400);
  const json reply = http(*one, "POST", "/api/rooms", json::array());
  EXPECT_EQ(reply["status"], 400);
  EXPECT_EQ(reply["body"]["error"]["code"], "bad_message");
  EXPECT_TRUE(reply["body"]["error"]["message"].is_string());
}

TEST_F(ConductorApi, RoomsAreMadeInModeration) {
  start();
  const auto one = shard(0);
  for (int i = 0; i < 20; ++i) ASSERT_EQ(http(*one, "POST", "/api/rooms", nullptr, "10.0.0.1")["status"], 201);
  EXPECT_EQ(http(*one, "POST", "/api/rooms", nullptr, "10.0.0.1")["status"], 429);
  EXPECT_EQ(http(*one, "POST", "/api/rooms", nullptr, "10.0.0.2")["status"], 201);
}

TEST_F(ConductorApi, RobotsAreCalledIntoTheRoomWithItsKey) {
  config_.max_robot_rooms = 1;
  start();
  const auto one = shard(0);
  const json made = http(*one, "POST", "/api/rooms", {{"robots", true}})["body"];
  const std::string expected =
      "--url ws://127.0.0.1:4711/ws --room " + made["room"].get<std::string>() + " key: " + made["key"].get<std::string>() + "\n";
  EXPECT_TRUE(loop_.run_until([&] { return folder_.read("robots") == expected; })) << folder_.read("robots");
  EXPECT_EQ(http(*one, "POST", "/api/rooms", {{"robots", true}})["status"], 503);
  EXPECT_EQ(http(*one, "POST", "/api/rooms", {{"robots", false}})["status"], 201);
}

TEST_F(ConductorApi, UploadsAreForPeopleInTheRoom) {
  config_.max_upload_bytes = 1000;
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  const Made other = make_room(*one);
  const json token = join(*one, 1, made.room, "Anna")["token"];
  join(*one, 2, other.room, "Berta");
  EXPECT_EQ(check(*one, made.room, token), 100);
  EXPECT_EQ(check(*one, made.room, token, 1000), 100);
  EXPECT_EQ(check(*one, made.room, token, 1001), 413);
  EXPECT_EQ(check(*one, made.room, token, 0), 422);
  EXPECT_EQ(check(*one, other.room, token), 401);
  EXPECT_EQ(check(*one, made.room, "nonsense"), 401);
  EXPECT_EQ(check(*one, made.room, nullptr), 401);
  EXPECT_EQ(check(*one, "nosuchroom", token), 404);
}

TEST_F(ConductorApi, UploadBecomesATrackForTheRoom) {
  worker_for("sound");
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  const json token = join(*one, 1, made.room, "Anna")["token"];
  const json reply = upload(*one, made.room, token, "sound", "dir/My song.wav");
  EXPECT_EQ(reply["status"], 201) << reply;
  const json track = reply["body"]["track"];
  EXPECT_EQ(track["name"], "My song.wav");
  EXPECT_EQ(track["seconds"], 60);
  EXPECT_EQ(track["channels"], 2);
  EXPECT_EQ(folder_.read("data/tracks/" + sha256("sound")), "sound");
  EXPECT_EQ(folder_.files_in("data/uploads"), 0);

  const json berta = join(*one, 2, made.room, "Berta");
  EXPECT_EQ(berta["tracks"], json::array({track}));
  one->client(2, {{"type", "lead"}});
  one->client(2, {{"type", "track"}, {"track", track["id"]}});
  one->client(2, {{"type", "start"}});
  EXPECT_EQ(one->to_room("song")["song"]["track"], track);
  const RoomState state = only_room();
  EXPECT_EQ(hex(state.track), sha256("sound"));
  EXPECT_EQ(state.song_end - state.song_start, 60 * kSampleRate);
}

TEST_F(ConductorApi, RoomSeesTheProgressAndTheNewTrack) {
  worker_for("sound");
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  const json token = join(*one, 1, made.room, "Anna")["token"];
  const std::string file = folder_.write("data/uploads/one", "sound");
  one->say(
      {{"op", "upload"}, {"request", 8}, {"room", made.room}, {"token", token}, {"name", "a.wav"}, {"file", file}, {"size", 5}});
  EXPECT_EQ(one->to_room("track_progress"), (json{{"type", "track_progress"}, {"name", "a.wav"}, {"progress", 0.5}}));
  EXPECT_EQ(one->to_room("tracks")["tracks"].size(), 1u);
  EXPECT_EQ(one->next("reply")["status"], 201);
}

const json kSongOfTheLibrary = {{"id", 7},
                                {"title", "Shenandoah"},
                                {"words", "Away, you rolling river"},
                                {"credits", {{"artist", "Traditional"}, {"licence", "CC0-1.0"}, {"tempo_bpm", 72.5}}}};

TEST_F(ConductorApi, ASongOfTheLibraryBecomesATrackWithItsWordsAndWhoseItIs) {
  worker_for("sound");
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  const json token = join(*one, 1, made.room, "Anna", {{"key", made.key}})["token"];
  const json made_of = upload(*one, made.room, token, "sound", "Shenandoah", kSongOfTheLibrary);
  ASSERT_EQ(made_of["status"], 201) << made_of;
  EXPECT_EQ(made_of["body"]["track"]["name"], "Shenandoah");
  EXPECT_EQ(made_of["body"]["track"]["credits"], kSongOfTheLibrary["credits"]);
  const json berta = join(*one, 2, made.room, "Berta");
  EXPECT_EQ(berta["tracks"][0]["credits"], kSongOfTheLibrary["credits"]);
  EXPECT_EQ(berta["tracks"][0]["library_song"], 7);
  EXPECT_EQ(berta["sheets"][0]["title"], "Shenandoah");
  EXPECT_EQ(berta["plan"]["words"], berta["sheets"][0]["id"]);
}

TEST_F(ConductorApi, ASongOfTheLibraryBringsNoWordsOfThoseWhoMayNot) {
  worker_for("sound");
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  join(*one, 1, made.room, "Anna", {{"key", made.key}});
  const json token = join(*one, 2, made.room, "Berta")["token"];
  EXPECT_EQ(upload(*one, made.room, token, "sound", "Shenandoah", kSongOfTheLibrary)["status"], 201);
  EXPECT_TRUE(join(*one, 3, made.room, "Cora").value("sheets", json::array()).empty());
}

TEST_F(ConductorApi, ASongOfTheLibraryBecomesOneOfTheProgrammeForThoseWhoPrepareIt) {
  worker_for("sound");
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  const json anna = join(*one, 1, made.room, "Anna", {{"key", made.key}})["token"];
  const json berta = join(*one, 2, made.room, "Berta")["token"];
  json song = kSongOfTheLibrary;
  song["entry"] = true;
  EXPECT_EQ(upload(*one, made.room, berta, "sound", "Shenandoah", song)["status"], 403);
  EXPECT_EQ(folder_.files_in("data/uploads"), 0);
  const json made_of = upload(*one, made.room, anna, "sound", "Shenandoah", song);
  EXPECT_EQ(made_of["status"], 201) << made_of;
  EXPECT_EQ(made_of["body"], (json{{"songs", 1}, {"problems", json::array()}}));
  const json cora = join(*one, 3, made.room, "Cora");
  const json entry = one->sent(3, "programme")["entries"][0];
  EXPECT_EQ(entry["title"], "Shenandoah");
  EXPECT_EQ(entry["track"], cora["tracks"][0]["id"]);
  EXPECT_EQ(entry["plan"]["bpm"], 72.5);
  EXPECT_EQ(entry["plan"]["words"], cora["sheets"][0]["id"]);
  EXPECT_EQ(cora["tracks"][0]["credits"]["artist"], "Traditional");
}

TEST_F(ConductorApi, UnreadableUploadLeavesNothing) {
  folder_.write("worker.sh", "kill -SEGV $$");
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  const json token = join(*one, 1, made.room, "Anna")["token"];
  const json reply = upload(*one, made.room, token, "noise");
  EXPECT_EQ(reply["status"], 422);
  EXPECT_TRUE(reply["body"]["error"]["message"].get<std::string>().starts_with("This file could not be read as audio."));
  EXPECT_EQ(folder_.files_in("data/uploads"), 0);
  EXPECT_EQ(folder_.files_in("data/tracks"), 0);
  EXPECT_EQ(upload(*one, made.room, "nonsense", "noise")["status"], 401);
  EXPECT_EQ(folder_.files_in("data/uploads"), 0);
}

TEST_F(ConductorApi, BlobGoesWithItsLastTrackButNotDuringItsSong) {
  worker_for("sound");
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  const Made other = make_room(*one);
  const json token = join(*one, 1, made.room, "Anna")["token"];
  const json other_token = join(*one, 2, other.room, "Berta")["token"];
  const json track = upload(*one, made.room, token, "sound")["body"]["track"]["id"];
  const json other_track = upload(*one, other.room, other_token, "sound")["body"]["track"]["id"];
  const auto blobs = [&] { return folder_.files_in("data/tracks"); };
  EXPECT_EQ(blobs(), 1);
  one->client(1, {{"type", "delete_track"}, {"track", track}});
  one->to_room("tracks");
  EXPECT_EQ(blobs(), 1) << "the other room has it";
  one->client(2, {{"type", "lead"}});
  one->client(2, {{"type", "track"}, {"track", other_track}});
  one->client(2, {{"type", "start"}});
  one->client(2, {{"type", "delete_track"}, {"track", other_track}});
  one->to_room("song");
  EXPECT_TRUE(one->to_room("tracks")["tracks"].is_array());
  one->client(2, {{"type", "dance"}});
  one->sent(2, "error");
  EXPECT_EQ(blobs(), 1) << "it plays";
  one->client(2, {{"type", "stop"}, {"now", true}});
  EXPECT_EQ(one->to_room("song")["song"]["state"], "none");
  EXPECT_TRUE(loop_.run_until([&] { return blobs() == 0; }));
}

TEST_F(ConductorApi, ATrackIsTakenOutOfTheRoomByOrganisersAndWhoBroughtIt) {
  worker_for("sound");
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  const json organiser = join(*one, 1, made.room, "Org", {{"key", made.key}})["token"];
  const json anna = join(*one, 2, made.room, "Anna")["token"];
  const json berta = join(*one, 3, made.room, "Berta")["token"];
  const json track = upload(*one, made.room, anna, "sound", "My song.wav")["body"]["track"]["id"];
  const auto taken = [&](const json& token, const json& wanted) {
    one->say({{"op", "track_file"},
              {"request", 9},
              {"room", made.room},
              {"token", token},
              {"address", "127.0.0.1"},
              {"track", wanted}});
    return one->next("reply", [](const json& o) { return o["request"] == 9; });
  };
  for (const json& token : {organiser, anna}) {
    const json place = taken(token, track);
    EXPECT_EQ(place["status"], 200) << place;
    EXPECT_EQ(place["body"]["name"], "My song.wav");
    const std::string file = place["body"]["file"];
    EXPECT_TRUE(file.ends_with("/tracks/" + place["body"]["sha256"].get<std::string>())) << file;
  }
  EXPECT_EQ(taken(berta, track)["status"], 403);
  EXPECT_EQ(taken(berta, track)["body"]["error"]["sentence"], "taking_the_track_is_theirs");
  EXPECT_EQ(taken("nobody's", track)["status"], 401);
  EXPECT_EQ(taken(organiser, "none")["status"], 404);
  const Made other = make_room(*one);
  EXPECT_EQ(taken(join(*one, 4, other.room, "Cora", {{"key", other.key}})["token"], track)["status"], 401);
}

TEST_F(ConductorApi, TracksSurviveARestartAndBlobsWithoutTracksDoNot) {
  worker_for("sound");
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  const json token = join(*one, 1, made.room, "Anna")["token"];
  upload(*one, made.room, token, "sound");
  stop();
  one.reset();
  folder_.write("data/tracks/" + sha256("orphan"), "orphan");
  start();
  one = shard(0);
  EXPECT_EQ(folder_.files_in("data/tracks"), 1);
  EXPECT_EQ(join(*one, 1, made.room, "Anna", {{"token", token}})["tracks"].size(), 1u);
}

TEST_F(ConductorApi, AProgrammeThatIsReadCountsAsAnUpload) {
  commands_.programme_worker = {"/bin/sh", folder_.write("programme.sh", "exec sleep 1000")};
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  const json token = join(*one, 1, made.room, "Anna", {{"key", made.key}})["token"];
  const auto running = [&] { return http(*one, "GET", "/api/internal/counts")["body"]["uploads_running"]; };
  EXPECT_EQ(running(), 0);
  const json asker{{"room", made.room}, {"token", token}, {"address", "127.0.0.1"}};
  json begin{{"op", "upload_begin"}, {"request", 8}, {"name", "evening.zip"}, {"size", 5}, {"kind", "programme"}};
  begin.update(asker);
  one->say(begin);
  const auto replied = [](const json& o) { return o["request"] == 8; };
  const json begun = one->next("reply", replied);
  ASSERT_EQ(begun["status"], 201) << begun;
  json piece{{"op", "piece_check"}, {"request", 8}, {"upload", begun["body"]["upload"]}, {"offset", 0}, {"size", 5}};
  piece.update(asker);
  one->say(piece);
  const json place = one->next("reply", replied);
  ASSERT_EQ(place["status"], 100) << place;
  std::ofstream(place["body"]["file"].get<std::string>(), std::ios::binary) << "PK345";
  piece["op"] = "piece";
  one->say(piece);
  EXPECT_EQ(running(), 1);
}

TEST_F(ConductorApi, CountsAreOfThoseConnected) {
  start();
  const auto one = shard(0);
  const auto counts = [&] { return link::Counts::read(http(*one, "GET", "/api/internal/counts")["body"]).value(); };
  EXPECT_EQ(counts().rooms, 0);
  const Made made = make_room(*one);
  join(*one, 1, made.room, "Anna");
  join(*one, 2, made.room, "Berta", {{"role", "listener"}});
  EXPECT_EQ(http(*one, "GET", "/api/rooms/nothing")["status"], 404);
  const link::Counts now = counts();
  EXPECT_EQ(now.rooms, 1);
  EXPECT_EQ(now.people, 2);
  EXPECT_EQ(now.singers, 1);
  EXPECT_EQ(now.songs, 0);
  EXPECT_GT(now.disk_left_bytes, 0);
  EXPECT_GE(now.disk_bytes, now.disk_left_bytes);
  EXPECT_EQ(now.errors, (std::map<std::string, int64_t>{{"no_room", 1}}));
}

}  // namespace
}  // namespace roundelay::conductor_api_test
