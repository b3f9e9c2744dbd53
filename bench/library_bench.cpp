// A library of 100,000 songs (LIBRARY_SONGS). Search: how long one request takes, and the 99th percentile over many different
// ones. Players and pages: how long one call holds the librarian's loop, the first and after a write of each kind, and the pool.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "server/library/account_removal.h"
#include "server/library/accounts.h"
#include "server/library/artists.h"
#include "server/library/library_routes.h"
#include "server/library/listening.h"
#include "server/library/merging.h"
#include "server/library/removal.h"
#include "server/library/search.h"
#include "server/library/songs.h"
#include "server/library/stale_index.h"
#include "server/library/subsonic/subsonic.h"

namespace roundelay::bench {
namespace {

int songs_wanted() {
  const char* wanted = std::getenv("LIBRARY_SONGS");
  return wanted == nullptr ? 100'000 : std::atoi(wanted);
}

// Made of syllables; the first are the most frequent, as in any language.
class Words {
 public:
  Words() {
    constexpr const char* kBegins[] = {"ba", "lo", "mi",  "ra",  "so",  "ta",  "ve",  "no",
                                       "ki", "ga", "shi", "bro", "cle", "dra", "fle", "gri"};
    constexpr const char* kMiddles[] = {"na",  "ri", "to",  "lu", "me",  "ster", "van", "din",
                                        "chu", "pe", "lla", "zo", "mar", "wen",  "ble", "quo"};
    constexpr const char* kEnds[] = {"n",  "s",  "t",  "ra", "lia", "ng", "mon", "le",
                                     "ty", "ck", "rd", "sh", "ria", "on", "el",  "um"};
    for (const char* begin : kBegins) {
      for (const char* middle : kMiddles) {
        for (const char* end : kEnds) {
          words_.push_back(std::string(begin) + middle + end);
          for (const char* more : {"na", "ste", "ri", "lo", "chi", "va"})
            words_.push_back(std::string(begin) + middle + more + end);
        }
      }
    }
    std::shuffle(words_.begin(), words_.end(), random_);
  }
  const std::string& one() {
    const double share = std::uniform_real_distribution<double>(0, 1)(random_);
    return words_[static_cast<size_t>(static_cast<double>(words_.size() - 1) * share * share * share)];
  }
  std::string text(int words) {
    std::string out = one();
    for (int i = 1; i < words; ++i) out.append(" ").append(one());
    return out;
  }
  std::mt19937& random() { return random_; }

 private:
  std::mt19937 random_{1};
  std::vector<std::string> words_;
};

struct Filled {
  Words words;
  LibraryDatabase database{":memory:"};
  double seconds_to_fill = 0;

