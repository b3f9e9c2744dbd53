// Songs of the library with their files, and who may do what.
#include <map>

#include "server/base/text.h"
#include "server/library/song_jobs.h"
#include "server/library/sql.h"
#include "tests/server/library/library_fixture.h"

namespace roundelay::songs_test {
namespace {

using enum LibraryMethod;
using enum LibraryRole;

class LibrarySongs : public LibraryTest {
 protected:
  static int64_t id_of(const LibraryAnswer& answer) { return answer.data["song"]["id"].get<int64_t>(); }
  size_t seen(std::optional<LibraryAccount> by) { return ask(kGet, "/songs/", nullptr, std::move(by)).data["songs"].size(); }
  static std::string path(int64_t id) { return "/songs/" + std::to_string(id); }

  LibraryAccount anna_ = account("Anna", kMember);
  LibraryAccount bert_ = account("Bert", kMember);
  LibraryAccount cora_ = account("Cora", kCurator);
  LibraryAccount dora_ = account("Dora", kAdmin);
};

TEST_F(LibrarySongs, AreAddedWithTheirFile) {
  const LibraryAnswer added = upload("aa", anna_, "Shenandoah");
  EXPECT_EQ(added.status, 201);
  const auto song = added.data["song"];
  EXPECT_EQ(song["id"], 1);
  EXPECT_EQ(song["title"], "Shenandoah");
  EXPECT_EQ(song["hash"], "aa");
  EXPECT_EQ(song["uploader_id"], anna_.id);
  EXPECT_EQ(song["status"], "UPLOADED");
  EXPECT_EQ(song["private"], true);
  EXPECT_EQ(song["created"], unix_s_);
  EXPECT_EQ(upload("bb", anna_).data["song"]["title"], "Amazing Grace");
}

TEST_F(LibrarySongs, AreTheSameWhenTheBytesAre) {
  const int64_t id = id_of(upload("aa", anna_));
  EXPECT_EQ(id_of(upload("aa", anna_)), id);
  EXPECT_NE(id_of(upload("aa", bert_)), id) << "what is private of others is not told";
}

TEST_F(LibrarySongs, OfNobodyArePublicAndOnlyWhereThatIsAllowed) {
  EXPECT_EQ(upload("aa", std::nullopt).status, 401);
  settings_.anonymous_uploads = true;
  const LibraryAnswer added = upload("aa", std::nullopt);
  EXPECT_EQ(added.data["song"]["uploader_id"], nullptr);
  EXPECT_EQ(added.data["song"]["private"], false);
  EXPECT_EQ(seen(std::nullopt), 1U);
}

TEST_F(LibrarySongs, ArePrivateUntilTheyAreShared) {
  const int64_t id = id_of(upload("aa", anna_));
  EXPECT_EQ(seen(anna_), 1U);
  EXPECT_EQ(seen(dora_), 1U);
  for (const auto& other : {std::optional(bert_), std::optional(cora_), std::optional<LibraryAccount>()}) {
    EXPECT_EQ(seen(other), 0U);
    EXPECT_EQ(ask(kGet, path(id), nullptr, other).status, 404);
    EXPECT_EQ(ask(kGet, path(id) + "/song.mp3", nullptr, other).status, 404);
  }
  EXPECT_EQ(ask(kPatch, path(id), {{"private", false}}, anna_).status, 200);
  for (const auto& other : {std::optional(bert_), std::optional<LibraryAccount>()}) {
    EXPECT_EQ(seen(other), 1U);
    EXPECT_NE(ask(kGet, path(id) + "/song.mp3", nullptr, other).file, nullptr);
  }
}

TEST_F(LibrarySongs, AreSentWithTheTypeOfTheirContent) {
  const int64_t id = id_of(upload("aa", anna_, "Shenandoah", "flac"));
  const LibraryAnswer sent = ask(kGet, path(id) + "/song.mp3", nullptr, anna_);
  ASSERT_NE(sent.file, nullptr);
  EXPECT_EQ(sent.file->content_type, "audio/flac");
  EXPECT_EQ(sent.file->path, settings_.files_dir + "/aa");
}

TEST_F(LibrarySongs, GoIntoRoomsOfThoseWhoMayHearThem) {
  const int64_t id = id_of(upload("aa", anna_, "Shenandoah"));
  ask(kPatch, path(id),
      {{"artist", "Traditional"}, {"licence", "CC0-1.0"}, {"key", "D"}, {"tempo_bpm", 72}, {"words", "Away, you rolling river"}},
      anna_);
  for (const auto& other : {std::optional(bert_), std::optional<LibraryAccount>()})
    EXPECT_EQ(ask(kPost, path(id) + "/room", nullptr, other).status, 404);
  const LibraryAnswer own = ask(kPost, path(id) + "/room", nullptr, anna_);
  ASSERT_NE(own.file, nullptr);
  EXPECT_EQ(own.file->path, settings_.files_dir + "/aa");
  EXPECT_EQ(own.data["id"], id);
  EXPECT_EQ(own.data["title"], "Shenandoah");
  EXPECT_EQ(own.data["bytes"], 7);
  EXPECT_EQ(own.data["words"], "Away, you rolling river");
  EXPECT_EQ(own.data["credits"],
            (nlohmann::json{{"artist", "Traditional"}, {"licence", "CC0-1.0"}, {"key", "D"}, {"tempo_bpm", 72.0}}));
  const int64_t silent = id_of(ask(kPost, "/songs", {{"title", "No sound"}}, anna_));
  EXPECT_EQ(ask(kPost, path(silent) + "/room", nullptr, anna_).status, 422);
}

TEST_F(LibrarySongs, ThatFailedTellWhyUntilTheirUploaderTriesAgain) {
  const int64_t id = id_of(upload("aa", anna_));
  EXPECT_EQ(ask(kPatch, path(id), {{"private", false}}, anna_).status, 200);
  EXPECT_EQ(ask(kGet, path(id)).data["song"]["failure"], nullptr);
  SongJobs jobs(database_);
  int64_t now_s = unix_s_;
  for (int i = 0; i < SongJobs::kMostAttempts; ++i, now_s += 1'000) {
    for (auto job = jobs.claim(now_s); job; job = jobs.claim(now_s)) {
      if (job->kind == "waveform")
        EXPECT_TRUE(jobs.give_back(*job, phrase("sound_file_has_no_length", {{"format", "MP3"}}), now_s));
      else
        EXPECT_TRUE(jobs.done(job->id));
    }
  }
  EXPECT_FALSE(jobs.claim(now_s));
  const auto failed = ask(kGet, path(id)).data["song"];
  EXPECT_EQ(failed["status"], "FAILED");
  EXPECT_EQ(failed["failure"], (nlohmann::json{{"message", "The MP3 file holds no sound: its length is 0."},
                                               {"sentence", "sound_file_has_no_length"},
                                               {"values", {{"format", "MP3"}}}}));
  EXPECT_EQ(ask(kGet, "/songs").data["songs"][0]["failure"], failed["failure"]);
  EXPECT_EQ(ask(kPost, path(id) + "/retry", nullptr, bert_).status, 403);
  EXPECT_EQ(ask(kPost, path(999) + "/retry", nullptr, anna_).status, 404);
  EXPECT_EQ(jobs.state(id, "waveform"), JobState::kGivenUp);
  const auto again = ask(kPost, path(id) + "/retry", nullptr, anna_).data["song"];
  EXPECT_EQ(again["status"], "UPLOADED");
  EXPECT_EQ(again["failure"], nullptr);
  const auto job = jobs.claim(now_s);
  ASSERT_TRUE(job);
  EXPECT_EQ(job->attempts, 1);
  // Of one that does not fail, nothing is done.
  EXPECT_EQ(ask(kPost, path(id) + "/retry", nullptr, cora_).data["song"]["status"], "UPLOADED");
  EXPECT_TRUE(run_sql(database_, "UPDATE songs SET status = 'FAILED'"));
  EXPECT_EQ(ask(kGet, path(id)).data["song"]["failure"]["sentence"], "server_cannot_read_the_file");
}

TEST_F(LibrarySongs, LoseTheirFileWithTheLastOfThem) {
  const int64_t one = id_of(upload("aa", anna_));
  const int64_t two = id_of(upload("aa", bert_));
  EXPECT_EQ(ask(kDelete, path(one), nullptr, anna_).data["took_along"]["files"], 0);
  EXPECT_TRUE(library_.unneeded_files.empty());
  EXPECT_EQ(ask(kDelete, path(two), nullptr, bert_).data["took_along"]["files"], 1);
  EXPECT_EQ(library_.unneeded_files, std::vector<std::string>{"aa"});
  EXPECT_EQ(ask(kGet, path(two), nullptr, bert_).status, 404);
}

TEST_F(LibrarySongs, AreNotTakenOfAnUnknownKind) {
  EXPECT_EQ(upload("aa", anna_, "", "").status, 422);
  EXPECT_EQ(seen(anna_), 0U);
}

TEST_F(LibrarySongs, ComeInPages) {
  for (int i = 0; i < 7; ++i) upload(std::to_string(i), anna_);
  const auto part = ask(kGet, "/songs?limit=5", nullptr, anna_).data;
  EXPECT_EQ(part["songs"].size(), 5U);
  EXPECT_EQ(part["total"], 7);
  const auto rest = ask(kGet, "/songs?after=" + std::to_string(part["next"].get<int>()), nullptr, anna_).data;
  EXPECT_EQ(rest["songs"].size(), 2U);
  EXPECT_EQ(rest["next"], nullptr);
  EXPECT_EQ(ask(kGet, "/songs?limit=many", nullptr, anna_).status, 422);
}

// Every resource by every role and by nobody: what the table of routes lets through. "1": it may, "0": it may not.
TEST_F(LibrarySongs, OfWhichAnArtistHasManyAreFoundByHerNewNameAndAfterAMergeOnceThatIsAnswered) {
  const auto add = [&](const std::string& artist) {
    return ask(kPost, "/songs", {{"title", "Song"}, {"artist", artist}, {"private", false}}, anna_).data["song"]["artist_id"];
  };
  nlohmann::json artist;
  for (int i = 0; i < 50; ++i) artist = add("Old");
  const std::string into = "/artists/" + add("Another").dump();
  const auto found = [&](const std::string& name) { return ask(kGet, "/search?q=" + name).data["songs"]["total"]; };
  slices_ = 0;
  EXPECT_EQ(ask(kPatch, "/artists/" + artist.dump(), {{"name", "New"}}, cora_).data["artist"]["name"], "New");
  EXPECT_GE(slices_, 1);
  EXPECT_EQ(found("new"), 50);
  slices_ = 0;
  EXPECT_EQ(ask(kPost, into + "/merge", {{"from", artist}}, cora_).status, 200);
  EXPECT_GE(slices_, 1);
  EXPECT_EQ(found("another"), 51);
  EXPECT_EQ(ask(kGet, "/artists/" + artist.dump()).status, 404);
  EXPECT_EQ(ask(kPost, into + "/merge", {{"from", artist}}, cora_).status, 404);
}

TEST_F(LibrarySongs, AndAllElseIsForTheRolesThatTheTableNames) {
  const std::map<std::string, std::string> may = {
      // nobody, member, curator, admin
      {"GET /", "1111"},
      {"PATCH /", "0001"},
      {"POST /auth/register", "1111"},
      {"POST /auth/login", "1111"},
      {"POST /auth/logout", "1111"},
      {"GET /auth/me", "0111"},
      {"POST /auth/password", "0111"},
      {"POST /auth/forget", "0111"},
      {"GET /auth/sessions", "0111"},
      {"DELETE /auth/sessions/*", "0111"},
      {"GET /auth/tokens", "0111"},
      {"POST /auth/tokens", "0111"},
      {"DELETE /auth/tokens/*", "0111"},
      {"GET /auth/players", "0111"},
      {"POST /auth/players", "0111"},
      {"DELETE /auth/players/*", "0111"},
      {"GET /invitations", "0011"},
      {"POST /invitations", "0011"},
      {"DELETE /invitations/*", "0011"},
      {"GET /accounts", "0001"},
      {"PATCH /accounts/*", "0001"},
      {"DELETE /accounts/*", "0001"},
      {"POST /songs/upload", "0111"},
      {"GET /songs", "1111"},
      {"GET /songs/*", "1111"},
      {"PATCH /songs/*", "0111"},
      {"DELETE /songs/*", "0111"},
      {"GET /songs/*/song.mp3", "1111"},
      {"POST /songs/*/retry", "0111"},
      {"GET /songs/*/waveform", "1111"},
      {"GET /songs/*/song.opus", "1111"},
      {"POST /songs/*/room", "1111"},
      {"GET /songs/*/cover", "1111"},
      {"PUT /songs/*/cover", "0111"},
      {"DELETE /songs/*/cover", "0111"},
      {"GET /albums/*/cover", "1111"},
      {"PUT /albums/*/cover", "0011"},
      {"DELETE /albums/*/cover", "0011"},
      {"GET /artists", "1111"},
      {"POST /artists", "0011"},
      {"GET /artists/duplicates", "0011"},
      {"GET /artists/*", "1111"},
      {"PATCH /artists/*", "0011"},
      {"DELETE /artists/*", "0011"},
      {"POST /artists/*/merge", "0011"},
      {"PUT /artists/*/favourite", "0111"},
      {"DELETE /artists/*/favourite", "0111"},
      {"GET /albums", "1111"},
      {"POST /albums", "0011"},
      {"GET /albums/duplicates", "0011"},
      {"GET /albums/*", "1111"},
      {"PATCH /albums/*", "0011"},
      {"DELETE /albums/*", "0011"},
      {"POST /albums/*/merge", "0011"},
      {"PUT /albums/*/favourite", "0111"},
      {"DELETE /albums/*/favourite", "0111"},
      {"POST /songs", "0111"},
      {"GET /songs/duplicates", "0011"},
      {"GET /songs/*/words", "1111"},
      {"POST /songs/*/merge", "0011"},
      {"GET /songs/*/rating", "0111"},
      {"PUT /songs/*/rating", "0111"},
      {"DELETE /songs/*/rating", "0111"},
      {"POST /songs/*/plays", "0111"},
      {"PUT /songs/*/favourite", "0111"},
      {"DELETE /songs/*/favourite", "0111"},
      {"GET /favourites", "0111"},
      {"GET /plays", "0111"},
      {"GET /recommendations", "0111"},
      {"GET /search", "1111"},
      {"POST /import", "0111"},
      {"GET /export", "0111"},
      {"POST /imports", "0111"},
      {"GET /imports", "0111"},
      {"GET /imports/*", "0111"},
      {"DELETE /imports/*", "0111"},
      {"GET /playlists", "1111"},
      {"POST /playlists", "0111"},
      {"GET /playlists/*", "1111"},
      {"PATCH /playlists/*", "0111"},
      {"DELETE /playlists/*", "0111"},
      {"GET /playlists/*/songs", "1111"},
  };
  const std::map<LibraryMethod, std::string> names = {
      {kGet, "GET"}, {kPost, "POST"}, {kPatch, "PATCH"}, {kPut, "PUT"}, {kDelete, "DELETE"}};
  settings_.registration = LibraryRegistration::kOpen;
  for (const LibraryRoute& route : library_routes()) {
    const std::string name = names.at(route.method) + " " + std::string(route.path);
    const auto row = may.find(name);
    ASSERT_NE(row, may.end()) << name << " is not in the table of this test";
    std::string path(route.path);
    if (const size_t star = path.find('*'); star != std::string::npos) path.replace(star, 1, "999");
    const std::optional<LibraryAccount> by[] = {std::nullopt, anna_, cora_, dora_};
    for (size_t i = 0; i < 4; ++i) {
      LibraryRequest request = request_to(route.method, path, nlohmann::json::object());
      request.account = by[i];
      if (route.takes_file) request.file = ReceivedFile{.sha256 = "zz", .bytes = 1, .name = "a.mp3", .kind = "mp3"};
      const LibraryAnswer answer = answer_library(library_, request);
      const bool refused = answer.status == 401 || answer.status == 403;
      EXPECT_EQ(!refused || answer.password, row->second[i] == '1') << name << " by role " << i << ": " << answer.body();
    }
  }
}

}  // namespace
}  // namespace roundelay::songs_test
