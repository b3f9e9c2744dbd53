#include "server/wire/link/session_facts.h"

#include <gtest/gtest.h>

#include <fstream>

#include "server/wire/link/shard.h"

namespace roundelay::link::session_facts_test {
namespace {

nlohmann::json golden() {
  std::ifstream file(GOLDEN_DIR "/link.json");
  return nlohmann::json::parse(file);
}

TEST(SessionFacts, WhoIsPresentIsReadAndWrittenAsInTheGoldenFile) {
  const nlohmann::json messages = golden()["present"];
  ASSERT_FALSE(messages.empty());
  for (const nlohmann::json& message : messages) {
    const auto present = Present::read(message);
    ASSERT_TRUE(present && present->facts) << message;
    EXPECT_EQ(present->to_json(), message);
  }
}

TEST(SessionFacts, WhatCannotBeIsNotRead) {
  const nlohmann::json messages = golden()["refused_facts"];
  ASSERT_FALSE(messages.empty());
  for (const nlohmann::json& message : messages) EXPECT_FALSE(read_facts(message)) << message;
}

TEST(SessionFacts, ASessionWithoutANumberIsNone) {
  EXPECT_FALSE(Present::read({{"person", 1}}));
  EXPECT_FALSE(Present::read({{"session", "7"}}));
  EXPECT_FALSE(Present::read({{"session", -1}}));
  EXPECT_EQ(Present::read({{"session", 0}}).value().session, 0u);
}

TEST(SessionFacts, WhatIsLeftOutIsNo) {
  const auto facts = read_facts({{"person", 1}, {"generation", 2}, {"bucket", 3}, {"role", "listener"}});
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->row, -1);
  EXPECT_FALSE(facts->muted || facts->organiser || facts->robot || facts->leader);
  EXPECT_FALSE(facts_json(7, *facts).contains("row")) << "-1 is none, and would not be read again";
}

}  // namespace
}  // namespace roundelay::link::session_facts_test
