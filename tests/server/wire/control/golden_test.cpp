// The golden control messages that the TypeScript tests read too: tests/golden/control.json.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "server/wire/control/done.h"
#include "server/wire/control/error.h"
#include "server/wire/control/gone.h"
#include "server/wire/control/lead_asked.h"
#include "server/wire/control/leader.h"
#include "server/wire/control/listeners.h"
#include "server/wire/control/loop.h"
#include "server/wire/control/loops.h"
#include "server/wire/control/notice.h"
#include "server/wire/control/people.h"
#include "server/wire/control/person.h"
#include "server/wire/control/pong.h"
#include "server/wire/control/settings.h"
#include "server/wire/control/song.h"
#include "server/wire/control/track_progress.h"
#include "server/wire/control/tracks.h"
#include "server/wire/control/welcome.h"

namespace roundelay::control {
namespace {

using nlohmann::json;

// What is wrong with a message, or what is written of it after it was read.
struct Outcome {
  std::string error;
  json written;
};
using Reader = Outcome (*)(const json& message);

template <typename Message>
Outcome read(const json& message) {
  const Read<Message> read = Message::read(message);
  return read ? Outcome{"", read->to_json()} : Outcome{read.error(), {}};
}

template <typename... Messages>
std::map<std::string, Reader> readers() {
  return {{Messages::kType, &read<Messages>}...};
}

const std::map<std::string, Reader> kOfServers =
    readers<Done, Error, Gone, LeadAsked, Leader, ListenersNews, Loop, Loops, Notice, People, PersonNews, Pong, SettingsNews,
            SongNews, TrackProgress, Tracks, Welcome>();

json vectors(const std::string& direction) {
  std::ifstream in(GOLDEN_DIR "/control.json");
  json out = json::array();
  for (const json& vector : json::parse(in)) {
    if (vector.at("direction") == direction) out.push_back(vector);
  }
  return out;
}

TEST(GoldenControl, WhatServersSayIsReadAndWrittenByteForByteOrRefusedWithItsSentence) {
  std::set<std::string> seen;
  for (const json& vector : vectors("to_client")) {
    SCOPED_TRACE(vector.at("name").get<std::string>());
    const json message = json::parse(vector.at("json").get<std::string>());
    const auto reader = kOfServers.find(type_of(message));
    ASSERT_NE(reader, kOfServers.end());
    const Outcome outcome = reader->second(message);
    EXPECT_EQ(outcome.error, vector.value("error", ""));
    if (!outcome.error.empty()) continue;
    EXPECT_EQ(outcome.written.dump(), message.dump());
    seen.insert(reader->first);
  }
  EXPECT_EQ(seen.size(), kOfServers.size()) << "each kind of message is in the file";
}

TEST(GoldenControl, WhatLaterServersSayBesidesIsLeftOut) {
  for (const json& vector : vectors("to_client")) {
    if (vector.contains("error")) continue;
    const json message = json::parse(vector.at("json").get<std::string>());
    if (type_of(message) == Done::kType) continue;  // what it says more depends on the command
    json later = message;
    later["later"] = {{"than", "this"}};
    const Outcome outcome = kOfServers.at(type_of(message))(later);
    EXPECT_EQ(outcome.error, "");
    EXPECT_EQ(outcome.written, message);
  }
}

}  // namespace
}  // namespace roundelay::control
