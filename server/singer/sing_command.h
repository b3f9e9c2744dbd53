// `roundelay sing`: sings a file into a room and writes what it hears, position by position.
#pragma once

#include <cstdint>
#include <string>

namespace roundelay {

struct SingOptions {
  std::string url = "ws://127.0.0.1:8080/ws";
  bool accept_self_signed = false;
  std::string room;
  bool make_room = false;  // make one first and print its id
  bool robots = false;     // with a robot choir in it
  std::string name = "Singer";
  std::string key;
  int bucket = 0;  // 0: the server's choice
  bool listener = false;
  std::string in;             // sound file to sing; empty: silence
  double at_s = 0;            // where in the song's music the file begins, s
  bool send_silence = false;  // encode silence instead of leaving it out
  std::string out;            // what a browser would play: mix + backing x its gain + metronome
  std::string mix_out;        // the mix alone
  std::string backing_out;    // the backing alone, stereo
  std::string metronome_out;  // the metronome alone
  std::string part;           // the voice part that is sung; empty: none
  std::string part_out;       // the voices of that part alone, as they are added for who hears it louder
  double volume_backing = 1;  // one's own volume of the backing in `out`
  double volume_metronome = 1;
  bool lead = false;        // take the lead
  int start_when = 0;       // people present, then lead and start; 0: never
  std::string track;        // name or id of the backing track to choose when leading
  std::string plan;         // of the song, when leading: JSON, as in a `plan` message
  double stop_after_s = 0;  // stop the song after so much of it was heard; 0: never
  int songs = 1;            // leave after so many
  bool marks = false;       // print those that are heard
  bool json = false;        // a JSON object per event on standard output
};

// Runs until the songs are over, an error, SIGINT or SIGTERM. Returns the program's exit code: 0, or 1 after an error (said on
// standard error).
[[nodiscard]] int run_sing(const SingOptions& options);

}  // namespace roundelay
