// Songs as sound: the file as it is, or its Opus copy where a player wants less and it is made.
#include <array>

#include "server/library/opus_copies.h"
#include "server/library/song_routes.h"
#include "server/library/subsonic/subsonic_call.h"

namespace roundelay {
namespace {

LibraryAnswer original_of(const SubsonicCall& call, const PlayerSong& song, bool download) {
  LibraryAnswer out;
  out.file = original_file(call.library.settings.files_dir, song.hash, song.kind, song.title, download);
  return out;
}

// At which rate the player wants a copy; nothing: it wants, or may have, the original. Other formats than Opus are not made: who
// asks for one may not be able to play Opus.
std::optional<int64_t> kbits_wanted(const SubsonicCall& call, const OpusSource& source) {
  const std::string_view format = call.given.text("format");
  const int64_t most = call.given.number("maxBitRate", 0, 0, 1'000'000);
  const bool wants_opus = format == "opus";
  if (!format.empty() && !wants_opus) return std::nullopt;
  if (most == 0 && !wants_opus) return std::nullopt;
  const int64_t kbits = most == 0 ? kUsualOpusKbits : opus_kbits_below(most);
  const bool is_small = OpusCopies::takes_no_more(source, most == 0 ? kbits : most);
  if (!wants_opus) return is_small ? std::nullopt : std::optional(kbits);
  const OpusCopies copies(call.library.database, call.library.settings.files_dir);
  return (is_small || most == 0) && copies.is_opus(source) ? std::nullopt : std::optional(kbits);
}

// The original until the copy is made: a player would not come again.
SubsonicResult stream(const SubsonicCall& call) {
  const auto song = song_of_call(call);
  if (!song) return tl::unexpected(song.error());
  const OpusSource source{.song = song->id,
                          .hash = song->hash,
                          .kind = song->kind,
                          .title = song->title,
                          .bytes = song->bytes,
                          .length_ms = song->length_ms};
  const auto kbits = kbits_wanted(call, source);
  if (!kbits) return original_of(call, *song, false);
  Library& library = call.library;
  const GivenOriginals::Stream whose{call.viewer().account, std::string(call.given.text("c")), song->id};
  if (GivenOriginals::goes_on(call.request.range) && library.given_originals.has(whose)) return original_of(call, *song, false);
  OpusCopies copies(library.database, library.settings.files_dir);
  const auto state = copies.want(source, *kbits, call.viewer().account, call.now_s());
  if (!state) return library_is_away();
  if (*state != OpusCopies::State::kMade) {
    ++library.opus.not_made;
    library.given_originals.note(whose);
    return original_of(call, *song, false);
  }
  ++library.opus.sent;
  library.given_originals.forget(whose);
  LibraryAnswer out;
  out.file = copies.file(source, *kbits);
  return out;
}

SubsonicResult download(const SubsonicCall& call) {
  const auto song = song_of_call(call);
  if (!song) return tl::unexpected(song.error());
  return original_of(call, *song, true);
}

constexpr std::array kSoundMethods = {SubsonicMethod{"stream", stream}, SubsonicMethod{"download", download}};

}  // namespace

FromSubsonic<PlayerSong> song_of_call(const SubsonicCall& call) {
  const auto id = call.given.id("id");
  if (!id) return tl::unexpected(id.error());
  if (id->kind != PlayerId::Kind::kSong) return nothing_there();
  return call.songs().find(id->id);
}

std::span<const SubsonicMethod> subsonic_sound() {
  return kSoundMethods;
}

}  // namespace roundelay
