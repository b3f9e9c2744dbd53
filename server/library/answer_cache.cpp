#include "server/library/answer_cache.h"

#include <sodium.h>

#include <array>
#include <span>

#include "server/base/text.h"
#include "server/library/sql.h"

namespace roundelay {
namespace {

constexpr const char* kEtagHeader = "etag";

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

}  // namespace

const LibraryAnswer* AnswerCache::find(LibraryDatabase& database, const LibraryRequest& request) {
  const auto changes = sql_integer(database, "SELECT total_changes()");
  if (!changes || *changes != changes_) answers_.clear();
  changes_ = changes.value_or(-1);
  key_ = cache_key(request);
  const auto found = answers_.find(key_);
  if (found == answers_.end()) {
    ++misses_;
    return nullptr;
  }
  ++hits_;
  return &found->second;
}

void AnswerCache::keep(LibraryAnswer answer) {
  if (changes_ < 0) return;
  if (answers_.size() >= kMostAnswers) answers_.clear();
  answers_.insert_or_assign(key_, std::move(answer));
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
  for (const auto& [name, value] : answer.headers) {
    if (name != kEtagHeader || request.if_none_match.find(value) == std::string::npos) continue;
    answer.status = 304;
    answer.data = nullptr;
    return answer;
  }
  return answer;
}

}  // namespace roundelay
