// A room's live link, through real processes: players on two shards hear the very same packets, made once for all of them.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "tests/e2e/packet_singer.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::live_test {
namespace {

using nlohmann::json;
using Packet = std::string;

// Reads what comes until the connection ends.
class Player {
 public:
  Player(const Server& server, const std::string& path) : fd_(server.connect_to()) {
    const std::string request = "GET " + path + " HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n";
    EXPECT_EQ(send(fd_, request.data(), request.size(), 0), static_cast<ssize_t>(request.size()));
    thread_ = std::thread([this] { read_all(); });
  }
  ~Player() {
    shutdown(fd_, SHUT_RDWR);
    thread_.join();
    close(fd_);
  }
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  [[nodiscard]] bool ended() const { return ended_.load(); }
  [[nodiscard]] std::string head() const {
    const std::string all = bytes();
    return all.substr(0, all.find("\r\n\r\n"));
  }

  struct Heard {
    std::vector<Packet> packets;  // without the headers
    std::vector<uint32_t> numbers;
    std::vector<int64_t> granules;
    bool first_marked = false, last_marked = false;
    [[nodiscard]] size_t sounding() const {
      return static_cast<size_t>(
          std::count_if(packets.begin(), packets.end(), [](const Packet& each) { return each.size() > 3; }));
    }
  };
  [[nodiscard]] Heard heard() const {
    const std::string all = bytes();
    Heard out;
    const auto byte = [&](size_t i) { return static_cast<uint8_t>(all[i]); };
    for (size_t at = all.find("\r\n\r\n") + 4; at + 27 <= all.size();) {
      EXPECT_EQ(all.compare(at, 4, "OggS"), 0);
      const size_t segments = byte(at + 26);
      size_t body = at + 27 + segments;
      if (body > all.size()) break;
      size_t end = body;
      for (size_t i = 0; i < segments; ++i) end += byte(at + 27 + i);
      if (end > all.size()) break;
      uint32_t number = 0;
      int64_t granule = 0;
      for (size_t i = 4; i > 0; --i) number = number << 8 | byte(at + 17 + i);
      for (size_t i = 8; i > 0; --i) granule = granule << 8 | byte(at + 5 + i);
      if (number == 0) out.first_marked = (byte(at + 5) & 2) != 0;
      out.last_marked = (byte(at + 5) & 4) != 0;
      out.numbers.push_back(number);
      if (number > 1) out.granules.push_back(granule);
      Packet packet;
      for (size_t i = 0; i < segments; ++i) {
        const size_t length = byte(at + 27 + i);
        packet.append(all, body, length);
        body += length;
        if (length == 255) continue;
        if (number > 1) out.packets.push_back(packet);
        packet.clear();
      }
      at = end;
    }
    return out;
  }

