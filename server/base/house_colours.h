// The operator's own colours: a JSON file of named colours, light and dark, made into a style sheet for the page. At start only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace roundelay {

struct HouseColours {
  std::string css;
  std::vector<std::string> warnings;  // sentences: what can hardly be read
};

// A name of the page's colours, and what it is without such a file (web/src/page/style/tokens.css).
struct PageColour {
  const char* name;
  const char* light;
  const char* dark;
};
[[nodiscard]] const std::vector<PageColour>& page_colours();

// {"light": {"ink": "#2a211b", ...}, "dark": {...}}: what is left out stays as it is. The error is a sentence that names the key.
[[nodiscard]] tl::expected<HouseColours, std::string> read_house_colours(std::string_view text);
// The same of a file; its error names the file too.
[[nodiscard]] tl::expected<HouseColours, std::string> read_house_colours_file(const std::string& path);

}  // namespace roundelay
