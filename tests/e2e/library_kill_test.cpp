// The librarian, its worker or the whole server is killed at a random moment of uploads, pictures, imports and deletions:
// ROUNDELAY_KILLS times (3 when it is not set), beginning with the chance of ROUNDELAY_SEED. Afterwards every row has its file
// and every file its row, every song is there that was answered with 201, and has the picture that was answered with 200.
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <thread>

#include "tests/e2e/server.h"
#include "tests/server/jobs/score_files.h"
#include "tests/server/jobs/songs_with_pictures.h"

namespace roundelay::e2e::library_kill_test {
namespace {

namespace fs = std::filesystem;

unsigned number_of(const char* name, unsigned otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

// A tenth of a second of noise, another one for each number.
std::string noise(unsigned number) {
  constexpr uint32_t kBytes = 8'820;
  std::string out("RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x44\xAC\0\0\x88\x58\x01\0\x02\0\x10\0data\0\0\0\0", 44);
  for (const auto& [at, value] : {std::pair(4U, kBytes + 36), std::pair(40U, kBytes)}) {
    for (unsigned i = 0; i < 4; ++i) out[at + i] = static_cast<char>(value >> (8 * i));
  }
  std::mt19937 chance(number);
  for (uint32_t i = 0; i < kBytes; ++i) out += static_cast<char>(chance());
  return out;
}

// One of few, so that several songs have the same.
std::vector<uint8_t> picture(unsigned number) {
  return test::png(test::noisy_picture(200 + static_cast<int>(number % 5), 200));
}

std::string form_of(const std::string& file, const std::string& name) {
  return "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n" + file + "\r\n--edge--\r\n";
}

class LibraryKills : public testing::Test {
 protected:
  LibraryKills() {
    EXPECT_TRUE(answers()) << server_.log();
    const std::string add = "printf 'open sesame\\n' | " ROUNDELAY_PROGRAM " admin add Dora --data " + server_.data_dir();
    EXPECT_EQ(std::system(add.c_str()), 0);
    const HttpAnswer login = server_.request("POST", "/api/library/auth/login", R"({"username":"dora","password":"open sesame"})",
                                             "Content-Type: application/json\r\n");
    const size_t begin = login.headers.find("roundelay_library=");
    EXPECT_NE(begin, std::string::npos) << login.body;
    cookie_ = "Cookie: " + login.headers.substr(begin, login.headers.find(';', begin) - begin) + "\r\n";
  }

  [[nodiscard]] bool answers() const {
    return wait_until([&] { return server_.request("GET", "/api/library/").status == 200; });
  }
  HttpAnswer send(const std::string& path, const std::string& file, const std::string& name, const char* method = "POST") {
    return server_.request(method, "/api/library/" + path, form_of(file, name),
                           "Content-Type: multipart/form-data; boundary=edge\r\n" + cookie_);
  }
  void upload(unsigned number) {
    const HttpAnswer answer = send("songs/upload", noise(number), "noise " + std::to_string(number) + ".wav");
    if (answer.status != 201) return;
    const auto song = answer.json()["data"]["song"];
    songs_[song["id"].get<int64_t>()] = song["hash"].get<std::string>();
  }
  // Another song for each number, with one of few pictures in its tags.
  void upload_with_picture(unsigned number) {
    std::vector<uint8_t> file = test::mp3_with_picture(picture(number));
    for (unsigned i = 0; i < sizeof(number); ++i) file.push_back(static_cast<uint8_t>(number >> (8 * i)));
    const HttpAnswer answer =
        send("songs/upload", std::string(file.begin(), file.end()), "picture " + std::to_string(number) + ".mp3");
    if (answer.status != 201) return;
    const auto song = answer.json()["data"]["song"];
    songs_[song["id"].get<int64_t>()] = song["hash"].get<std::string>();
  }
  void give_or_take_picture() {
    if (songs_.empty()) return;
    const auto one = std::next(songs_.begin(), static_cast<std::ptrdiff_t>(chance_() % songs_.size()));
    const std::string path = "songs/" + std::to_string(one->first) + "/cover";
    covers_.erase(one->first);  // without an answer nobody knows
    if (chance_() % 3 == 0) {
      (void)server_.request("DELETE", "/api/library/" + path, {}, cookie_);
      return;
    }
    const std::vector<uint8_t> file = picture(static_cast<unsigned>(chance_()));
    const HttpAnswer answer = send(path, std::string(file.begin(), file.end()), "a.png", "PUT");
    if (answer.status == 200) covers_[one->first] = answer.json()["data"]["song"]["cover"].get<std::string>();
  }
  void remove_one() {
    if (songs_.empty()) return;
    const auto one = std::next(songs_.begin(), static_cast<std::ptrdiff_t>(chance_() % songs_.size()));
    // Without an answer nobody knows.
    (void)server_.request("DELETE", "/api/library/songs/" + std::to_string(one->first), {}, cookie_);
    songs_.erase(one);
  }
  void ask_something() {
    const auto kind = chance_() % 10;
    if (kind == 0) return remove_one();
    if (kind == 3 || kind == 4) return give_or_take_picture();
    if (kind == 5) return upload_with_picture(uploads_++);
    if (kind == 1) {
      (void)send("imports", "title,artist\nSong " + std::to_string(chance_() % 1'000) + ",Choir\n", "table.csv");
      return;
    }
    upload(kind == 2 && uploads_ > 0 ? static_cast<unsigned>(chance_() % uploads_) : uploads_++);
  }

  [[nodiscard]] pid_t victim(unsigned which) const {
    const auto librarian = server_.pids("librarian");
    if (librarian.empty()) return 0;
    for (const pid_t child : children_of(librarian.front())) {
      if (which == kWorker && command_line(child).find(" worker ") != std::string::npos) return child;
    }
    return librarian.front();
  }
  [[nodiscard]] bool all_is_done() const {
    return wait_until([&] { return rows("SELECT id, kind FROM jobs WHERE attempts = 0").empty(); }, 60s);
  }
  void kill_in_the_middle() {
    // Songs with all that is made of them are among those that go.
    if (chance_() % 3 == 0) {
      EXPECT_TRUE(all_is_done()) << server_.log();
    }
    const auto which = static_cast<unsigned>(chance_() % 4);
    const auto after = std::chrono::microseconds(chance_() % 400'000);
    std::atomic<bool> killed = false;
    std::thread killer([&] {
      std::this_thread::sleep_for(after);
      if (which == kAll) {
        server_.process().signal(SIGKILL);
        server_.signal_group(SIGKILL);
      } else if (const pid_t pid = victim(which); pid != 0) {
        kill(pid, SIGKILL);
      }
      killed = true;
    });
    while (!killed) ask_something();
    killer.join();
    if (which == kAll) {
      (void)server_.process().wait();
      server_.start();
    }
    ASSERT_TRUE(answers()) << server_.log();
  }
  void end() {
    server_.process().signal(SIGTERM);
    ASSERT_EQ(server_.process().wait(10s), 0) << server_.log();
  }

  // By the first column, which is a text.
  [[nodiscard]] std::map<std::string, std::string> rows(const std::string& sql) const {
    std::map<std::string, std::string> out;
    sqlite3* db = nullptr;
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_open_v2((server_.data_dir() + "/library.sqlite").c_str(), &db, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    EXPECT_EQ(sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    const auto text = [&](int column) {
      const auto* at = sqlite3_column_text(statement, column);
      return at == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(at));
    };
    while (sqlite3_step(statement) == SQLITE_ROW) out[text(0)] = text(1);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return out;
  }

  enum { kLibrarian, kWorker, kLibrarianToo, kAll };
  Server server_{1};
  std::mt19937 chance_{number_of("ROUNDELAY_SEED", 1)};
  std::string cookie_;
  std::map<int64_t, std::string> songs_;   // that were answered with 201: their hashes
  std::map<int64_t, std::string> covers_;  // of songs, that were answered with 200
  unsigned uploads_ = 0;
};

TEST_F(LibraryKills, LeaveNoFileWithoutARowAndNoRowWithoutAFileAndLoseNoSong) {
  for (unsigned i = 0; i < number_of("ROUNDELAY_KILLS", 3); ++i) {
    SCOPED_TRACE("kill " + std::to_string(i));
    kill_in_the_middle();
    ASSERT_FALSE(HasFatalFailure());
  }
  upload(uploads_++);
  EXPECT_FALSE(songs_.empty());
  EXPECT_TRUE(all_is_done()) << server_.log();
  end();
  server_.start();
  ASSERT_TRUE(answers()) << server_.log();
  end();

  auto wanted = rows("SELECT hash, bytes FROM files");
  EXPECT_EQ(
      rows("SELECT hash, bytes FROM files WHERE NOT EXISTS (SELECT 1 FROM songs WHERE files.hash IN (songs.hash, songs.cover, "
           "songs.tag_cover))")
          .size(),
      0U);
  EXPECT_EQ(rows("SELECT hash, bytes FROM files WHERE kind = 'cover' AND hash NOT IN (SELECT hash FROM covers)").size(), 0U);
  EXPECT_EQ(rows("SELECT id, title FROM songs WHERE status = 'UPLOADING'").size(), 0U);
  wanted.merge(rows("SELECT hash || '.' || kind, bytes FROM derived"));
  std::map<std::string, std::string> found;
  for (const auto& entry : fs::directory_iterator(server_.data_dir() + "/library")) {
    const std::string name = entry.path().filename();
    EXPECT_FALSE(name.starts_with("set-aside")) << "folder and database know each other";
    if (entry.is_regular_file() && name != ".mark") found[name] = std::to_string(entry.file_size());
  }
  EXPECT_EQ(found, wanted);
  EXPECT_GT(rows("SELECT hash, kind FROM derived").size(), 0U);
  const auto kept = rows("SELECT id, hash FROM songs");
  for (const auto& [id, hash] : songs_) {
    const auto song = kept.find(std::to_string(id));
    ASSERT_NE(song, kept.end()) << "song " << id << " was answered with 201";
    EXPECT_EQ(song->second, hash);
  }
  const auto pictures = rows("SELECT id, cover FROM songs WHERE cover IS NOT NULL");
  for (const auto& [id, hash] : covers_) {
    if (!songs_.contains(id)) continue;
    const auto song = pictures.find(std::to_string(id));
    ASSERT_NE(song, pictures.end()) << "the picture of song " << id << " was answered with 200";
    EXPECT_EQ(song->second, hash);
  }
  std::printf("%zu songs, %zu files, %zu pictures brought, %zu of tags, in %zu files\n", kept.size(), found.size(),
              pictures.size(), rows("SELECT id, tag_cover FROM songs WHERE tag_cover IS NOT NULL").size(),
              rows("SELECT hash, 1 FROM covers").size());
}

}  // namespace
}  // namespace roundelay::e2e::library_kill_test
