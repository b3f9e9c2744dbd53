// A process that stands still is noticed, told of and started again; one that was only paused with the whole machine is not.
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <set>
#include <thread>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::watchdog_test {
namespace {

// The answer of a shard that lives: the kernel may hand the connection to the one that stands, which never answers.
HttpAnswer health(const Server& server) {
  const int fd = server.connect_to();
  const std::string request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  HttpAnswer answer;
  std::string all;
  (void)!send(fd, request.data(), request.size(), MSG_NOSIGNAL);
  for (pollfd ready{fd, POLLIN, 0}; poll(&ready, 1, 100) == 1;) {
    char buffer[4'096];
    const ssize_t count = recv(fd, buffer, sizeof buffer, 0);
    if (count <= 0) break;
    all.append(buffer, static_cast<size_t>(count));
  }
  close(fd);
  if (const size_t split = all.find("\r\n\r\n"); split != std::string::npos) {
    answer.status = std::stoi(all.substr(9, 3));
    answer.body = all.substr(split + 4);
  }
  return answer;
}

// True once /healthz says 503 and names this process.
bool is_told_of(const Server& server, const std::string& process, std::chrono::milliseconds limit) {
  return wait_until(
      [&] {
        const HttpAnswer answer = health(server);
        if (answer.status != 503) return false;
        const auto told = answer.json();
        for (const auto& each : told.at("processes")) {
          if (each.at("process") == process) return true;
        }
        return false;
      },
      limit);
}

bool is_well(const Server& server) {
  return health(server).status == 200;
}

TEST(Watchdog, AConductorThatStandsIsToldOfWithinFiveSecondsAndStartedAgain) {
  Server server(2);
  const std::string room = server.make_room().at("room");
  RawClient before(server.port());
  ASSERT_EQ(before.enter(room, "Ann").value("type", ""), "welcome");
  const pid_t stopped = server.pids("conductor").at(0);
  const auto begun = std::chrono::steady_clock::now();
  kill(stopped, SIGSTOP);

  // Those who ask at once wait for the next conductor or are told, long before their requests time out.
  HttpAnswer asked;
  std::thread asks([&] { asked = server.request("GET", "/api/rooms/" + room); });
  RawClient newcomer(server.port());
  ASSERT_TRUE(newcomer.connected());
  newcomer.send_json({{"type", "hello"}, {"version", 1}, {"room", room}, {"name", "Berta"}, {"role", "singer"}});
  EXPECT_EQ(server.request("GET", "/").status, 200) << "the page is the shards' own";
  EXPECT_TRUE(is_told_of(server, "conductor", 5s));
  // Who asks while that is known waits for nothing.
  const HttpAnswer later = server.request("GET", "/api/rooms/" + room);
  EXPECT_TRUE(later.status == 503 || later.status == 200) << later.body;
  asks.join();
  EXPECT_TRUE(asked.status == 503 || asked.status == 200) << asked.status << asked.body;
  EXPECT_TRUE(newcomer.receive_type("welcome", 10s)) << "she is let in by the next one";
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
  EXPECT_TRUE(wait_until([&] { return is_well(server); })) << server.log();
  EXPECT_NE(server.pids("conductor"), std::vector<pid_t>{stopped});
  before.send_json({{"type", "name"}, {"name", "Anna"}});
  EXPECT_TRUE(before.receive_type("person")) << "who was there is there still";
}

TEST(Watchdog, AShardThatStandsIsToldOfByTheOtherAndStartedAgain) {
  Server server(2);
  const pid_t stopped = server.status().at("shards").at(1).at("pid");
  kill(stopped, SIGSTOP);
  EXPECT_TRUE(is_told_of(server, "shard 1", 3s)) << server.log();
  EXPECT_TRUE(wait_until([&] { return is_well(server); })) << server.log();
  EXPECT_EQ(server.status().at("shards").at(1).at("starts"), 2);
  EXPECT_EQ(server.status().at("shards").at(0).at("starts"), 1);
}

TEST(Watchdog, AMachineThatWasPausedAsAWholeLosesNobody) {
  Server server(2);
  const auto children = children_of(server.process().pid());
  server.process().signal(SIGSTOP);
  for (const pid_t child : children) kill(child, SIGSTOP);
  std::this_thread::sleep_for(3s);  // longer than a heartbeat may stand
  // The supervisor wakes first and finds everybody's heartbeat old.
  server.process().signal(SIGCONT);
  std::this_thread::sleep_for(500ms);
  for (const pid_t child : children) kill(child, SIGCONT);
  EXPECT_TRUE(wait_until([&] { return is_well(server); })) << server.log();
  EXPECT_EQ(children_of(server.process().pid()), children) << server.log();
}

TEST(Watchdog, AStopWaitsForNobodyWhoStands) {
  Server server(2);
  kill(server.pids("conductor").at(0), SIGSTOP);
  kill(server.pids("shard").at(0), SIGSTOP);
  server.process().signal(SIGTERM);
  EXPECT_EQ(server.process().wait(6s), 0) << server.log();
  EXPECT_FALSE(server.has_shared_memory());
}

}  // namespace
}  // namespace roundelay::e2e::watchdog_test
