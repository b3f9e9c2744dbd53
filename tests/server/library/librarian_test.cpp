// The librarian as it runs, asked over real sockets by way of a shard's HTTP side.
#include "server/library/librarian.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <filesystem>
#include <fstream>

#include "server/base/library_paths.h"
#include "server/http/library_metrics.h"
#include "server/library/accounts.h"
#include "server/library/logins.h"
#include "server/library/sql.h"
#include "server/net/process_beat.h"
#include "tests/codec/test_sound.h"
#include "tests/server/http/http_house.h"

namespace roundelay::librarian_test {
namespace {

class LibrarianTest : public HttpHouse {
 protected:
  LibrarianTest() {
    EXPECT_GE(sodium_init(), 0);
    begin_librarian();
  }
  ~LibrarianTest() override { librarian_.reset(); }

  void begin_librarian() {
    librarian_ = std::make_unique<Librarian>(loop_.get(), config_, worker_);
    EXPECT_TRUE(loop_.run_until([&] { return ask("GET", "/api/library/").status == 200; }));
  }
  // Her header Cookie; the name is that of the role.
  std::string logged_in(LibraryRole role) {
    LibraryDatabase database(library_database(config_));
    const auto id = Accounts(database).add({.name = std::string(name_of(role)), .role = role, .created_s = 1});
    const auto secret = Logins(database).add_session(id.value(), "192.0.2.1", {}, time(nullptr));
    return "Cookie: a=b; roundelay_library=" + secret.value() + "\r\n";
  }
  static std::string form(const std::string& file, const std::string& title = "Shenandoah") {
    return "--edge\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n" + title +
           "\r\n--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.flac\"\r\n\r\n" + file + "\r\n--edge--\r\n";
  }
  HttpAnswer upload(const std::string& cookie, const std::string& body) {
    return ask("POST", "/api/library/songs/upload", "Content-Type: multipart/form-data; boundary=edge\r\n" + cookie, body);
  }
  // Where the song is asked for that was brought just now.
  std::string path_of_uploaded(const std::string& cookie) {
    const HttpAnswer added = upload(cookie, form(flac_));
    EXPECT_EQ(added.status, 201) << added.body;
    return "/api/library/songs/" + added.json()["data"]["song"]["id"].dump();
  }
  // Songs' files, without what is made of them, the folder's mark and tables.
  [[nodiscard]] int kept() const {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path() + "/library"))
      count += entry.is_regular_file() && entry.path().filename().string().find('.') == std::string::npos ? 1 : 0;
    return count;
  }
  [[nodiscard]] int uploads() const { return folder_.files_in("uploads"); }

  const std::string flac_ = "fLaC" + std::string(60, 'x') + "the end";
  std::vector<std::string> worker_ = {DECODE_WORKER, "worker"};
  std::unique_ptr<Librarian> librarian_;
};

TEST_F(LibrarianTest, AFormGoesInAndItsFileComesOutInRanges) {
  const std::string cookie = logged_in(LibraryRole::kMember);
  const HttpAnswer added = upload(cookie, form(flac_));
  ASSERT_EQ(added.status, 201) << added.body;
  const auto song = added.json()["data"]["song"];
  EXPECT_EQ(song["title"], "Shenandoah");
  EXPECT_EQ(upload(cookie, form(flac_, "Again")).json()["data"]["song"]["id"], song["id"]);
  EXPECT_EQ(kept(), 1);
  EXPECT_EQ(uploads(), 0);

  const std::string path = "/api/library/songs/" + song["id"].dump();
  const HttpAnswer part = ask("GET", path + "/song.mp3", cookie + "Range: bytes=64-\r\n");
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, "the end");
  EXPECT_NE(part.head.find("content-type: audio/flac"), std::string::npos) << part.head;
  EXPECT_NE(part.head.find("Shenandoah.flac"), std::string::npos) << part.head;
  EXPECT_EQ(ask("GET", path + "/song.mp3").status, 404);
  EXPECT_EQ(ask("DELETE", path, cookie + "Origin: https://evil.example\r\n").status, 403);
  EXPECT_EQ(ask("PATCH", path, cookie, R"({"title":"Across the wide Missouri"})").json()["data"]["song"]["title"],
            "Across the wide Missouri");
  EXPECT_EQ(ask("DELETE", path, cookie).status, 200);
  EXPECT_EQ(kept(), 0);
}

