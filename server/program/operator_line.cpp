#include "server/program/operator_line.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "mixer/file_descriptor.h"
#include "server/base/config.h"
#include "server/net/line_splitter.h"
#include "server/wire/link/reply.h"

namespace roundelay {
namespace {

constexpr timeval kPatience{.tv_sec = 10, .tv_usec = 0};
constexpr size_t kMostAnswerBytes = 2 << 20;
constexpr uint64_t kRequest = 1;

tl::unexpected<std::string> no_server(const std::string& data_dir, int error) {
  if (error == EACCES || error == EPERM)
    return tl::unexpected("The data directory " + data_dir + " is for the server's user and root alone.");
  if (error == ECONNREFUSED) {
    return tl::unexpected("The server over " + data_dir +
                          " does not answer: it ended without a word, or its conductor is just being started again.");
  }
  return tl::unexpected("No server runs over " + data_dir + ": name its data directory with --data.");
}

std::string why_refused(const nlohmann::json& body, int status) {
  const nlohmann::json* error = find_field(body, "error");
  const std::string said = error != nullptr ? text_field(*error, "message").value : std::string();
  return said.empty() ? "The server refuses that (" + std::to_string(status) + ")." : said;
}

}  // namespace

tl::expected<nlohmann::json, std::string> ask_server(const std::string& data_dir, link::Operator asked) {
  Config config;
  config.data_dir = data_dir;
  const std::string path = config.control_socket();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return no_server(data_dir, ENOENT);
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const FileDescriptor line(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  (void)setsockopt(line.get(), SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  (void)setsockopt(line.get(), SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  if (connect(line.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return no_server(data_dir, errno);
  asked.request = kRequest;
  const std::string question = link::line_of(asked.to_json()) + "\n";
  const tl::unexpected<std::string> silent("The server over " + data_dir + " does not answer.");
  if (send(line.get(), question.data(), question.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(question.size())) return silent;
  LineSplitter lines(kMostAnswerBytes);
  std::optional<link::Reply> reply;
  std::string piece(1 << 16, '\0');
  while (!reply) {
    const ssize_t n = recv(line.get(), piece.data(), piece.size(), 0);
    if (n <= 0) return silent;
    const size_t too_long = lines.feed(std::string_view(piece.data(), static_cast<size_t>(n)), [&](std::string_view text) {
      auto read = link::Reply::read(nlohmann::json::parse(text, nullptr, false));
      if (read && read->request == kRequest) reply = std::move(read);
    });
    if (too_long > 0) return silent;
  }
  if (reply->status != 200) return tl::unexpected(why_refused(reply->body, reply->status));
  return std::move(reply->body);
}

}  // namespace roundelay
