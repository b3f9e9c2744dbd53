#include "server/wire/link/session_facts.h"

#include <gtest/gtest.h>

#include <fstream>

namespace roundelay::wire {
namespace {

nlohmann::json golden() {
  std::ifstream file(GOLDEN_DIR "/link.json");
  return nlohmann::json::parse(file);
}

TEST(SessionFacts, AdmitIsReadAndWrittenAsInTheGoldenFile) {
  const nlohmann::json messages = golden()["admit"];
  ASSERT_FALSE(messages.empty());
  for (const nlohmann::json& message : messages) {
    const auto session = read_session(message);
    const auto facts = read_facts(message);
    ASSERT_TRUE(session && facts) << message;
    EXPECT_EQ(admit_json(*session, *facts), message);
  }
}

TEST(SessionFacts, WhoIsPresentIsReadAndWrittenAsInTheGoldenFile) {
  const nlohmann::json messages = golden()["present"];
  ASSERT_FALSE(messages.empty());
  for (const nlohmann::json& message : messages) {
    const auto session = read_session(message);
    const auto facts = read_facts(message);
    ASSERT_TRUE(session && facts) << message;
    EXPECT_EQ(present_json(*session, *facts), message);
  }
}

TEST(SessionFacts, WhatCannotBeIsNotRead) {
  const nlohmann::json messages = golden()["refused"];
  ASSERT_FALSE(messages.empty());
  for (const nlohmann::json& message : messages) EXPECT_FALSE(read_facts(message)) << message;
}

TEST(SessionFacts, ASessionWithoutANumberIsNone) {
  EXPECT_FALSE(read_session({{"person", 1}}));
  EXPECT_FALSE(read_session({{"session", "7"}}));
  EXPECT_FALSE(read_session({{"session", -1}}));
  EXPECT_EQ(read_session({{"session", 0}}), std::optional<uint64_t>(0));
}

TEST(SessionFacts, WhatIsLeftOutIsNo) {
  const auto facts = read_facts({{"person", 1}, {"generation", 2}, {"bucket", 3}, {"role", "listener"}});
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->row, -1);
  EXPECT_FALSE(facts->muted || facts->organiser || facts->robot || facts->leader);
}

}  // namespace
}  // namespace roundelay::wire
