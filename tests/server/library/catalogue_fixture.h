// A catalogue with accounts, and short words for what tests do with it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "server/library/albums.h"
#include "server/library/artists.h"
#include "server/library/removal.h"
#include "server/library/songs.h"

namespace roundelay {

class CatalogueTest : public testing::Test {
 protected:
  // Whatever a test did: the counts that albums and artists keep are those of their songs.
  void TearDown() override {
    EXPECT_EQ(count("SELECT COUNT(*) FROM albums WHERE public_songs <> (SELECT COUNT(*) FROM songs WHERE album = albums.id AND "
                    "private = 0)"),
              0);
    EXPECT_EQ(
        count("SELECT COUNT(*) FROM artists WHERE public_songs <> (SELECT COUNT(*) FROM songs WHERE artist = artists.id AND "
              "private = 0)"),
        0);
    EXPECT_EQ(count("SELECT COUNT(*) FROM artists WHERE public_albums <> (SELECT COUNT(*) FROM albums WHERE artist = artists.id "
                    "AND (kept = 1 OR EXISTS (SELECT 1 FROM songs WHERE album = albums.id AND private = 0)))"),
              0);
  }
  Viewer account(const std::string& name, LibraryRole role) {
    EXPECT_TRUE(run_sql(database_, "INSERT INTO accounts (name, name_key, password, role, created) VALUES (?, ?, '', ?, 0)",
                        {name, name, name_of(role)}));
    return {database_.last_id(), role};
  }
  // A public one, unless `fields` say otherwise.
  int64_t song(const Viewer& owner, nlohmann::json fields) {
    fields.emplace("private", false);
    const auto id = songs_.add(owner, fields, now_s_);
    EXPECT_TRUE(id.has_value()) << (id ? "" : id.error().said.text) << fields;
    return id.value_or(0);
  }
  std::vector<std::string> titles(const Viewer& viewer, const SongFilter& filter = {}) {
    std::vector<std::string> out;
    const auto page = songs_.list(viewer, filter, {});
    EXPECT_TRUE(page.has_value());
    if (page) {
      for (const CatalogueSong& one : page->rows) out.push_back(one.title);
    }
    return out;
  }
  std::vector<std::string> artists(const Viewer& viewer) {
    std::vector<std::string> out;
    const auto page = artists_.list(viewer, {}).value();
    for (const Artist& one : page.rows) out.push_back(one.name);
    return out;
  }
  std::vector<std::string> albums(const Viewer& viewer) {
    std::vector<std::string> out;
    const auto page = albums_.list(viewer, {}).value();
    for (const Album& one : page.rows) out.push_back(one.title);
    return out;
  }
  int64_t count(const std::string& sql) { return sql_integer(database_, sql).value_or(-1); }
  void give_file(int64_t id, const std::string& hash) {
    EXPECT_TRUE(run_sql(database_, "INSERT OR IGNORE INTO files (hash, bytes, kind) VALUES (?, 1, 'mp3')", {hash}));
    EXPECT_TRUE(run_sql(database_, "UPDATE songs SET hash = ?, status = 'UPLOADED' WHERE id = ?", {hash, id}));
  }
  FromCatalogue<TakenAlong> remove(const Viewer& viewer, CatalogueKind kind, int64_t id) {
    return remove_item(database_, viewer, {kind, id});
  }

  int64_t now_s_ = 1'800'000'000;
  LibraryDatabase database_{":memory:"};
  Artists artists_{database_};
  Albums albums_{database_};
  Songs songs_{database_};
  Viewer nobody_;
  Viewer anna_ = account("Anna", LibraryRole::kMember);
  Viewer bert_ = account("Bert", LibraryRole::kMember);
  Viewer cora_ = account("Cora", LibraryRole::kCurator);
  Viewer dora_ = account("Dora", LibraryRole::kAdmin);
};

using Titles = std::vector<std::string>;

}  // namespace roundelay
