#include "server/http/lent_files.h"

namespace roundelay {
namespace {

bool may_be_lent(const HttpRequest& request) {
  using enum HttpRequest::Method;
  return (request.method == kGet || request.method == kHead) && request.content_length <= 0;
}

// Lengths before texts: no two requests look the same.
std::string key_of(const HttpRequest& request) {
  std::string out;
  for (const std::string* part : {&request.path, &request.query, &request.cookie, &request.authorization, &request.origin,
                                  &request.host, &request.address}) {
    out += std::to_string(part->size());
    out += ':';
    out += *part;
  }
  return out;
}

}  // namespace

bool LentFiles::is_lent(const Lent& lent, int64_t now_ns) const {
  return lent.until_ns > now_ns && lent.reply.version == counts_.value(LibraryCount::kLentVersion);
}

const LentFiles::Lent* LentFiles::find(const HttpRequest& request, int64_t now_ns) {
  if (!may_be_lent(request)) return nullptr;
  const auto found = files_.find(key_of(request));
  if (found == files_.end()) return nullptr;
  if (is_lent(found->second, now_ns)) {
    counts_.add(LibraryCount::kFiles);
    counts_.add(LibraryCount::kLentFiles);
    return &found->second;
  }
  files_.erase(found);
  return nullptr;
}

void LentFiles::keep(const HttpRequest& request, const link::LibraryReply& reply, const OpenedFile& file, int64_t now_ns) {
  if (reply.version == 0 || reply.bytes > 0 || !may_be_lent(request)) return;
  if (files_.size() >= kMostFiles) files_.erase(files_.begin());  // any: who is dropped is asked for again
  files_.insert_or_assign(key_of(request), Lent{reply, file, now_ns + kMostNs});
}

void LentFiles::forget_old(int64_t now_ns) {
  std::erase_if(files_, [&](const auto& each) { return !is_lent(each.second, now_ns); });
}

}  // namespace roundelay
