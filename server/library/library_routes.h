// The library's resources in one table: method, path, who may, and who answers. A feature has its own list (catalogue_routes()
// and the like); library_routes.cpp joins them. Pure: the librarian calls it for every request, tests for every role.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "server/library/library.h"
#include "server/library/library_answer.h"
#include "server/library/library_request.h"

namespace roundelay {

using LibraryHandler = LibraryAnswer (*)(Library& library, const LibraryRequest& request);

struct LibraryRoute {
  LibraryMethod method;
  std::string_view path;  // behind /api/library: "/songs/*"; a "*" is one part of a path
  LibraryRole least;      // who may less is answered 401 (nobody) or 403; what is whose is the handler's to look at
  LibraryHandler answer;
  bool takes_file = false;
  bool cached = false;       // the answer depends on who asks, path, query and database alone; it gets an ETag
  AnswerNeeds needs = 0;     // of a cached one: what of the database; 0: anything
  bool takes_table = false;  // the file is a table rather than a sound
  bool takes_picture = false;
};

[[nodiscard]] const std::vector<LibraryRoute>& library_routes();

// The route of this method and path; `parts` then hold what its stars stand for. Null: there is none.
[[nodiscard]] const LibraryRoute* find_library_route(LibraryMethod method, std::string_view path,
                                                     std::vector<std::string>& parts);

// Before a file comes: why it need not come at all; nothing if it may. `request` has no file yet.
[[nodiscard]] std::optional<LibraryAnswer> refuse_file(Library& library, LibraryRequest& request);

// Finds the route, refuses whom it is not for, and lets the handler answer. `request.account` has been found before.
[[nodiscard]] LibraryAnswer answer_library(Library& library, LibraryRequest& request);

}  // namespace roundelay
