#include "server/library/lent_answers.h"

#include <chrono>
#include <utility>

#include "server/library/sql.h"

namespace roundelay {

LentAnswers::LentAnswers(LibraryDatabase& database, LibraryCounts& counts) : database_(database), counts_(counts) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  counts_.set(LibraryCount::kLentVersion,
              static_cast<uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(now).count()));
}

uint64_t LentAnswers::lend() {
  if (watched_) {
    look();
    return watched_ ? counts_.value(LibraryCount::kLentVersion) : 0;
  }
  written_ = written();
  watched_ = !written_.empty();
  return 0;
}

void LentAnswers::look() {
  if (!watched_) return;
  std::string now = written();
  if (now == written_) return;
  written_ = std::move(now);
  watched_ = false;
  counts_.add(LibraryCount::kLentVersion);
}

std::string LentAnswers::written() const {
  std::string out;
  const bool read = each_row(database_, "SELECT total_changes() || ' ' || data_version FROM pragma_data_version", {},
                             [&](const SqlRow& row) { out = row.text(0); });
  return read ? out : std::string();
}

}  // namespace roundelay
