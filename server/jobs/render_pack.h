// Makes `all.zip` in a recording's folder: everything of it, to take home (server/render/pack.h). Part of the process that
// works in that folder.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "server/jobs/render_folder.h"
#include "server/jobs/render_process.h"

namespace roundelay {

inline constexpr char kPackWishFile[] = "pack.json";  // {"name": of the folder in the ZIP}; removed when the ZIP is there
inline constexpr char kPackFile[] = "all.zip";

// `tracks`: of tracks.json. Returns what the process is to end with.
[[nodiscard]] int make_pack(RenderFolder& folder, const nlohmann::json& tracks, const nlohmann::json& wish, RenderReport& report);

}  // namespace roundelay
