// Every message between processes against its golden vectors.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

#include "server/wire/link/counts.h"
#include "server/wire/link/measure.h"
#include "server/wire/link/piece_place.h"
#include "server/wire/link/shard.h"
#include "server/wire/link/upload_body.h"
#include "server/wire/link/upload_in_pieces.h"
#include "tests/server/wire/link/every_kind.h"

namespace roundelay::link::golden_test {
namespace {

using nlohmann::json;

json golden(const char* list) {
  std::ifstream file(GOLDEN_DIR "/link.json");
  json messages = json::parse(file)[list];
  EXPECT_FALSE(messages.empty()) << list;
  return messages;
}

TEST(LinkMessages, AreReadAndWrittenAsInTheGoldenFile) {
  const auto kinds = all_kinds();
  std::set<std::string> seen;
  for (const json& message : golden("messages")) {
    const auto kind = kinds.find(kind_of(message));
    ASSERT_NE(kind, kinds.end()) << message;
    seen.insert(kind->first);
    auto written = kind->second(message);
    ASSERT_TRUE(written) << message;
    if (const auto number = number_of(message)) set_number(*written, *number);  // whoever sends it sets it
    EXPECT_EQ(line_of(*written), line_of(message));
  }
  for (const auto& [kind, again] : kinds) EXPECT_TRUE(seen.contains(kind)) << kind << " has no golden vector";
}

TEST(LinkMessages, WhatCannotBeIsNotRead) {
  const auto kinds = all_kinds();
  for (const json& message : golden("refused")) EXPECT_FALSE(kinds.at(kind_of(message))(message)) << message;
}

TEST(LinkMessages, NoValueOfAnotherTypeIsThrownOver) {
  for (const auto& [kind, again] : all_kinds()) {
    for (const json& value : {json(), json(-1), json("text"), json(1e300), json::array({1, "2", json()}), json::object()}) {
      json message{{"op", kind}};
      for (const char* key : {"session", "sessions", "msg", "rows", "request", "body", "seq", "index", "size", "row", "code"})
        message[key] = value;
      EXPECT_NO_THROW((void)again(message)) << message;
    }
    for (const json& message : {json(), json(7), json::array({kind})}) EXPECT_NO_THROW((void)again(message)) << kind;
  }
}

TEST(LinkMessages, AnswersBodiesAreReadAndWrittenAsInTheGoldenFile) {
  for (const json& counts : golden("counts")) EXPECT_EQ(Counts::read(counts).value().to_json().dump(), counts.dump());
  for (const json& place : golden("piece_place")) EXPECT_EQ(PiecePlace::read(place).value().to_json().dump(), place.dump());
  EXPECT_FALSE(PiecePlace::read({{"file", "x"}}));
  EXPECT_FALSE(PiecePlace::read({{"size", 1}}));
  EXPECT_FALSE(Counts::read(nullptr));
}

TEST(LinkMessages, WhatClientsGaveIsLeftForTheConductorToJudge) {
  const auto begin = UploadInPieces::read({{"op", "upload_begin"}, {"request", 1}, {"size", 1e300}, {"seconds", 1e300}});
  ASSERT_TRUE(begin);
  EXPECT_EQ(begin->size, -1);
  EXPECT_EQ(begin->seconds, 1e300);
  const auto piece = UploadBody::read({{"op", "piece"}, {"request", 1}, {"offset", "x"}, {"name", 7}});
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->offset, -1);
  EXPECT_EQ(piece->size, -1);
  EXPECT_EQ(piece->name, "");
}

TEST(LinkMessages, ARowOfMeasuresThatCannotBeCostsOnlyItself) {
  const auto measure = Measure::read(
      {{"op", "measure"}, {"rows", {1, {1}, {"a", "b", "c"}, {7, 1e9, -3}, {8, 1.5, 2.5, -20.0, -4}}}, {"load", -1}});
  ASSERT_TRUE(measure);
  ASSERT_EQ(measure->rows.size(), 2u);
  EXPECT_EQ(measure->rows[0].session, 7u);
  EXPECT_EQ(measure->rows[0].loop_ms, Measure::kMostLoopMs);
  EXPECT_EQ(measure->rows[0].late_percent, 0);
  EXPECT_EQ(measure->rows[0].blocks, std::nullopt);
  EXPECT_EQ(measure->rows[1].blocks, 0);
  EXPECT_FALSE(measure->load || measure->singers || measure->capacity);
}

TEST(LinkMessages, OfThoseWhoArePresentWhoHasNoNumberIsLeftOutAndWhoseFactsCannotBeIsKept) {
  const auto shard = Shard::read(
      {{"op", "shard"}, {"index", 0}, {"version", kLinkVersion}, {"sessions", {{{"person", 1}}, 3, {{"session", 5}}}}});
  ASSERT_TRUE(shard);
  ASSERT_EQ(shard->sessions.size(), 1u);
  EXPECT_EQ(shard->sessions[0].session, 5u);
  EXPECT_FALSE(shard->sessions[0].facts);
  EXPECT_EQ(shard->pid, std::nullopt);
}

TEST(LinkMessages, ALineIsUtf8WhateverItHolds) {
  EXPECT_EQ(line_of({{"reason", "\xFF"}}), "{\"reason\":\"\xEF\xBF\xBD\"}");
}

}  // namespace
}  // namespace roundelay::link::golden_test
