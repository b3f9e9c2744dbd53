#include "server/library/answer_cache.h"

#include <sodium.h>

#include <array>
#include <iterator>
#include <span>
#include <utility>

#include "server/base/text.h"
#include "server/library/sql.h"

namespace roundelay {
namespace {

// What the answer depends on, beside the database: nothing else of the request.
std::string cache_key(const LibraryRequest& request) {
  std::string out = std::to_string(request.account ? request.account->id : 0);
  out += ' ';
  out += name_of(request.role());
  out += ' ';
  out += request.path;
  // Lengths before texts: no two requests look the same.
  for (const auto& [name, value] : request.query) {
    for (const std::string* text : {&name, &value}) {
      out += ' ';
      out += std::to_string(text->size());
      out += ':';
      out += *text;
    }
  }
  return out;
}

using TouchedKind = TouchedRow::Kind;

struct AnyNeed {
  AnswerNeeds need;
  TouchedKind kind;
};
constexpr std::array kAnyNeeds = {AnyNeed{kNeedsSongs, TouchedKind::kSong},     AnyNeed{kNeedsNumbers, TouchedKind::kNumbers},
                                  AnyNeed{kNeedsArtists, TouchedKind::kArtist}, AnyNeed{kNeedsAlbums, TouchedKind::kAlbum},
                                  AnyNeed{kNeedsWords, TouchedKind::kWords},    AnyNeed{kNeedsPlaylists, TouchedKind::kPlaylist}};

// The rows that an answer depends on; none: on everything.
std::vector<TouchedRow> rows_needed(const LibraryRequest& request, AnswerNeeds needs, const LibraryAnswer& answer) {
  std::vector<TouchedRow> out;
  for (const AnyNeed& any : kAnyNeeds) {
    if ((needs & any.need) != 0) out.push_back({any.kind, 0});
  }
  if ((needs & kNeedsThisSong) != 0) {
    for (const TouchedKind kind : {TouchedKind::kSong, TouchedKind::kNumbers, TouchedKind::kWords})
      out.push_back({kind, request.id()});
  }
  if ((needs & kNeedsThisPlaylist) != 0) out.push_back({TouchedKind::kPlaylist, request.id()});
  if ((needs & kNeedsItsPlace) != 0) {
    const nlohmann::json song = answer.data.value("song", nlohmann::json::object());
    for (const auto& [name, kind] : {std::pair("artist_id", TouchedKind::kArtist), std::pair("album_id", TouchedKind::kAlbum)}) {
      const auto id = song.find(name);
      if (id != song.end() && id->is_number_integer()) out.push_back({kind, id->get<int64_t>()});
    }
  }
  const int64_t account = request.account ? request.account->id : -1;
  if ((needs & kNeedsOwnFavourites) != 0) out.push_back({TouchedKind::kFavourite, account});
  if ((needs & kNeedsOwnRatings) != 0) out.push_back({TouchedKind::kRating, account});
  if ((needs & kNeedsOwnPlays) != 0) out.push_back({TouchedKind::kPlay, account});
  return out;
}

// 304 where the client has the very same.
LibraryAnswer unless_known(LibraryAnswer answer, const std::string& if_none_match) {
  for (const auto& [name, value] : answer.headers) {
    if (name != kEtagHeader || if_none_match.find(value) == std::string::npos) continue;
    answer.status = 304;
    answer.data = nullptr;
    answer.file = nullptr;
    return answer;
  }
  return answer;
}

}  // namespace

const LibraryAnswer* AnswerCache::find(LibraryDatabase& database, const LibraryRequest& request) {
  forget_changed(database);
  key_ = cache_key(request);
  const auto found = by_key_.find(key_);
  if (found == by_key_.end()) {
    ++misses_;
    return nullptr;
  }
  ++hits_;
  return &found->second->answer;
}

void AnswerCache::forget_changed(LibraryDatabase& database) {
  const auto touched = touched_.take(database);
  if (!touched) return clear();
  while (touched_.wrote() && !of_everything_.empty()) drop(std::string(*of_everything_.begin()));
  for (const TouchedRow& row : *touched) {
    forget(row);
    forget({row.kind, 0});
  }
}

void AnswerCache::forget(const TouchedRow& changed) {
  const auto found = by_row_.find(changed);
  if (found == by_row_.end()) return;
  const std::set<std::string> keys = found->second;
  for (const std::string& key : keys) drop(key);
}

void AnswerCache::drop(const std::string& key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return;
  for (const TouchedRow& row : found->second->of) {
    const auto keys = by_row_.find(row);
    if (keys == by_row_.end()) continue;
    keys->second.erase(key);
    if (keys->second.empty()) by_row_.erase(keys);
  }
  of_everything_.erase(key);
  const auto kept = found->second;
  by_key_.erase(found);
  answers_.erase(kept);
}

void AnswerCache::clear() {
  answers_.clear();
  by_key_.clear();
  by_row_.clear();
  of_everything_.clear();
}

void AnswerCache::keep(const LibraryRequest& request, AnswerNeeds needs, LibraryAnswer answer) {
  if (answers_.size() >= kMostAnswers) drop(std::string(answers_.front().key));
  drop(key_);
  std::vector<TouchedRow> rows = rows_needed(request, needs, answer);
  for (const TouchedRow& row : rows) by_row_[row].insert(key_);
  if (rows.empty()) of_everything_.insert(key_);
  answers_.push_back({key_, std::move(answer), std::move(rows)});
  by_key_.emplace(key_, std::prev(answers_.end()));
}

void mark_answer(LibraryAnswer& answer) {
  const std::string said = answer.data.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  std::array<uint8_t, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(said.data()), said.size(), nullptr, 0);
  std::string tag = "\"";
  tag += hex(hash);
  tag += '"';
  answer.headers.emplace_back(kEtagHeader, std::move(tag));
}

LibraryAnswer unless_known(LibraryAnswer answer, const LibraryRequest& request) {
  return unless_known(std::move(answer), request.if_none_match);
}

LibraryAnswer marked_at_length(const LibraryRequest& request, std::function<bool(Library&)> read_on,
                               std::function<LibraryAnswer()> put_together) {
  const auto write = [put_together = std::move(put_together), known = request.if_none_match] {
    LibraryAnswer answer = put_together();
    if (answer.status == 200) mark_answer(answer);
    answer = unless_known(std::move(answer), known);
    return LibraryText{.content_type = "application/json",
                       .text = answer.body().dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                       .status = answer.status,
                       .headers = std::move(answer.headers)};
  };
  LibraryAnswer out;
  out.long_one = std::make_shared<LongAnswer>(LongAnswer{.read_on = std::move(read_on), .write = write});
  return out;
}

}  // namespace roundelay
