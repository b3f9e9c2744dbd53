#include "server/room/programme.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace roundelay {
namespace {

template <typename Entries>
auto entry_of(Entries& entries, const std::string& id) {
  return std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.id == id; });
}

}  // namespace

const Programme::Entry* Programme::find(const std::string& id) const {
  const auto found = entry_of(entries_, id);
  return found == entries_.end() ? nullptr : &*found;
}

bool Programme::has_hidden() const {
  return std::any_of(entries_.begin(), entries_.end(), [](const Entry& entry) { return entry.hidden; });
}

std::string Programme::add(Entry entry) {
  entry.id = std::to_string(++last_id_);
  entries_.push_back(std::move(entry));
  return entries_.back().id;
}

bool Programme::replace(Entry entry) {
  const auto found = entry_of(entries_, entry.id);
  if (found == entries_.end() || *found == entry) return false;
  *found = std::move(entry);
  return true;
}

bool Programme::remove(const std::string& id) {
  const auto found = entry_of(entries_, id);
  if (found == entries_.end()) return false;
  entries_.erase(found);
  if (taken_ == id) taken_.reset();
  if (singing_ == id) singing_.reset();
  return true;
}

bool Programme::move(const std::string& id, const std::optional<std::string>& before) {
  const auto found = entry_of(entries_, id);
  if (found == entries_.end()) return false;
  if (before && (*before == id || find(*before) == nullptr)) return *before == id;
  Entry entry = std::move(*found);
  entries_.erase(found);
  entries_.insert(before ? entry_of(entries_, *before) : entries_.end(), std::move(entry));
  return true;
}

bool Programme::song_ends() {
  const std::optional<std::string> sung = std::exchange(singing_, std::nullopt);
  if (!sung) return false;
  if (const auto found = entry_of(entries_, *sung); found != entries_.end()) found->sung = true;
  if (taken_ == sung) taken_.reset();
  return true;
}

control::Programme Programme::shown(bool whole) const {
  control::Programme out{{}, taken_, whole || !has_hidden()};
  for (const Entry& entry : entries_) {
    if (out.whole || !entry.hidden) out.entries.push_back(entry);
  }
  const bool is_shown = taken_ && entry_of(out.entries, *taken_) != out.entries.end();
  if (!is_shown) out.taken.reset();
  return out;
}

nlohmann::json Programme::stored() const {
  return {{"entries", control::list_json(entries_)},
          {"last_id", last_id_},
          {"taken", control::text_or_null(taken_)},
          {"singing", control::text_or_null(singing_)}};
}

Programme Programme::from_stored(const nlohmann::json& stored) {
  Programme out;
  const nlohmann::json& entries = control::part(stored, "entries");
  if (!entries.is_array()) return out;
  for (const nlohmann::json& one : entries) {
    auto entry = Entry::read(one);
    if (entry && !out.is_full() && out.find(entry->id) == nullptr) out.entries_.push_back(*std::move(entry));
  }
  out.last_id_ = integer_field(stored, "last_id", 0, kMaxNumber).value;
  const auto known = [&](const char* key) {
    const auto id = text_field(stored, key);
    return id.given() && out.find(id.value) != nullptr ? std::optional(id.value) : std::nullopt;
  };
  out.taken_ = known("taken");
  out.singing_ = known("singing");
  return out;
}

}  // namespace roundelay
