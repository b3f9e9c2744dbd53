// What the columns of a table of songs are called: in English, German, Spanish, French and Russian, as people write it over their
// tables. Pure; one thread (the names are gathered at the first use).
#pragma once

#include <string>
#include <string_view>

namespace roundelay {

// "artist" for "Artist", "Künstler", "Interpret:", "исполнитель"; "length" for "Dauer (mm:ss)". Empty: no column is called so.
// `name`: UTF-8.
[[nodiscard]] std::string_view column_named(std::string_view name);

// What it may mean where no column is called so more plainly: "title" for "Name", "artist" for "Composer".
[[nodiscard]] std::string_view column_maybe_named(std::string_view name);

}  // namespace roundelay
