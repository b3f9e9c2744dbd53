// Any bytes as a token, as a key, and as what was done to a sealed token: nothing opens but what was sealed, unchanged.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "server/base/tokens.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace roundelay;
  if (size > 1'000) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const Tokens tokens(Tokens::Key{1, 2, 3});
  // Each process seals with nonces of its own, so no input can hold one.
  if (tokens.open(text)) std::abort();
  static const std::string hash = key_hash(make_organiser_key());
  if (key_fits(text, hash) || key_fits(hash, text)) std::abort();
  if (is_id(text) && text.size() != make_id().size()) std::abort();

  const Token made{.person = make_person(), .room = std::string(text.substr(0, 40)), .issued = 1'800'000'000};
  const std::string sealed = tokens.seal(made);
  const auto opened = tokens.open(sealed);
  if (!opened || opened->person != made.person || opened->room != made.room || opened->issued != made.issued) std::abort();
  std::string changed = sealed;
  for (size_t i = 0; i + 1 < size; i += 2) changed[data[i] % changed.size()] = static_cast<char>(data[i + 1]);
  if (changed != sealed && tokens.open(changed)) std::abort();
  if (!text.empty() && tokens.open(sealed + std::string(text))) std::abort();
  return 0;
}
