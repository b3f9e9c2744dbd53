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

const link::LibraryReply* LentFiles::find(const HttpRequest& request, int64_t now_ns) {
  if (!may_be_lent(request)) return nullptr;
  const auto found = files_.find(key_of(request));
  if (found == files_.end()) return nullptr;
  const Lent& lent = found->second;
  if (lent.until_ns > now_ns && lent.reply.version == counts_.value(LibraryCount::kLentVersion)) {
    counts_.add(LibraryCount::kFiles);
    counts_.add(LibraryCount::kLentFiles);
    return &lent.reply;
  }
  files_.erase(found);
  return nullptr;
}

void LentFiles::keep(const HttpRequest& request, int status, const link::LibraryReply& reply, int64_t now_ns) {
  if (reply.version == 0 || status != 200 || reply.file.empty() || reply.bytes > 0 || !may_be_lent(request)) return;
  if (files_.size() >= kMostFiles) files_.clear();
  files_.insert_or_assign(key_of(request), Lent{reply, now_ns + kMostNs});
}

}  // namespace roundelay