// An MP3 of a second of silence that says these of itself (ID3v2.3, in Latin-1).
std::string tagged_mp3(const std::vector<std::pair<std::string, std::string>>& frames) {
  std::string tag;
  const auto add_size = [](std::string& to, size_t size, int bits) {
    for (int i = 3; i >= 0; --i) to += static_cast<char>((size >> (i * bits)) & ((1U << bits) - 1));
  };
  for (const auto& [id, text] : frames) {
    tag += id;
    add_size(tag, text.size() + 1, 8);
    tag.append(3, '\0');  // two bytes of flags, and the encoding
    tag += text;
  }
  std::string out("ID3\x03\0\0", 6);
  add_size(out, tag.size(), 7);
  out += tag;
  for (int i = 0; i < 39; ++i) out += std::string("\xFF\xFB\x90\x00", 4) + std::string(413, '\0');
  return out;
}

TEST_F(LibrarianTest, TagsOfAFileFillInWhatItsUploaderDidNotSay) {
  const std::string cookie = logged_in(LibraryRole::kMember);
  const std::string file = tagged_mp3({{"TIT2", "Loch Lomond"},
                                       {"TPE1", "The Choir"},
                                       {"TALB", "Scotland"},
                                       {"TRCK", "3/12"},
                                       {"TYER", "1841"},
                                       {"TCON", "Folk"}});
  const HttpAnswer added = upload(cookie, form(file, ""));
  ASSERT_EQ(added.status, 201) << added.body;
  const std::string path = "/api/library/songs/" + added.json()["data"]["song"]["id"].dump();
  nlohmann::json song;
  ASSERT_TRUE(loop_.run_until([&] { return (song = ask("GET", path, cookie).json()["data"]["song"])["artist"] == "The Choir"; }))
      << song;
  EXPECT_EQ(song["title"], "Loch Lomond");
  EXPECT_EQ(song["album"], "Scotland");
  EXPECT_EQ(song["track"], 3);
  EXPECT_EQ(song["year"], 1841);
  EXPECT_EQ(song["genre"], "Folk");
  EXPECT_NEAR(song["length_ms"].get<double>(), 1'019, 30);
  EXPECT_EQ(song["status"], "UPLOADED");
}

TEST_F(LibrarianTest, AJobGoesOnWhenTheLibrarianDiedInIt) {
  const std::string cookie = logged_in(LibraryRole::kMember);
  const HttpAnswer added = upload(cookie, form(tagged_mp3({{"TPE1", "The Choir"}}), "Mine"));
  ASSERT_EQ(added.status, 201) << added.body;
  librarian_.reset();  // and its worker with it
  {
    // As if it had died long ago, in its second attempt.
    LibraryDatabase database(library_database(config_));
    ASSERT_TRUE(run_sql(database, "UPDATE songs SET artist = NULL"));
    ASSERT_TRUE(run_sql(database, "DELETE FROM jobs"));
    ASSERT_TRUE(run_sql(database, "INSERT INTO jobs (kind, song, attempts, leased_until) SELECT 'tags', id, 2, 1000 FROM songs"));
  }
  begin_librarian();
  const std::string path = "/api/library/songs/" + added.json()["data"]["song"]["id"].dump();
  nlohmann::json song;
  ASSERT_TRUE(loop_.run_until([&] { return (song = ask("GET", path, cookie).json()["data"]["song"])["artist"] == "The Choir"; }))
      << song;
  EXPECT_EQ(song["title"], "Mine");
}

TEST_F(LibrarianTest, WhatTheServerIsToBlameForCountsAsNoAttempt) {
  worker_ = {"/bin/sh", folder_.write("worker.sh", "echo '{\"ok\":false,\"error\":\"No room.\"}' >&3; exit 2\n")};
  librarian_.reset();
  begin_librarian();
  ASSERT_EQ(upload(logged_in(LibraryRole::kMember), form(tagged_mp3({}))).status, 201);
  LibraryDatabase database(library_database(config_));
  // Of both jobs, tags and waveform.
  EXPECT_TRUE(loop_.run_until([&] {
    return sql_integer(database, "SELECT COUNT(*) FROM jobs WHERE attempts = 0 AND leased_until > ?", {time(nullptr)}) == 2;
  }));
}

TEST_F(LibrarianTest, NoJobBeginsWhileSingingNeedsTheMachineAndOneThatRunsStandsStill) {
  // A worker that says who it is, and waits.
  const std::string go = folder_.path() + "/go", who = folder_.path() + "/who";
  worker_ = {"/bin/sh",
             folder_.write("worker.sh", "echo $$ > " + who + ".new; mv " + who + ".new " + who + "; while [ ! -e " + go +
                                            " ]; do :; done; echo '{\"ok\":true,\"tags\":{\"artist\":\"Choir\"}}' >&3\n")};
  librarian_.reset();
  begin_librarian();
  const ProcessBeat beat(library_beat(config_));
  const LibraryCounts counts(library_counts(config_));
  const auto strain = [&](bool strained) {
    beat.row().strained.store(strained ? 1 : 0);
    EXPECT_TRUE(loop_.run_until([&] { return counts.value(LibraryCount::kJobsPaused) == (strained ? 1U : 0U); }));
  };
  const std::string cookie = logged_in(LibraryRole::kMember);
  strain(true);
  const HttpAnswer added = upload(cookie, form(tagged_mp3({}), "Song"));
  ASSERT_EQ(added.status, 201) << added.body;
  const int64_t seen_ns = beat.row().heartbeat_ns.load();
  EXPECT_TRUE(loop_.run_until([&] { return beat.row().heartbeat_ns.load() > seen_ns + 300'000'000; }));
  EXPECT_FALSE(std::filesystem::exists(who));
  strain(false);
  EXPECT_TRUE(loop_.run_until([&] { return std::filesystem::exists(who); }));
  const auto state = [&] {
    std::ifstream stat("/proc/" + std::to_string(std::stoi(folder_.read("who"))) + "/stat");
    std::string pid, name, letter;
    stat >> pid >> name >> letter;
    return letter;
  };
  strain(true);
  EXPECT_TRUE(loop_.run_until([&] { return state() == "T"; }));
  strain(false);
  EXPECT_TRUE(loop_.run_until([&] { return state() == "R"; }));
  folder_.write("go", "");
  const std::string path = "/api/library/songs/" + added.json()["data"]["song"]["id"].dump();
  EXPECT_TRUE(loop_.run_until([&] { return ask("GET", path, cookie).json()["data"]["song"]["artist"] == "Choir"; }));
}

TEST_F(LibrarianTest, ASongHasAWaveformSoonAndItGoesWithIt) {
  const std::string cookie = logged_in(LibraryRole::kMember);
  const HttpAnswer added = upload(cookie, form(tagged_mp3({}), "Silence"));
  ASSERT_EQ(added.status, 201) << added.body;
  const std::string path = "/api/library/songs/" + added.json()["data"]["song"]["id"].dump();
  const std::string made = "library/" + added.json()["data"]["song"]["hash"].get<std::string>() + ".waveform";
  HttpAnswer shape;
  ASSERT_TRUE(loop_.run_until([&] { return (shape = ask("GET", path + "/waveform", cookie)).status == 200; })) << shape.body;
  const auto points = shape.json()["data"]["waveform"]["points"];
  EXPECT_GT(points.size(), 700U);
  EXPECT_LE(points.size(), 800U);
  EXPECT_EQ(points[100], 0);
  EXPECT_EQ(shape.json()["data"]["waveform"]["rms"].size(), points.size());
  EXPECT_EQ(ask("GET", path + "/waveform").status, 404) << "it is as private as its song";
  EXPECT_EQ(ask("GET", path, cookie).json()["data"]["song"]["status"], "UPLOADED");

  // Where its file is lost (a backup has none of these), the next librarian makes it anew.
  librarian_.reset();
  std::filesystem::remove(folder_.path() + "/" + made);
  begin_librarian();
  ASSERT_TRUE(loop_.run_until([&] { return (shape = ask("GET", path + "/waveform", cookie)).status == 200; })) << shape.body;
  EXPECT_EQ(shape.json()["data"]["waveform"]["points"], points);
  EXPECT_EQ(ask("DELETE", path, cookie).status, 200);
  EXPECT_TRUE(loop_.run_until([&] { return !std::filesystem::exists(folder_.path() + "/" + made); }));
}

TEST_F(LibrarianTest, PlayersAreAnsweredUnderRest) {
  const std::string cookie = logged_in(LibraryRole::kMember);
  ASSERT_EQ(upload(cookie, form(flac_)).status, 201);
  const HttpAnswer made = ask("POST", "/api/library/auth/players", cookie, R"({"name":"phone"})");
  ASSERT_EQ(made.status, 201) << made.body;
  // A plus is a space, and what is a plus is written so.
  const std::string proof = "u=member&p=" + made.json()["data"]["password"].get<std::string>() + "&v=1.16.1&c=a+b%2Bc&f=json";
  const HttpAnswer found = ask("GET", "/rest/search3.view?" + proof + "&query=shen+andoah");
  EXPECT_EQ(found.status, 200);
  EXPECT_NE(found.head.find("access-control-allow-origin: *"), std::string::npos) << found.head;
  const auto song = ask("POST", "/rest/search3", "Content-Type: application/x-www-form-urlencoded\r\n", proof + "&query=%22%22")
                        .json()["subsonic-response"]["searchResult3"]["song"][0];
  ASSERT_EQ(song["title"], "Shenandoah");
  const HttpAnswer part = ask("GET", "/rest/stream?" + proof + "&id=" + song["id"].get<std::string>(), "Range: bytes=64-\r\n");
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, "the end");
  EXPECT_NE(part.head.find("access-control-allow-origin: *"), std::string::npos) << part.head;
  const HttpAnswer xml = ask("GET", "/rest/ping?u=member&p=wrong");
  EXPECT_EQ(xml.status, 200);
  EXPECT_NE(xml.head.find("content-type: application/xml"), std::string::npos) << xml.head;
  EXPECT_NE(xml.body.find("<error code=\"40\""), std::string::npos) << xml.body;
  // A cookie proves nothing there, and nothing of it is for other sites elsewhere.
  EXPECT_NE(ask("GET", "/rest/ping", cookie).body.find("<error code=\"10\""), std::string::npos);
  EXPECT_EQ(ask("GET", "/api/library/").head.find("access-control-allow-origin"), std::string::npos);
  EXPECT_EQ(ask("PUT", "/rest/ping").status, 405);
}

