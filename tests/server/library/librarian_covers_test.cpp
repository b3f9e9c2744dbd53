// Covers as the librarian makes and gives them, with real workers, asked over real sockets by way of a shard's HTTP side.
#include <gtest/gtest.h>
#include <sodium.h>

#include <filesystem>

#include "server/base/library_paths.h"
#include "server/library/accounts.h"
#include "server/library/imports.h"
#include "server/library/librarian.h"
#include "server/library/logins.h"
#include "server/library/sql.h"
#include "tests/server/http/http_house.h"
#include "tests/server/jobs/score_files.h"
#include "tests/server/jobs/songs_with_pictures.h"

namespace roundelay::librarian_covers_test {
namespace {

using Bytes = std::vector<uint8_t>;

class LibrarianCovers : public HttpHouse {
 protected:
  LibrarianCovers() {
    EXPECT_GE(sodium_init(), 0);
    begin_librarian();
  }
  ~LibrarianCovers() override { librarian_.reset(); }

  void begin_librarian() {
    librarian_ = std::make_unique<Librarian>(loop_.get(), config_, std::vector<std::string>{DECODE_WORKER, "worker"});
    EXPECT_TRUE(loop_.run_until([&] { return ask("GET", "/api/library/").status == 200; }));
  }
  // Her header Cookie.
  std::string logged_in(const std::string& name, LibraryRole role) {
    LibraryDatabase database(library_database(config_));
    const auto id = Accounts(database).add({.name = name, .role = role, .created_s = 1});
    const auto secret = Logins(database).add_session(id.value(), "192.0.2.1", {}, time(nullptr));
    return "Cookie: roundelay_library=" + secret.value() + "\r\n";
  }
  HttpAnswer send(const std::string& method, const std::string& path, const std::string& cookie, const Bytes& file) {
    const std::string body = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n" +
                             std::string(file.begin(), file.end()) + "\r\n--edge--\r\n";
    return ask(method, path, "Content-Type: multipart/form-data; boundary=edge\r\n" + cookie, body);
  }
  // Its path.
  std::string bring_song(const std::string& cookie, const Bytes& file) {
    const HttpAnswer added = send("POST", "/api/library/songs/upload", cookie, file);
    EXPECT_EQ(added.status, 201) << added.body;
    return "/api/library/songs/" + added.json()["data"]["song"]["id"].dump();
  }
  // Null: none.
  nlohmann::json cover_of(const std::string& path, const std::string& cookie) {
    const auto data = ask("GET", path, cookie).json()["data"];
    return data[data.contains("song") ? "song" : "album"]["cover"];
  }
  // All that was to be made of songs has been made.
  bool jobs_are_done() {
    LibraryDatabase database(library_database(config_));
    return sql_integer(database, "SELECT COUNT(*) FROM jobs WHERE kind = 'cover'") == 0;
  }
  // Files of songs and covers.
  [[nodiscard]] int kept() const {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path() + "/library"))
      count += entry.is_regular_file() && entry.path().filename().string().find('.') == std::string::npos ? 1 : 0;
    return count;
  }

  const Bytes picture_ = test::jpeg(test::noisy_picture(800, 400));
  std::unique_ptr<Librarian> librarian_;
};

TEST_F(LibrarianCovers, ThePictureInASongIsShownToWhomTheSongIs) {
  const std::string anna = logged_in("Anna", LibraryRole::kMember), bert = logged_in("Bert", LibraryRole::kMember);
  const std::string song = bring_song(anna, test::mp3_with_picture(picture_));
  ASSERT_EQ(ask("PATCH", song, anna, R"({"album":"Missa"})").status, 200);
  ASSERT_TRUE(loop_.run_until([&] { return jobs_are_done(); }));
  const std::string cover = cover_of(song, anna);
  EXPECT_EQ(kept(), 2);
  const std::string album = "/api/library/albums/1";
  EXPECT_EQ(cover_of(album, anna), cover);

  const HttpAnswer small = ask("GET", song + "/cover?size=160", anna);
  ASSERT_EQ(small.status, 200) << small.body;
  EXPECT_NE(small.head.find("content-type: image/webp"), std::string::npos) << small.head;
  EXPECT_NE(small.head.find("cache-control: no-cache"), std::string::npos) << small.head;
  EXPECT_TRUE(small.body.starts_with("RIFF")) << small.body.size();
  const HttpAnswer large = ask("GET", album + "/cover?v=" + cover, anna);
  EXPECT_TRUE(large.body.starts_with("RIFF"));
  EXPECT_GT(large.body.size(), small.body.size());
  EXPECT_NE(large.head.find("cache-control: private, max-age=31536000, immutable"), std::string::npos) << large.head;
  EXPECT_NE(large.head.find("vary: cookie, authorization"), std::string::npos) << large.head;
  const std::string tag = "\"" + cover + "-160\"";
  EXPECT_NE(small.head.find("etag: " + tag), std::string::npos) << small.head;
  const HttpAnswer again = ask("GET", song + "/cover?size=160", anna + "If-None-Match: " + tag + "\r\n");
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
  for (const std::string& other : {bert, std::string()}) {
    EXPECT_EQ(ask("GET", song + "/cover", other).status, 404);
    EXPECT_EQ(ask("GET", album + "/cover", other).status, 404);
  }
  EXPECT_EQ(ask("DELETE", song, anna).status, 200);
  EXPECT_TRUE(loop_.run_until([&] { return kept() == 0; }));
}

