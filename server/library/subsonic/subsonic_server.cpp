// What the server is and whom it knows, and lists of what it has none of.
#include <array>

#include "server/library/accounts.h"
#include "server/library/subsonic/subsonic_call.h"

namespace roundelay {
namespace {

SubsonicResult ping(const SubsonicCall& /*call*/) {
  return nothing_to_say();
}

SubsonicResult license(const SubsonicCall& /*call*/) {
  return replied("license", SubsonicNode().set("valid", true));
}

SubsonicResult extensions(const SubsonicCall& /*call*/) {
  SubsonicNode out;
  for (const char* name : {"apiKeyAuthentication", "formPost", "indexBasedQueue", "songLyrics"}) {
    SubsonicNode extension;
    extension.set("name", name).add_value("versions", int64_t{1});
    out.add("openSubsonicExtensions", std::move(extension));
  }
  return out;
}

SubsonicResult token_info(const SubsonicCall& call) {
  return replied("tokenInfo", SubsonicNode().set("username", call.name()));
}

SubsonicNode user_node(const std::string& name, LibraryRole role) {
  SubsonicNode out;
  out.set("username", name).set("scrobblingEnabled", true).set("adminRole", role == LibraryRole::kAdmin);
  out.set("settingsRole", false).set("downloadRole", true).set("uploadRole", false).set("playlistRole", true);
  out.set("coverArtRole", false).set("commentRole", false).set("podcastRole", false).set("streamRole", true);
  out.set("jukeboxRole", false).set("shareRole", false).set("videoConversionRole", false);
  return out.add_value("folder", int64_t{1});
}

// Her own; an admin, anybody's.
SubsonicResult user(const SubsonicCall& call) {
  const std::string_view wanted = call.given.text("username");
  if (wanted.empty() || wanted == call.name()) return replied("user", user_node(call.name(), call.viewer().role));
  if (!call.viewer().sees_all()) return subsonic_fault(SubsonicFault::kNotAllowed, phrase("library_is_not_yours_to_do").text);
  const auto found = Accounts(call.library.database).by_name(std::string(wanted));
  if (!found) return library_is_away();
  if (!*found) return nothing_there();
  return replied("user", user_node((*found)->name, (*found)->role));
}

SubsonicResult users(const SubsonicCall& call) {
  SubsonicNode out;
  if (!call.viewer().sees_all()) {
    out.add("user", user_node(call.name(), call.viewer().role));
    return replied("users", std::move(out));
  }
  const auto found = Accounts(call.library.database).all();
  if (!found) return library_is_away();
  out.list("user");
  for (const Account& each : *found) out.add("user", user_node(each.name, each.role));
  return replied("users", std::move(out));
}

// A player's password that somebody else found must not become the account's own.
SubsonicResult change_no_password(const SubsonicCall& /*call*/) {
  return subsonic_fault(SubsonicFault::kNotAllowed, "Passwords are changed on the library's page.");
}

SubsonicResult scan_status(const SubsonicCall& call) {
  const auto shelf = call.shelf();
  if (!shelf) return tl::unexpected(shelf.error());
  return replied("scanStatus", SubsonicNode().set("scanning", false).set("count", shelf->songs().size()));
}

template <const char* kName, const char* kChild>
SubsonicResult none_of(const SubsonicCall& /*call*/) {
  return replied(kName, std::move(SubsonicNode().list(kChild)));
}
constexpr char kPodcasts[] = "podcasts", kChannel[] = "channel";
constexpr char kNewestPodcasts[] = "newestPodcasts", kEpisode[] = "episode";
constexpr char kStations[] = "internetRadioStations", kStation[] = "internetRadioStation";
constexpr char kShares[] = "shares", kShare[] = "share";
constexpr char kVideos[] = "videos", kVideo[] = "video";
constexpr char kChatMessages[] = "chatMessages", kChatMessage[] = "chatMessage";

constexpr std::array kServerMethods = {SubsonicMethod{"ping", ping},
                                       SubsonicMethod{"getLicense", license},
                                       SubsonicMethod{"getOpenSubsonicExtensions", extensions, true},
                                       SubsonicMethod{"tokenInfo", token_info},
                                       SubsonicMethod{"getUser", user},
                                       SubsonicMethod{"getUsers", users},
                                       SubsonicMethod{"changePassword", change_no_password},
                                       SubsonicMethod{"getScanStatus", scan_status},
                                       SubsonicMethod{"startScan", scan_status},
                                       SubsonicMethod{"getPodcasts", none_of<kPodcasts, kChannel>},
                                       SubsonicMethod{"getNewestPodcasts", none_of<kNewestPodcasts, kEpisode>},
                                       SubsonicMethod{"getInternetRadioStations", none_of<kStations, kStation>},
                                       SubsonicMethod{"getShares", none_of<kShares, kShare>},
                                       SubsonicMethod{"getVideos", none_of<kVideos, kVideo>},
                                       SubsonicMethod{"getChatMessages", none_of<kChatMessages, kChatMessage>}};

}  // namespace

std::span<const SubsonicMethod> subsonic_server() {
  return kServerMethods;
}

}  // namespace roundelay
