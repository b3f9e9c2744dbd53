// What is answered again from memory, and what a client has already.
#include "server/library/answer_cache.h"

#include "tests/server/library/library_fixture.h"

namespace roundelay {
namespace {

using enum LibraryMethod;
using enum LibraryRole;

class AnswerCacheTest : public LibraryTest {
 protected:
  std::string etag(const LibraryAnswer& answer) {
    for (const auto& [name, value] : answer.headers) {
      if (name == "etag") return value;
    }
    return "";
  }
  int64_t add(const std::string& title) {
    return ask(kPost, "/songs", {{"title", title}, {"artist", "Choir"}, {"private", false}}, anna_)
        .data["song"]["id"]
        .get<int64_t>();
  }
  LibraryAccount anna_ = account("Anna", kMember);
  LibraryAccount cora_ = account("Cora", kCurator);
};

TEST_F(AnswerCacheTest, AnswersAgainFromMemoryUntilSomethingIsChanged) {
  const std::string path = "/songs/" + std::to_string(add("Old"));
  EXPECT_EQ(ask(kGet, path).data["song"]["title"], "Old");
  EXPECT_EQ(library_.cache.hits(), 0U);
  EXPECT_EQ(ask(kGet, path).data["song"]["title"], "Old");
  EXPECT_EQ(ask(kGet, "/search?q=old").data["songs"]["total"], 1);
  EXPECT_EQ(ask(kGet, "/search?q=old").data["songs"]["total"], 1);
  EXPECT_EQ(library_.cache.hits(), 2U);
  EXPECT_EQ(ask(kPatch, path, {{"title", "New"}}, anna_).status, 200);
  EXPECT_EQ(ask(kGet, path).data["song"]["title"], "New");
  EXPECT_EQ(ask(kGet, "/search?q=old").data["songs"]["total"], 0);
  EXPECT_EQ(library_.cache.hits(), 2U);
}

TEST_F(AnswerCacheTest, ForgetsWhatACascadeChanged) {
  const int64_t id = add("Song");
  const std::string list = "/favourites";
  EXPECT_EQ(ask(kPut, "/songs/" + std::to_string(id) + "/favourite", nullptr, cora_).status, 200);
  EXPECT_EQ(ask(kGet, list, nullptr, cora_).data["songs"].size(), 1U);
  EXPECT_EQ(ask(kDelete, "/songs/" + std::to_string(id), nullptr, anna_).status, 200);
  EXPECT_EQ(ask(kGet, list, nullptr, cora_).data["songs"].size(), 0U);
}

TEST_F(AnswerCacheTest, NeverGivesOneTheAnswerOfAnother) {
  EXPECT_EQ(ask(kPost, "/songs", {{"title", "Secret"}}, anna_).status, 201);
  EXPECT_EQ(ask(kGet, "/songs", nullptr, anna_).data["songs"].size(), 1U);
  EXPECT_EQ(ask(kGet, "/songs", nullptr, cora_).data["songs"].size(), 0U);
  EXPECT_EQ(ask(kGet, "/songs").data["songs"].size(), 0U);
}

TEST_F(AnswerCacheTest, SaysOnlyThatNothingHasChangedToWhoHasIt) {
  const std::string path = "/songs/" + std::to_string(add("Song"));
  const std::string tag = etag(ask(kGet, path));
  ASSERT_EQ(tag.size(), 34U);
  LibraryRequest request = request_to(kGet, path);
  request.if_none_match = "W/\"x\", " + tag;
  const LibraryAnswer same = answer_library(library_, request);
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(etag(same), tag);
  EXPECT_EQ(ask(kPatch, path, {{"genre", "Folk"}}, anna_).status, 200);
  EXPECT_EQ(answer_library(library_, request).status, 200);
}

TEST_F(AnswerCacheTest, TellsWhatADeletionTakesAlongBeforeItIsDone) {
  const int64_t id = add("Song");
  const std::string artist = "/artists/" + ask(kGet, "/songs/" + std::to_string(id)).data["song"]["artist_id"].dump();
  const LibraryAnswer asked = ask(kDelete, artist, nullptr, cora_);
  EXPECT_EQ(asked.status, 409);
  EXPECT_EQ(asked.data["took_along"]["songs"], 1);
  EXPECT_EQ(ask(kDelete, artist + "?with=all", nullptr, cora_).status, 200);
  EXPECT_EQ(ask(kGet, "/songs").data["total"], 0);
}

}  // namespace
}  // namespace roundelay
