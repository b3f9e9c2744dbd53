// The description of the library for other programs knows each of its resources and no other. Whether answers are as it says,
// every test that asks for one looks (library_fixture.h).
#include <functional>
#include <set>

#include "server/library/library_routes.h"
#include "tests/server/library/library_description.h"
#include "tests/server/library/library_fixture.h"

namespace roundelay::library_openapi_test {
namespace {

using nlohmann::json;

// "/songs/*" of "/songs/{id}".
std::string pattern_of(const std::string& path) {
  std::string out;
  for (size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '{') i = path.find('}', i);
    out += path[i] == '}' ? '*' : path[i];
  }
  return out;
}

TEST(LibraryOpenApi, NamesEachResourceWithWhoMayAskForItAndNoOther) {
  std::set<std::string> described{}, there{"get /openapi.json "};  // which the shards answer
  for (const auto& [path, item] : LibraryDescription::get().whole().at("paths").items()) {
    for (const auto& [method, operation] : item.items()) {
      if (method == "parameters") continue;
      const auto role = operation.at("x-least-role").get<std::string>();
      described.insert(method + " " + pattern_of(path) + " " + role);
      // Who needs no account needs neither token nor cookie.
      EXPECT_EQ(operation.contains("security") && operation["security"][0] == json::object(), role.empty()) << method << path;
    }
  }
  for (const LibraryRoute& route : library_routes()) {
    there.insert(LibraryDescription::name_of(route.method) + " " + std::string(route.path) + " " +
                 std::string(name_of(route.least)));
  }
  EXPECT_EQ(described, there) << "server/library/openapi.json and the tables of routes say different things";
}

TEST(LibraryOpenApi, SaysWhatIsTakenAsAFileAndWhatIsMarkedByItsETag) {
  const json& paths = LibraryDescription::get().whole().at("paths");
  for (const LibraryRoute& route : library_routes()) {
    for (const auto& [path, item] : paths.items()) {
      if (pattern_of(path) != route.path || !item.contains(LibraryDescription::name_of(route.method))) continue;
      const json& operation = item[LibraryDescription::name_of(route.method)];
      EXPECT_TRUE(!route.cached || operation["responses"].contains("304")) << route.path;
      EXPECT_EQ(operation.contains("requestBody") && operation["requestBody"]["content"].contains("multipart/form-data"),
                route.takes_file)
          << route.path;
    }
  }
}

TEST(LibraryOpenApi, RefersToNothingThatIsMissing) {
  const json& whole = LibraryDescription::get().whole();
  std::set<std::string> names;
  const std::function<void(const json&)> look = [&](const json& part) {
    if (part.is_object() && part.contains("$ref")) {
      const std::string to = part["$ref"].get<std::string>().substr(1);
      EXPECT_TRUE(whole.contains(json::json_pointer(to))) << to;
      names.insert(to);
    }
    if (!part.is_structured()) return;
    for (const json& one : part) look(one);
  };
  look(whole);
  for (const char* kind : {"parameters", "responses", "schemas"}) {
    for (const auto& [name, part] : whole["components"][kind].items())
      EXPECT_TRUE(names.contains(std::string("/components/") + kind + "/" + name)) << name << " is used nowhere";
  }
}

TEST(LibraryOpenApi, TakesNothingThatItDoesNotDescribe) {
  const LibraryDescription& description = LibraryDescription::get();
  LibraryRequest request;
  request.path = "/artists/7";
  json artist{{"id", 7}, {"name", "Byrd"}, {"albums", 1}, {"songs", 2}};
  const auto fault = [&] { return description.fault_of(request, library_answer({{"artist", artist}})); };
  EXPECT_EQ(fault(), "");
  artist["age"] = 80;
  EXPECT_EQ(fault(), "get /artists/7 200: answer.data.artist.age is not described");
  artist.erase("age");
  artist["songs"] = "many";
  EXPECT_EQ(fault(), "get /artists/7 200: answer.data.artist.songs is \"many\"");
  artist.erase("songs");
  EXPECT_EQ(fault(), "get /artists/7 200: answer.data.artist has no songs");
}

}  // namespace
}  // namespace roundelay::library_openapi_test
