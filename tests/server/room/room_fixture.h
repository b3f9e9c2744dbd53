// A room under test: time moves when told to, dealing is not shuffled, effects are kept to be looked at.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "server/base/text.h"
#include "server/room/room.h"

namespace roundelay {

class RoomTest : public testing::Test {
 protected:
  static constexpr int64_t kMs = 1'000'000;
  static constexpr int64_t kSecond = 1'000 * kMs;
  // Interval 3 s, first offset 3 s.
  static RoomSettings reference() {
    return {.interval_blocks = 150, .first_offset_blocks = 150, .buckets = 6, .automatic_gain = true};
  }

  explicit RoomTest(RoomSettings settings = {}, RoomLimits limits = {}) : limits_(limits), room_(make(settings)) {}

  // The last of the range stays where it is: no swap ever happens.
  Room make(RoomSettings settings, std::vector<Track> tracks = {}, std::optional<std::string> chosen = {}) const {
    return Room(
        "abcdefghij", "Choir", settings, std::move(tracks), std::move(chosen), limits_, [](uint32_t below) { return below - 1; },
        now_.ns);
  }
  void rebuild(RoomSettings settings) { room_ = make(settings); }

  void pass(int64_t ns) {
    now_.ns += ns;
    now_.position.samples += ns * 3 / 62'500;
  }
  // Lets time pass in ticks of 50 ms, as the conductor does; effects are collected.
  void live(int64_t ns) {
    effects_.clear();
    for (int64_t done = 0; done < ns; done += 50 * kMs) {
      pass(std::min(ns - done, 50 * kMs));
      room_.tick(now_, effects_);
    }
  }

  static Hello hello(PersonId person, const std::string& name, Role role = Role::kSinger) {
    Hello hello;
    hello.person = person;
    hello.name = name;
    hello.role = role;
    hello.token = "token-" + name;
    return hello;
  }
  // Session 100 + person. The refusal's code, or "".
  std::string join(PersonId person, Role role = Role::kSinger) {
    return join(100 + person, hello(person, "P" + std::to_string(person), role));
  }
  std::string join(SessionId session, const Hello& hello) {
    effects_.clear();
    const auto answer = room_.join(session, hello, now_, effects_);
    return answer ? "" : answer.error().code;
  }
  void join_organiser(PersonId person) {
    Hello organiser = hello(person, "Org");
    organiser.has_key = true;
    EXPECT_EQ(join(100 + person, organiser), "");
  }
  void lose(PersonId person) {
    effects_.clear();
    room_.lose(100 + person, now_, effects_);
  }
  // The error code that came back, or "".
  std::string say(PersonId person, nlohmann::json message) {
    effects_.clear();
    room_.command(100 + person, message, now_, effects_);
    const auto errors = to_session(100 + person, "error");
    if (errors.empty()) return "";
    EXPECT_EQ(errors.front()["about"], message["type"]);
    EXPECT_TRUE(errors.front()["message"].get<std::string>().ends_with(".")) << errors.front();
    return errors.front()["code"];
  }
  std::string say(PersonId person, const char* type) { return say(person, nlohmann::json{{"type", type}}); }

  std::vector<nlohmann::json> to_session(SessionId session, const std::string& type) const {
    std::vector<nlohmann::json> out;
    for (const Effect& effect : effects_) {
      const auto* to = std::get_if<effect::ToSession>(&effect);
      if (to != nullptr && to->session == session && to->message["type"] == type) out.push_back(to->message);
    }
    return out;
  }
  std::vector<nlohmann::json> to_room(const std::string& type) const {
    std::vector<nlohmann::json> out;
    for (const Effect& effect : effects_) {
      const auto* to = std::get_if<effect::ToRoom>(&effect);
      if (to != nullptr && to->message["type"] == type) out.push_back(to->message);
    }
    return out;
  }
  template <typename Kind>
  std::vector<Kind> all() const {
    std::vector<Kind> out;
    for (const Effect& effect : effects_) {
      if (const auto* kind = std::get_if<Kind>(&effect)) out.push_back(*kind);
    }
    return out;
  }
  // What a shard knows of this person after the effects: nothing if it was not told.
  std::optional<effect::Admit> admitted(PersonId person) const {
    std::optional<effect::Admit> out;
    for (const auto& admit : all<effect::Admit>()) {
      if (admit.person.id == person) out = admit;
    }
    return out;
  }
  int bucket(PersonId person) const { return room_.find(person)->bucket; }
  std::map<PersonId, int> buckets() const {
    std::map<PersonId, int> out;
    for (const auto& [id, person] : room_.people().all()) out[id] = person.bucket;
    return out;
  }
  static Track track(const std::string& id, double seconds = 10, PersonId uploader = 1) {
    return {id, id + ".wav", seconds, 2, -16.25, std::string(64, 'a'), uploader};
  }

  // As clients see a song that was started without a plan, but for its end.
  static nlohmann::json plain_song(uint32_t number, int64_t start, const char* state) {
    return {{"number", number}, {"start", start}, {"music", start},          {"end", nullptr},
            {"track", nullptr}, {"state", state}, {"plan", Plan{}.to_json()}};
  }

  Moment now_{.ns = 1'000 * kSecond, .position = {kSampleRate * int64_t{1'700'000'000}}};
  RoomLimits limits_;
  Room room_;
  Effects effects_;
};

}  // namespace roundelay
