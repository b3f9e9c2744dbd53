// The golden control messages that the TypeScript tests read too: tests/golden/control.json.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "server/wire/control/person.h"
#include "server/wire/control/track.h"

namespace roundelay::control {
namespace {

using nlohmann::json;

template <typename Facts>
void check(const json& vector, const json& written, const tl::expected<Facts, std::string>& read) {
  if (const auto error = vector.find("error"); error != vector.end()) {
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error(), error->get<std::string>());
  } else {
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(to_json(*read), written);
  }
}

TEST(GoldenControl, IsReadAndWrittenOrRefusedWithItsSentence) {
  std::ifstream in(GOLDEN_DIR "/control.json");
  const json vectors = json::parse(in);
  ASSERT_FALSE(vectors.empty());
  for (const json& vector : vectors) {
    SCOPED_TRACE(vector.at("name").get<std::string>());
    const json message = json::parse(vector.at("json").get<std::string>());
    const auto type = message.at("type").get<std::string>();
    if (type == "person") {
      check(vector, message.at("person"), read_person(message.at("person")));
    } else if (type == "tracks") {
      for (const json& track : message.at("tracks")) check(vector, track, read_track(track));
    } else {
      ADD_FAILURE() << "nothing reads " << type;
    }
  }
}

}  // namespace
}  // namespace roundelay::control
