// Every answer as JSON, held against what OpenSubsonic's public description says of its fields: none that it does not know, none
// missing that it wants, each of its type.
#include "tests/server/library/subsonic/subsonic_fixture.h"

namespace roundelay::shapes_test {
namespace {

// By field: "text", "number" (a whole one), "real", "flag", "[text]", "[number]", or the name of a shape, in brackets where there
// are many; a "!" behind it: it must be there.
using Shape = std::map<std::string, std::string>;

Shape with(Shape shape, const Shape& more) {
  shape.insert(more.begin(), more.end());
  return shape;
}

const std::map<std::string, Shape>& shapes() {
  static const Shape child{{"id", "text!"},
                           {"isDir", "flag!"},
                           {"title", "text!"},
                           {"parent", "text"},
                           {"album", "text"},
                           {"artist", "text"},
                           {"track", "number"},
                           {"year", "number"},
                           {"genre", "text"},
                           {"coverArt", "text"},
                           {"size", "number"},
                           {"contentType", "text"},
                           {"suffix", "text"},
                           {"duration", "number"},
                           {"bitRate", "number"},
                           {"path", "text"},
                           {"isVideo", "flag"},
                           {"playCount", "number"},
                           {"played", "text"},
                           {"created", "text"},
                           {"starred", "text"},
                           {"userRating", "number"},
                           {"averageRating", "real"},
                           {"albumId", "text"},
                           {"artistId", "text"},
                           {"type", "text"},
                           {"mediaType", "text"},
                           {"bpm", "number"},
                           {"comment", "text"},
                           {"displayArtist", "text"},
                           {"displayAlbumArtist", "text"},
                           {"discNumber", "number"},
                           {"artists", "[ArtistID3]"},
                           {"albumArtists", "[ArtistID3]"},
                           {"genres", "[ItemGenre]"}};
  static const Shape artist{
      {"id", "text!"}, {"name", "text!"}, {"coverArt", "text"}, {"albumCount", "number"}, {"starred", "text"}};
  static const Shape album{{"id", "text!"},         {"name", "text!"},   {"songCount", "number!"},   {"duration", "number!"},
                           {"created", "text!"},    {"artist", "text"},  {"artistId", "text"},       {"coverArt", "text"},
                           {"playCount", "number"}, {"year", "number"},  {"genre", "text"},          {"displayArtist", "text"},
                           {"played", "text"},      {"starred", "text"}, {"artists", "[ArtistID3]"}, {"genres", "[ItemGenre]"}};
  static const Shape playlist{{"id", "text!"},         {"name", "text!"},    {"songCount", "number!"},
                              {"duration", "number!"}, {"created", "text!"}, {"changed", "text!"},
                              {"owner", "text"},       {"public", "flag"},   {"readonly", "flag"}};
  static const Shape queue{
      {"username", "text!"}, {"changed", "text!"}, {"changedBy", "text!"}, {"position", "number"}, {"entry", "[Child]"}};
  static const std::map<std::string, Shape> all{
      {"Child", child},
      {"ArtistID3", artist},
      {"ItemGenre", {{"name", "text!"}}},
      {"AlbumID3", album},
      {"AlbumWithSongs", with(album, {{"song", "[Child]!"}})},
      {"ArtistWithAlbums", with(artist, {{"album", "[AlbumID3]!"}})},
      {"Index", {{"name", "text!"}, {"artist", "[ArtistID3]"}}},
      {"Artists", {{"ignoredArticles", "text"}, {"index", "[Index]"}}},
      {"Indexes", {{"ignoredArticles", "text!"}, {"lastModified", "number!"}, {"index", "[Index]"}}},
      {"Directory",
       {{"id", "text!"},
        {"name", "text!"},
        {"parent", "text"},
        {"starred", "text"},
        {"playCount", "number"},
        {"child", "[Child]"}}},
      {"Genre", {{"value", "text!"}, {"songCount", "number!"}, {"albumCount", "number!"}}},
      {"Genres", {{"genre", "[Genre]"}}},
      {"MusicFolder", {{"id", "number!"}, {"name", "text"}}},
      {"MusicFolders", {{"musicFolder", "[MusicFolder]!"}}},
      {"Folders", {{"album", "[Child]!"}}},
      {"Albums", {{"album", "[AlbumID3]!"}}},
      {"Songs", {{"song", "[Child]!"}}},
      {"Found2", {{"artist", "[ArtistID3]"}, {"album", "[Child]"}, {"song", "[Child]"}}},
      {"Found3", {{"artist", "[ArtistID3]"}, {"album", "[AlbumID3]"}, {"song", "[Child]"}}},
      {"Playing",
       with(child, {{"username", "text!"}, {"minutesAgo", "number!"}, {"playerId", "number!"}, {"playerName", "text"}})},
      {"NowPlaying", {{"entry", "[Playing]"}}},
      {"Playlist", playlist},
      {"Playlists", {{"playlist", "[Playlist]"}}},
      {"PlaylistWithSongs", with(playlist, {{"entry", "[Child]"}})},
      {"PlayQueue", with(queue, {{"current", "text"}})},
      {"PlayQueueByIndex", with(queue, {{"currentIndex", "number"}})},
      {"Bookmark",
       {{"entry", "Child!"},
        {"position", "number!"},
        {"username", "text!"},
        {"comment", "text"},
        {"created", "text!"},
        {"changed", "text!"}}},
      {"Bookmarks", {{"bookmark", "[Bookmark]"}}},
      {"Line", {{"start", "number"}, {"value", "text!"}}},
      {"StructuredLyrics",
       {{"lang", "text!"}, {"synced", "flag!"}, {"line", "[Line]!"}, {"displayArtist", "text"}, {"displayTitle", "text"}}},
      {"LyricsList", {{"structuredLyrics", "[StructuredLyrics]"}}},
      {"Lyrics", {{"value", "text!"}, {"artist", "text"}, {"title", "text"}}},
      {"User",
       {{"username", "text!"},
        {"scrobblingEnabled", "flag!"},
        {"adminRole", "flag!"},
        {"settingsRole", "flag!"},
        {"downloadRole", "flag!"},
        {"uploadRole", "flag!"},
        {"playlistRole", "flag!"},
        {"coverArtRole", "flag!"},
        {"commentRole", "flag!"},
        {"podcastRole", "flag!"},
        {"streamRole", "flag!"},
        {"jukeboxRole", "flag!"},
        {"shareRole", "flag!"},
        {"videoConversionRole", "flag!"},
        {"folder", "[number]"}}},
      {"Users", {{"user", "[User]"}}},
      {"License", {{"valid", "flag!"}}},
      {"ScanStatus", {{"scanning", "flag!"}, {"count", "number"}}},
      {"TokenInfo", {{"username", "text!"}}},
      {"Extension", {{"name", "text!"}, {"versions", "[number]!"}}},
      {"Error", {{"code", "number!"}, {"message", "text"}}},
      {"Nothing", {}},
      {"Podcasts", {{"channel", "[Nothing]"}}},
      {"Stations", {{"internetRadioStation", "[Nothing]"}}},
      {"Shares", {{"share", "[Nothing]"}}}};
  return all;
}

std::string fault_of(const nlohmann::json& value, std::string type);

std::string fault_in(const nlohmann::json& object, const std::string& shape) {
  if (!object.is_object()) return "is no " + shape;
  const Shape& fields = shapes().at(shape);
  for (const auto& [name, value] : object.items()) {
    const auto known = fields.find(name);
    if (known == fields.end()) return name + " is no field of " + shape;
    if (const std::string fault = fault_of(value, known->second); !fault.empty()) return shape + "." + name + " " + fault;
  }
  for (const auto& [name, type] : fields) {
    if (type.ends_with('!') && !object.contains(name)) return name + " of " + shape + " is missing";
  }
  return {};
}

std::string fault_of(const nlohmann::json& value, std::string type) {
  if (type.ends_with('!')) type.pop_back();
  if (type.starts_with('[')) {
    if (!value.is_array()) return "is no list";
    for (const auto& each : value) {
      if (const std::string fault = fault_of(each, type.substr(1, type.size() - 2)); !fault.empty()) return fault;
    }
    return {};
  }
  if (type == "text") return value.is_string() ? "" : "is no text";
  if (type == "number") return value.is_number_integer() ? "" : "is no whole number";
  if (type == "real") return value.is_number() ? "" : "is no number";
  if (type == "flag") return value.is_boolean() ? "" : "is neither true nor false";
  return fault_in(value, type);
}

struct Row {
  const char* method;
  const char* query;
  const char* field;  // of the response; empty: nothing is in it
  const char* type;
};
constexpr Row kRows[] = {
    {"ping", "", "", ""},
    {"getLicense", "", "license", "License"},
    {"getOpenSubsonicExtensions", "", "openSubsonicExtensions", "[Extension]"},
    {"tokenInfo", "", "tokenInfo", "TokenInfo"},
    {"getMusicFolders", "", "musicFolders", "MusicFolders"},
    {"getIndexes", "", "indexes", "Indexes"},
    {"getMusicDirectory", "id=1", "directory", "Directory"},
    {"getMusicDirectory", "id=ar-1", "directory", "Directory"},
    {"getMusicDirectory", "id=al-1", "directory", "Directory"},
    {"getArtists", "", "artists", "Artists"},
    {"getArtist", "id=ar-1", "artist", "ArtistWithAlbums"},
    {"getAlbum", "id=al-1", "album", "AlbumWithSongs"},
    {"getAlbum", "id=ao-0", "album", "AlbumWithSongs"},
    {"getSong", "id=so-1", "song", "Child"},
    {"getGenres", "", "genres", "Genres"},
    {"getAlbumList", "type=newest", "albumList", "Folders"},
    {"getAlbumList2", "type=newest", "albumList2", "Albums"},
    {"getRandomSongs", "size=5&fromYear=1500", "randomSongs", "Songs"},
    {"getSongsByGenre", "genre=mass", "songsByGenre", "Songs"},
    {"getTopSongs", "artist=byrd", "topSongs", "Songs"},
    {"getSimilarSongs", "id=so-1", "similarSongs", "Songs"},
    {"getSimilarSongs2", "id=ar-1", "similarSongs2", "Songs"},
    {"getStarred", "", "starred", "Found2"},
    {"getStarred2", "", "starred2", "Found3"},
    {"search2", "query=kyrie", "searchResult2", "Found2"},
    {"search3", "query=", "searchResult3", "Found3"},
    {"getNowPlaying", "", "nowPlaying", "NowPlaying"},
    {"getLyrics", "title=kyrie", "lyrics", "Lyrics"},
    {"getLyricsBySongId", "id=so-1", "lyricsList", "LyricsList"},
    {"getArtistInfo", "id=ar-1", "artistInfo", "Nothing"},
    {"getArtistInfo2", "id=ar-1", "artistInfo2", "Nothing"},
    {"getAlbumInfo", "id=al-1", "albumInfo", "Nothing"},
    {"getAlbumInfo2", "id=al-1", "albumInfo", "Nothing"},
    {"star", "id=so-1", "", ""},
    {"unstar", "albumId=al-1", "", ""},
    {"setRating", "id=so-1&rating=3", "", ""},
    {"scrobble", "id=so-1", "", ""},
    {"getPlaylists", "", "playlists", "Playlists"},
    {"getPlaylist", "id=pl-1", "playlist", "PlaylistWithSongs"},
    {"createPlaylist", "name=Two&songId=so-2", "playlist", "PlaylistWithSongs"},
    {"updatePlaylist", "playlistId=pl-1&name=One", "", ""},
    {"getUser", "username=Anna", "user", "User"},
    {"getUsers", "", "users", "Users"},
    {"getScanStatus", "", "scanStatus", "ScanStatus"},
    {"startScan", "", "scanStatus", "ScanStatus"},
    {"getPlayQueue", "", "playQueue", "PlayQueue"},
    {"getPlayQueueByIndex", "", "playQueueByIndex", "PlayQueueByIndex"},
    {"savePlayQueue", "id=so-1", "", ""},
    {"savePlayQueueByIndex", "id=so-1&currentIndex=0", "", ""},
    {"getBookmarks", "", "bookmarks", "Bookmarks"},
    {"createBookmark", "id=so-1&position=1", "", ""},
    {"deleteBookmark", "id=so-1", "", ""},
    {"getPodcasts", "", "podcasts", "Podcasts"},
    {"getInternetRadioStations", "", "internetRadioStations", "Stations"},
    {"getShares", "", "shares", "Shares"},
    {"getSong", "id=so-99", "error", "Error"},
};

class SubsonicShapes : public SubsonicTest {
 protected:
  SubsonicShapes() {
    song({{"title", "Kyrie"},
          {"artist", "Byrd"},
          {"album", "Missa"},
          {"track", 1},
          {"disc", 1},
          {"genre", "Mass"},
          {"year", 1593},
          {"length_ms", 100'000},
          {"tempo_bpm", 61.5},
          {"attribution", "By Byrd"},
          {"words", "[00:01.00]Kyrie\n[00:02.00]eleison"}},
         anna_);
    song({{"title", "Rehearsal"}}, anna_);
    for (const char* done :
         {"star?id=so-1&albumId=al-1&artistId=ar-1", "setRating?id=so-1&rating=5", "scrobble?id=so-1",
          "scrobble?id=so-1&submission=false", "createPlaylist?name=Evening&songId=so-1&songId=so-2",
          "savePlayQueue?id=so-1&id=so-2&current=so-2&position=5", "createBookmark?id=so-1&position=7&comment=here"}) {
      const std::string_view whole = done;
      const size_t mark = whole.find('?');
      EXPECT_EQ(get(std::string(whole.substr(0, mark)), std::string(whole.substr(mark + 1)))["status"], "ok") << done;
    }
  }
};

TEST_F(SubsonicShapes, AreThoseOfThePublicDescription) {
  for (const Row& row : kRows) {
    nlohmann::json answer = get(row.method, row.query);
    const std::string field = row.field;
    EXPECT_EQ(answer["status"], field == "error" ? "failed" : "ok") << row.method << answer;
    for (const char* always : {"status", "version", "type", "serverVersion"})
      EXPECT_TRUE(answer[always].is_string()) << row.method;
    EXPECT_EQ(answer["openSubsonic"], true);
    EXPECT_EQ(answer.size(), field.empty() ? 5U : 6U) << row.method << answer;
    if (field.empty()) continue;
    EXPECT_TRUE(answer.contains(field)) << row.method << answer;
    EXPECT_EQ(fault_of(answer[field], row.type), "") << row.method << " " << answer[field];
  }
}

TEST_F(SubsonicShapes, AreGivenForEveryMethodThatAnswersWithThem) {
  for (const SubsonicMethod& method : subsonic_methods()) {
    const bool other = method.name == "stream" || method.name == "download" || method.name == "getCoverArt" ||
                       method.name == "getAvatar" || method.name == "changePassword" || method.name == "deletePlaylist" ||
                       method.name == "getNewestPodcasts" || method.name == "getVideos" || method.name == "getChatMessages";
    const bool listed =
        std::any_of(std::begin(kRows), std::end(kRows), [&](const Row& row) { return method.name == row.method; });
    EXPECT_NE(other, listed) << method.name;
  }
}

}  // namespace
}  // namespace roundelay::shapes_test