TEST_F(LibrarianTest, ASongIsMadeSmallerWhenThatIsWantedAndComesInRanges) {
  const std::string cookie = logged_in(LibraryRole::kMember);
  const auto wav = test::sound_file(test::kWav, 44'100, 2, test::sample(test::glide, 44'100, 2, 2));
  const HttpAnswer added = upload(cookie, form(std::string(wav.begin(), wav.end())));
  ASSERT_EQ(added.status, 201) << added.body;
  const std::string path = "/api/library/songs/" + added.json()["data"]["song"]["id"].dump();
  const HttpAnswer first = ask("GET", path + "/song.opus?kbits=96", cookie);
  EXPECT_EQ(first.status, 202);
  EXPECT_EQ(first.json()["data"]["status"], "MAKING");
  EXPECT_NE(first.head.find("retry-after: 1"), std::string::npos) << first.head;
  const HttpAnswer meanwhile = ask("GET", path + "/song.opus?kbits=96&meanwhile=original", cookie);
  EXPECT_EQ(meanwhile.status, 302);
  EXPECT_NE(meanwhile.head.find("location: song.mp3"), std::string::npos) << meanwhile.head;

  HttpAnswer whole;
  ASSERT_TRUE(loop_.run_until([&] { return (whole = ask("GET", path + "/song.opus", cookie)).status == 200; }));
  EXPECT_LT(whole.body.size(), wav.size() / 8);
  EXPECT_NE(whole.head.find("content-type: audio/ogg"), std::string::npos) << whole.head;
  EXPECT_NE(whole.head.find("Shenandoah.opus"), std::string::npos) << whole.head;
  const auto made = test::make({reinterpret_cast<const uint8_t*>(whole.body.data()), whole.body.size()});
  ASSERT_TRUE(made.info) << made.info.error();
  EXPECT_EQ(made.info->format, "Ogg Opus");
  EXPECT_DOUBLE_EQ(made.info->seconds, 2);
  const HttpAnswer part = ask("GET", path + "/song.opus", cookie + "Range: bytes=100-199\r\n");
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, whole.body.substr(100, 100));
  const std::string hash = added.json()["data"]["song"]["hash"];
  const std::string etag = "\"" + hash + ".opus-96-" + std::to_string(whole.body.size()) + "\"";
  EXPECT_NE(whole.head.find("etag: " + etag), std::string::npos) << whole.head;
  EXPECT_EQ(ask("GET", path + "/song.opus", cookie + "If-None-Match: " + etag + "\r\n").status, 304);
  EXPECT_EQ(ask("GET", path + "/song.opus").status, 404) << "it is private";

  EXPECT_EQ(folder_.read("library/" + hash + ".opus-96"), whole.body);
  EXPECT_EQ(ask("DELETE", path, cookie).status, 200);
  EXPECT_TRUE(loop_.run_until([&] { return kept() == 0; }));
}