TEST_F(LibrarianCovers, AnAnswerThatIsKnownIsNotSentAgain) {
  const HttpAnswer list = ask("GET", "/api/library/albums");
  const size_t at = list.head.find("etag: ");
  ASSERT_NE(at, std::string::npos) << list.head;
  const std::string tag = list.head.substr(at + 6, list.head.find('\r', at) - at - 6);
  const HttpAnswer again = ask("GET", "/api/library/albums", "If-None-Match: " + tag + "\r\n");
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "") << "a client would take it for the next answer";
}

TEST_F(LibrarianCovers, APictureThatSomebodyBringsIsItsCover) {
  const std::string anna = logged_in("Anna", LibraryRole::kMember), cora = logged_in("Cora", LibraryRole::kCurator);
  const std::string song = bring_song(anna, test::mp3_with_picture(picture_));
  ASSERT_EQ(ask("PATCH", song, anna, R"({"album":"Missa","private":false})").status, 200);
  ASSERT_TRUE(loop_.run_until([&] { return jobs_are_done(); }));
  const std::string of_tags = cover_of(song, anna), album = "/api/library/albums/1";
  EXPECT_EQ(send("PUT", album + "/cover", anna, picture_).status, 403);
  const HttpAnswer given = send("PUT", album + "/cover", cora, test::png(test::marked_picture(300, 300)));
  ASSERT_EQ(given.status, 200) << given.body;
  EXPECT_NE(given.json()["data"]["album"]["cover"], of_tags);
  EXPECT_EQ(cover_of(song, anna), given.json()["data"]["album"]["cover"]);
  EXPECT_EQ(kept(), 3);
  // The same picture as in the tags is the same file.
  EXPECT_EQ(send("PUT", song + "/cover", anna, picture_).json()["data"]["song"]["cover"], of_tags);
  EXPECT_EQ(kept(), 3);
  EXPECT_EQ(ask("DELETE", album + "/cover", cora).status, 200);
  EXPECT_TRUE(loop_.run_until([&] { return kept() == 2; }));
  EXPECT_EQ(cover_of(album, ""), of_tags);
}

TEST_F(LibrarianCovers, WhatIsNoPictureIsRefusedAndLeavesNothing) {
  const std::string anna = logged_in("Anna", LibraryRole::kMember);
  const std::string song = bring_song(anna, test::mp3_with_picture({}));
  const std::string text = "Dear choir, here is the cover.";
  Bytes half = picture_;
  half.resize(half.size() / 2);
  const std::pair<Bytes, const char*> cases[] = {{Bytes(text.begin(), text.end()), "no_picture_file"},
                                                 {half, "picture_is_damaged"},
                                                 {test::png_header(100'000, 100'000), "picture_is_too_large"}};
  for (const auto& [file, sentence] : cases) {
    const HttpAnswer refused = send("PUT", song + "/cover", anna, file);
    EXPECT_EQ(refused.status, 422) << refused.body;
    EXPECT_EQ(refused.json()["errors"][0]["code"], "no_picture");
    EXPECT_EQ(refused.json()["errors"][0]["sentence"], sentence);
  }
  EXPECT_EQ(send("PUT", song + "/cover", "", picture_).status, 401);
  EXPECT_EQ(send("PUT", "/api/library/songs/99/cover", anna, picture_).status, 404);
  EXPECT_TRUE(cover_of(song, anna).is_null());
  EXPECT_EQ(kept(), 1);
  EXPECT_EQ(folder_.files_in("uploads"), 0);
  const HttpAnswer drawn = ask("GET", song + "/cover", anna);
  EXPECT_NE(drawn.head.find("content-type: image/svg+xml"), std::string::npos) << drawn.head;
}

TEST_F(LibrarianCovers, ASongWithAHostilePictureIsWellWithoutIt) {
  const std::string anna = logged_in("Anna", LibraryRole::kMember);
  const std::string song = bring_song(anna, test::mp3_with_picture(test::png_header(100'000, 100'000)));
  ASSERT_TRUE(loop_.run_until([&] { return jobs_are_done(); }));
  const auto told = ask("GET", song, anna).json()["data"]["song"];
  EXPECT_TRUE(told["cover"].is_null());
  EXPECT_EQ(told["status"], "UPLOADED");
  EXPECT_EQ(ask("GET", song + "/song.mp3", anna).status, 200);
  EXPECT_EQ(kept(), 1);
}

