// Backing tracks: what is taken, what is refused with which sentence, and that nothing is left behind.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"

namespace roundelay::e2e::upload_test {
namespace {

// An HTTP request whose bytes are sent bit by bit.
class SlowRequest {
 public:
  explicit SlowRequest(const Server& server) : fd_(server.connect_to()) {}
  ~SlowRequest() { close(fd_); }
  SlowRequest(const SlowRequest&) = delete;
  SlowRequest& operator=(const SlowRequest&) = delete;

  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      ASSERT_GT(n, 0);
      bytes.remove_prefix(static_cast<size_t>(n));
    }
  }
  // What is answered, once there is something.
  [[nodiscard]] std::string answer() const {
    char buffer[16'384];
    const ssize_t n = recv(fd_, buffer, sizeof buffer, 0);
    return {buffer, static_cast<size_t>(std::max<ssize_t>(n, 0))};
  }

 private:
  int fd_;
};

class UploadTest : public ::testing::Test {
 protected:
  UploadTest() {
    const auto made = server.make_room();
    room = made.at("room");
    token = client.enter(room, "Ann", {{"key", made.at("key")}}).at("token");
  }

  HttpAnswer upload(const std::string& body, const std::string& name = "song.wav") {
    return server.request("POST", "/api/rooms/" + room + "/tracks?name=" + name, body, "Authorization: Bearer " + token + "\r\n");
  }

  std::string wav(double seconds) {
    const std::string file = server.folder() / "made.wav";
    write_sound(file, hum_with_clicks(seconds, 220, 0.3F, {}, 0));
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }

  [[nodiscard]] std::string head(size_t bytes) const {
    return "POST /api/rooms/" + room + "/tracks?name=x.wav HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
           "\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n";
  }

  // Size of the only upload on its way.
  [[nodiscard]] uintmax_t received() const {
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator(server.data_dir() + "/uploads", gone)) {
      const uintmax_t size = entry.file_size(gone);
      return gone ? 0 : size;
    }
    return 0;
  }

  void expect_refused(const HttpAnswer& answer, int status, const std::string& word) {
    EXPECT_EQ(answer.status, status) << answer.body;
    const auto body = answer.json();
    ASSERT_TRUE(body.contains("error")) << answer.body;
    EXPECT_NE(body.at("error").at("message").get<std::string>().find(word), std::string::npos) << answer.body;
    EXPECT_EQ(files(), 0U) << "something was left behind";
  }

  [[nodiscard]] size_t files() const {
    size_t count = 0;
    for (const char* folder : {"/tracks", "/uploads"}) {
      for (const auto& entry : std::filesystem::directory_iterator(server.data_dir() + folder))
        count += entry.is_regular_file() ? 1 : 0;
    }
    return count;
  }

  Server server{1, {{"max_upload_bytes", 2'000'000}, {"max_track_seconds", 5}}};
  RawClient client{server.port()};
  std::string room;
  std::string token;
};

TEST_F(UploadTest, ATrackIsTakenToldToTheRoomAndKept) {
  const HttpAnswer answer = upload(wav(2), "My%20song.wav");
  ASSERT_EQ(answer.status, 201) << answer.body << server.log();
  const auto track = answer.json().at("track");
  EXPECT_EQ(track.at("name"), "My song.wav");
  EXPECT_NEAR(track.at("seconds").get<double>(), 2, 0.01);
  EXPECT_NEAR(track.at("loudness").get<double>(), -11, 1.5) << "a hum of -10.5 dBFS, by EBU R 128";
  const auto tracks = client.receive_type("tracks");
  ASSERT_TRUE(tracks);
  EXPECT_EQ(tracks->at("tracks").at(0), track);
  EXPECT_EQ(files(), 1U) << "the blob alone";
  // After a restart it is still there.
  server.process().signal(SIGTERM);
  ASSERT_EQ(server.process().wait(), 0);
  server.start();
  RawClient again(server.port());
  EXPECT_EQ(again.enter(room, "Bea").at("tracks").at(0), track);
}

