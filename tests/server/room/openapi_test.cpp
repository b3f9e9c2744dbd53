// The description for other programs names each command that they may give, and no other; and each request about a room.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "server/room/commands.h"

namespace roundelay::openapi_test {
namespace {

using nlohmann::json;

TEST(OpenApi, NamesEachCommandThatProgramsMayGiveAndNoOther) {
  std::ifstream file(OPENAPI_JSON);
  const json schemas = json::parse(file).at("components").at("schemas");
  std::set<std::string> described;
  for (const json& one : schemas.at("Command").at("oneOf")) {
    const std::string name = one.at("$ref").get<std::string>().substr(std::string("#/components/schemas/").size());
    described.insert(schemas.at(name).at("properties").at("type").at("const"));
  }
  std::set<std::string> allowed;
  for (const Command& command : Commands::all()) {
    if (programs_may(command)) allowed.emplace(command.type);
  }
  EXPECT_EQ(described, allowed) << "server/http/openapi.json and the table of commands say different things";
}

TEST(OpenApi, DescribesEveryRequestAboutARoomThatTheProtocolKnows) {
  std::ifstream file(OPENAPI_JSON);
  const json whole = json::parse(file);
  std::set<std::string> described;
  for (const auto& [path, methods] : whole.at("paths").items())
    described.insert(std::regex_replace(path, std::regex(R"(\{\w+\})"), "*"));
  std::ifstream protocol(std::filesystem::path(OPENAPI_JSON).parent_path().parent_path() / "PROTOCOL.md");
  std::stringstream text;
  text << protocol.rdbuf();
  const std::string all = text.str();
  std::set<std::string> known;
  const std::regex request(R"(/api/rooms/ROOM(/[\w./]+))");
  for (std::sregex_iterator each(all.begin(), all.end(), request), end; each != end; ++each)
    known.insert("/api/rooms/*" + std::regex_replace((*each)[1].str(), std::regex(R"(/[A-Z]+(?=/|$))"), "/*"));
  EXPECT_EQ(described, known) << "server/http/openapi.json and PROTOCOL.md 4 say different things";
}

}  // namespace
}  // namespace roundelay::openapi_test