  Filled() {
    const auto begin = std::chrono::steady_clock::now();
    constexpr const char* kGenres[] = {"Gospel", "Folk", "Rock", "Jazz", "Classical", "Chanson", "Pop", "Hymn"};
    Songs songs(database);
    const int wanted = songs_wanted();
    for (int from = 0; from < wanted; from += 1'000) {
      const bool done = database.transaction([&] {
        for (int i = from; i < std::min(from + 1'000, wanted); ++i) {
          SongFields fields;
          fields.title = words.text(1 + i % 5);
          fields.artist = "Artist " + words.text(1) + std::to_string(i % 5'000);
          fields.album = "Album " + words.text(1) + std::to_string(i % 10'000);
          fields.genre = kGenres[i % 8];
          fields.length_ms = 60'000 + i % 400'000;
          fields.tempo_bpm = 60 + i % 120;
          fields.year = 1'930 + i % 90;
          fields.is_private = i % 50 == 0;
          if (songs.insert(fields, {}, 0, i) == 0) return false;
        }
        return true;
      });
      if (!done) std::abort();
    }
    seconds_to_fill = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  }
};

Filled& filled() {
  static Filled made;
  return made;
}

enum Kind { kWhole, kTyping, kMistyped, kFiltered, kTwoWords };

std::string typed(Words& words, int kind) {
  std::string text = words.text(kind == kTwoWords ? 2 : 1);
  if (kind == kTyping) text.resize(1 + words.random()() % text.size());
  if (kind == kMistyped) std::swap(text[text.size() / 2], text[text.size() / 2 - 1]);
  return text;
}

void search_songs(benchmark::State& state) {
  Filled& library = filled();
  Search search(library.database);
  SongFilter filter;
  if (state.range(0) == kFiltered) {
    filter.genre = "jazz";
    filter.tempo_from_bpm = 100;
    filter.tempo_to_bpm = 110;
  }
  std::vector<double> took_ms;
  size_t found = 0;
  for (auto _ : state) {
    const std::string text = typed(library.words, static_cast<int>(state.range(0)));
    const auto begin = std::chrono::steady_clock::now();
    const auto page = search.songs({}, text, filter, {});
    took_ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    if (!page)
      state.SkipWithError("the search failed");
    else
      found += page->rows.size();
  }
  std::sort(took_ms.begin(), took_ms.end());
  state.counters["p50_ms"] = took_ms[took_ms.size() / 2];
  state.counters["p99_ms"] = took_ms[took_ms.size() * 99 / 100];
  state.counters["most_ms"] = took_ms.back();
  state.counters["found"] = static_cast<double>(found) / static_cast<double>(took_ms.size());
  state.counters["fill_s"] = library.seconds_to_fill;
}
BENCHMARK(search_songs)->ArgName("kind")->DenseRange(kWhole, kTwoWords)->Unit(benchmark::kMillisecond)->Iterations(300);

// All songs with files, and somebody who asks by a player.
struct Played {
  LibraryDatabase& database = filled().database;
  LibrarySettings settings = {};
  Library library{database, settings};
  Subsonic subsonic{library};
  LibraryRequest request = {};
  int64_t next = 1;

  Played() {
    const bool given =
        run_sql(database, "INSERT INTO files (hash, bytes, kind) SELECT 'h' || id, 4000000, 'mp3' FROM songs") &&
        run_sql(database, "UPDATE songs SET hash = 'h' || id, status = 'UPLOADED', private = 0 WHERE id % 50 <> 3");
    // As many albums and artists as such a collection has: the Free Music Archive's 106,574 songs have 14,854 and 16,341.
    const bool put_together =
        given && run_sql(database, "UPDATE albums SET kept = 1") && run_sql(database, "UPDATE artists SET kept = 1") &&
        run_sql(database, "UPDATE songs SET album = album % (SELECT min(count(*), 15000) FROM albums) + 1") &&
        run_sql(database, "UPDATE songs SET artist = (SELECT albums.artist FROM albums WHERE albums.id = songs.album)");
    const auto id = Accounts(database).add({.name = "Anna", .role = LibraryRole::kMember});
    if (!put_together || !id) std::abort();
    request.account = LibraryAccount{.id = *id, .name = "Anna", .role = LibraryRole::kMember};
    request.unix_s = 1'800'000'000;
  }
  // How long the loop was held: by the longest slice, of a long answer.
  double call_ms(const std::string& method, const std::string& query) {
    const auto given = std::make_shared<const SubsonicParameters>(form_fields("f=json&" + query));
    LibraryAnswer answer;
    double most_ms = 0;
    for (bool read = false; !read;) most_ms = std::max(most_ms, ms_of([&] { read = shelves.read_on(database).value(); }));
    const double asked_ms = ms_of([&] {
      auto reply = subsonic_method(method)->answer({library, shelves, now_playing, request, *given});
      if (!reply) std::abort();
      answer = subsonic_answer(*std::move(reply), viewer_of(request), given);
    });
    most_ms = std::max(most_ms, asked_ms);
    bool read = !answer.long_one || !answer.long_one->read_on;
    while (!read) most_ms = std::max(most_ms, ms_of([&] { read = answer.long_one->read_on(library); }));
    if (answer.long_one)
      pool_ms = ms_of([&] { benchmark::DoNotOptimize(answer.long_one->write().text.size()); });
    else
      pool_ms = 0;
    return most_ms;
  }
  // The same of a request of programs and pages.
  double ask_ms(const std::string& path, const std::vector<std::pair<std::string, std::string>>& query) {
    LibraryRequest asked = request;
    asked.path = path;
    asked.query = query;
    LibraryAnswer answer;
    double most_ms = ms_of([&] {
      const LibraryRoute* route = find_library_route(asked.method, asked.path, asked.parts);
      if (route == nullptr) std::abort();
      answer = route->answer(library, asked);
      if (answer.status != 200) std::abort();
      if (answer.long_one) return;
      mark_answer(answer);
      benchmark::DoNotOptimize(answer.body().dump().size());
    });
    if (!answer.long_one) return most_ms;
    for (bool read = false; !read;) most_ms = std::max(most_ms, ms_of([&] { read = answer.long_one->read_on(library); }));
    if (answer.long_one->write().status != 200) std::abort();
    return most_ms;
  }
  // Of the processor: what others do on it meanwhile is not the call's.
  template <typename Work>
  static double ms_of(Work&& work) {
    const auto now_ms = [] {
      timespec now{};
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
      return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
    };
    const double begin_ms = now_ms();
    work();
    return now_ms() - begin_ms;
  }
  double pool_ms = 0;  // of the last call, on the pool
  PlayerShelves shelves;
  NowPlaying now_playing;
};

Played& played() {
  static Played made;
  return made;
}

enum Write { kNothing, kScrobble, kStar, kRating, kNewSong, kMovedSong };

void write(Played& on, int64_t kind) {
  const Viewer anna{on.request.account->id, LibraryRole::kMember}, curator{on.request.account->id, LibraryRole::kCurator};
  const int64_t song = on.next++ * 7 % songs_wanted() + 1;
  bool done = true;
  if (kind == kScrobble) done = Listening(on.database).played(anna, song, 1'700'000'000 + song, 1'800'000'000).has_value();
  if (kind == kStar)
    done =
        run_sql(on.database,
                "INSERT OR IGNORE INTO favourites (account, kind, item, at) SELECT ?, 'album', album, 1 FROM songs WHERE id = ?",
                {anna.account, song});
  if (kind == kRating)
    done = run_sql(on.database, "INSERT OR IGNORE INTO ratings (account, song, value, at) VALUES (?, ?, 7, 1)",
                   {anna.account, song});
  if (kind == kNewSong)
    done = Songs(on.database)
               .add(anna,
                    {{"title", "New"},
                     {"artist", "New " + std::to_string(on.next)},
                     {"album", "New " + std::to_string(on.next)},
                     {"private", false}},
                    1)
               .has_value() &&
           run_sql(on.database, "UPDATE songs SET hash = 'h1' WHERE id = (SELECT MAX(id) FROM songs)");
  if (kind == kMovedSong)
    done = Songs(on.database)
               .change(curator, song, {{"album", "Moved " + std::to_string(on.next)}, {"private", false}}, 1)
               .has_value();
  if (!done) std::abort();
}

void list_after_write(benchmark::State& state) {
  Played& library = played();
  const double first_ms = library.call_ms("getAlbumList2", "type=newest");
  std::vector<double> took_ms;
  for (auto _ : state) {
    state.PauseTiming();
    write(library, state.range(0));
    state.ResumeTiming();
    took_ms.push_back(library.call_ms("getAlbumList2", "type=newest"));
  }
  std::sort(took_ms.begin(), took_ms.end());
  state.counters["first_ms"] = first_ms;
  state.counters["p50_ms"] = took_ms[took_ms.size() / 2];
  state.counters["most_ms"] = took_ms.back();
}
BENCHMARK(list_after_write)->ArgName("write")->DenseRange(kNothing, kMovedSong)->Unit(benchmark::kMillisecond)->Iterations(100);

struct PlayerCall {
  const char* method;
  const char* query;
};
constexpr PlayerCall kPlayerCalls[] = {{"getArtists", ""},
                                       {"getIndexes", ""},
                                       {"getMusicDirectory", "id=1"},
                                       {"getArtist", "id=ar-1"},
                                       {"getAlbum", "id=al-1"},
                                       {"getGenres", ""},
                                       {"getAlbumList2", "type=alphabeticalByName&size=500"},
                                       {"getAlbumList2", "type=alphabeticalByArtist&size=500"},
                                       {"getAlbumList2", "type=random&size=500"},
                                       {"getAlbumList2", "type=frequent&size=500"},
                                       {"getAlbumList2", "type=byYear&fromYear=1900&toYear=2000&size=500"},
                                       {"getAlbumList2", "type=byGenre&genre=Jazz&size=500"},
                                       {"getStarred2", ""},
                                       {"getRandomSongs", "size=500"},
                                       {"getRandomSongs", "size=50&genre=Jazz"},
                                       {"getSongsByGenre", "genre=Jazz&count=500"},
                                       {"getSongsByGenre", "genre=Jazz&count=500&offset=10000"},
                                       {"getTopSongs", "artist=none"},
                                       {"getSimilarSongs2", "id=so-1"},
                                       {"search3", "query=&artistCount=500&albumCount=500&songCount=500"},
                                       {"search3", "query=&artistCount=0&albumCount=0&songCount=500&songOffset=90000"},
                                       {"search3", "query=bana"},
                                       {"getScanStatus", ""},
                                       {"getPlaylists", ""},
                                       {"getNowPlaying", ""}};

void call_of_player(benchmark::State& state) {
  Played& library = played();
  const PlayerCall& call = kPlayerCalls[state.range(0)];
  state.SetLabel(std::string(call.method) + " " + call.query);
  static_cast<void>(library.call_ms("getAlbumList2", "type=newest"));
  double most_ms = 0, sum_ms = 0, pool_ms = 0;
  for (auto _ : state) {
    const double took_ms = library.call_ms(call.method, call.query);
    most_ms = std::max(most_ms, took_ms);
    sum_ms += took_ms;
    pool_ms += library.pool_ms;
  }
  const auto calls = static_cast<double>(state.iterations());
  state.counters["most_ms"] = most_ms;
  state.counters["mean_ms"] = sum_ms / calls;
  state.counters["pool_ms"] = pool_ms / calls;
}
struct PageAsked {
  const char* label;
  const char* path;
  std::vector<std::pair<std::string, std::string>> query;
};
const std::vector<PageAsked>& pages_asked() {
  static const std::vector<PageAsked> pages = {
      {"songs", "/songs", {{"limit", "500"}}},
      {"songs by title", "/songs", {{"order", "title"}, {"limit", "50"}, {"offset", "4000"}}},
      {"songs by title, far", "/songs", {{"order", "title"}, {"limit", "500"}, {"offset", "90000"}}},
      {"songs by rating", "/songs", {{"order", "rating"}}},
      {"songs by plays", "/songs", {{"order", "plays"}}},
      {"songs by album", "/songs", {{"order", "album"}}},
      {"songs by length", "/songs", {{"order", "length"}}},
      {"songs of a genre", "/songs", {{"genre", "Jazz"}, {"order", "title"}, {"offset", "4000"}}},
      {"songs of a tempo", "/songs", {{"tempo_from_bpm", "100"}, {"tempo_to_bpm", "110"}}},
      {"songs of some years", "/songs", {{"year_from", "1990"}, {"year_to", "1999"}}},
      {"songs from a year on, by title", "/songs", {{"year_from", "2018"}, {"order", "title"}}},
      {"songs of two bounds, by plays, far",
       "/songs",
       {{"year_from", "1940"}, {"length_to_ms", "300000"}, {"order", "plays"}, {"offset", "40000"}}},
      {"rare songs by title", "/songs", {{"rating_from", "9"}, {"order", "title"}}},
      {"short songs by rating", "/songs", {{"length_to_ms", "60500"}, {"order", "rating"}}},
      {"songs of a key", "/songs", {{"key", "C"}, {"order", "title"}}},
      {"songs by album, far", "/songs", {{"order", "album"}, {"limit", "500"}, {"offset", "90000"}}},
      {"songs of an artist", "/songs", {{"artist", "1"}}},
      {"artists", "/artists", {{"limit", "50"}, {"offset", "4000"}}},
      {"artists, far", "/artists", {{"limit", "500"}, {"offset", "16000"}}},
      {"albums", "/albums", {{"limit", "50"}, {"offset", "4000"}}},
      {"albums, far", "/albums", {{"limit", "500"}, {"offset", "14000"}}},
      {"export", "/export", {{"limit", "500"}, {"after", "50000"}}},
      {"recommendations", "/recommendations", {}},
      {"favourites", "/favourites", {}},
      {"playlists", "/playlists", {}},
  };
  return pages;
}

// Made anew, as if the answer cache did not have it.
void page_of_catalogue(benchmark::State& state) {
  Played& library = played();
  const PageAsked& page = pages_asked()[static_cast<size_t>(state.range(0))];
  state.SetLabel(page.label);
  double most_ms = 0, sum_ms = 0;
  for (auto _ : state) {
    const double took_ms = library.ask_ms(page.path, page.query);
    most_ms = std::max(most_ms, took_ms);
    sum_ms += took_ms;
  }
  state.counters["most_ms"] = most_ms;
  state.counters["mean_ms"] = sum_ms / static_cast<double>(state.iterations());
}
BENCHMARK(page_of_catalogue)->DenseRange(0, 24)->Unit(benchmark::kMillisecond)->Iterations(5);

BENCHMARK(call_of_player)->DenseRange(0, std::size(kPlayerCalls) - 1)->Unit(benchmark::kMillisecond)->Iterations(10);

// The longest slice of deleting an artist and then an account with half of all songs each. The last: they are gone then.
template <typename GoOn>
double longest_slice_ms(GoOn&& go_on, double* all_ms = nullptr) {
  double most_ms = 0, sum_ms = 0;
  for (bool is_over = false; !is_over;) {
    const double took_ms = Played::ms_of([&] { is_over = go_on(); });
    most_ms = std::max(most_ms, took_ms);
    sum_ms += took_ms;
  }
  if (all_ms != nullptr) *all_ms = sum_ms;
  return most_ms;
}

// The longest slice of giving an artist with a fifth of all songs a new name, and of merging her into another; and all of them,
// for as long as which the loop would be held in one go.
void new_name_of_artist(benchmark::State& state) {
  Played& library = played();
  if (!run_sql(library.database, "UPDATE songs SET artist = 1 WHERE id % 5 = 0")) std::abort();
  Artists artists(library.database);
  const Viewer admin{1, LibraryRole::kAdmin};
  for (auto _ : state) {
    const double begun_ms = Played::ms_of([&] {
      if (!artists.rename(admin, 1, "Somebody else", 1)) std::abort();
    });
    double renaming_ms = 0, merging_ms = 0;
    const double most_ms = longest_slice_ms([&] { return index_on(library.database).value(); }, &renaming_ms);
    state.counters["most_renaming_ms"] = std::max(begun_ms, most_ms);
    state.counters["renaming_ms"] = begun_ms + renaming_ms;
    Merging merging(library.database, admin, CatalogueKind::kArtist, 2, 1);
    std::vector<std::string> files;
    state.counters["most_merging_ms"] = longest_slice_ms([&] { return merging.go_on(1, files).value(); }, &merging_ms);
    state.counters["merging_ms"] = merging_ms;
  }
}
BENCHMARK(new_name_of_artist)->Unit(benchmark::kSecond)->Iterations(1);

void end_of_artist(benchmark::State& state) {
  Played& library = played();
  if (!run_sql(library.database, "UPDATE songs SET artist = 2 WHERE id % 2 = 0")) std::abort();
  Removal removal(library.database, {1, LibraryRole::kAdmin}, {CatalogueKind::kArtist, 2});
  std::vector<std::string> files;
  for (auto _ : state) {
    state.counters["most_counting_ms"] = longest_slice_ms([&] { return removal.count_on().value(); });
    state.counters["most_deleting_ms"] = longest_slice_ms([&] { return removal.remove_on(files).value(); });
  }
}
BENCHMARK(end_of_artist)->Unit(benchmark::kSecond)->Iterations(1);

void end_of_account(benchmark::State& state) {
  Played& library = played();
  const auto id = Accounts(library.database).add({.name = "Bert", .role = LibraryRole::kMember});
  const bool given =
      id && run_sql(library.database, "UPDATE songs SET uploader = ?", {*id}) &&
      run_sql(library.database, "INSERT INTO plays (account, song, at) SELECT ?, id, 1 FROM songs", {*id}) &&
      run_sql(library.database, "INSERT INTO ratings (account, song, value, at) SELECT ?, id, 5, 1 FROM songs", {*id});
  if (!given) std::abort();
  AccountRemoval removal(*id, 1'800'000'000);
  for (auto _ : state) state.counters["most_ms"] = longest_slice_ms([&] { return removal.go_on(library.library); });
  if (!removal.said().errors.empty()) std::abort();
}
BENCHMARK(end_of_account)->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace
}  // namespace roundelay::bench
