#include "server/library/library_routes.h"

#include "tests/server/library/library_fixture.h"

namespace roundelay::library_routes_test {
namespace {

using enum LibraryMethod;

TEST_F(LibraryTest, SaysWhatItIsToAnybody) {
  const LibraryAnswer answer = ask(kGet, "/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(
      answer.body(),
      nlohmann::json::parse(
          R"({"ok":true,"errors":[],"data":{"registration":"invitation","anonymous_uploads":false,"account_mb":5000,"all_mb":0,"account":null,"account_gone":false}})"));
}

TEST_F(LibraryTest, HasNothingAtAnotherAddress) {
  const LibraryAnswer answer = ask(kGet, "/nowhere");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.body()["ok"], false);
  EXPECT_EQ(answer.body()["errors"][0]["code"], "not_found");
}

TEST_F(LibraryTest, RefusesAMethodThatItDoesNotKnowThereAndTellsWhichItDoes) {
  const auto refused = [&](LibraryMethod method, const char* path, const char* methods) {
    const LibraryAnswer answer = ask(method, path);
    EXPECT_EQ(answer.status, 405) << path;
    ASSERT_EQ(answer.headers.size(), 1U) << path;
    EXPECT_EQ(answer.headers[0], (std::pair<std::string, std::string>{"allow", methods}));
  };
  refused(kDelete, "/", "GET, HEAD, PATCH");
  refused(kPost, "/songs/7", "GET, HEAD, PATCH, DELETE");
  refused(kGet, "/auth/logout", "POST");
}

TEST(LibraryRoles, HaveNamesThatAreReadAgain) {
  for (const LibraryRole role : {LibraryRole::kMember, LibraryRole::kCurator, LibraryRole::kAdmin})
    EXPECT_EQ(library_role(name_of(role)), role);
  EXPECT_EQ(library_role(""), std::nullopt);
  EXPECT_EQ(library_role("owner"), std::nullopt);
}

TEST(LibraryRequests, ReadIdsThatAreNumbersFromOne) {
  LibraryRequest request;
  request.parts = {"7", "07", "0", "-1", "9223372036854775808", "7x", ""};
  EXPECT_EQ(request.id(0), 7);
  for (size_t i = 1; i < request.parts.size() + 1; ++i) EXPECT_EQ(request.id(i), 0) << i;
}

}  // namespace
}  // namespace roundelay::library_routes_test
