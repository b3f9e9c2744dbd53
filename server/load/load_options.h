// What `roundelay load` is asked to do. Made from the command line, constant after.
#pragma once

#include <cstdint>
#include <string>

namespace roundelay {

struct LoadOptions {
  std::string url = "ws://127.0.0.1:8080/ws";
  bool accept_self_signed = false;
  std::string room;
  bool make_room = false;
  std::string key;
  std::string rooms_file;  // several rooms, a line each: id and the organiser's key; numbers of people are then per room
  int sing_in = -1;        // of these rooms, how many sing; -1: all
  int singers = 100;
  int listeners = 0;
  int sweep_ms = 0;      // listeners have bare sockets, read every so many ms; 0: as singers
  bool no_lead = false;  // somebody else leads: stay until the song that was heard is over
  int buckets = 6;       // the room's
  int interval_ms = 0;   // the room's; 0: as it is
  double seconds = 30;   // of song
  int songs = 1;         // one after the other
  double wait_s = 0;     // between everybody's joining and each song, s
  int connects_per_s = 100;
  int loop_seconds = 20;      // length of each voice before it repeats
  int voices = 0;             // different voices; 0: one for each singer
  int bitrate = 64'000;       // of the voices, bits per second
  std::string track;          // id of a backing track of the room; empty: as it is
  bool decode_alone = false;  // before and afterwards, decode the same packets without a server: the floor of the server's cost
  bool json = false;          // the summary as a JSON object

  // Trouble, seeded: the same each time. Leaders are spared.
  int jitter_ms = 0;              // each answer is delayed by 0 to so much, in order
  double stall_percent = 0;       // share of the clients that neither read nor answer, on average
  int stall_ms = 400;             // length of a stall
  int slow_readers = 0;           // the last listeners (or singers): a small receive buffer, read slower than sound comes
  double reconnects_per_min = 0;  // connections broken off; they come back with their token
  bool come_back = false;         // all of them, whenever the server loses their connection
  int late_joiners = 0;           // of the others: come while the first song is heard everywhere
  uint64_t seed = 1;

  [[nodiscard]] int people_per_room() const { return singers + listeners; }
};

}  // namespace roundelay