// A line between the processes has a bound.
TEST_F(LibrarianTest, AnAnswerToAPlayerMayBeLongerThanALineOfTheLink) {
  const std::string cookie = logged_in(LibraryRole::kMember);
  const std::string password = ask("POST", "/api/library/auth/players", cookie, R"({"name":"phone"})").json()["data"]["password"];
  constexpr size_t kSongs = 400;
  {
    LibraryDatabase database(library_database(config_));
    ASSERT_TRUE(run_sql(database, "INSERT INTO files (hash, bytes, kind) VALUES ('0123', 1, 'mp3')"));
    ASSERT_TRUE(database.transaction([&] {
      for (size_t i = 0; i < kSongs; ++i) {
        if (!run_sql(database, "INSERT INTO songs (title, hash, private, status, created) VALUES (?, '0123', 0, 'UPLOADED', 1)",
                     {std::string(1'500, 'a')}))
          return false;
      }
      return true;
    }));
  }
  const std::string proof = "u=member&p=" + password + "&v=1.16.1&c=test";
  const HttpAnswer json = ask("GET", "/rest/search3?" + proof + "&f=json&query=&songCount=500");
  ASSERT_EQ(json.status, 200) << json.body.substr(0, 200);
  EXPECT_GT(json.body.size(), ControlServer::kMaxLineBytes);
  EXPECT_NE(json.head.find("content-type: application/json"), std::string::npos) << json.head;
  EXPECT_NE(json.head.find("access-control-allow-origin: *"), std::string::npos) << json.head;
  EXPECT_EQ(json.json()["subsonic-response"]["searchResult3"]["song"].size(), kSongs);
  const HttpAnswer xml = ask("GET", "/rest/search3?" + proof + "&query=&songCount=500");
  EXPECT_NE(xml.head.find("content-type: application/xml"), std::string::npos) << xml.head;
  EXPECT_TRUE(xml.body.ends_with("</subsonic-response>\n")) << xml.body.substr(xml.body.size() - 100);
}

TEST_F(LibrarianTest, WhatIsNotTakenLeavesNothingBehind) {
  const std::string cookie = logged_in(LibraryRole::kMember);
  const HttpAnswer nobody = upload("", form(flac_));
  EXPECT_EQ(nobody.status, 401);
  EXPECT_EQ(nobody.json()["ok"], false);
  EXPECT_EQ(nobody.json()["errors"][0]["sentence"], "library_log_in_first");
  EXPECT_EQ(upload(cookie, form("Amazing grace, how sweet the sound that saved a wretch like me")).status, 422);
  EXPECT_EQ(upload(cookie, form("")).status, 422);
  EXPECT_EQ(upload(cookie, "no form").status, 422);
  EXPECT_EQ(upload(cookie, form(flac_).substr(0, 200)).status, 422);
  EXPECT_EQ(ask("POST", "/api/library/songs/upload", cookie, "{}").status, 400);
  EXPECT_EQ(ask("POST", "/api/library/auth/login", {}, "no JSON").status, 400);
  EXPECT_EQ(kept(), 0);
  EXPECT_TRUE(loop_.run_until([&] { return uploads() == 0; }));
}

TEST_F(LibrarianTest, ManyPiecesAreOneFile) {
  const std::string cookie = logged_in(LibraryRole::kMember);
  std::string sound = flac_;
  while (sound.size() < 3'000'000) sound += sound;
  const std::string whole =
      request("POST", "/api/library/songs/upload", "Content-Type: multipart/form-data; boundary=edge\r\n" + cookie, form(sound));
  WebClient client(port());
  size_t said = 0;
  EXPECT_TRUE(loop_.run_until([&] {
    said += client.say(whole.substr(said));
    return said == whole.size();
  }));
  const auto song = answer_of(client).json()["data"]["song"];
  EXPECT_EQ(folder_.read("library/" + song["hash"].get<std::string>()), sound);
}

// An upload of which the first half has come.
class LibrarianHalfway : public LibrarianTest {
 protected:
  LibrarianHalfway() {
    client_.emplace(port());
    whole_ = request("POST", "/api/library/songs/upload", "Content-Type: multipart/form-data; boundary=edge\r\n" + cookie_,
                     form(flac_ + std::string(400'000, 'y')));
    say_until(whole_.size() / 2);
    EXPECT_TRUE(loop_.run_until([&] { return songs(cookie_).size() == 1; }));
  }
  void say_until(size_t end) {
    EXPECT_TRUE(loop_.run_until([&] {
      said_ += client_->say(whole_.substr(said_, end - said_));
      return said_ == end;
    }));
  }
  HttpAnswer rest() {
    say_until(whole_.size());
    return answer_of(*client_);
  }
  nlohmann::json songs(const std::string& cookie) { return ask("GET", "/api/library/songs", cookie).json()["data"]["songs"]; }
  std::string path() { return "/api/library/songs/" + songs(cookie_)[0]["id"].dump(); }

  const std::string cookie_ = logged_in(LibraryRole::kMember);
  std::string whole_;
  size_t said_ = 0;
  std::optional<WebClient> client_;
};

TEST_F(LibrarianHalfway, TheSongIsListedForItsUploaderAndBecomesWhatItIsCalledMeanwhile) {
  const auto song = songs(cookie_)[0];
  EXPECT_EQ(song["title"], "Shenandoah");
  EXPECT_EQ(song["status"], "UPLOADING");
  EXPECT_EQ(song["hash"], nullptr);
  EXPECT_TRUE(songs(logged_in(LibraryRole::kCurator)).empty());
  EXPECT_TRUE(songs("").empty());
  EXPECT_EQ(ask("GET", path() + "/song.mp3", cookie_).status, 404);
  EXPECT_EQ(ask("PATCH", path(), cookie_, R"({"title":"Across the wide Missouri","year":1850})").status, 200);
  const HttpAnswer added = rest();
  ASSERT_EQ(added.status, 201) << added.body;
  const auto came = added.json()["data"]["song"];
  EXPECT_EQ(came["id"], song["id"]);
  EXPECT_EQ(came["title"], "Across the wide Missouri");
  EXPECT_EQ(came["year"], 1'850);
  EXPECT_EQ(came["status"], "UPLOADED");
  EXPECT_EQ(kept(), 1);
}

TEST_F(LibrarianHalfway, TheSameBytesAgainAreTheSameSong) {
  const auto first = rest().json()["data"]["song"];
  client_.emplace(port());
  said_ = 0;
  say_until(whole_.size() / 2);
  EXPECT_TRUE(loop_.run_until([&] { return songs(cookie_).size() == 2; }));
  EXPECT_EQ(rest().json()["data"]["song"]["id"], first["id"]);
  EXPECT_EQ(songs(cookie_).size(), 1U);
}

TEST_F(LibrarianHalfway, NothingStaysOfWhatBreaksOff) {
  client_.reset();
  EXPECT_TRUE(loop_.run_until([&] { return songs(cookie_).empty() && uploads() == 0; }));
  EXPECT_EQ(kept(), 0);
}

TEST_F(LibrarianHalfway, NothingStaysOfWhatDiedAndTheSongComesAllTheSame) {
  librarian_.reset();
  begin_librarian();
  EXPECT_TRUE(songs(cookie_).empty());
  const HttpAnswer added = rest();
  EXPECT_EQ(added.status, 201) << added.body;
  EXPECT_EQ(songs(cookie_).size(), 1U);
}

TEST_F(LibrarianHalfway, ASongThatIsDeletedMeanwhileDoesNotCome) {
  EXPECT_EQ(ask("DELETE", path(), cookie_).status, 200);
  EXPECT_EQ(rest().status, 404);
  EXPECT_TRUE(songs(cookie_).empty());
  EXPECT_EQ(kept(), 0);
}

TEST_F(LibrarianTest, IsAwayWithoutAnybodyWaiting) {
  librarian_.reset();
  EXPECT_TRUE(loop_.run_until([&] { return ask("GET", "/api/library/").status == 503; }));
  EXPECT_EQ(ask("GET", "/api/library/songs").json()["errors"][0]["code"], "busy");
  begin_librarian();
}

TEST_F(LibrarianTest, RemovesFilesThatHaveNoRowWhenItBegins) {
  const std::string cookie = logged_in(LibraryRole::kMember);
  ASSERT_EQ(upload(cookie, form(flac_)).status, 201);
  librarian_.reset();
  folder_.write("library/0123", "half a song");
  begin_librarian();
  EXPECT_EQ(kept(), 1);
  EXPECT_EQ(folder_.read("library/0123"), "");
}

TEST_F(LibrarianTest, SetsTheSongsFilesAsideWhereItsDatabaseWasLost) {
  const std::string cookie = logged_in(LibraryRole::kMember);
  const HttpAnswer added = upload(cookie, form(flac_));
  ASSERT_EQ(added.status, 201) << added.body;
  const std::string hash = added.json()["data"]["song"]["hash"];
  librarian_.reset();
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(library_database(config_) + end);
  begin_librarian();
  EXPECT_EQ(folder_.read("library/" + hash), "");
  const std::string aside = LibraryFolder::aside_folder("library", time(nullptr));
  EXPECT_EQ(folder_.read(aside + "/" + hash), flac_);
  librarian_.reset();
  begin_librarian();
  EXPECT_EQ(folder_.read(aside + "/" + hash), flac_) << "what was set aside is somebody's to look at";
}

TEST_F(LibrarianTest, TakesATableInWhileItAnswersOthers) {
  const std::string cookie = logged_in(LibraryRole::kCurator);
  std::string csv = "title,artist,year\nBad,Choir,MCM\n";
  for (int i = 0; i < 1'500; ++i) csv.append("Song ").append(std::to_string(i)).append(",Choir,1999\n");
  const auto send = [&] {
    return ask("POST", "/api/library/imports", "Content-Type: multipart/form-data; boundary=edge\r\n" + cookie, form(csv));
  };
  const HttpAnswer begun = send();
  ASSERT_EQ(begun.status, 202) << begun.body;
  const std::string path = "/api/library/imports/" + begun.json()["data"]["import"]["id"].dump();
  EXPECT_EQ(begun.json()["data"]["import"]["state"], "running");
  int answers = 0;
  nlohmann::json import;
  EXPECT_TRUE(loop_.run_until([&] {
    ++answers;
    import = ask("GET", path, cookie).json()["data"]["import"];
    return import["state"] == "done";
  }));
  EXPECT_GT(answers, 3) << "it was asked between the slices";
  EXPECT_EQ(import["added"], 1'500);
  EXPECT_EQ(import["bad"], 1);
  const auto shown = ask("GET", path, cookie).json()["data"];
  EXPECT_EQ(shown["faults"][0]["line"], 2);
  EXPECT_EQ(shown["faults"][0]["sentence"], "csv_cell_is_no_number");
  EXPECT_EQ(ask("GET", "/api/library/imports", logged_in(LibraryRole::kMember)).json()["data"]["total"], 0);

  // The next librarian goes on with what the last one had begun.
  csv += "One more,Choir,2000\n";
  ASSERT_EQ(send().status, 202);
  librarian_.reset();
  begin_librarian();
  EXPECT_TRUE(loop_.run_until([&] {
    import = ask("GET", "/api/library/imports", cookie).json()["data"]["imports"][0];
    return import["state"] == "done";
  }));
  EXPECT_EQ(import["added"], 1);
  EXPECT_EQ(import["unchanged"], 1'500);
  EXPECT_EQ(folder_.files_in("library/imports"), 0);
}

TEST_F(LibrarianTest, CountsForTheMetricsWhatItIsAskedFor) {
  const std::string cookie = logged_in(LibraryRole::kMember);
  ASSERT_EQ(upload(cookie, form(flac_)).status, 201);
  EXPECT_EQ(ask("GET", "/api/library/search?q=shenandoah", cookie).status, 200);
  EXPECT_EQ(ask("GET", "/api/library/search?q=shenandoah", cookie).status, 200);
  const LibraryCounts seen(library_counts(config_));
  EXPECT_TRUE(loop_.run_until([&] { return seen.value(LibraryCount::kCacheHits) > 0; }));
  const std::string text = library_metrics_text(seen, true);
  for (const char* line :
       {"roundelay_library_requests_total{kind=\"search\"} 2", "roundelay_library_requests_total{kind=\"change\"} 1",
        "roundelay_library_uploads_total 1", "roundelay_library_upload_bytes_total 71", "roundelay_library_cache_hits_total 1",
        "# TYPE roundelay_library_songs gauge", "# TYPE roundelay_library_refused_total counter"})
    EXPECT_NE(text.find(line), std::string::npos) << line << " is not in\n" << text;
}

TEST_F(LibrarianTest, ASongIsSentAgainWithoutAskingToWhoMayHearItUntilAnythingIsWritten) {
  const std::string cookie = logged_in(LibraryRole::kMember), song = path_of_uploaded(cookie);
  const LibraryCounts counts(library_counts(config_));
  const auto get = [&](const std::string& headers) { return ask("GET", song + "/song.mp3", headers); };
  const auto lent = [&] { return counts.value(LibraryCount::kLentFiles); };
  // Until what is made of a new song has been written.
  const auto ask_until_lent = [&] {
    const uint64_t before = lent();
    EXPECT_TRUE(loop_.run_until([&] { return get(cookie).body == flac_ && lent() > before; }));
  };
  ask_until_lent();
  const HttpAnswer piece = get(cookie + "Range: bytes=64-66\r\n");
  EXPECT_EQ(piece.status, 206);
  EXPECT_EQ(piece.body, "the");
  EXPECT_EQ(get({}).status, 404) << "it is hers alone";

  // Whoever asks after a change was answered is asked for anew.
  ASSERT_EQ(ask("PATCH", song, cookie, R"({"title":"Another"})").status, 200);
  EXPECT_NE(get(cookie).head.find("Another.flac"), std::string::npos);
  ask_until_lent();
  {
    LibraryDatabase other(library_database(config_));  // the operator's command
    const uint64_t version = counts.value(LibraryCount::kLentVersion);
    ASSERT_TRUE(run_sql(other, "UPDATE songs SET title = 'A third'"));
    EXPECT_TRUE(loop_.run_until([&] { return counts.value(LibraryCount::kLentVersion) != version; }));
    EXPECT_NE(get(cookie).head.find("A third.flac"), std::string::npos);
  }
  ask_until_lent();
  ASSERT_EQ(ask("POST", "/api/library/auth/logout", cookie).status, 200);
  EXPECT_EQ(get(cookie).status, 404);
}

TEST_F(LibrarianTest, ASongThatIsDeletedIsSentToNobodyAnyMore) {
  const std::string admin = logged_in(LibraryRole::kAdmin), song = path_of_uploaded(admin);
  const LibraryCounts counts(library_counts(config_));
  EXPECT_TRUE(loop_.run_until(
      [&] { return ask("GET", song + "/song.mp3", admin).status == 200 && counts.value(LibraryCount::kLentFiles) > 2; }));
  ASSERT_EQ(ask("DELETE", song, admin).status, 200);
  EXPECT_EQ(ask("GET", song + "/song.mp3", admin).status, 404);
}

TEST_F(LibrarianTest, LogsInByPasswordAndKeepsWhatAdminsSet) {
  const std::string admin = logged_in(LibraryRole::kAdmin);
  EXPECT_EQ(ask("PATCH", "/api/library/", admin, R"({"registration":"open"})").status, 200);
  librarian_.reset();
  begin_librarian();
  const HttpAnswer made =
      ask("POST", "/api/library/auth/register", {}, R"({"username":"Anna","password1":"open sesame","password2":"open sesame"})");
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_NE(made.head.find("set-cookie: roundelay_library="), std::string::npos) << made.head;
  EXPECT_EQ(ask("POST", "/api/library/auth/login", {}, R"({"username":"anna","password":"open sesame"})").status, 200);
  EXPECT_EQ(ask("POST", "/api/library/auth/login", {}, R"({"username":"anna","password":"another one"})").status, 401);
}

}  // namespace
}  // namespace roundelay::librarian_test
