// Fuzz target: forms with a file, as strangers send them. Whatever comes: the same result in one piece as byte by byte.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "server/net/multipart.h"

namespace {

using roundelay::MultipartReader;

std::string read_form(std::span<const uint8_t> bytes, size_t piece) {
  std::string file;
  MultipartReader reader("b", [&](std::span<const uint8_t> part) { file.append(part.begin(), part.end()); });
  bool good = true;
  for (size_t at = 0; at < bytes.size() && good; at += piece)
    good = reader.feed(bytes.subspan(at, std::min(piece, bytes.size() - at)));
  if (!good) return "bad";
  std::string told = reader.finish() ? "whole " : "part ";
  told += reader.file_name().value_or("-");
  if (file.size() > bytes.size() || reader.fields().size() > MultipartReader::kMostFields) std::abort();
  if (!reader.finish()) return told;  // how much of what has not ended was passed on depends on the pieces
  for (const auto& [name, value] : reader.fields()) told.append(name).append("=").append(value).append(";");
  return told + file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > 20'000) return 0;
  const std::span<const uint8_t> bytes(data, size);
  if (read_form(bytes, 20'000) != read_form(bytes, 1)) std::abort();
  static_cast<void>(roundelay::multipart_boundary({reinterpret_cast<const char*>(data), size}));
  return 0;
}