TEST_F(UploadTest, WhoComesWhenASongHasBegunIsToldWhatIsSung) {
  ASSERT_EQ(upload(wav(2), "Dona.wav").status, 201);
  const std::string track = client.receive_type("tracks").value().at("tracks").at(0).at("id");
  client.send_json({{"type", "lead"}});
  client.send_json({{"type", "track"}, {"track", track}});
  client.send_json({{"type", "start"}, {"id", 1}});
  ASSERT_TRUE(client.receive_type("done"));
  RawClient late(server.port());
  const std::string hers = late.enter(room, "Late").at("token");
  const std::string path = "/api/rooms/" + room + "/sung";
  const HttpAnswer told = server.request("GET", path, "", "Authorization: Bearer " + hers + "\r\n");
  ASSERT_EQ(told.status, 200) << told.body;
  const auto sung = told.json().at("sung");
  ASSERT_EQ(sung.size(), 1U);
  EXPECT_EQ(sung.at(0).at("title"), "Dona.wav");
  EXPECT_EQ(server.request("GET", path, "", "").status, 401);
}

TEST_F(UploadTest, NamesAreKeptAsTheyAre) {
  const HttpAnswer answer = upload(wav(1), "Rock%20%26%20Roll%20%2B%20C%2541.wav");
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(answer.json().at("track").at("name"), "Rock & Roll + C%41.wav");
}

TEST_F(UploadTest, ProgressIsToldWhileItIsPrepared) {
  ASSERT_EQ(upload(wav(4)).status, 201);
  const auto progress = client.receive_type("track_progress");
  ASSERT_TRUE(progress);
  EXPECT_GE(progress->at("progress").get<double>(), 0);
  EXPECT_LE(progress->at("progress").get<double>(), 1);
}

