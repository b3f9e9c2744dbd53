// The description for other programs names each command that they may give, and no other.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

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

}  // namespace
}  // namespace roundelay::openapi_test
