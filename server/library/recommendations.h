// Songs that somebody may like, with the reason: from what she likes (favourites, and what she rated 8 or more), what is listed
// together with it, what others like who like the same, and what else there is of its artists. The librarian's loop only.
#pragma once

#include <cstdint>
#include <vector>

#include "server/base/sentences.h"
#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_rows.h"
#include "server/library/library_database.h"
#include "server/library/viewer.h"

namespace roundelay {

struct Recommendation {
  CatalogueSong song;
  Sentence reason;
};

class Recommendations {
 public:
  static constexpr size_t kMost = 50;

  explicit Recommendations(LibraryDatabase& database) : database_(database) {}

  // The best first; none of what she likes, or rated 4 or less.
  [[nodiscard]] FromCatalogue<std::vector<Recommendation>> of(const Viewer& viewer);

 private:
  enum class Because;
  struct Candidate;
  struct Candidates;
  [[nodiscard]] bool add_listed_together(const Viewer& viewer, Candidates& into);
  [[nodiscard]] bool add_liked_together(const Viewer& viewer, Candidates& into);
  [[nodiscard]] bool add_of_artists(const Viewer& viewer, Candidates& into);

  LibraryDatabase& database_;
};

}  // namespace roundelay
