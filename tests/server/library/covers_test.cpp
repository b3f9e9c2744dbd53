// Covers of songs and albums: what people brought, what songs carry, who sees which, and when they go.
#include "server/library/covers.h"

#include <fstream>

#include "server/library/account_changes.h"
#include "server/library/merging.h"
#include "server/library/received_file.h"
#include "server/library/song_jobs.h"
#include "server/library/sql.h"
#include "tests/server/library/library_fixture.h"

namespace roundelay::covers_test {
namespace {

using enum LibraryMethod;
using enum LibraryRole;
using Hashes = std::vector<std::string>;

class LibraryCovers : public LibraryTest {
 protected:
  LibraryCovers() { EXPECT_TRUE(covers_.watch()); }

  static MadeCover cover(const std::string& hash) {
    return {.hash = hash, .bytes = 100, .sizes = {CoverStretch{0, 40}, CoverStretch{40, 60}}};
  }
  LibraryAnswer bring(const std::string& path, const std::string& hash, std::optional<LibraryAccount> as) {
    LibraryRequest request = request_to(kPut, path);
    request.account = std::move(as);
    request.file = ReceivedFile{.bytes = 100, .name = "cover.png", .cover = cover(hash)};
    return answer_library(library_, request);
  }
  void tag(int64_t song, const std::string& hash) {
    EXPECT_TRUE(database_.transaction([&] {
      const MadeCover made = cover(hash);
      return covers_.give_tags(song, hash.empty() ? nullptr : &made);
    }));
  }
  // Public, on the album "Missa", unless `fields` say otherwise.
  int64_t song(const LibraryAccount& by, const std::string& file,
               nlohmann::json fields = {{"album", "Missa"}, {"private", false}}) {
    const int64_t id = upload(file, by).data["song"]["id"].get<int64_t>();
    EXPECT_EQ(ask(kPatch, of_song(id), std::move(fields), by).status, 200);
    return id;
  }
  // Empty: none.
  std::string shown(const std::string& path, std::optional<LibraryAccount> as) {
    const LibraryAnswer answer = ask(kGet, path, nullptr, std::move(as));
    if (answer.status != 200) return std::to_string(answer.status);
    const auto row = answer.data.contains("song") ? answer.data["song"] : answer.data["album"];
    return row["cover"].is_null() ? "" : row["cover"].get<std::string>();
  }
  // The same by its picture: the file's name, "drawn", or the status.
  std::string pictured(const std::string& path, std::optional<LibraryAccount> as) {
    const LibraryAnswer answer = ask(kGet, path + "/cover", nullptr, std::move(as));
    if (answer.file) return answer.file->path.substr(settings_.files_dir.size() + 1);
    if (answer.text) return answer.text->content_type == "image/svg+xml" ? "drawn" : answer.text->content_type;
    return std::to_string(answer.status);
  }
  static std::string of_song(int64_t id) { return "/songs/" + std::to_string(id); }
  std::string of_album(int64_t song) {
    return "/albums/" + std::to_string(sql_integer(database_, "SELECT album FROM songs WHERE id = ?", {song}).value_or(0));
  }
  int64_t rows() { return sql_integer(database_, "SELECT COUNT(*) FROM covers").value_or(-1); }

