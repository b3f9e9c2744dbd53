#include "server/library/search.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_set>

#include "server/base/edit_distance.h"
#include "server/library/albums.h"
#include "server/library/artists.h"
#include "server/library/folding.h"
#include "server/library/search_index.h"
#include "server/library/songs.h"

namespace roundelay {

// A row that was found, and why it is where it is: the smaller comes first.
struct Search::Hit {
  int64_t id = 0;
  int tier = 0;
  int mistakes = 0;
  double liked = 0;
  std::string fold = {};

  [[nodiscard]] auto order() const { return std::tuple(tier, mistakes, -liked, std::string_view(fold), id); }
};

namespace {

constexpr size_t kFew = 10;            // with fewer hits, mistakes are guessed
constexpr int64_t kMostRows = 20'000;  // that the guesses for one word may have together

// How far the words typed are from the nearest words of a text.
int mistakes_in(const SearchText& typed, const std::string& fold) {
  const std::vector<std::string> words = words_of(fold);
  int out = 0;
  for (size_t i = 0; i < typed.words.size(); ++i) {
    int least = forgiven_mistakes(typed.words[i].size()) + 1;
    for (const std::string& word : words) {
      least = std::min(least, typed.is_begun(i) ? beginning_distance(typed.words[i], word, least)
                                                : edit_distance(typed.words[i], word, least));
    }
    out += least;
  }
  return out;
}

std::vector<int64_t> page_from(const std::vector<int64_t>& ids, const Page& page) {
  const auto begin = std::min<size_t>(static_cast<size_t>(page.offset), ids.size());
  const auto end = std::min<size_t>(begin + static_cast<size_t>(page.limit), ids.size());
  return {ids.begin() + static_cast<std::ptrdiff_t>(begin), ids.begin() + static_cast<std::ptrdiff_t>(end)};
}

// The rows of a page's ids; one that is gone by now is left out.
template <typename Row, typename Find>
FromCatalogue<PageOf<Row>> rows_of(const FromCatalogue<std::vector<int64_t>>& ids, const Page& page, Find&& find) {
  if (!ids) return tl::unexpected(ids.error());
  PageOf<Row> out;
  out.total = static_cast<int64_t>(ids->size());
  for (const int64_t id : page_from(*ids, page)) {
    auto row = find(id);
    if (row)
      out.rows.push_back(std::move(*row));
    else if (row.error().kind == CatalogueFault::Kind::kUnread)
      return tl::unexpected(row.error());
  }
  return out;
}

}  // namespace

bool Search::add_beginnings(const Place& place, const SearchText& text, std::vector<Hit>& hits) {
  SqlValues values{text.folded, text.folded + "\xF4\x8F\xBF\xBF"};
  append(values, place.condition.values);
  values.emplace_back(kMostFound);
  return each_row_once(database_,
                       "SELECT " + place.rows + ".id, " + place.rows + ".fold, " + place.liked + " FROM " + place.rows +
                           " WHERE " + place.rows + ".fold >= ? AND " + place.rows + ".fold < ? AND " + place.condition.sql +
                           " ORDER BY " + place.rows + ".fold LIMIT ?",
                       values, [&](const SqlRow& row) {
                         std::string fold = row.text(1);
                         const int tier = fold == text.folded ? 0 : 1;
                         hits.push_back({row.integer(0), tier, 0, row.real(2), std::move(fold)});
                       });
}

bool Search::add_matching(const Place& place, const std::string& expression, int tier, std::vector<Hit>& hits) {
  SqlValues values{expression};
  append(values, place.condition.values);
  values.emplace_back(kMostFound);
  return each_row_once(database_,
                       "SELECT " + place.rows + ".id, " + place.rows + ".fold, " + place.liked +
                           " FROM (SELECT rowid AS found FROM " + place.index + " WHERE " + place.index + " MATCH ? LIMIT " +
                           std::to_string(kMostLookedAt) + ") CROSS JOIN " + place.rows + " ON " + place.rows +
                           ".id = found WHERE " + place.condition.sql + " LIMIT ?",
                       values, [&](const SqlRow& row) {
                         hits.push_back({row.integer(0), tier, 0, row.real(2), row.text(1)});
                       });
}

void Search::guess(const SearchText& text) {
  const uint64_t changes = database_.vocabulary().changes();
  if (guessed_for_ == text.folded && guessed_at_ == changes) return;
  guessed_for_ = text.folded;
  guessed_at_ = changes;
  guesses_.clear();
  for (size_t i = 0; i < text.words.size(); ++i) {
    const std::string& word = text.words[i];
    guesses_.push_back(database_.vocabulary().guesses(word, text.is_begun(i), forgiven_mistakes(word.size())));
  }
}

std::string Search::mended_expression(const SearchText& text, const Mending& mending) {
  std::vector<std::vector<std::string>> choices;
  bool guessed = false;
  for (size_t i = 0; i < text.words.size(); ++i) {
    const std::vector<WordGuess>& guesses = guesses_[i];
    const bool is_known = !guesses.empty() && guesses.front().mistakes == 0;
    auto& words = choices.emplace_back();
    words.push_back(fts_word(text.words[i], text.is_begun(i)));
    if (is_known && !mending.known_words) continue;
    int64_t rows = 0;
    for (const WordGuess& one : guesses) {
      if (one.mistakes == 0) continue;  // it is found as it is
      if (one.mistakes > mending.mistakes || words.size() > mending.guesses) break;
      if ((rows += one.rows) > kMostRows && words.size() > 1) break;
      words.push_back(fts_word(one.word, false));
    }
    guessed = guessed || words.size() > 1;
  }
  return guessed ? fts_expression(choices) : std::string();
}

bool Search::add_mended(const Place& place, const SearchText& text, std::vector<Hit>& hits) {
  if (!load_vocabulary(database_)) return false;
  guess(text);
  // What is nearest first; what is farther is asked for only where that brings nothing.
  constexpr std::array kMendings = {Mending{false, 1, Vocabulary::kMostGuesses}, Mending{false, 2, Vocabulary::kMostGuesses},
                                    Mending{true, 1, 12}, Mending{true, 2, 12}};
  const size_t before = hits.size();
  std::string last;
  for (const Mending& mending : kMendings) {
    std::string expression = mended_expression(text, mending);
    if (expression.empty() || expression == last) continue;
    if (!add_matching(place, expression, static_cast<int>(place.columns.size()) + 2, hits)) return false;
    if (hits.size() > before) break;
    last = std::move(expression);
  }
  for (size_t i = before; i < hits.size(); ++i) hits[i].mistakes = mistakes_in(text, hits[i].fold);
  return true;
}

FromCatalogue<std::vector<int64_t>> Search::found(const Place& place, std::string_view typed) {
  const SearchText text = search_text(typed);
  std::vector<int64_t> out;
  if (text.words.empty()) return out;
  std::vector<Hit> hits;
  std::unordered_set<int64_t> known;
  // Each place that is looked into brings what those before have not.
  const auto settle = [&](size_t from) {
    std::sort(hits.begin() + static_cast<std::ptrdiff_t>(from), hits.end(),
              [](const Hit& a, const Hit& b) { return a.order() < b.order(); });
    for (size_t i = from; i < hits.size() && out.size() < kMostFound; ++i) {
      if (known.insert(hits[i].id).second) out.push_back(hits[i].id);
    }
  };
  if (!add_beginnings(place, text, hits)) return unread();
  settle(0);
  for (size_t i = 0; i < place.columns.size() && out.size() < kMostFound; ++i) {
    const size_t from = hits.size();
    if (!add_matching(place, fts_expression(place.columns[i], text), static_cast<int>(i) + 2, hits)) return unread();
    settle(from);
  }
  if (out.size() < kFew) {
    const size_t from = hits.size();
    if (!add_mended(place, text, hits)) return unread();
    settle(from);
  }
  return out;
}

FromCatalogue<PageOf<CatalogueSong>> Search::songs(const Viewer& viewer, std::string_view text, const SongFilter& filter,
                                                   const Page& page) {
  const Place place{"songs",
                    "song_search",
                    {"title", "title artist album", ""},
                    "coalesce(songs.rating, 5.5) + min(songs.plays, 50) / 10.0",
                    condition_of(filter, viewer)};
  Songs songs(database_);
  return rows_of<CatalogueSong>(found(place, text), page, [&](int64_t id) { return songs.find(viewer, id); });
}

FromCatalogue<PageOf<Album>> Search::albums(const Viewer& viewer, std::string_view text, const Page& page) {
  Albums albums(database_);
  return rows_of<Album>(found({"albums", "album_search", {"title", ""}, "0", sees_album(viewer)}, text), page,
                        [&](int64_t id) { return albums.find(viewer, id); });
}

FromCatalogue<PageOf<Artist>> Search::artists(const Viewer& viewer, std::string_view text, const Page& page) {
  Artists artists(database_);
  return rows_of<Artist>(found({"artists", "artist_search", {""}, "0", sees_artist(viewer)}, text), page,
                         [&](int64_t id) { return artists.find(viewer, id); });
}

}  // namespace roundelay
