// Rooms made over HTTP, against a server that says what the test wants.
#include "server/singer/make_room.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <thread>

namespace roundelay::make_room_test {
namespace {

class MakeRoomTest : public testing::Test {
 protected:
  MakeRoomTest() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    socklen_t len = sizeof address;
    EXPECT_EQ(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &len), 0);
    url_.host = "127.0.0.1";
    url_.port = ntohs(address.sin_port);
  }
  ~MakeRoomTest() override { close(listener_); }

  // What make_room returns when the server answers so; `request_` is what it was asked.
  tl::expected<NewRoom, std::string> answered(const std::string& status, const std::string& body, const RoomWish& wish = {}) {
    EXPECT_EQ(listen(listener_, 1), 0);
    std::thread server([&] {
      const int connection = accept(listener_, nullptr, nullptr);
      char buffer[4096];
      while (request_.find("\r\n\r\n{") == std::string::npos || request_.back() != '}') {
        const ssize_t n = recv(connection, buffer, sizeof buffer, 0);
        if (n <= 0) break;
        request_.append(buffer, static_cast<size_t>(n));
      }
      std::string answer = "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: ";
      answer.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
      for (size_t sent = 0; sent < answer.size();) {
        const ssize_t n = send(connection, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) break;
        sent += static_cast<size_t>(n);
      }
      close(connection);
    });
    auto room = make_room(url_, false, wish);
    server.join();
    return room;
  }

  int listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ServerUrl url_;
  std::string request_;
};

TEST_F(MakeRoomTest, AsksForWhatIsWishedAndReadsTheAnswer) {
  const auto room = answered("201 Created", R"({"room":"abc","key":"secret"})", {.name = "Load", .robots = true});
  ASSERT_TRUE(room) << room.error();
  EXPECT_EQ(room->room, "abc");
  EXPECT_EQ(room->key, "secret");
  EXPECT_TRUE(request_.starts_with("POST /api/rooms HTTP/1.1\r\n")) << request_;
  EXPECT_NE(request_.find("Content-Type: application/json"), std::string::npos);
  const auto body = nlohmann::json::parse(request_.substr(request_.find("\r\n\r\n")));
  EXPECT_EQ(body, nlohmann::json({{"name", "Load"}, {"robots", true}}));
}

TEST_F(MakeRoomTest, ARefusalIsSaidInTheServersWords) {
  const auto room = answered("429 Too Many Requests", R"({"error":{"code":"too_many","message":"Wait a minute."}})");
  ASSERT_FALSE(room);
  EXPECT_EQ(room.error(), "The room could not be made (HTTP 429). Wait a minute.");
}

TEST_F(MakeRoomTest, AnswersThatAreNoneAreSaid) {
  EXPECT_EQ(answered("201 Created", "not JSON").error(), "The server made a room but did not say which.");
}

TEST_F(MakeRoomTest, AnAnswerWithoutEndIsGivenUp) {
  const auto room = answered("201 Created", std::string(1 << 20, 'x'));
  ASSERT_FALSE(room);
  EXPECT_TRUE(room.error().starts_with("The room could not be made: ")) << room.error();
}

TEST_F(MakeRoomTest, NobodyThereIsSaid) {
  const auto room = make_room(url_, false, {});  // bound, but nobody listens
  ASSERT_FALSE(room);
  EXPECT_TRUE(room.error().starts_with("The room could not be made: ")) << room.error();
}

}  // namespace
}  // namespace roundelay::make_room_test
