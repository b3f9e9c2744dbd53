// What writer and reader of a programme's ZIP have in common.
#pragma once

#include <zip.h>

#include <memory>
#include <string>
#include <string_view>

namespace roundelay::programme_zip {

inline constexpr const char* kJson = "programme.json";

[[nodiscard]] inline std::string track_name(std::string_view sha256) {
  return std::string("tracks/").append(sha256);
}
[[nodiscard]] inline std::string score_name(std::string_view sha256) {
  return std::string("scores/").append(sha256);
}
[[nodiscard]] inline std::string words_name(std::string_view key) {
  return std::string("words/").append(key).append(".txt");
}

struct Discard {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
using Zip = std::unique_ptr<zip_t, Discard>;

}  // namespace roundelay::programme_zip
