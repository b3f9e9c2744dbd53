// Whatever clients say: each line of the input is a message to a room, said by one of its people, some time after the last one.
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "server/base/text.h"
#include "server/net/line_splitter.h"
#include "server/room/room.h"
#include "server/wire/control/hello.h"

namespace roundelay {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// What the shards rely on.
void check_state(const Room& room) {
  const RoomState state = room.state();
  require(state.bucket_count >= 2 && state.bucket_count <= kMaxBuckets);
  require(state.interval_blocks >= 3 && state.first_offset_blocks >= 0);
  if (state.ring_blocks != 0) require(state.ring_blocks >= 256);
  if (state.ring_blocks != 0 && state.song_start != state.song_end)
    require(state.offset_of(state.bucket_count - 1).count + 250 <= state.ring_blocks);
  RoomState published = state;
  published.generation = 1;
  require(published.is_usable(4096));
  require(state.song_start % kBlockSamples == 0 && state.song_end >= state.song_start);
  require(state.song_end == kNoEnd || state.song_end % kBlockSamples == 0);
  for (const auto& [id, person] : room.people().all()) require(person.bucket >= 1 && person.bucket <= state.bucket_count);
}

void run(std::string_view input) {
  Moment now{.ns = 1'000'000'000'000, .position = {kSampleRate * int64_t{1'000}}};
  Room room(
      "abcdefghij", "Choir", {},
      {{"t1", "one", 3.5, 2, -20.5, std::string(64, 'a'), 1}, {"t2", "two", 60, 1, {}, std::string(64, 'b'), 2}}, "t1", {},
      [](uint32_t below) { return below / 2; }, now.ns);
  Effects effects;
  SessionId session = 0;
  LineSplitter lines(16'384);
  const size_t too_long = lines.feed(input, [&](std::string_view line) {
    const nlohmann::json message = nlohmann::json::parse(line, nullptr, false);
    if (!message.is_object()) return;
    now.ns += static_cast<int64_t>(line.size()) * 50'000'000;
    now.position.samples += static_cast<int64_t>(line.size()) * 2'400;
    room.tick(now, effects);
    session = (session + 1) % 4;
    if (const auto greeting = control::Hello::read(message)) {
      Hello hello;
      hello.name = greeting->name;
      hello.role = greeting->role;
      hello.bucket = greeting->bucket;
      hello.robot = greeting->robot;
      hello.has_key = greeting->key.has_value();
      hello.part = greeting->part;
      hello.person = session + 1;
      static_cast<void>(room.join(session, hello, now, effects));
    } else if (message.contains("close")) {
      room.lose(session, now, effects);
    } else {
      room.command(session, message, now, effects);
    }
    check_state(room);
    effects.clear();
  });
  static_cast<void>(too_long);
  if (const auto name = checked_name(input)) require(checked_name(*name) == name);
  require(checked_name(track_name(input), kMaxTrackNameCharacters).has_value());
}

}  // namespace
}  // namespace roundelay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  roundelay::run({reinterpret_cast<const char*>(data), size});
  return 0;
}
