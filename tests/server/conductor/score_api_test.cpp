// Scores through the control link: uploaded in pieces, prepared, kept over a restart, found page by page, deleted with their
// blob.
#include <fstream>

#include "server/room/commands.h"
#include "tests/server/conductor/conductor_fixture.h"

namespace roundelay::score_api_test {
namespace {

using nlohmann::json;

class Scores : public ConductorTest {
 protected:
  Scores() {
    // Copies the upload and says that it is two pages.
    constexpr const char* kScript = R"sh(
copy=$(cat)
printf %s "$copy"
echo '{"progress":0.5}' >&3
sum=$(printf %s "$copy" | sha256sum | cut -d' ' -f1)
echo '{"ok":true,"pages":[[0,3,800,1100],[3,2,800,1100]],"sha256":"'$sum'"}' >&3
)sh";
    commands_.score_worker = {"/bin/sh", folder_.write("score_worker.sh", kScript)};
  }
  static json ask(ScriptedShard& shard, const std::string& op, const std::string& room, const json& token, const json& more) {
    json message = {{"op", op}, {"request", 9}, {"room", room}, {"token", token}, {"address", "127.0.0.1"}};
    message.update(more);
    shard.say(message);
    return shard.next("reply", [](const json& o) { return o["request"] == 9; });
  }
  // What the last piece is answered.
  json upload(ScriptedShard& shard, const std::string& room, const json& token, const std::string& content) {
    const int64_t size = static_cast<int64_t>(content.size());
    const json begun =
        ask(shard, "upload_begin", room, token, {{"name", "Psalm.pdf"}, {"size", size}, {"seconds", 0}, {"kind", "score"}});
    EXPECT_EQ(begun["status"], 201) << begun;
    const json id = begun["body"]["upload"];
    const json piece = {{"upload", id}, {"offset", 0}, {"size", size}};
    const json place = ask(shard, "piece_check", room, token, piece);
    EXPECT_EQ(place["status"], 100) << place;
    std::ofstream(place["body"]["file"].get<std::string>()) << content;
    return ask(shard, "piece", room, token, piece);
  }
  [[nodiscard]] int blobs() const { return folder_.files_in("data/scores"); }
};

TEST_F(Scores, AreUploadedByLeaderAndOrganiserSeenByAllInTheRoomAndGoWithTheirBlob) {
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  const json organiser = join(*one, 1, made.room, "Org", {{"key", made.key}})["token"];
  const json singer = join(*one, 2, made.room, "Anna")["token"];
  const json wish = {{"name", "a.pdf"}, {"size", 5}, {"seconds", 0}, {"kind", "score"}};
  EXPECT_EQ(ask(*one, "upload_begin", made.room, singer, wish)["body"]["error"]["sentence"], kScoresAreTheirs);
  json large = wish;
  large["size"] = 20'000'001;
  EXPECT_EQ(ask(*one, "upload_begin", made.room, organiser, large)["body"]["error"]["code"], "too_large");
  const json stored = upload(*one, made.room, organiser, "12345");
  ASSERT_EQ(stored["status"], 201) << stored;
  const std::string id = stored["body"]["score"]["id"];
  EXPECT_EQ(stored["body"]["score"], (json{{"id", id}, {"title", "Psalm"}, {"pages", 2}}));
  EXPECT_EQ(blobs(), 1);

  one.reset();
  stop();
  start();
  const auto other = shard(0);
  const json welcome = join(*other, 3, made.room, "Anna", {{"token", singer}});
  EXPECT_EQ(welcome["plan"]["score"], id);
  EXPECT_EQ(welcome["scores"][0], stored["body"]["score"]);
  const json place = ask(*other, "score_page", made.room, singer, {{"score", id}, {"page", 1}});
  EXPECT_EQ(place["status"], 200) << place;
  EXPECT_EQ(place["body"]["offset"], 3);
  EXPECT_EQ(place["body"]["bytes"], 2);
  EXPECT_EQ(ask(*other, "score_page", made.room, singer, {{"score", id}, {"page", 2}})["status"], 404);
  EXPECT_EQ(ask(*other, "score_page", made.room, singer, {{"score", "none"}, {"page", 0}})["status"], 404);
  EXPECT_EQ(ask(*other, "score_page", made.room, "nobody's", {{"score", id}, {"page", 0}})["status"], 401);

  join(*other, 4, made.room, "Org", {{"token", organiser}});
  const json again = upload(*other, made.room, organiser, "12345");
  EXPECT_EQ(blobs(), 1) << "the same content twice";
  other->client(4, {{"type", "delete_score"}, {"id", 1}, {"score", id}});
  (void)other->sent(4, "done");
  EXPECT_EQ(blobs(), 1) << "the other one has it";
  other->client(4, {{"type", "delete_score"}, {"id", 2}, {"score", again["body"]["score"]["id"]}});
  (void)other->sent(4, "done");
  EXPECT_EQ(blobs(), 0);
}

TEST_F(Scores, AreUploadedAndSeenByAnotherProgramThatKeepsTheRoom) {
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  (void)join(*one, 1, made.room, "Org", {{"key", made.key}});
  one->client(1, {{"type", "program_token"}, {"name", "Ritual"}, {"id", 1}});
  const json token = one->sent(1, "done")["token"];
  const json stored = upload(*one, made.room, token, "12345");
  ASSERT_EQ(stored["status"], 201) << stored;
  const json page = ask(*one, "score_page", made.room, token, {{"score", stored["body"]["score"]["id"]}, {"page", 1}});
  EXPECT_EQ(page["status"], 200) << page;
  EXPECT_EQ(ask(*one, "score_page", made.room, "guess", {{"score", stored["body"]["score"]["id"]}, {"page", 1}})["status"], 401);
}

}  // namespace
}  // namespace roundelay::score_api_test
