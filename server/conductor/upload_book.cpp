#include "server/conductor/upload_book.h"

#include <algorithm>

#include "server/base/ip_address.h"

namespace roundelay {
namespace {

// One is a sentence of its own.
tl::unexpected<Sentence> already(const char* one, const char* many, int count) {
  return tl::unexpected(count == 1 ? phrase(one) : phrase(many, {{"files", count}}));
}

}  // namespace

tl::expected<void, Sentence> UploadBook::enter(const std::string& id, Entry entry) {
  entry.address = limit_key(entry.address);
  int person = 0;
  int room = 0;
  int address = 0;
  int64_t bytes = entry.size;
  for (const auto& [other, each] : entries_) {
    person += each.person == entry.person && each.room == entry.room ? 1 : 0;
    room += each.room == entry.room ? 1 : 0;
    address += each.address == entry.address ? 1 : 0;
    bytes += each.size;
  }
  if (person >= limits_.per_person) {
    return already("you_upload_one", "you_upload_many", person);
  }
  if (room >= limits_.per_room) {
    return already("room_uploads_one", "room_uploads_many", room);
  }
  if (address >= limits_.per_address) {
    return already("network_uploads_one", "network_uploads_many", address);
  }
  if (static_cast<int>(entries_.size()) >= limits_.in_all || bytes > limits_.bytes_in_all) {
    return tl::unexpected(phrase("server_takes_no_more_files"));
  }
  entries_[id] = std::move(entry);
  return {};
}

UploadBook::Entry& UploadBook::enter_anyway(const std::string& id, Entry entry) {
  entry.address = limit_key(entry.address);
  return entries_[id] = std::move(entry);
}

UploadBook::Entry* UploadBook::find(const std::string& id) {
  const auto found = entries_.find(id);
  return found == entries_.end() ? nullptr : &found->second;
}

std::optional<std::string> UploadBook::begun_before(const Entry& entry) const {
  for (const auto& [id, each] : entries_) {
    const bool same =
        each.room == entry.room && each.person == entry.person && each.name == entry.name && each.kind == entry.kind;
    if (same && each.link == 0 && !each.preparing) return id;
  }
  return std::nullopt;
}

void UploadBook::remove_link(uint64_t link) {
  std::erase_if(entries_, [&](const auto& entry) { return entry.second.link == link && !entry.second.preparing; });
}

std::vector<std::string> UploadBook::take_silent(int64_t since_ns) {
  std::vector<std::string> silent;
  for (const auto& [id, entry] : entries_) {
    if (entry.link == 0 && !entry.preparing && entry.heard_ns < since_ns) silent.push_back(id);
  }
  for (const std::string& id : silent) entries_.erase(id);
  return silent;
}

}  // namespace roundelay
