#include "server/shard/link_messages.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "server/shard/stage.h"
#include "server/wire/link/shard.h"

namespace roundelay {

LinkMessages::LinkMessages(const Parts& parts, std::function<void(link::Reply&&)> on_reply)
    : parts_(parts), on_reply_(std::move(on_reply)) {}

std::vector<nlohmann::json> LinkMessages::greeting() const {
  link::Shard first{.index = parts_.shard, .pid = getpid(), .sessions = {}};
  std::vector<link::Sessions> others;
  auto* line = &first.sessions;
  for (const auto& [id, session] : parts_.sessions.all()) {
    if (!session->admitted()) continue;
    if (line->size() == kSessionsPerLine) line = &others.emplace_back().sessions;
    line->push_back({id, session->admission()});
  }
  std::vector<nlohmann::json> messages{first.to_json()};
  for (const link::Sessions& more : others) messages.push_back(more.to_json());
  return messages;
}

std::vector<nlohmann::json> LinkMessages::measures(const Housekeeping::Findings& findings, double load, int capacity) {
  std::vector<nlohmann::json> messages;
  for (size_t first = 0; first == 0 || first < findings.rows.size(); first += kRowsPerMeasure) {
    const auto from = findings.rows.begin() + static_cast<ptrdiff_t>(first);
    const auto count = std::min(kRowsPerMeasure, findings.rows.size() - first);
    const link::Measure measure{
        .rows = {from, from + static_cast<ptrdiff_t>(count)}, .load = load, .singers = findings.singers, .capacity = capacity};
    messages.push_back(measure.to_json());
  }
  return messages;
}

std::vector<nlohmann::json> LinkMessages::levels() const {
  std::map<const Stage*, link::Levels> watched;
  for (const Stage* stage : parts_.stages.watched()) watched[stage] = {stage->row(), stage->generation(), {}};
  if (watched.empty()) return {};
  const auto tenths = [](double value) { return std::round(value * 10) / 10; };
  for (const auto& [id, session] : parts_.sessions.all()) {
    const auto room = watched.find(session->stage());
    if (room == watched.end() || session->voice() == nullptr) continue;
    const auto reading = session->voice()->take_levels();
    if (!reading) continue;
    link::Levels::Row row{.session = id,
                          .peak_db = tenths(reading->peak_db),
                          .level_db = tenths(reading->level_db),
                          .after_db = tenths(reading->after_db),
                          .noise_db = {},
                          .clips = reading->clips};
    if (reading->noise_db) row.noise_db = tenths(*reading->noise_db);
    room->second.rows.push_back(row);
  }
  std::vector<nlohmann::json> messages;
  for (const auto& [stage, levels] : watched) {
    if (!levels.rows.empty()) messages.push_back(levels.to_json());
  }
  return messages;
}

template <typename Message>
bool LinkMessages::hear_as(LinkMessages& self, nlohmann::json message) {
  auto read = Message::read(std::move(message));
  const bool readable = read.has_value();
  if (readable) self.on(*std::move(read));
  return readable;
}

void LinkMessages::hear(nlohmann::json message) {
  struct Kind {
    std::string_view op;
    bool (*hear)(LinkMessages&, nlohmann::json);
  };
  static constexpr Kind kKinds[] = {{link::Room::kOp, hear_as<link::Room>},
                                    {link::Send::kOp, hear_as<link::Send>},
                                    {link::Admit::kOp, hear_as<link::Admit>},
                                    {link::Reply::kOp, hear_as<link::Reply>},
                                    {link::Expel::kOp, hear_as<link::Expel>}};
  const std::string op = link::kind_of(message);
  const auto* const kind = std::find_if(std::begin(kKinds), std::end(kKinds), [&](const Kind& each) { return each.op == op; });
  if (kind == std::end(kKinds)) return spdlog::error("the conductor said '{}', which is not known", op);
  if (!kind->hear(*this, std::move(message))) spdlog::error("the conductor said '{}' in a way that cannot be read", op);
}

void LinkMessages::on(const link::Send& send) {
  const ControlText text = make_control_text(send.message.dump());
  for (const uint64_t id : send.sessions) {
    if (Session* session = parts_.sessions.find(id)) session->socket().send_text(text);
  }
}

void LinkMessages::on(const link::Room& room) {
  if (const Stage* stage = parts_.stages.find(room.row, room.generation)) stage->tell(make_control_text(room.message.dump()));
}

void LinkMessages::on(link::Expel expel) {
  if (Session* session = parts_.sessions.find(expel.session)) session->socket().close(expel.code, std::move(expel.reason));
}

void LinkMessages::on(link::Reply&& reply) {
  on_reply_(std::move(reply));
}

void LinkMessages::on(link::Admit admit) {
  link::SessionFacts& facts = admit.facts;
  if (facts.row < 0 || facts.row >= static_cast<int>(parts_.segment.size().max_rooms))
    return spdlog::error("the conductor admitted session {} to row {}, which cannot be", admit.session, facts.row);
  Session* session = parts_.sessions.find(admit.session);
  if (session == nullptr) return;  // gone meanwhile; the conductor has our `closed`
  Stage* stage = &parts_.stages.at(facts.row, facts.generation);
  const Admission& before = session->admission();
  if (stage != session->stage() || facts.bucket != before.bucket || facts.role != before.role)
    session->fall_silent(parts_.segment.timeline().at(monotonic_ns()), parts_.segment.shard(parts_.shard));
  session->admit(std::move(facts), stage);
}

}  // namespace roundelay
