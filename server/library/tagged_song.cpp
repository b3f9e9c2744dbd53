#include "server/library/tagged_song.h"

#include <array>

namespace roundelay {
namespace {

bool is_free(const nlohmann::json& value) {
  return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty());
}

// What may be filled in, and whether the song has none.
struct TagField {
  const char* name;
  bool (*free)(const SongFields& fields);
};

constexpr std::array kTagFields = {
    TagField{"artist", [](const SongFields& f) { return f.artist.empty() && !f.artist_id; }},
    TagField{"album", [](const SongFields& f) { return f.album.empty() && !f.album_id; }},
    TagField{"genre", [](const SongFields& f) { return f.genre.empty(); }},
    TagField{"key", [](const SongFields& f) { return f.key.empty(); }},
    TagField{"language", [](const SongFields& f) { return f.language.empty(); }},
    TagField{"licence", [](const SongFields& f) { return f.licence.empty(); }},
    TagField{"words", [](const SongFields& f) { return f.words.empty(); }},
    TagField{"disc", [](const SongFields& f) { return !f.disc; }},
    TagField{"track", [](const SongFields& f) { return !f.track; }},
    TagField{"year", [](const SongFields& f) { return !f.year; }},
    TagField{"tempo_bpm", [](const SongFields& f) { return !f.tempo_bpm; }},
    TagField{"length_ms", [](const SongFields&) { return true; }},  // the file's own
};

}  // namespace

SongFields with_tags(const SongFields& fields, const nlohmann::json& tags, const std::string& default_title) {
  SongFields out = fields;
  if (!tags.is_object()) return out;
  const auto take = [&](const char* name) {
    const auto found = tags.find(name);
    if (found == tags.end() || is_free(*found)) return;
    // One by one, as somebody would type it: what is refused costs only itself.
    if (auto changed = changed_song(out, {{name, *found}})) out = *std::move(changed);
  };
  if (!default_title.empty() && out.title == default_title) take("title");
  for (const TagField& field : kTagFields) {
    if (field.free(fields)) take(field.name);
  }
  if (fields.album.empty() && !out.album.empty()) {
    if (const auto artist = tags.find("album_artist"); artist != tags.end() && artist->is_string()) {
      SongFields whose = out;
      whose.album_artist = artist->get<std::string>();
      if (auto checked = checked_song(std::move(whose))) out = *std::move(checked);
    }
  }
  return out;
}

}  // namespace roundelay
