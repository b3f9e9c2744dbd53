// The files of a recording that may be asked for, and what is said of them. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace roundelay {

// The content type of the file of this name in a recording's folder; nothing: that is no file for anybody outside.
[[nodiscard]] std::optional<std::string_view> recording_file_type(std::string_view file);

// True of what may be the name of a recording's folder: it cannot lead to another one.
[[nodiscard]] bool is_recording_id(std::string_view text);

// The header Content-Disposition, whole line: under which name it is kept (RFC 6266). `name` is UTF-8, without an ending; that of
// `file` is put behind it. What systems do not want in names is left out. `download`: the browser keeps it instead of showing it.
[[nodiscard]] std::string disposition(std::string_view name, std::string_view file, bool download);

}  // namespace roundelay
