// OpenSubsonic, the API of music players, on the library's catalogue: what lies under /rest/ (PROTOCOL.md 4.9). Errors are told
// in the answer, as the API has it, with status 200. The librarian's loop only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server/library/library.h"
#include "server/library/library_answer.h"
#include "server/library/library_request.h"
#include "server/library/subsonic/now_playing.h"
#include "server/library/subsonic/player_authentication.h"
#include "server/library/subsonic/player_shelf.h"
#include "server/library/subsonic/subsonic_call.h"

namespace roundelay {

class Subsonic {
 public:
  // `library` outlives it.
  explicit Subsonic(Library& library) : library_(library), authentication_(library) {}

  // `request.path`: what stands behind /rest, with the query as it came: "/ping.view?u=anna". `request.body`: the text of a form,
  // or null. It is found here who asks.
  [[nodiscard]] LibraryAnswer answer(LibraryRequest request);
  // Now and then, and while songs are imported.
  void keep_up() { shelves_.keep_up(library_.database); }

 private:
  [[nodiscard]] LibraryAnswer called(const SubsonicMethod& method, const LibraryRequest& request,
                                     std::shared_ptr<const SubsonicParameters> given);
  // Once the shelf is read, by slices.
  [[nodiscard]] LibraryAnswer called_later(const SubsonicMethod& method, const LibraryRequest& request,
                                           std::shared_ptr<const SubsonicParameters> given);

  Library& library_;
  PlayerAuthentication authentication_;
  PlayerShelves shelves_;
  NowPlaying now_playing_;
};

// The method of this name, with or without ".view" behind it. Null: there is none.
[[nodiscard]] const SubsonicMethod* subsonic_method(std::string_view name);
[[nodiscard]] const std::vector<SubsonicMethod>& subsonic_methods();

// As the client wants it written.
[[nodiscard]] LibraryText subsonic_text(const FromSubsonic<SubsonicNode>& content, const SubsonicParameters& given);
// What is long is written later.
[[nodiscard]] LibraryAnswer subsonic_answer(SubsonicReply reply, const Viewer& viewer,
                                            std::shared_ptr<const SubsonicParameters> given);

}  // namespace roundelay