 private:
  [[nodiscard]] std::string bytes() const {
    const std::lock_guard held(mutex_);
    return bytes_;
  }
  void read_all() {
    char buffer[4'096];
    for (;;) {
      const ssize_t n = recv(fd_, buffer, sizeof buffer, 0);
      if (n <= 0) break;
      const std::lock_guard held(mutex_);
      bytes_.append(buffer, static_cast<size_t>(n));
    }
    ended_ = true;
  }

  int fd_;
  std::thread thread_;
  std::atomic<bool> ended_{false};
  mutable std::mutex mutex_;
  std::string bytes_;
};

// How many of the packets that sound came to both, as one stretch without a gap in either.
size_t common(const Player::Heard& one, const Player::Heard& other) {
  const auto first = std::find_if(one.packets.begin(), one.packets.end(), [&](const Packet& each) {
    return each.size() > 3 && std::find(other.packets.begin(), other.packets.end(), each) != other.packets.end();
  });
  if (first == one.packets.end()) return 0;
  auto a = first;
  auto b = std::find(other.packets.begin(), other.packets.end(), *first);
  size_t count = 0;
  for (; a != one.packets.end() && b != other.packets.end() && a->size() > 3 && *a == *b; ++a, ++b) ++count;
  return count;
}

TEST(Live, PlayersOnTwoShardsHearTheSamePacketsAndNobodyPaysWhereNobodyListens) {
  const Server server(2, {{"default_interval_ms", 200}, {"lead_in_ms", 200}, {"default_buckets", 2}});
  const json made = server.make_room();
  const std::string room = made.at("room");
  PacketSinger leader(server.port(), room, "Anna", {.bucket = 1, .hz = 310, .hello = {{"key", made.at("key")}}});
  ASSERT_TRUE(wait_until([&] { return leader.connections() == 1; }));
  leader.say({{"type", "open_live"}, {"id", 7}});
  const auto link = [&] {
    for (const json& each : leader.heard("live")) {
      if (each.at("live").contains("link")) return each.at("live").at("link").get<std::string>();
    }
    return std::string();
  };
  ASSERT_TRUE(wait_until([&] { return !link().empty(); })) << server.log();
  const std::string path = link();
  EXPECT_TRUE(path.starts_with("/live/") && path.ends_with(".ogg") && path.size() > 25) << path;
  EXPECT_EQ(path.find(room), path.npos) << "who has the link does not come in by it";
  const json card = server.request("GET", "/api/rooms/" + room).json();
  EXPECT_EQ(card.value("live", false), true);
  const std::string pass = card.value("live_pass", "");
  EXPECT_EQ(card.dump().find(path), std::string::npos) << "the link itself is the organiser's";

  leader.say({{"type", "lead"}});
  leader.say({{"type", "start"}});
  ASSERT_TRUE(wait_until([&] { return leader.count() >= 20; })) << server.log();
  EXPECT_EQ(server.total("live_encodes"), 0U) << "nobody listens";

  const auto players_on = [&](size_t shard) { return server.status().at("shards").at(shard).at("live_players").get<size_t>(); };
  std::map<size_t, std::unique_ptr<Player>> players;  // by their shard; the kernel deals connections out
  ASSERT_TRUE(wait_until([&] {
    const size_t before = players_on(0), all = before + players_on(1);
    auto player = std::make_unique<Player>(server, path);
    if (!wait_until([&] { return players_on(0) + players_on(1) == all + 1; })) return false;
    const size_t shard = players_on(0) > before ? 0 : 1;
    if (!players.contains(shard)) players[shard] = std::move(player);
    player.reset();
    return players.size() == 2;
  })) << server.log();
  ASSERT_TRUE(wait_until([&] { return common(players[0]->heard(), players[1]->heard()) >= 20; })) << server.log();
  EXPECT_NE(players[0]->head().find("content-type: audio/ogg"), std::string::npos);
  EXPECT_NE(players[0]->head().find("cache-control: no-store"), std::string::npos);
  EXPECT_EQ(players[0]->head().find("content-length"), std::string::npos);
  ASSERT_TRUE(wait_until([&] { return leader.heard("live").back().at("live").value("players", 0) >= 2; })) << "she is told";

  const HttpAnswer head = server.request("HEAD", path);
  EXPECT_EQ(head.status, 200);
  EXPECT_NE(head.headers.find("audio/ogg"), std::string::npos);
  EXPECT_EQ(server.request("GET", "/live/AAAAAAAAAAAAAAAAAAAAAA.ogg").status, 404);
  EXPECT_EQ(server.request("GET", path.substr(0, path.size() - 4)).status, 404);

  {
    const Player stranger(server, pass);
    EXPECT_TRUE(wait_until([&] { return !stranger.heard().packets.empty(); })) << "whose network lets no socket through";
  }
  leader.say({{"type", "room"}, {"locked", true}, {"id", 8}});
  ASSERT_TRUE(wait_until([&] { return !server.request("GET", "/api/rooms/" + room).json().contains("live_pass"); }));
  EXPECT_EQ(server.request("GET", pass).status, 404) << "who may not come in does not hear it";
  leader.say({{"type", "close_live"}});
  ASSERT_TRUE(wait_until([&] { return players[0]->ended() && players[1]->ended(); })) << server.log();
  size_t sounding = 0;
  for (const auto& [shard, player] : players) {
    const auto heard = player->heard();
    EXPECT_TRUE(heard.first_marked && heard.last_marked);
    for (size_t i = 0; i < heard.numbers.size(); ++i) EXPECT_EQ(heard.numbers[i], i);
    for (size_t i = 0; i + 1 < heard.granules.size(); ++i) EXPECT_EQ(heard.granules[i], static_cast<int64_t>(i + 1) * 9'600);
    sounding += heard.sounding();
  }
  EXPECT_LT(server.total("live_encodes"), sounding + 60) << "one encode for both";
  EXPECT_EQ(server.request("GET", path).status, 404);
  EXPECT_TRUE(wait_until([&] { return server.total("live_players") == 0; }));
}

}  // namespace
}  // namespace roundelay::e2e::live_test