  Covers covers_{database_};
  LibraryAccount anna_ = account("Anna", kMember);
  LibraryAccount bert_ = account("Bert", kMember);
  LibraryAccount cora_ = account("Cora", kCurator);
  LibraryAccount dora_ = account("Dora", kAdmin);
};

TEST_F(LibraryCovers, OfAlbumsAreTheCuratorsToGive) {
  const std::string album = of_album(song(anna_, "aa"));
  EXPECT_EQ(bring(album + "/cover", "c1", std::nullopt).status, 401);
  EXPECT_EQ(bring(album + "/cover", "c1", anna_).status, 403);
  EXPECT_EQ(rows(), 0);
  const LibraryAnswer given = bring(album + "/cover", "c1", cora_);
  ASSERT_EQ(given.status, 200) << given.body();
  EXPECT_EQ(given.data["album"]["cover"], "c1");
  EXPECT_EQ(given.data["album"]["own_cover"], true);
  EXPECT_EQ(bring("/albums/99/cover", "c1", cora_).status, 404);
  EXPECT_EQ(ask(kDelete, album + "/cover", nullptr, anna_).status, 403);
  const LibraryAnswer taken = ask(kDelete, album + "/cover", nullptr, cora_);
  EXPECT_EQ(taken.data["album"]["cover"], nullptr);
  EXPECT_EQ(taken.data["album"]["own_cover"], false);
  EXPECT_EQ(ask(kDelete, album + "/cover", nullptr, cora_).status, 200) << "there is none any more, as was asked for";
  EXPECT_EQ(covers_.gone(), Hashes{"c1"});
}

TEST_F(LibraryCovers, OfSongsAreTheirUploadersToGive) {
  const std::string path = of_song(song(anna_, "aa", {{"private", false}})) + "/cover";
  EXPECT_EQ(bring(path, "c1", bert_).status, 403);
  EXPECT_EQ(bring(path, "c1", anna_).data["song"]["cover"], "c1");
  EXPECT_EQ(bring(path, "c2", cora_).data["song"]["own_cover"], true);
  EXPECT_EQ(covers_.gone(), Hashes{"c1"});
}

TEST_F(LibraryCovers, AreSentInBothSizesAndKeptByWhoAskedForThisOne) {
  const int64_t id = song(anna_, "aa");
  bring(of_song(id) + "/cover", "c1", anna_);
  const auto sent = [&](const std::string& query, const std::string& known = "") {
    LibraryRequest request = request_to(kGet, of_song(id) + "/cover" + query);
    request.if_none_match = known;
    return answer_library(library_, request);
  };
  const LibraryAnswer large = sent("");
  ASSERT_TRUE(large.file);
  EXPECT_EQ(large.file->content_type, "image/webp");
  EXPECT_EQ(large.file->first, 40);
  EXPECT_EQ(large.file->bytes, 60);
  EXPECT_FALSE(large.file->immutable);
  const LibraryAnswer small = sent("?size=160");
  ASSERT_TRUE(small.file);
  EXPECT_EQ(small.file->first, 0);
  EXPECT_EQ(small.file->bytes, 40);
  EXPECT_EQ(sent("?size=100").status, 400);
  EXPECT_TRUE(sent("?v=c1").file->immutable);
  EXPECT_FALSE(sent("?v=c2").file->immutable);
  const auto tag_of = [](const LibraryAnswer& answer) { return answer.headers.at(0); };
  EXPECT_EQ(tag_of(large).first, "etag");
  EXPECT_NE(tag_of(large).second, tag_of(small).second);
  const LibraryAnswer again = sent("", tag_of(large).second);
  EXPECT_EQ(again.status, 304);
  EXPECT_FALSE(again.file);
  EXPECT_EQ(sent("", tag_of(small).second).status, 200);
}

TEST_F(LibraryCovers, WhereThereIsNoneOneIsDrawn) {
  const int64_t id = song(anna_, "aa");
  EXPECT_EQ(pictured(of_song(id), std::nullopt), "drawn");
  EXPECT_EQ(pictured(of_album(id), std::nullopt), "drawn");
  EXPECT_EQ(pictured("/songs/99", std::nullopt), "404");
  EXPECT_EQ(pictured("/albums/99", std::nullopt), "404");
}

TEST_F(LibraryCovers, OfAPrivateSongAreNotSeenThroughItsAlbum) {
  const int64_t secret = song(anna_, "aa", {{"album", "Missa"}});
  tag(secret, "c1");
  EXPECT_EQ(pictured(of_album(secret), bert_), "404") << "nor is the album";
  EXPECT_EQ(shown(of_album(secret), anna_), "c1");
  EXPECT_EQ(shown(of_album(secret), dora_), "c1");
  const int64_t open = song(anna_, "bb");
  ASSERT_EQ(of_album(open), of_album(secret));
  for (const auto& other : {std::optional(bert_), std::optional(cora_), std::optional<LibraryAccount>()}) {
    EXPECT_EQ(shown(of_album(secret), other), "");
    EXPECT_EQ(pictured(of_album(secret), other), "drawn");
    EXPECT_EQ(pictured(of_song(secret), other), "404");
    EXPECT_EQ(shown(of_song(open), other), "");
    EXPECT_EQ(pictured(of_song(open), other), "drawn");
    EXPECT_EQ(ask(kGet, "/albums", nullptr, other).data["albums"][0]["cover"], nullptr);
  }
  EXPECT_EQ(pictured(of_album(secret), anna_), "c1");
  EXPECT_EQ(bring(of_song(secret) + "/cover", "c2", bert_).status, 404);
  EXPECT_EQ(bring(of_song(secret) + "/cover", "c2", cora_).status, 404);
  tag(open, "c3");
  EXPECT_EQ(shown(of_album(secret), bert_), "c3");
}

TEST_F(LibraryCovers, ThatPeopleBroughtWinOverThoseOfTags) {
  const int64_t id = song(anna_, "aa");
  tag(id, "tags");
  EXPECT_EQ(shown(of_song(id), bert_), "tags");
  EXPECT_EQ(shown(of_album(id), bert_), "tags");
  bring(of_album(id) + "/cover", "album", cora_);
  EXPECT_EQ(shown(of_song(id), bert_), "album");
  bring(of_song(id) + "/cover", "song", anna_);
  EXPECT_EQ(shown(of_song(id), bert_), "song");
  EXPECT_EQ(shown(of_album(id), bert_), "album");
  ask(kDelete, of_song(id) + "/cover", nullptr, anna_);
  ask(kDelete, of_album(id) + "/cover", nullptr, cora_);
  EXPECT_EQ(shown(of_song(id), bert_), "tags");
  EXPECT_EQ(shown(of_album(id), bert_), "tags");
}

TEST_F(LibraryCovers, OfAnAlbumIsThatOfItsFirstSongThatHasOne) {
  const int64_t second = song(anna_, "aa", {{"album", "Missa"}, {"track", 2}, {"private", false}});
  const int64_t first = song(anna_, "bb", {{"album", "Missa"}, {"track", 1}, {"private", false}});
  tag(second, "c2");
  EXPECT_EQ(shown(of_album(first), bert_), "c2");
  tag(first, "c1");
  EXPECT_EQ(shown(of_album(first), bert_), "c1") << "what was answered before counts no longer";
}

TEST_F(LibraryCovers, GoWithTheLastThatHasThem) {
  const int64_t one = song(anna_, "aa"), two = song(anna_, "bb");
  tag(one, "c1");
  tag(two, "c1");
  const std::string album = of_album(one);
  bring(album + "/cover", "c1", cora_);
  EXPECT_EQ(rows(), 1);
  ask(kDelete, of_song(one), nullptr, anna_);
  ask(kDelete, album + "/cover", nullptr, cora_);
  EXPECT_EQ(covers_.gone(), Hashes{});
  EXPECT_EQ(rows(), 1);
  ask(kDelete, of_song(two), nullptr, anna_);
  EXPECT_EQ(covers_.gone(), Hashes{"c1"});
  EXPECT_EQ(rows(), 0);
  EXPECT_EQ(sql_integer(database_, "SELECT COUNT(*) FROM files"), 0);
  EXPECT_EQ(covers_.gone(), Hashes{}) << "it is told once";
}

TEST_F(LibraryCovers, GoWithAlbumsAccountsAndOtherFiles) {
  const int64_t one = song(anna_, "aa"), other = song(anna_, "bb");
  bring(of_album(one) + "/cover", "c1", cora_);
  tag(one, "c2");
  EXPECT_EQ(ask(kDelete, of_album(one) + "?with=all", nullptr, cora_).status, 200);
  EXPECT_EQ(covers_.gone(), (Hashes{"c2", "c1"}));
  const int64_t third = song(bert_, "cc");
  tag(third, "c3");
  ASSERT_TRUE(run_sql(database_, "INSERT INTO files (hash, bytes, kind) VALUES ('dd', 1, 'mp3')"));
  ASSERT_TRUE(run_sql(database_, "UPDATE songs SET hash = 'dd' WHERE id = ?", {third}));
  EXPECT_EQ(covers_.gone(), Hashes{"c3"});
  tag(third, "c4");
  EXPECT_EQ(remove_account(library_, bert_.id, unix_s_).status, 200);
  EXPECT_EQ(covers_.gone(), Hashes{"c4"});
  static_cast<void>(other);
}

TEST_F(LibraryCovers, StayWhenAlbumsOrSongsBecomeOne) {
  const int64_t one = song(anna_, "aa"), two = song(anna_, "bb", {{"album", "Missa brevis"}, {"private", false}});
  bring(of_album(two) + "/cover", "c1", cora_);
  bring(of_song(two) + "/cover", "c2", anna_);
  const int64_t from = std::stoll(of_album(two).substr(8));
  EXPECT_EQ(ask(kPost, of_album(one) + "/merge", {{"from", from}}, cora_).status, 200);
  EXPECT_EQ(shown(of_album(one), bert_), "c1");
  EXPECT_EQ(ask(kPost, of_song(one) + "/merge", {{"from", two}}, cora_).status, 200);
  EXPECT_EQ(shown(of_song(one), bert_), "c2");
  EXPECT_EQ(covers_.gone(), Hashes{});
}

TEST_F(LibraryCovers, EverySongWithAFileHasOneLookedFor) {
  const int64_t id = song(anna_, "aa");
  EXPECT_EQ(SongJobs(database_).state(id, "cover"), JobState::kWaiting);
  ask(kPost, "/songs", {{"title", "No sound"}}, anna_);
  EXPECT_EQ(sql_integer(database_, "SELECT COUNT(*) FROM jobs WHERE kind = 'cover'"), 1);
}

TEST_F(LibraryCovers, WhoseFilesAreGoneAreForgottenAndThoseOfTagsMadeAnew) {
  const int64_t id = song(anna_, "aa");
  tag(id, "c1");
  bring(of_song(id) + "/cover", "c2", anna_);
  bring(of_album(id) + "/cover", "c3", cora_);
  std::ofstream(settings_.files_dir + "/c3") << std::string(100, 'x');
  ASSERT_TRUE(run_sql(database_, "DELETE FROM jobs"));
  EXPECT_EQ(covers_.drop_rows_without_files(settings_.files_dir), 2);
  EXPECT_EQ(shown(of_song(id), bert_), "c3");
  EXPECT_EQ(rows(), 1);
  EXPECT_EQ(SongJobs(database_).state(id, "cover"), JobState::kWaiting);
  EXPECT_EQ(covers_.drop_rows_without_files(settings_.files_dir), 0);
}

TEST_F(LibraryCovers, AWorkerIsNotBelieved) {
  const std::string path = settings_.files_dir + "/.cover", victim = settings_.files_dir + "/aa";
  std::ofstream(victim) << "a song";
  const auto kept = [&](const char* cover) {
    std::ofstream(path) << std::string(100, 'x');
    return Covers::keep_file({{"ok", true}, {"cover", nlohmann::json::parse(cover)}}, path, settings_.files_dir);
  };
  for (const char* lie : {"null", "7", "{}", R"({"parts":[]})", R"({"parts":[[0,40],[40,61]]})", R"({"parts":[[0,40],[-1,60]]})",
                          R"({"parts":[[0,0],[40,60]]})", R"({"parts":[[0,40],["a",60]]})", R"({"parts":[[0,40],[101,1]]})",
                          R"({"parts":[[0,40],[40,9223372036854775807]]})", R"({"parts":[[0,40],7]})"})
    EXPECT_FALSE(kept(lie)) << lie;
  const auto made = kept(R"({"parts":[[0,40,1,1],[40,60,2,2]],"sha256":"aa","bytes":5})");
  ASSERT_TRUE(made && made->cover);
  EXPECT_EQ(made->cover->hash.size(), 64U) << "its own, whatever the worker calls it";
  EXPECT_EQ(file_sha256(settings_.files_dir + "/" + made->cover->hash), made->cover->hash);
  EXPECT_EQ(std::filesystem::file_size(victim), 6U);
  const auto none = Covers::keep_file({{"ok", true}}, path, settings_.files_dir);
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->cover);
}

TEST_F(LibraryCovers, NeedNotComeWhereTheyAreNotTaken) {
  const int64_t id = song(anna_, "aa");
  const auto coming = [&](const std::string& path, int64_t bytes, const LibraryAccount& as) {
    LibraryRequest request = request_to(kPut, path);
    request.account = as;
    request.coming_bytes = bytes;
    const auto refused = refuse_file(library_, request);
    return refused ? refused->status : 100;
  };
  EXPECT_EQ(coming(of_song(id) + "/cover", 10'000'000, anna_), 100);
  EXPECT_EQ(coming(of_song(id) + "/cover", 11'000'000, anna_), 413);
  EXPECT_EQ(coming(of_song(id) + "/cover", 1'000, bert_), 403);
  EXPECT_EQ(coming(of_album(id) + "/cover", 1'000, anna_), 403);
  EXPECT_EQ(coming("/albums/99/cover", 1'000, cora_), 404);
}

}  // namespace
}  // namespace roundelay::covers_test
