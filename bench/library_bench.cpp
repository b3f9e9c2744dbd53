// Search in a library of 100,000 songs (LIBRARY_SONGS): how long one request takes, and the 99th percentile over many different
// ones.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "server/library/search.h"
#include "server/library/songs.h"

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

}  // namespace
}  // namespace roundelay::bench
