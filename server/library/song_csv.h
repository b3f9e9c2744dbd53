// Songs as rows of a table: title, artist, album, genre, length, and, where they are given, provider, licence, link, language,
// year, key, tempo; called so, or as column_names.h has it. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_rows.h"
#include "server/library/song_fields.h"

namespace roundelay {

// Which column holds what.
class SongColumns {
 public:
  // The cells of the first row. Columns that nobody knows are left alone; there must be a title.
  [[nodiscard]] static FromCatalogue<SongColumns> of(const std::vector<std::string>& header);
  // Checked.
  [[nodiscard]] FromCatalogue<SongFields> song(const std::vector<std::string>& cells) const;
  // What stands in the column "file"; empty: nothing.
  [[nodiscard]] std::string file(const std::vector<std::string>& cells) const;
  // In "cover".
  [[nodiscard]] std::string cover(const std::vector<std::string>& cells) const;

  // Nothing but titles and files, as of a folder without a table: a title may be no more than what its file is called.
  [[nodiscard]] bool are_titles_of_files() const;

 private:
  [[nodiscard]] std::string cell(std::string_view name, const std::vector<std::string>& cells) const;

  std::vector<std::string> names_;  // in English; empty: not known
  std::vector<std::string> given_;  // as the table has them
};

// "3:45", "1:02:03", "225", "225.5": in ms.
[[nodiscard]] std::optional<int64_t> song_length_ms(std::string_view text);

[[nodiscard]] std::string csv_header();
[[nodiscard]] std::string csv_line(const CatalogueSong& song);

}  // namespace roundelay