TEST_F(UploadTest, WhatIsNoTrackIsRefusedWithASentence) {
  expect_refused(upload("This is a text, not a song. " + std::string(5'000, '.')), 422, "Allowed are MP3, M4A, WAV");
  expect_refused(upload(""), 422, "empty");
  expect_refused(upload(wav(2).substr(0, 100'000)), 422, "");
  expect_refused(upload(wav(7)), 422, "long");
  expect_refused(upload(std::string(3'000'000, 'x')), 413, "too large");
  expect_refused(upload(std::string(9'000'000, 'x')), 413, "too large");
}

TEST_F(UploadTest, StrangersMayNotUpload) {
  const std::string body = wav(1);
  token = "forged";
  EXPECT_EQ(upload(body).status, 401);
  room = "nosuchroom";
  EXPECT_GE(upload(body).status, 400);
  EXPECT_EQ(files(), 0U);
}

TEST_F(UploadTest, AnUploadThatBreaksOffLeavesNothing) {
  // Announces more than it sends, and goes once the server has begun to write.
  EXPECT_TRUE(server.send_and_hang_up(head(1'000'000) + wav(1), [&] { return files() == 1; }));
  EXPECT_TRUE(wait_until([&] { return files() == 0; }));
}

TEST_F(UploadTest, AnUploadOutlivesAConductorThatDiesMeanwhile) {
  const std::string body = wav(2);
  const size_t half = body.size() / 2;
  const SlowRequest request(server);
  request.send(head(body.size()) + body.substr(0, half));
  ASSERT_TRUE(wait_until([&] { return received() == half; })) << server.log();
  const auto before = server.pids("conductor");
  kill(before.at(0), SIGKILL);
  ASSERT_TRUE(wait_until([&] {
    const auto now = server.pids("conductor");
    return !now.empty() && now != before && server.request("GET", "/healthz").status == 200;
  })) << server.log();
  request.send(body.substr(half));
  const std::string answer = request.answer();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 201")) << answer << server.log();
  EXPECT_EQ(files(), 1U) << "the blob alone";
}

TEST_F(UploadTest, WhatAConductorHadInItsHandsWhenItDiedIsRefusedAndRemoved) {
  const std::string body = wav(2);
  const SlowRequest request(server);
  request.send(head(body.size()) + body.substr(0, body.size() - 1));
  ASSERT_TRUE(wait_until([&] { return received() == body.size() - 1; })) << server.log();
  const pid_t conductor = server.pids("conductor").at(0);
  kill(conductor, SIGSTOP);  // it gets the upload, and does nothing with it
  request.send(body.substr(body.size() - 1));
  EXPECT_TRUE(wait_until([&] { return received() == body.size(); })) << server.log();
  kill(conductor, SIGKILL);
  const std::string answer = request.answer();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 503")) << answer << server.log();
  EXPECT_TRUE(wait_until([&] { return files() == 0; }));
}

TEST_F(UploadTest, ManyAtOnceAreRefusedBeforeTheyAreRead) {
  // The first two stand in the middle of their bodies.
  const SlowRequest one(server);
  one.send(head(1'000'000) + std::string(1'000, 'x'));
  const SlowRequest two(server);
  two.send(head(1'000'000) + std::string(1'000, 'x'));
  ASSERT_TRUE(wait_until([&] { return files() == 2; })) << server.log();
  for (int i = 0; i < 5; ++i) {
    const SlowRequest more(server);
    more.send(head(1'000'000));
    const std::string answer = more.answer();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 429")) << answer;
    EXPECT_NE(answer.find("You are uploading 2 files already."), std::string::npos) << answer;
  }
  EXPECT_EQ(files(), 2U);
}

TEST_F(UploadTest, WhoseUploadBrokeOffMayUploadAgain) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(server.send_and_hang_up(head(1'000'000) + wav(1), [&] { return files() == 1; })) << i;
    EXPECT_TRUE(wait_until([&] { return files() == 0; }));
  }
  EXPECT_EQ(upload(wav(1)).status, 201);
}

TEST_F(UploadTest, AFailureIsToldToTheOthers) {
  RawClient other(server.port());
  other.enter(room, "Bea");
  ASSERT_EQ(upload("This is a text, not a song. " + std::string(5'000, '.'), "Noise.wav").status, 422);
  const auto told = other.receive_type("track_progress");
  ASSERT_TRUE(told);
  EXPECT_EQ(told->at("name"), "Noise.wav");
  EXPECT_NE(told->at("error").get<std::string>().find("not a sound file"), std::string::npos) << *told;
}

TEST_F(UploadTest, WhatAKilledShardWasReceivingIsRemoved) {
  const SlowRequest request(server);
  request.send(head(1'000'000) + std::string(100'000, 'x'));
  ASSERT_TRUE(wait_until([&] { return received() == 100'000; })) << server.log();
  kill(server.pids("shard").at(0), SIGKILL);
  EXPECT_TRUE(wait_until([&] { return files() == 0; })) << server.log();
}

class PiecesTest : public UploadTest {
 protected:
  [[nodiscard]] std::string headers() const { return "Authorization: Bearer " + token + "\r\n"; }
  [[nodiscard]] std::string place(const std::string& rest) const { return "/api/rooms/" + room + "/uploads" + rest; }
  std::string begin(size_t size) {
    const HttpAnswer answer = server.request("POST", place("?name=My%20song.wav&size=" + std::to_string(size)), "", headers());
    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(answer.json().at("name"), "My song.wav");
    return answer.json().at("upload");
  }
  HttpAnswer piece(const std::string& id, size_t offset, const std::string& body) {
    return server.request("POST", place("/" + id + "?offset=" + std::to_string(offset)), body, headers());
  }
};

TEST_F(PiecesTest, MakeATrack) {
  const std::string body = wav(2);
  const std::string id = begin(body.size());
  constexpr size_t kPiece = 100'000;
  for (size_t at = 0; at < body.size(); at += kPiece) {
    const HttpAnswer answer = piece(id, at, body.substr(at, kPiece));
    if (at + kPiece < body.size()) {
      ASSERT_EQ(answer.status, 200) << answer.body;
      EXPECT_EQ(answer.json().at("offset"), at + kPiece);
    } else {
      ASSERT_EQ(answer.status, 201) << answer.body;
      EXPECT_NEAR(answer.json().at("track").at("seconds").get<double>(), 2, 0.01);
    }
  }
  EXPECT_EQ(files(), 1U) << "the blob alone";
  EXPECT_EQ(piece(id, 0, "x").status, 404);
}

TEST_F(PiecesTest, GoOnAfterALineThatBroke) {
  const std::string body = wav(2);
  const std::string id = begin(body.size());
  ASSERT_EQ(piece(id, 0, body.substr(0, 100'000)).status, 200);
  // Announces a piece, sends half of it, and is gone.
  const std::string head = "POST " + place("/" + id + "?offset=100000") + " HTTP/1.1\r\nHost: localhost\r\n" + headers() +
                           "Content-Length: 100000\r\n\r\n" + std::string(50'000, 'x');
  EXPECT_TRUE(server.send_and_hang_up(head, [&] { return received() >= 150'000; })) << server.log();
  const HttpAnswer state = server.request("GET", place("/" + id), "", headers());
  EXPECT_EQ(state.json().at("offset"), 100'000);
  ASSERT_EQ(piece(id, 100'000, body.substr(100'000, 50'000)).status, 200);
  // Only the answer was lost.
  const HttpAnswer again = piece(id, 100'000, body.substr(100'000, 50'000));
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.json().at("offset"), 150'000);
  const HttpAnswer last = piece(id, 150'000, body.substr(150'000));
  ASSERT_EQ(last.status, 201) << last.body;
  EXPECT_NEAR(last.json().at("track").at("seconds").get<double>(), 2, 0.01);
}

TEST_F(PiecesTest, OutlastAConductorThatStoodWhenOneWasHandedOver) {
  const std::string body = wav(2);
  const std::string id = begin(body.size());
  ASSERT_EQ(piece(id, 0, body.substr(0, 100'000)).status, 200);
  const SlowRequest request(server);
  request.send("POST " + place("/" + id + "?offset=100000") + " HTTP/1.1\r\nHost: localhost\r\n" + headers() +
               "Content-Length: 100000\r\n\r\n" + body.substr(100'000, 50'000));
  ASSERT_TRUE(wait_until([&] { return received() >= 150'000; })) << server.log();
  const pid_t conductor = server.pids("conductor").at(0);
  kill(conductor, SIGSTOP);
  EXPECT_TRUE(wait_until([&] { return server.request("GET", "/healthz").status != 200; })) << server.log();
  request.send(body.substr(150'000, 50'000));
  const std::string answer = request.answer();
  kill(conductor, SIGCONT);
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 503")) << answer << server.log();
  ASSERT_TRUE(wait_until([&] { return server.request("GET", "/healthz").status == 200; })) << server.log();
  ASSERT_EQ(server.pids("conductor").at(0), conductor) << "it was ended for standing";
  EXPECT_EQ(server.request("GET", place("/" + id), "", headers()).json().at("offset"), 100'000);
  EXPECT_GE(received(), 100'000U) << "what came before is lost";
  const HttpAnswer last = piece(id, 100'000, body.substr(100'000));
  ASSERT_EQ(last.status, 201) << last.body;
  EXPECT_NEAR(last.json().at("track").at("seconds").get<double>(), 2, 0.01);
}

TEST_F(PiecesTest, AreRefusedBeforeTheyAreSent) {
  const auto refused = [&](const std::string& query, const std::string& with) {
    return server.request("POST", place(query), "", with);
  };
  expect_refused(refused("?name=a&size=3000000", headers()), 413, "too large");
  expect_refused(refused("?name=a&size=300000&seconds=7", headers()), 422, "it lasts 0:07, and up to 0:05 minutes are allowed");
  expect_refused(refused("?name=a&size=0", headers()), 422, "empty");
  expect_refused(refused("?name=a", headers()), 400, "size must be");
  expect_refused(refused("?name=a&size=1000", "Authorization: Bearer forged\r\n"), 401, "join");
  const std::string id = begin(1'000);
  const HttpAnswer other = refused("?name=other.wav&size=1000", headers());
  EXPECT_EQ(other.status, 201);
  expect_refused(refused("?name=a&size=1000", headers()), 429, "You are uploading 2 files already.");
  EXPECT_EQ(piece(id, 0, std::string(1'001, 'x')).status, 409);
  EXPECT_EQ(server.request("DELETE", place("/" + id), "", headers()).status, 200);
  EXPECT_EQ(server.request("GET", place("/" + id), "", headers()).status, 404);
  const std::string again = begin(1'000);
  begin(1'000);  // as a page does that was closed in the middle
  EXPECT_EQ(server.request("GET", place("/" + again), "", headers()).status, 404);
}

TEST_F(PiecesTest, OfOthersCannotBeTouched) {
  const std::string id = begin(1'000);
  RawClient other(server.port());
  token = other.enter(room, "Bea").at("token");
  EXPECT_EQ(piece(id, 0, "x").status, 404);
  EXPECT_EQ(server.request("DELETE", place("/" + id), "", headers()).status, 404);
}

TEST_F(UploadTest, RoomsDoNotSeeEachOthersTracks) {
  ASSERT_EQ(upload(wav(1)).status, 201);
  RawClient other(server.port());
  const auto welcome = other.enter(server.make_room().at("room"), "Zoe");
  EXPECT_TRUE(welcome.at("tracks").empty());
  EXPECT_EQ(welcome.at("people").size(), 1U);
}

}  // namespace
}  // namespace roundelay::e2e::upload_test
