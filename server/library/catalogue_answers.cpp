#include "server/library/catalogue_answers.h"

namespace roundelay {

LibraryAnswer fault_answer(const CatalogueFault& fault) {
  switch (fault.kind) {
    case CatalogueFault::Kind::kNotThere:
      return library_error(404, "not_found", fault.said);
    case CatalogueFault::Kind::kNotYours:
      return library_error(403, "not_allowed", fault.said);
    case CatalogueFault::Kind::kRefused: {
      LibraryAnswer out = library_error(422, "bad_message", fault.said);
      if (!fault.field.empty()) out.errors[0]["field"] = fault.field;
      return out;
    }
    case CatalogueFault::Kind::kUnread:
      break;
  }
  return library_unread();
}

LibraryAnswer done_answer(const FromCatalogue<void>& done) {
  return done ? library_answer(nlohmann::json::object()) : fault_answer(done.error());
}

}  // namespace roundelay
