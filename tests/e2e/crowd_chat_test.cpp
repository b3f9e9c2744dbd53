// The chat with as many listeners as a large room has.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <vector>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::crowd_chat_test {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

TEST(Chat, ALineReachesAThousandListenersAndEveryQueueStaysSmall) {
  constexpr size_t kListeners = 1'000;
  const Server server(2, {{"max_joins_per_s", 10'000}});
  const json made = server.make_room();
  RawClient anna(server.port());
  ASSERT_EQ(anna.enter(made["room"], "Anna", {{"key", made["key"]}}).value("type", ""), "welcome");
  const json hello{{"type", "hello"}, {"version", 1}, {"room", made["room"]}, {"name", "Ear"}, {"role", "listener"}};
  std::vector<std::unique_ptr<RawClient>> ears;
  for (size_t i = 0; i < kListeners; ++i) {
    ears.push_back(std::make_unique<RawClient>(server.port()));
    ears.back()->send_json(hello);
  }
  for (auto& ear : ears) ASSERT_TRUE(ear->receive_type("welcome", 20s)) << server.log();
  for (const char* text : {"one", "two", "three"}) anna.send_json({{"type", "announce"}, {"text", text}});
  for (auto& ear : ears) {
    for (const char* text : {"one", "two", "three"}) {
      const auto said = ear->receive_type("said", 20s);
      ASSERT_TRUE(said);
      ASSERT_EQ(said->at("line").at("text"), text) << "all of them, in their order";
    }
  }
  // Nobody was sent away because too much waited for her.
  EXPECT_EQ(server.status().at("totals").at("sessions"), kListeners + 1);
}

}  // namespace
}  // namespace roundelay::e2e::crowd_chat_test
