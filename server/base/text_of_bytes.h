// A text of several lines that came as bytes, from a file or a page. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "server/base/sentences.h"

namespace roundelay {

// UTF-8, UTF-16 where a byte order mark says so, otherwise Windows' Latin-1 (as the web takes "Latin-1"). As UTF-8, composed
// (NFC), with "\n" at the ends of lines, four spaces for a tab, without marks of byte order and direction. The error is a
// sentence: a broken text, or control characters, with the line where they stand.
[[nodiscard]] tl::expected<std::string, Sentence> text_of_bytes(std::string_view bytes);

}  // namespace roundelay
