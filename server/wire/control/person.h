// A person as clients see her, and `person`: somebody came or changed (PROTOCOL.md 3.2).
#pragma once

#include "mixer/room_state.h"
#include "server/wire/control/message.h"
#include "server/wire/control/role.h"

namespace roundelay::control {

struct Person {
  std::string id;
  std::string name;
  int bucket = 1;  // from 1
  Role role = Role::kSinger;
  bool muted = false;
  bool leader = false;
  bool connected = false;
  bool robot = false;
  // Left out where they are empty or no, which is nearly everywhere.
  std::string part = {};  // the voice part that she sings
  bool organiser = false;
  bool engineer = false;
  bool may_lead = false;  // appointed, where not every singer may
  bool held = false;      // muted by somebody else, and may not undo it herself
  int64_t hand = 0;       // since when her hand is up, milliseconds of Unix time; 0: it is not
  bool away = false;      // nobody has touched her client for long
  bool left_out = false;  // of recordings

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"id", id},       {"name", name},     {"bucket", bucket},       {"role", role_text(role)},
                          {"muted", muted}, {"leader", leader}, {"connected", connected}, {"robot", robot}};
    if (!part.empty()) out["part"] = part;
    if (organiser) out["organiser"] = true;
    if (engineer) out["engineer"] = true;
    if (may_lead) out["may_lead"] = true;
    if (held) out["held"] = true;
    if (hand != 0) out["hand"] = hand;
    if (away) out["away"] = true;
    if (left_out) out["left_out"] = true;
    return out;
  }

  [[nodiscard]] static Read<Person> read(const nlohmann::json& in) {
    const auto id = text_field(in, "id");
    const auto name = text_field(in, "name");
    const auto bucket = integer_field(in, "bucket", 1, kMaxBuckets);
    const auto role = role_from(text_field(in, "role").value);
    if (!id.given()) return wrong("A person's id must be text.");
    if (!name.given()) return wrong("A person's name must be text.");
    if (!bucket.given()) return wrong("A person's bucket must be a whole number from 1 to 8.");
    if (!role) return wrong("A person's role must be \"singer\" or \"listener\".");
    Person person{.id = id.value, .name = name.value, .bucket = static_cast<int>(bucket.value), .role = *role};
    if (!read_flags(
            in,
            {{"muted", &person.muted}, {"leader", &person.leader}, {"connected", &person.connected}, {"robot", &person.robot}},
            true))
      return wrong("A person's muted, leader, connected and robot must be true or false.");
    const auto voice_part = text_field(in, "part");
    if (!voice_part.valid) return wrong("A person's part must be text.");
    person.part = voice_part.value;
    if (!read_flags(in, {{"organiser", &person.organiser},
                         {"engineer", &person.engineer},
                         {"may_lead", &person.may_lead},
                         {"held", &person.held},
                         {"away", &person.away},
                         {"left_out", &person.left_out}}))
      return wrong("A person's organiser, engineer, may_lead, held, away and left_out must be true or false.");
    const auto hand = integer_field(in, "hand", 0, kMaxNumber);
    if (!hand.valid) return wrong("A person's hand must be milliseconds of Unix time.");
    person.hand = hand.value;
    return person;
  }
};

struct PersonNews {
  static constexpr const char* kType = "person";
  Person person;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"person", person.to_json()}}; }
  [[nodiscard]] static Read<PersonNews> read(const nlohmann::json& in) {
    auto person = Person::read(part(in, "person"));
    if (!person) return wrong(std::move(person.error()));
    return PersonNews{*std::move(person)};
  }
};

}  // namespace roundelay::control
