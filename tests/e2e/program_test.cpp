// Another program keeps a room over HTTP, by a token: what the server answers is held against the description that it serves.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e {
namespace {

using nlohmann::json;

// What of JSON Schema the description uses. The first thing that does not fit, or "".
std::string fault(const json& schema, const json& value, const json& all, const std::string& at = "") {
  if (schema.contains("$ref")) {
    const std::string name = schema["$ref"].get<std::string>().substr(std::string("#/components/schemas/").size());
    return fault(all.at(name), value, all, at);
  }
  if (schema.contains("oneOf")) {
    std::string last;
    for (const json& one : schema["oneOf"]) {
      last = fault(one, value, all, at);
      if (last.empty()) return "";
    }
    return last;
  }
  if (schema.contains("const")) return value == schema["const"] ? "" : at + " is not " + schema["const"].dump();
  const auto is = [&](const std::string& type) {
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
           (type == "string" && value.is_string()) || (type == "boolean" && value.is_boolean()) ||
           (type == "null" && value.is_null()) || (type == "integer" && value.is_number_integer()) ||
           (type == "number" && value.is_number());
  };
  const json types = schema.at("type").is_array() ? schema["type"] : json::array({schema["type"]});
  if (std::none_of(types.begin(), types.end(), [&](const json& type) { return is(type); }))
    return at + " is " + value.dump() + " and not of type " + types.dump();
  if (schema.contains("enum") && std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
    return at + " is none of " + schema["enum"].dump();
  if (value.is_number() && schema.contains("minimum") && value < schema["minimum"]) return at + " is too small";
  if (value.is_object()) {
    for (const json& key : schema.value("required", json::array())) {
      if (!value.contains(key.get<std::string>())) return at + " lacks " + key.get<std::string>();
    }
    for (const auto& [key, each] : schema.value("properties", json::object()).items()) {
      if (!value.contains(key)) continue;
      if (const std::string found = fault(each, value[key], all, at + "/" + key); !found.empty()) return found;
    }
  }
  if (value.is_array() && schema.contains("items")) {
    for (const json& each : value) {
      if (const std::string found = fault(schema["items"], each, all, at + "[]"); !found.empty()) return found;
    }
  }
  return "";
}

// The block of the README that speaks to a program's address, for a server on this port; run by bash. What it prints.
std::string run_example(int port, const std::string& room, const std::string& token) {
  std::ifstream file(ROUNDELAY_README);
  const std::string readme((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::string begin = "```bash\n";
  const size_t from = readme.find(begin) + begin.size();
  std::string example = readme.substr(from, readme.find("```", from) - from);
  const std::string shown = "127.0.0.1:8080";
  for (size_t at = 0; (at = example.find(shown, at)) != std::string::npos;)
    example.replace(at, shown.size(), "127.0.0.1:" + std::to_string(port));
  setenv("ROOM", room.c_str(), 1);
  setenv("TOKEN", token.c_str(), 1);
  setenv("EXAMPLE", example.c_str(), 1);
  std::string out;
  FILE* const pipe = popen("bash -euo pipefail -c \"$EXAMPLE\"", "r");
  char piece[4096];
  while (const size_t read = fread(piece, 1, sizeof piece, pipe)) out.append(piece, read);
  EXPECT_EQ(pclose(pipe), 0) << example << out;
  return out;
}

TEST(Program, KeepsARoomByItsTokenAsTheDescriptionSays) {
  Server server(2);
  const json made = server.make_room();
  const std::string api = "/api/rooms/" + made["room"].get<std::string>();
  RawClient organiser(server.port());
  RawClient singer(server.port());
  organiser.enter(made["room"], "Org", {{"key", made["key"]}});
  const std::string berta = singer.enter(made["room"], "Berta").at("you").at("id");
  organiser.send_json({{"type", "program_token"}, {"name", "Lights"}, {"id", 1}});
  const std::string token = organiser.receive_type("done").value_or(json()).value("token", "");
  ASSERT_FALSE(token.empty());
  const std::string bearer = "authorization: Bearer " + token + "\r\n";

  const HttpAnswer served = server.request("GET", "/api/openapi.json");
  ASSERT_EQ(served.status, 200);
  const json description = served.json();
  const json& schemas = description.at("components").at("schemas");
  const auto check = [&](const std::string& method, const std::string& what, const HttpAnswer& answer) {
    const json& responses = description.at("paths").at("/api/rooms/{room}/" + what).at(method).at("responses");
    const std::string status = std::to_string(answer.status);
    ASSERT_TRUE(responses.contains(status)) << what << " answered " << status << ": " << answer.body;
    const json& content = responses[status].at("content");
    if (content.contains("application/json")) {
      EXPECT_EQ(fault(content["application/json"]["schema"], answer.json(), schemas), "") << answer.body;
    } else {
      EXPECT_NE(answer.headers.find("text/event-stream"), std::string::npos) << answer.headers;
    }
  };
  const auto command = [&](const json& body) {
    const HttpAnswer answer = server.request("POST", api + "/commands", body.dump(), bearer);
    check("post", "commands", answer);
    return answer;
  };
  // A command, and what became of it: status, code.
  const auto outcome = [&](const json& body) {
    const HttpAnswer answer = command(body);
    return std::pair(answer.status, answer.json().value("/error/code"_json_pointer, ""));
  };
  using Outcome = std::pair<int, std::string>;

  // Without a token, or with a wrong one, nothing is told.
  for (const char* wrong : {"", "authorization: Bearer nonsense\r\n", "authorization: Basic x\r\n"}) {
    const HttpAnswer answer = server.request("GET", api + "/state", {}, wrong);
    EXPECT_EQ(answer.status, 401);
    check("get", "state", answer);
  }

  const HttpAnswer state = server.request("GET", api + "/state", {}, bearer);
  ASSERT_EQ(state.status, 200) << state.body;
  check("get", "state", state);
  EXPECT_EQ(state.json()["people"].size(), 2u);

  // Events: the first request says where to begin, the next waits for what comes.
  const HttpAnswer first = server.request("GET", api + "/events", {}, bearer);
  check("get", "events", first);
  const auto last_id = [](const HttpAnswer& answer) {
    std::string id;
    std::istringstream lines(answer.body);
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("id: ")) id = line.substr(4);
    }
    return id;
  };
  EXPECT_NE(first.body.find("event: missed"), std::string::npos) << first.body;

  EXPECT_EQ(outcome({{"type", "start"}}), (Outcome{409, "no_leader"}));
  singer.send_json({{"type", "lead"}, {"id", 2}});
  ASSERT_TRUE(singer.receive_type("done"));
  EXPECT_EQ(outcome({{"type", "announce"}, {"text", "We begin"}}), (Outcome{200, ""}));
  EXPECT_EQ(outcome({{"type", "start"}}), (Outcome{200, ""}));
  EXPECT_EQ(outcome({{"type", "settings"}, {"buckets", 4}}), (Outcome{409, "song_lasts"}));
  EXPECT_EQ(outcome({{"type", "stop"}}), (Outcome{200, ""}));
  EXPECT_EQ(outcome({{"type", "password"}, {"password", "forte"}}), (Outcome{200, ""}));
  EXPECT_EQ(outcome({{"type", "remove_person"}, {"person", "12345"}}), (Outcome{404, "no_person"}));
  EXPECT_EQ(outcome({{"type", "room"}, {"name", ""}}), (Outcome{422, "bad_name"}));
  EXPECT_EQ(outcome({{"type", "new_key"}}), (Outcome{403, "not_allowed"}));
  EXPECT_EQ(outcome({{"type", "dance"}}), (Outcome{400, "unknown_type"}));
  EXPECT_EQ(outcome({{"text", "no type"}}), (Outcome{400, "bad_message"}));
  EXPECT_EQ(outcome({{"type", "mute_person"}, {"person", berta}, {"muted", true}}), (Outcome{200, ""}));

  std::string heard;
  std::string id = last_id(first);
  while (heard.find("event: said") == std::string::npos || heard.find("event: song") == std::string::npos ||
         heard.find("event: room") == std::string::npos) {
    const HttpAnswer more = server.request("GET", api + "/events?after=" + id, {}, bearer);
    ASSERT_EQ(more.status, 200) << more.body;
    ASSERT_EQ(more.body.find("event: missed"), std::string::npos);
    heard += more.body;
    id = last_id(more);
  }
  EXPECT_NE(heard.find("We begin"), std::string::npos);
  EXPECT_EQ(server.request("GET", api + "/events?after=x", {}, bearer).status, 400);

  const std::string printed = run_example(server.port(), made["room"], token);
  EXPECT_NE(printed.find("\"about\":\"announce\""), std::string::npos) << printed;
  EXPECT_NE(printed.find("\"people\":["), std::string::npos) << printed;
  EXPECT_NE(printed.find("event: missed"), std::string::npos) << printed;

  organiser.send_json({{"type", "revoke_token"}, {"program", "1"}, {"id", 9}});
  while (organiser.receive_type("done").value_or(json{{"id", 9}}).at("id") != 9) {
  }
  EXPECT_EQ(server.request("GET", api + "/state", {}, bearer).status, 401);
  EXPECT_EQ(server.log().find(token), std::string::npos);
}

}  // namespace
}  // namespace roundelay::e2e
