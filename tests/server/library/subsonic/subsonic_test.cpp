#include "server/library/subsonic/subsonic.h"

#include "server/library/covers.h"
#include "tests/server/library/subsonic/subsonic_fixture.h"

namespace roundelay::subsonic_test {
namespace {

class SubsonicCatalogue : public SubsonicTest {
 protected:
  SubsonicCatalogue() {
    missa_ = song({{"title", "Kyrie"},
                   {"artist", "Byrd"},
                   {"album", "Missa"},
                   {"track", 1},
                   {"genre", "Mass"},
                   {"year", 1593},
                   {"length_ms", 100'000},
                   {"words", "[00:01.00]Kyrie\n[00:05.50]eleison\n"},
                   {"language", "la"}},
                  anna_);
    loose_ = song({{"title", "Shenandoah"}, {"artist", "Byrd"}, {"words", "Oh, Shenandoah"}}, anna_);
    upload_ = song({{"title", "Rehearsal 3"}}, anna_);
    secret_ = song({{"title", "Secret"}, {"artist", "Bert's band"}, {"album", "Hidden"}, {"private", true}}, bert_);
    various_ = song({{"title", "Carol"}, {"artist", "Choir"}, {"genre", "Carol"}}, anna_);
    EXPECT_TRUE(run_sql(database_,
                        "INSERT INTO albums (title, fold, artist, year, kept, created, changed) VALUES ('Mixed', 'mixed', "
                        "NULL, 2001, 0, 0, 0)"));
    EXPECT_TRUE(run_sql(database_, "UPDATE songs SET album = ? WHERE id = ?", {database_.last_id(), various_}));
  }
  static std::vector<std::string> names(const nlohmann::json& list, const char* field) {
    std::vector<std::string> out;
    for (const auto& each : list) out.push_back(each.value(field, ""));
    return out;
  }
  using Names = std::vector<std::string>;
  std::string so(int64_t id) { return "so-" + std::to_string(id); }

  int64_t missa_ = 0, loose_ = 0, upload_ = 0, secret_ = 0, various_ = 0;
};

TEST_F(SubsonicCatalogue, AnswersInTheFormatThatIsWantedWithOrWithoutView) {
  const std::string proof = "u=Anna&p=" + anna_password_;
  const LibraryAnswer xml = raw("ping.view", proof);
  EXPECT_EQ(xml.text->content_type, "application/xml; charset=utf-8");
  EXPECT_EQ(xml.text->text,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<subsonic-response xmlns=\"http://subsonic.org/restapi\" status=\"ok\" "
            "version=\"1.16.1\" type=\"roundelay\" serverVersion=\"0.1.0\" openSubsonic=\"true\"/>\n");
  EXPECT_EQ(raw("ping", proof + "&f=json").text->text,
            R"({"subsonic-response":{"status":"ok","version":"1.16.1","type":"roundelay","serverVersion":"0.1.0",)"
            R"("openSubsonic":true}})");
  EXPECT_EQ(raw("ping", proof + "&f=jsonp&callback=done").text->content_type, "application/javascript; charset=utf-8");
  // As a form too.
  EXPECT_NE(raw("ping", "", proof + "&f=json").text->text.find("\"ok\""), std::string::npos);
  EXPECT_EQ(code_of(get("destroyEverything")), 0);
  EXPECT_EQ(code_of(get("ping", "v=9.0.0")), -1);  // the first of a name counts
}

TEST_F(SubsonicCatalogue, EverySongIsOnAnAlbumAndEveryAlbumIsAnArtists) {
  const auto index = get("getArtists")["artists"]["index"];
  Names artists;
  for (const auto& letter : index) {
    for (const auto& artist : letter["artist"]) artists.push_back(artist["name"]);
  }
  EXPECT_EQ(artists, (Names{"Byrd", "Choir", "Unknown artist", "Various artists"}));
  const std::string byrd = index[0]["artist"][0]["id"];
  const auto of_byrd = get("getArtist", "id=" + byrd)["artist"];
  EXPECT_EQ(of_byrd["albumCount"], 2);
  EXPECT_EQ(names(of_byrd["album"], "name"), (Names{"Missa", "Songs without an album"}));
  const auto missing = get("getAlbum", "id=ao-0")["album"];
  EXPECT_EQ(missing["artistId"], "ar-unknown");
  EXPECT_EQ(names(missing["song"], "title"), (Names{"Rehearsal 3"}));
  EXPECT_EQ(names(get("getArtist", "id=ar-various")["artist"]["album"], "name"), (Names{"Mixed"}));
  const auto song = get("getSong", "id=" + so(upload_))["song"];
  EXPECT_EQ(song["album"], "Songs without an album");
  EXPECT_EQ(song["artist"], "Unknown artist");
  EXPECT_EQ(song["suffix"], "mp3");
  EXPECT_EQ(song["size"], 400'000);
  EXPECT_EQ(get("getSong", "id=" + so(missa_))["song"]["bitRate"], 32);
}

TEST_F(SubsonicCatalogue, FoldersAreWalkedDownToTheSongs) {
  const auto folder = get("getIndexes")["indexes"]["index"][0]["artist"][0];
  const auto artist = get("getMusicDirectory", "id=" + folder["id"].get<std::string>())["directory"];
  ASSERT_EQ(artist["child"].size(), 2U);
  EXPECT_EQ(artist["child"][0]["isDir"], true);
  const auto album = get("getMusicDirectory", "id=" + artist["child"][0]["id"].get<std::string>())["directory"];
  ASSERT_EQ(album["child"].size(), 1U);
  EXPECT_EQ(album["child"][0]["title"], "Kyrie");
  EXPECT_EQ(album["child"][0]["parent"], album["id"]);
}

TEST_F(SubsonicCatalogue, WhatOnesAccountMayNotSeeIsNotThere) {
  for (const char* method : {"getSong", "stream", "download", "getCoverArt", "getLyricsBySongId", "setRating", "scrobble", "star",
                             "createBookmark", "getSimilarSongs"})
    EXPECT_EQ(code_of(get(method, "rating=3&position=1&id=" + so(secret_))), 70) << method;
  EXPECT_EQ(code_of(get("createPlaylist", "name=x&songId=" + so(secret_))), 70);
  EXPECT_EQ(code_of(get("savePlayQueue", "id=" + so(secret_))), 70);
  const auto all = get("search3", "query=&songCount=500");
  EXPECT_EQ(names(all["searchResult3"]["song"], "title"), (Names{"Kyrie", "Shenandoah", "Rehearsal 3", "Carol"}));
  EXPECT_EQ(names(all["searchResult3"]["album"], "name"),
            (Names{"Missa", "Mixed", "Songs without an album", "Songs without an album"}));
  EXPECT_TRUE(get("search3", "query=Secret")["searchResult3"]["song"].empty());
  EXPECT_EQ(get("getScanStatus")["scanStatus"]["count"], 4);
  // It is there for whose it is.
  const std::string bert = PlayerPasswords(database_, library_.sealer).add(bert_.id, "phone", unix_s_).value();
  EXPECT_EQ(call_with("u=Bert&p=" + bert, "getSong", "id=" + so(secret_))["song"]["title"], "Secret");
  EXPECT_EQ(code_of(call_with("u=Bert&p=" + bert, "getUser", "username=Anna")), 50);
}

TEST_F(SubsonicCatalogue, SongsWithoutAFileAreNotThereForPlayers) {
  const auto id =
      Songs(database_).add({anna_.id, anna_.role}, {{"title", "Planned"}, {"artist", "Planner"}, {"private", false}}, unix_s_);
  EXPECT_EQ(code_of(get("getSong", "id=" + so(*id))), 70);
  EXPECT_EQ(get("getArtists")["artists"].dump().find("Planner"), std::string::npos);
}

TEST_F(SubsonicCatalogue, ListsAlbumsOfEveryType) {
  const auto titles = [&](const std::string& query) { return names(get("getAlbumList2", query)["albumList2"]["album"], "name"); };
  const Names by_name{"Missa", "Mixed", "Songs without an album", "Songs without an album"};
  EXPECT_EQ(titles("type=alphabeticalByName"), by_name);
  EXPECT_EQ(titles("type=alphabeticalByName&size=1&offset=1"), (Names{"Mixed"}));
  EXPECT_EQ(titles("type=random").size(), 4U);
  EXPECT_EQ(titles("type=newest").size(), 4U);
  EXPECT_EQ(titles("type=alphabeticalByArtist").front(), "Missa");
  EXPECT_EQ(titles("type=byYear&fromYear=1500&toYear=1700"), (Names{"Missa"}));
  EXPECT_EQ(titles("type=byYear&fromYear=2100&toYear=1500"), (Names{"Mixed", "Missa"}));
  EXPECT_EQ(titles("type=byGenre&genre=mass"), (Names{"Missa"}));
  EXPECT_TRUE(titles("type=starred").empty());
  EXPECT_TRUE(titles("type=recent").empty());
  EXPECT_EQ(get("scrobble", "id=" + so(missa_))["status"], "ok");
  EXPECT_EQ(get("star", "albumId=al-1")["status"], "ok");
  EXPECT_EQ(get("setRating", "rating=5&id=" + so(missa_))["status"], "ok");
  for (const char* type : {"starred", "recent", "frequent", "highest"})
    EXPECT_EQ(titles(std::string("type=") + type), (Names{"Missa"})) << type;
  EXPECT_EQ(get("getAlbumList", "type=starred")["albumList"]["album"][0]["isDir"], true);
  EXPECT_EQ(code_of(get("getAlbumList2")), 10);
  EXPECT_EQ(code_of(get("getAlbumList2", "type=byYear")), 10);
  EXPECT_EQ(code_of(get("getAlbumList2", "type=loudest")), 0);
}

TEST_F(SubsonicCatalogue, StarsAndRatingsAreThoseOfTheLibrary) {
  EXPECT_EQ(get("star", "id=" + so(missa_) + "&artistId=ar-1")["status"], "ok");
  EXPECT_EQ(get("setRating", "rating=4&id=" + so(missa_))["status"], "ok");
  const auto starred = get("getStarred2")["starred2"];
  EXPECT_EQ(names(starred["song"], "title"), (Names{"Kyrie"}));
  EXPECT_EQ(names(starred["artist"], "name"), (Names{"Byrd"}));
  EXPECT_EQ(starred["song"][0]["userRating"], 4);
  EXPECT_EQ(starred["song"][0]["averageRating"], 4.0);
  EXPECT_EQ(sql_integer(database_, "SELECT value FROM ratings"), 8);
  EXPECT_EQ(get("setRating", "rating=0&id=" + so(missa_))["status"], "ok");
  EXPECT_EQ(get("unstar", "id=" + so(missa_))["status"], "ok");
  EXPECT_FALSE(get("getSong", "id=" + so(missa_))["song"].contains("userRating"));
  EXPECT_FALSE(get("getSong", "id=" + so(missa_))["song"].contains("starred"));
  EXPECT_EQ(code_of(get("setRating", "rating=6&id=" + so(missa_))), 0);
  EXPECT_EQ(code_of(get("star")), 10);
}

TEST_F(SubsonicCatalogue, FindsSongsWithMistakesInWhatWasTyped) {
  EXPECT_EQ(code_of(get("search3", "songCount=5")), 10) << "an empty one is given as such";
  const auto found = get("search3", "query=%22Shenandoha%22")["searchResult3"];
  EXPECT_EQ(names(found["song"], "title"), (Names{"Shenandoah"}));
  EXPECT_EQ(names(get("search2", "query=byrd")["searchResult2"]["artist"], "name"), (Names{"Byrd"}));
  EXPECT_EQ(names(get("search3", "query=&songCount=2&songOffset=1&albumCount=0&artistCount=0")["searchResult3"]["song"], "title"),
            (Names{"Shenandoah", "Rehearsal 3"}));
}

TEST_F(SubsonicCatalogue, GivesSoundAsFilesAndPicturesForAll) {
  const std::string proof = "u=Anna&p=" + anna_password_;
  const LibraryAnswer sound = raw("stream.view", proof + "&id=" + so(missa_));
  ASSERT_TRUE(sound.file != nullptr);
  EXPECT_EQ(sound.file->content_type, "audio/mpeg");
  EXPECT_TRUE(sound.file->path.ends_with("/hash1"));
  EXPECT_TRUE(raw("download", proof + "&id=" + so(missa_)).file->download);
  for (const char* id : {"so-1", "al-1", "ao-0", "ar-unknown", "ar-1"})
    EXPECT_EQ(raw("getCoverArt", proof + "&id=" + id).text->content_type, "image/svg+xml") << id;
  EXPECT_EQ(code_of(get("getCoverArt", "id=al-99")), 70);
}

TEST_F(SubsonicCatalogue, ANewPictureHasANewIdAndOldIdsShowIt) {
  const auto of_song = [&](int64_t id) { return get("getSong", "id=" + so(id))["song"]["coverArt"].get<std::string>(); };
  const auto of_album = [&] { return get("getAlbum", "id=al-1")["album"]["coverArt"].get<std::string>(); };
  const auto shown = [&](const std::string& id) {
    const LibraryAnswer answer = raw("getCoverArt", "u=Anna&p=" + anna_password_ + "&id=" + id);
    return answer.file ? answer.file->path.substr(answer.file->path.rfind('/') + 1) : answer.text->content_type;
  };
  EXPECT_EQ(of_song(missa_), "al-1");
  EXPECT_EQ(of_album(), "al-1");
  Covers covers(database_);
  const MadeCover first{.hash = "11111111aa", .bytes = 9}, second{.hash = "22222222bb", .bytes = 9};
  ASSERT_TRUE(covers.give_tags(missa_, &first));
  EXPECT_EQ(of_song(missa_), "al-1_11111111");
  EXPECT_EQ(of_album(), "al-1_11111111");
  EXPECT_EQ(get("getAlbumList", "type=alphabeticalByName")["albumList"]["album"][0]["coverArt"], "al-1_11111111");
  EXPECT_EQ(shown("al-1_11111111"), "11111111aa");
  ASSERT_TRUE(covers.give_album(1, &second, unix_s_));
  EXPECT_EQ(of_album(), "al-1_22222222");
  EXPECT_EQ(of_song(missa_), "al-1_22222222");
  for (const char* id : {"al-1", "al-1_11111111", "al-1_22222222"}) EXPECT_EQ(shown(id), "22222222bb") << id;
  ASSERT_TRUE(covers.give_song(missa_, &first, unix_s_));
  EXPECT_EQ(of_song(missa_), so(missa_) + "_11111111") << "it is the song's own";
  EXPECT_EQ(shown(of_song(missa_)), "11111111aa");
  ASSERT_TRUE(covers.give_song(loose_, &second, unix_s_));
  EXPECT_EQ(of_song(loose_), so(loose_) + "_22222222");
}

TEST_F(SubsonicCatalogue, FoldersOfManySongsAreReadBySlicesInTheirOrder) {
  Names titles;
  std::string ids;
  for (int i = 0; i < 120; ++i) {
    titles.push_back("Verse " + std::to_string(i));
    const int64_t id = song({{"title", titles.back()}, {"artist", "Choir"}, {"album", "Ballad"}, {"track", i + 1}}, anna_);
    ids += "&songId=" + so(id);
  }
  const std::string album = get("getSong", "id=" + ids.substr(ids.rfind("so-")))["song"]["albumId"];
  const auto read = [&](const std::string& method, const std::string& more) {
    slices_ = 0;
    auto out = get(method, more);
    EXPECT_GE(slices_, 2) << method;
    return out;
  };
  EXPECT_EQ(names(read("getMusicDirectory", "id=" + album)["directory"]["child"], "title"), titles);
  EXPECT_EQ(names(read("getAlbum", "id=" + album)["album"]["song"], "title"), titles);
  EXPECT_EQ(read("getRandomSongs", "size=500")["randomSongs"]["song"].size(), 124U);
  EXPECT_EQ(names(read("createPlaylist", "name=All" + ids)["playlist"]["entry"], "title"), titles);
  EXPECT_EQ(read("search3", "query=&songCount=500")["searchResult3"]["song"].size(), 124U);
}

TEST_F(SubsonicCatalogue, TheFirstCallAndTheFirstAfterAnotherProcessWroteReadAllBySlices) {
  const auto albums = [&] { return names(get("getAlbumList2", "type=alphabeticalByName")["albumList2"]["album"], "name"); };
  slices_ = 0;
  const Names first = albums();
  EXPECT_FALSE(first.empty());
  EXPECT_GE(slices_, 8);
  slices_ = 0;
  EXPECT_EQ(albums(), first);
  EXPECT_LE(slices_, 1);
  LibraryDatabase other(folder_.path() + "/library.sqlite");
  ASSERT_TRUE(run_sql(other, "UPDATE albums SET title = 'Zzz' || title, fold = 'zzz' || fold"));
  slices_ = 0;
  EXPECT_EQ(albums().size(), first.size());
  EXPECT_GE(slices_, 8);
  const Names again = albums();
  EXPECT_EQ(std::count_if(again.begin(), again.end(), [](const std::string& name) { return name.starts_with("Zzz"); }),
            sql_integer(database_, "SELECT COUNT(DISTINCT album) FROM songs WHERE hash IS NOT NULL AND private = 0"));
}

// As players keep a list of their own: page by page, of a library whose lists are read in several slices.
TEST_F(SubsonicCatalogue, EverythingIsFoundPageByPage) {
  constexpr int kMany = 1'100;
  ASSERT_TRUE(database_.transaction([&] {
    bool done = true;
    for (int i = 0; i < kMany && done; ++i) {
      const std::string number = std::to_string(10'000 + i), artist = "Artist " + number, album = "Album " + number;
      done = run_sql(database_, "INSERT INTO files (hash, bytes, kind) VALUES (?, 1, 'mp3')", {number}) &&
             Songs(database_).insert({.title = "Song " + number, .artist = artist, .album = album, .is_private = i % 7 == 0},
                                     {.hash = number, .status = "UPLOADED"}, bert_.id, i) != 0;
    }
    return done;
  }));
  const auto pages = [&](const std::string& kind, const char* field) {
    Names out;
    for (size_t before = 0;; before = out.size()) {
      std::string query = "query=&" + kind + "Count=300&" + kind + "Offset=" + std::to_string(before);
      for (const char* other : {"artist", "album", "song"}) {
        if (kind != other) query.append("&").append(other).append("Count=0");
      }
      const auto found = get("search3", query)["searchResult3"];
      for (const std::string& each : names(found[kind], field)) out.push_back(each);
      if (out.size() == before) return out;
    }
  };
  slices_ = 0;
  Names artists;
  const auto letters = get("getArtists")["artists"]["index"];
  for (const auto& letter : letters) {
    for (const std::string& each : names(letter["artist"], "name")) artists.push_back(each);
  }
  EXPECT_GE(slices_, 2);
  EXPECT_EQ(pages("artist", "name"), artists);
  Names albums = pages("album", "name"), songs = pages("song", "title");
  ASSERT_GT(albums.size(), 900U);
  EXPECT_EQ(std::count(songs.begin(), songs.end(), "Song 10000"), 0) << "it is Bert's alone";
  std::sort(songs.begin(), songs.end());
  EXPECT_EQ(std::adjacent_find(songs.begin(), songs.end()), songs.end()) << "none twice";
  EXPECT_EQ(names(get("getAlbumList2", "type=alphabeticalByName&size=300&offset=600")["albumList2"]["album"], "name"),
            Names(albums.begin() + 600, albums.begin() + 900));
  const auto newest = get("getAlbumList2", "type=newest&size=300")["albumList2"]["album"];
  EXPECT_EQ(newest.size(), 300U);
  EXPECT_EQ(names(get("getAlbumList2", "type=random&size=500")["albumList2"]["album"], "name").size(), 500U);
}

TEST_F(SubsonicCatalogue, ManyScrobblesAreCountedOnceEachOrNotAtAll) {
  std::string many;
  for (int i = 0; i < 1'000; ++i) many += "id=" + so(missa_) + "&time=" + std::to_string(1'700'000'000'000 + i * 1'000) + "&";
  const auto plays = [&] { return sql_integer(database_, "SELECT plays FROM songs WHERE id = ?", {missa_}); };
  slices_ = 0;
  EXPECT_EQ(code_of(get("scrobble", many)), -1);
  EXPECT_GE(slices_, 2);
  EXPECT_EQ(plays(), 1'000);
  many.erase(0, many.find('&', many.find('&') + 1) + 1);
  EXPECT_EQ(code_of(get("scrobble", many + "id=" + so(secret_))), 70) << "one of them is Bert's alone";
  EXPECT_EQ(plays(), 1'000);
  EXPECT_EQ(code_of(get("scrobble", many + "id=" + so(missa_) + "&id=" + so(missa_))), 0) << "more than 1000";
}

class SubsonicStream : public SubsonicTest {
 protected:
  std::string path(const std::string& more, const std::string& range = "") {
    LibraryRequest request = request_to(LibraryMethod::kGet, "/x");
    request.path = "/stream?u=Anna&c=phone&p=" + anna_password_ + "&id=so-" + std::to_string(song_) + more;
    request.range = range;
    const LibraryAnswer answer = finished(subsonic_.answer(std::move(request)));
    return answer.file ? answer.file->path.substr(answer.file->path.rfind('/') + 1) : answer.text->text;
  }
  // As a worker would have made it.
  void made(const std::string& kind) {
    EXPECT_TRUE(run_sql(database_, "INSERT INTO derived (hash, kind, bytes) VALUES ('hash1', ?, 5)", {kind}));
  }
  int64_t wanted() { return sql_integer(database_, "SELECT COUNT(*) FROM jobs WHERE kind = 'opus'").value_or(-1); }

  const int64_t song_ = song({{"title", "Kyrie"}}, anna_);
};

TEST_F(SubsonicStream, IsTheOriginalUntilWhatIsSmallerIsMade) {
  ASSERT_TRUE(run_sql(database_, "UPDATE songs SET length_ms = 10000"));
  EXPECT_EQ(path("&maxBitRate=128"), "hash1");
  EXPECT_EQ(wanted(), 1);
  made("opus-96");
  EXPECT_EQ(path("&maxBitRate=128", "bytes=5000-"), "hash1") << "the rest of what she began with";
  EXPECT_EQ(path("&maxBitRate=128", "bytes=0-"), "hash1.opus-96");
  EXPECT_EQ(path("&maxBitRate=128", "bytes=5000-"), "hash1.opus-96");
  EXPECT_EQ(path("&format=opus"), "hash1.opus-96");
  EXPECT_EQ(path("&format=opus&maxBitRate=64"), "hash1") << "that one is to be made";
  EXPECT_EQ(wanted(), 2);
}

TEST_F(SubsonicStream, IsTheOriginalForWhoWantsNothingElse) {
  ASSERT_TRUE(run_sql(database_, "UPDATE songs SET length_ms = 10000"));
  made("opus-96");
  for (const char* more : {"", "&format=raw", "&format=raw&maxBitRate=64", "&maxBitRate=0", "&maxBitRate=320", "&maxBitRate=x",
                           "&format=mp3&maxBitRate=64"})
    EXPECT_EQ(path(more), "hash1") << more;
  EXPECT_EQ(wanted(), 0);
}

TEST_F(SubsonicCatalogue, GivesWordsWithTheirTimes) {
  const auto timed = get("getLyricsBySongId", "id=" + so(missa_))["lyricsList"]["structuredLyrics"][0];
  EXPECT_EQ(timed["synced"], true);
  EXPECT_EQ(timed["lang"], "la");
  EXPECT_EQ(timed["line"], nlohmann::json::parse(R"([{"start":1000,"value":"Kyrie"},{"start":5500,"value":"eleison"}])"));
  const auto plain = get("getLyricsBySongId", "id=" + so(loose_))["lyricsList"]["structuredLyrics"][0];
  EXPECT_EQ(plain["synced"], false);
  EXPECT_EQ(plain["lang"], "und");
  EXPECT_TRUE(get("getLyricsBySongId", "id=" + so(upload_))["lyricsList"]["structuredLyrics"].empty());
  EXPECT_EQ(get("getLyrics", "artist=BYRD&title=kyrie")["lyrics"]["value"], "Kyrie\neleison");
  EXPECT_EQ(get("getLyrics", "title=nothing")["lyrics"]["value"], "");
}

TEST_F(SubsonicCatalogue, KeepsPlaylists) {
  const auto made =
      get("createPlaylist", "name=Evening&songId=" + so(missa_) + "&songId=" + so(loose_) + "&songId=" + so(missa_))["playlist"];
  const std::string id = made["id"];
  EXPECT_EQ(made["public"], false);
  EXPECT_EQ(names(made["entry"], "title"), (Names{"Kyrie", "Shenandoah", "Kyrie"}));
  EXPECT_EQ(get("updatePlaylist",
                "playlistId=" + id +
                    "&name=Night&comment=for+the+fire&public=true&songIndexToRemove=0&songIdToAdd=" + so(upload_))["status"],
            "ok");
  const auto shown = get("getPlaylist", "id=" + id)["playlist"];
  EXPECT_EQ(names(shown["entry"], "title"), (Names{"Shenandoah", "Kyrie", "Rehearsal 3"}));
  EXPECT_EQ(shown["name"], "Night");
  EXPECT_EQ(shown["comment"], "for the fire");
  EXPECT_EQ(shown["songCount"], 3);
  EXPECT_EQ(shown["duration"], 100);
  EXPECT_EQ(get("getPlaylists")["playlists"]["playlist"].size(), 1U);
  const std::string bert = "u=Bert&p=" + PlayerPasswords(database_, library_.sealer).add(bert_.id, "phone", unix_s_).value();
  EXPECT_EQ(call_with(bert, "getPlaylist", "id=" + id)["playlist"]["readonly"], true);
  EXPECT_EQ(code_of(call_with(bert, "updatePlaylist", "name=x&playlistId=" + id)), 50);
  EXPECT_EQ(code_of(call_with(bert, "deletePlaylist", "id=" + id)), 50);
  EXPECT_EQ(get("deletePlaylist", "id=" + id)["status"], "ok");
  EXPECT_EQ(code_of(get("getPlaylist", "id=" + id)), 70);
}

TEST_F(SubsonicCatalogue, KeepsThePlayQueueAndBookmarks) {
  EXPECT_FALSE(get("getPlayQueue").contains("playQueue"));
  const std::string songs = "id=" + so(missa_) + "&id=" + so(loose_) + "&id=" + so(missa_);
  EXPECT_EQ(get("savePlayQueueByIndex", songs + "&currentIndex=2&position=1234")["status"], "ok");
  const auto queue = get("getPlayQueueByIndex")["playQueueByIndex"];
  EXPECT_EQ(queue["currentIndex"], 2);
  EXPECT_EQ(queue["position"], 1'234);
  EXPECT_EQ(queue["changedBy"], "test");
  EXPECT_EQ(queue["entry"].size(), 3U);
  EXPECT_EQ(get("getPlayQueue")["playQueue"]["current"], so(missa_));
  EXPECT_EQ(code_of(get("savePlayQueueByIndex", songs + "&currentIndex=3")), 0);
  EXPECT_EQ(code_of(get("savePlayQueueByIndex", songs)), 10);
  EXPECT_EQ(get("savePlayQueue", songs + "&current=" + so(loose_))["status"], "ok");
  EXPECT_EQ(get("getPlayQueueByIndex")["playQueueByIndex"]["currentIndex"], 1);
  ASSERT_TRUE(run_sql(database_, "UPDATE songs SET private = 1, uploader = ? WHERE id = ?", {bert_.id, missa_}));
  const auto fewer = get("getPlayQueueByIndex")["playQueueByIndex"];
  EXPECT_EQ(names(fewer["entry"], "title"), (Names{"Shenandoah"}));
  EXPECT_EQ(fewer["currentIndex"], 0);
  ASSERT_TRUE(run_sql(database_, "UPDATE songs SET private = 0, uploader = ? WHERE id = ?", {anna_.id, missa_}));

  EXPECT_EQ(get("createBookmark", "position=5000&comment=verse+2&id=" + so(missa_))["status"], "ok");
  const auto bookmark = get("getBookmarks")["bookmarks"]["bookmark"][0];
  EXPECT_EQ(bookmark["position"], 5'000);
  EXPECT_EQ(bookmark["comment"], "verse 2");
  EXPECT_EQ(bookmark["entry"]["title"], "Kyrie");
  EXPECT_EQ(get("deleteBookmark", "id=" + so(missa_))["status"], "ok");
  EXPECT_TRUE(get("getBookmarks")["bookmarks"]["bookmark"].empty());
}

TEST_F(SubsonicCatalogue, TellsWhatOneHearsToHerselfAlone) {
  EXPECT_EQ(get("scrobble", "submission=false&id=" + so(missa_))["status"], "ok");
  EXPECT_EQ(sql_integer(database_, "SELECT COUNT(*) FROM plays"), 0);
  const auto playing = get("getNowPlaying")["nowPlaying"]["entry"];
  ASSERT_EQ(playing.size(), 1U);
  EXPECT_EQ(playing[0]["username"], "Anna");
  const std::string bert = "u=Bert&p=" + PlayerPasswords(database_, library_.sealer).add(bert_.id, "phone", unix_s_).value();
  EXPECT_TRUE(call_with(bert, "getNowPlaying")["nowPlaying"]["entry"].empty());
  EXPECT_EQ(get("scrobble", "time=1700000000000&id=" + so(missa_))["status"], "ok");
  EXPECT_EQ(sql_integer(database_, "SELECT at FROM plays"), 1'700'000'000);
}

TEST_F(SubsonicCatalogue, TheAccountsPasswordIsNotChangedByAPlayer) {
  EXPECT_EQ(code_of(get("changePassword", "username=Anna&password=12345678")), 50);
}

}  // namespace
}  // namespace roundelay::subsonic_test
