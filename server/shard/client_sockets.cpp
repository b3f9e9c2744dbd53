#include "server/shard/client_sockets.h"

#include <utility>

#include "server/shard/stage.h"
#include "server/wire/control/hello.h"
#include "server/wire/control/ping.h"
#include "server/wire/control/pong.h"
#include "server/wire/link/client.h"
#include "server/wire/link/closed.h"

namespace roundelay {

Session& ClientSockets::open(ClientSocket& socket, int64_t now_ns) {
  Session& session = parts_.sessions.open(socket, now_ns, parts_.headroom.batch_policy(), parts_.headroom.probe_policy());
  parts_.housekeeping.add(session);
  return session;
}

void ClientSockets::text(Session& session, std::string_view text, const std::string& address, int64_t now_ns) {
  if (!session.may_talk(now_ns))
    return session.report_error("too_fast", "Too many messages at once; 20 a second are allowed.", "", now_ns);
  auto message = nlohmann::json::parse(text, nullptr, false);
  const auto type = message.is_object() ? message.find("type") : message.end();
  if (!message.is_object() || type == message.end() || !type->is_string())
    return session.report_error("bad_message", "A control message must be a JSON object with a text 'type'.", "", now_ns);
  if (*type == control::Ping::kType) {
    const auto ping = control::Ping::read(message);
    if (!ping) return session.report_error(ping.error().code.c_str(), ping.error().message, *type, now_ns);
    session.socket().send_text(control::Pong{ping->id, parts_.timeline.at(now_ns).samples}.to_json().dump());
    return;
  }
  if (*type == control::Hello::kType) {
    session.greeted = true;
  } else if (!session.greeted) {
    return session.report_error("bad_message", "The first message must be 'hello'.", *type, now_ns, control::part(message, "id"));
  }
  link::Client client{.session = session.id(), .address = address, .message = std::move(message)};
  if (!parts_.link.deliver(std::move(client).to_json())) return session.socket().close(4009, "the server is busy");
  session.known_to_conductor = true;
}

void ClientSockets::binary(Session& session, std::span<const uint8_t> bytes, int64_t now_ns) {
  ShardRow& row = parts_.row;
  row.messages_in.add();
  row.bytes_in.add(bytes.size());
  const VoiceInput::Arrival arrival{parts_.timeline.at(now_ns), now_ns, parts_.hold_up.until(), &old_blocks_};
  parts_.headroom.voice_cost().measure([&] { session.on_binary(bytes, arrival, row); }, [&] { return row.voices_decoded.get(); });
}

void ClientSockets::close(Session& session, int64_t now_ns) {
  session.fall_silent(parts_.timeline.at(now_ns), parts_.row);
  if (session.stage() != nullptr) session.stage()->leave(session.hears(), &session);
  if (session.known_to_conductor) parts_.link.deliver_end(link::Closed{session.id()}.to_json());
  parts_.housekeeping.remove(session);
  parts_.sessions.remove(session);
}

}  // namespace roundelay
