// What a song's tags add to what people said of it. Pure.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "server/library/song_fields.h"

namespace roundelay {

// `tags`: as the worker reports them (tags_worker.h), of which nothing is believed: what makes no sense is left out. What people
// said stays, but for the length; only `default_title` gives way to the tags' title, if the song still has it and it is not
// empty.
[[nodiscard]] SongFields with_tags(const SongFields& fields, const nlohmann::json& tags, const std::string& default_title);

}  // namespace roundelay
