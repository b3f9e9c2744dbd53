// What is answered again from memory, and what a client has already.
#include "server/library/answer_cache.h"

#include <sqlite3.h>

#include <random>

#include "server/library/songs.h"
#include "tests/server/library/library_fixture.h"

namespace roundelay::answer_cache_test {
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

TEST_F(AnswerCacheTest, KeepsWhatAWriteDoesNotTouch) {
  const std::string one = "/songs/" + std::to_string(add("One")), other = "/songs/" + std::to_string(add("Other"));
  const std::vector<std::pair<std::string, std::optional<LibraryAccount>>> all = {{one, {}},
                                                                                  {other, {}},
                                                                                  {"/artists", {}},
                                                                                  {"/search?q=one", {}},
                                                                                  {other + "/words", {}},
                                                                                  {"/playlists", anna_},
                                                                                  {"/favourites", anna_},
                                                                                  {"/favourites", cora_},
                                                                                  {one + "/rating", anna_},
                                                                                  {one + "/rating", cora_}};
  // How many of them are answered from memory.
  const auto kept = [&] {
    std::vector<std::string> out;
    for (const auto& [path, who] : all) {
      const uint64_t before = library_.cache.hits();
      EXPECT_EQ(ask(kGet, path, nullptr, who).status, 200) << path;
      if (library_.cache.hits() > before) out.push_back(path + (who ? " " + who->name : ""));
    }
    return out;
  };
  using Paths = std::vector<std::string>;
  EXPECT_EQ(kept(), Paths{});
  EXPECT_EQ(kept().size(), all.size());
  EXPECT_EQ(ask(kPost, "/playlists", {{"name", "For Sunday"}}, anna_).status, 201);
  EXPECT_EQ(kept(), (Paths{one, other, "/artists", "/search?q=one", other + "/words", "/favourites Anna", "/favourites Cora",
                           one + "/rating Anna", one + "/rating Cora"}));
  EXPECT_EQ(ask(kPut, one + "/rating", {{"rating", 9}}, anna_).status, 200);
  EXPECT_EQ(kept(), (Paths{other, "/artists", other + "/words", "/playlists Anna"})) << "its average is in the others";
  EXPECT_EQ(ask(kPut, other + "/favourite", nullptr, anna_).status, 200);
  EXPECT_EQ(kept(), (Paths{one, other, "/artists", "/search?q=one", other + "/words", "/playlists Anna", "/favourites Cora",
                           one + "/rating Anna", one + "/rating Cora"}));
  EXPECT_EQ(ask(kPatch, one, {{"artist", "Somebody new"}}, anna_).status, 200);
  EXPECT_EQ(kept(), (Paths{other, other + "/words", "/playlists Anna"})) << "favourites may have it on them";
  const std::string choir = "/artists/" + ask(kGet, other).data["song"]["artist_id"].dump();
  EXPECT_EQ(ask(kPatch, choir, {{"name", "Renamed"}}, cora_).status, 200);
  EXPECT_EQ(ask(kGet, other).data["song"]["artist"], "Renamed");
}

TEST_F(AnswerCacheTest, ForgetsEverythingWhenAnotherConnectionHasWritten) {
  const std::string path = "/songs/" + std::to_string(add("Old"));
  EXPECT_EQ(ask(kGet, path).data["song"]["title"], "Old");
  LibraryDatabase other(folder_.path() + "/library.sqlite");
  EXPECT_EQ(Query(other.statement("UPDATE songs SET title = 'New'")).step(), SQLITE_DONE);
  EXPECT_EQ(ask(kGet, path).data["song"]["title"], "New");
}

TEST_F(AnswerCacheTest, LetsWhatWasWrittenBeWrittenOnceMore) {
  const std::string song = "/songs/" + std::to_string(add("Song"));
  EXPECT_EQ(ask(kGet, song).status, 200);
  for (const int value : {3, 4}) EXPECT_EQ(ask(kPut, song + "/rating", {{"rating", value}}, anna_).status, 200);
  for (const char* words : {"Kyrie", "Gloria"}) EXPECT_EQ(ask(kPatch, song, {{"words", words}}, anna_).status, 200);
  EXPECT_EQ(ask(kGet, song, nullptr, anna_).data["song"]["rating"], 4);
}

TEST_F(AnswerCacheTest, LetsTheOldestGo) {
  const int64_t id = add("Song");
  const auto search = [&](size_t i) { return ask(kGet, "/search?q=song " + std::to_string(i)); };
  for (size_t i = 0; i <= AnswerCache::kMostAnswers; ++i) EXPECT_EQ(search(i).status, 200);
  const uint64_t hits = library_.cache.hits();
  EXPECT_EQ(search(AnswerCache::kMostAnswers).status, 200);
  EXPECT_EQ(library_.cache.hits(), hits + 1);
  EXPECT_EQ(search(0).status, 200);
  EXPECT_EQ(library_.cache.hits(), hits + 1) << "it was the oldest";
  EXPECT_EQ(ask(kDelete, "/songs/" + std::to_string(id), nullptr, anna_).status, 200);
  EXPECT_EQ(search(AnswerCache::kMostAnswers).status, 200);
  EXPECT_EQ(library_.cache.hits(), hits + 1);
}

// Whatever is done, what is answered from memory is what would be answered anew.
TEST_F(AnswerCacheTest, IsAlwaysWhatWouldBeAnsweredAnew) {
  std::mt19937 random(5);
  const auto dora = account("Dora", kAdmin);
  const std::vector<LibraryAccount> people = {anna_, cora_, dora};
  const auto number = [&](int64_t most) { return std::to_string(1 + random() % static_cast<uint32_t>(most)); };
  const auto name = [&](const char* of) { return std::string(of) + " " + number(4); };
  const auto do_something = [&] {
    const LibraryAccount& who = people[random() % people.size()];
    const std::string song = "/songs/" + number(8);
    switch (random() % 14) {
      case 0:
      case 1:
      case 2:
        return ask(kPost, "/songs",
                   {{"title", name("Song")}, {"artist", name("Choir")}, {"album", name("Album")}, {"private", random() % 3 == 0}},
                   who);
      case 3:
        return ask(kPatch, song, {{"title", name("Song")}, {"words", name("Words")}}, who);
      case 4:
        return ask(kPatch, song, {{"artist", name("Choir")}}, who);
      case 5:
        return ask(kPatch, song, {{"album", nullptr}, {"words", nullptr}}, who);
      case 6:
        return ask(kDelete, song, nullptr, who);
      case 7:
        return ask(kPut, song + "/rating", {{"rating", 1 + random() % 10}}, who);
      case 8:
        return ask(kPut, song + "/favourite", nullptr, who);
      case 9:
        return ask(kPost, song + "/plays", nlohmann::json::object(), who);
      case 10:
        return ask(kPost, "/playlists", {{"name", name("List")}, {"private", false}, {"songs", nlohmann::json::array()}}, who);
      case 11:
        return ask(kPatch, "/artists/" + number(5), {{"name", name("Choir")}}, cora_);
      case 12:
        return ask(kPost, "/artists/" + number(5) + "/merge", {{"from", 1 + random() % 5}}, cora_);
      default:
        return ask(random() % 4 == 0 ? kDelete : kPatch, "/albums/" + number(5),
                   {{"title", name("Album")}, {"artist", name("Choir")}}, cora_);
    }
  };
  std::vector<std::string> paths;
  for (const LibraryRoute& route : library_routes()) {
    if (!route.cached) continue;
    const std::string path(route.path);
    const size_t star = path.find('*');
    for (int i = 1; i <= (star == std::string::npos ? 1 : 3); ++i)
      paths.push_back(star == std::string::npos ? path : path.substr(0, star) + std::to_string(i) + path.substr(star + 1));
  }
  for (const char* more : {"/search?q=song", "/search?q=choir", "/songs?artist=1", "/songs?order=plays"})
    paths.emplace_back(more);
  int done = 0;
  for (int step = 0; step < 50; ++step) {
    done += do_something().errors.empty() ? 1 : 0;
    for (const std::string& path : paths) {
      for (const auto& who : {std::optional<LibraryAccount>(), std::optional(anna_), std::optional(dora)}) {
        LibraryRequest request = request_to(kGet, path);
        request.account = who;
        const LibraryAnswer given = answer_library(library_, request);
        if (given.status == 401 || given.status == 403) continue;
        const LibraryAnswer anew = find_library_route(kGet, request.path, request.parts)->answer(library_, request);
        ASSERT_EQ(given.body(), anew.body()) << path << " after step " << step;
      }
    }
  }
  EXPECT_GT(done, 25);
  EXPECT_GT(library_.cache.hits(), library_.cache.misses() / 2) << "many answers stay good";
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

// Long pages are not kept, but read by slices; they say what short ones say, and nothing to who has them.
TEST_F(AnswerCacheTest, OfLongPagesIsNotNeeded) {
  constexpr int kMany = 120;
  ASSERT_TRUE(database_.transaction([&] {
    bool done = true;
    for (int i = 0; i < kMany && done; ++i) {
      const std::string number = std::to_string(1'000 + i);
      done = Songs(database_).insert(
                 {.title = "Song " + number, .artist = "Artist " + number, .album = "Album " + number, .is_private = false}, {},
                 anna_.id, i) != 0;
    }
    return done;
  }));
  for (const std::string what : {"songs", "albums", "artists"}) {
    const auto first = ask(kGet, "/" + what + "?limit=100").data[what];
    EXPECT_EQ(first.size(), 100U) << what;
    slices_ = 0;
    const LibraryAnswer whole = ask(kGet, "/" + what + "?limit=500");
    EXPECT_GE(slices_, 3) << what;
    EXPECT_EQ(whole.data["total"], kMany) << what;
    ASSERT_EQ(whole.data[what].size(), static_cast<size_t>(kMany)) << what;
    for (size_t i = 0; i < first.size(); ++i) EXPECT_EQ(whole.data[what][i], first[i]);
    LibraryRequest again = request_to(kGet, "/" + what + "?limit=500");
    again.if_none_match = etag(whole);
    EXPECT_FALSE(again.if_none_match.empty());
    const LibraryAnswer known = call(again);
    EXPECT_EQ(known.status, 304) << what;
    EXPECT_EQ(known.data, nullptr) << what;
  }
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
}  // namespace roundelay::answer_cache_test
