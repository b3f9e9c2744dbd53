// `score_page`, from a shard: somebody in a room wants to see a page of a score. Answered by `reply`: 200 with PagePlace as its
// body, or an error.
#pragma once

#include "server/wire/link/upload_asker.h"

namespace roundelay::link {

struct ScorePage {
  static constexpr const char* kOp = "score_page";
  UploadAsker asker;
  std::string score;  // its id
  int64_t page = -1;  // from 0

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out{{"op", kOp}, {"score", score}, {"page", page}};
    asker.write(out);
    return out;
  }
  [[nodiscard]] static std::optional<ScorePage> read(const nlohmann::json& in) {
    auto asker = UploadAsker::read(in);
    if (!asker) return std::nullopt;
    return ScorePage{
        .asker = *std::move(asker), .score = text_field(in, "score").value, .page = integer_field(in, "page", -1, 1'000).value};
  }
};

// Where it lies: so many bytes of that file from `offset` on.
struct PagePlace {
  std::string file;
  int64_t offset = 0;
  int64_t bytes = 0;
  std::string etag;  // of its content, without quotation marks

  [[nodiscard]] nlohmann::json to_json() const { return {{"file", file}, {"offset", offset}, {"bytes", bytes}, {"etag", etag}}; }
  [[nodiscard]] static std::optional<PagePlace> read(const nlohmann::json& in) {
    PagePlace out{.file = text_field(in, "file").value,
                  .offset = bytes_field(in, "offset"),
                  .bytes = bytes_field(in, "bytes"),
                  .etag = text_field(in, "etag").value};
    if (out.file.empty() || out.offset < 0 || out.bytes < 1 || out.etag.empty()) return std::nullopt;
    return out;
  }
};

}  // namespace roundelay::link
