#include "server/library/language_names.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <array>
#include <cstring>
#include <unordered_map>

#include "server/library/folding.h"

namespace roundelay {
namespace {

using TagsOfNames = std::unordered_map<std::string, std::string>;

constexpr std::array kLanguagesOfThePage = {"en", "de", "es", "fr", "ru"};
constexpr size_t kMostNameBytes = 200;

void add_name(TagsOfNames& tags, const char* tag, const char* in) {
  icu::UnicodeString name;
  icu::Locale(tag).getDisplayLanguage(icu::Locale(in), name);
  std::string text;
  std::string key = folded(name.toUTF8String(text));
  // A name is that of the language with the shorter tag: the better known one.
  if (const auto [known, added] = tags.emplace(std::move(key), tag); !added && std::strlen(tag) < known->second.size())
    known->second = tag;
}

TagsOfNames all_names() {
  TagsOfNames tags;
  for (const char* const* tag = icu::Locale::getISOLanguages(); *tag != nullptr; ++tag) {
    for (const char* in : kLanguagesOfThePage) add_name(tags, *tag, in);
    add_name(tags, *tag, *tag);
  }
  return tags;
}

}  // namespace

std::string language_named(std::string_view name) {
  static const TagsOfNames tags = all_names();
  if (name.size() > kMostNameBytes) return {};
  const auto found = tags.find(folded(name));
  return found == tags.end() ? std::string() : found->second;
}

}  // namespace roundelay