TEST_F(LibrarianCovers, PlayersGetThemInTheSizeThatFits) {
  const std::string anna = logged_in("Anna", LibraryRole::kMember);
  const std::string song = bring_song(anna, test::mp3_with_picture(picture_));
  ASSERT_TRUE(loop_.run_until([&] { return jobs_are_done(); }));
  const std::string password = ask("POST", "/api/library/auth/players", anna, R"({"name":"phone"})").json()["data"]["password"];
  const std::string path =
      "/rest/getCoverArt?u=Anna&p=" + password + "&v=1.16.1&c=test&id=so-" + song.substr(song.rfind('/') + 1);
  const HttpAnswer whole = ask("GET", path), small = ask("GET", path + "&size=100"), large = ask("GET", path + "&size=600");
  for (const HttpAnswer& answer : {whole, small, large}) {
    ASSERT_EQ(answer.status, 200);
    EXPECT_NE(answer.head.find("content-type: image/webp"), std::string::npos) << answer.head << answer.body;
  }
  EXPECT_EQ(whole.body, large.body);
  EXPECT_LT(small.body.size(), large.body.size());
}

TEST_F(LibrarianCovers, AFoldersTableNamesThem) {
  const std::string cora = logged_in("Cora", LibraryRole::kCurator);
  const auto bytes = [](const Bytes& file) { return std::string(file.begin(), file.end()); };
  const std::string silence = bytes(test::mp3_with_picture({}));
  folder_.write("library/imports/folder/one.mp3", silence + "1");
  folder_.write("library/imports/folder/two.mp3", silence + "2");
  folder_.write("library/imports/folder/covers/one.jpg", bytes(picture_));
  folder_.write("library/imports/folder/bad.png", "no picture at all");
  const std::string csv = "title,file,cover\nOne,one.mp3,covers/one.jpg\nTwo,two.mp3,bad.png\nThree,,covers/one.jpg\n";
  const std::string table = folder_.write("library/imports/folder.csv", csv);
  {
    LibraryDatabase database(library_database(config_));
    ASSERT_TRUE(Imports(database)
                    .add({.account = 1,
                          .file = table,
                          .folder = folder_.path() + "/library/imports/folder",
                          .bytes = static_cast<int64_t>(csv.size())})
                    .has_value());
  }
  ASSERT_TRUE(loop_.run_until([&] {
    LibraryDatabase database(library_database(config_));
    return sql_integer(database, "SELECT COUNT(*) FROM imports WHERE state = 'running'") == 0;
  }));
  const auto told = ask("GET", "/api/library/imports/1", cora).json()["data"];
  EXPECT_EQ(told["import"]["state"], "done");
  EXPECT_EQ(told["import"]["added"], 3);
  ASSERT_EQ(told["faults"].size(), 1U);
  EXPECT_EQ(told["faults"][0]["line"], 3);
  EXPECT_EQ(told["faults"][0]["sentence"], "no_picture_file");
  const auto songs = ask("GET", "/api/library/songs", cora).json()["data"]["songs"];
  ASSERT_EQ(songs.size(), 3U);
  EXPECT_FALSE(songs[0]["cover"].is_null());
  EXPECT_TRUE(songs[1]["cover"].is_null());
  EXPECT_EQ(songs[2]["cover"], songs[0]["cover"]);
  EXPECT_EQ(kept(), 3) << "two songs and a cover";
  EXPECT_TRUE(ask("GET", "/api/library/songs/3/cover", cora).body.starts_with("RIFF"));
}

TEST_F(LibrarianCovers, ALibrarianThatDiedWhileItMadeOneLeavesNothing) {
  const std::string cora = logged_in("Cora", LibraryRole::kCurator);
  const std::string song = bring_song(cora, test::mp3_with_picture({}));
  ASSERT_TRUE(loop_.run_until([&] { return jobs_are_done(); }));
  librarian_.reset();
  const std::string library = folder_.path() + "/library/";
  // What one that was killed may leave: a file that is being written, one that has no row yet, a row whose file is lost.
  for (const std::string& name : {std::string(".cover"), std::string(64, 'a')}) std::ofstream(library + name) << "RIFF";
  {
    LibraryDatabase database(library_database(config_));
    ASSERT_TRUE(run_sql(database, "INSERT INTO files (hash, bytes, kind) VALUES ('bb', 100, 'cover')"));
    ASSERT_TRUE(run_sql(database, "INSERT INTO covers VALUES ('bb', 0, 40, 40, 60)"));
    ASSERT_TRUE(run_sql(database, "UPDATE songs SET cover = 'bb'"));
  }
  begin_librarian();
  EXPECT_EQ(kept(), 1);
  EXPECT_FALSE(std::filesystem::exists(library + ".cover"));
  EXPECT_TRUE(cover_of(song, cora).is_null());
}

}  // namespace
}  // namespace roundelay::librarian_covers_test
