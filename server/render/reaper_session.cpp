#include "server/render/reaper_session.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "mixer/position.h"

namespace roundelay::render {
namespace {

std::string decimal(double value) {
  std::array<char, 64> text{};
  return {text.data(), static_cast<size_t>(std::snprintf(text.data(), text.size(), "%.8f", value))};
}

void put_line(std::string& out, int depth, std::string_view line) {
  out.append(static_cast<size_t>(2 * depth), ' ').append(line).append("\n");
}

std::string quoted_text(std::string_view property, const std::string& text) {
  return std::string(property).append(" \"").append(text).append("\"");
}

}  // namespace

std::string reaper_session(std::span<const SessionTrack> tracks, double seconds, int64_t unix_s) {
  std::string out;
  put_line(out, 0, "<REAPER_PROJECT 0.1 \"6.0\" " + std::to_string(unix_s));
  put_line(out, 1, "SAMPLERATE " + std::to_string(kSampleRate) + " 1 0");
  put_line(out, 1, "TEMPO 120 4 4");
  for (const SessionTrack& track : tracks) {
    const double gain = std::pow(10, track.gain_db / 20);
    put_line(out, 1, "<TRACK");
    put_line(out, 2, quoted_text("NAME", track.name));
    put_line(out, 2, "VOLPAN " + decimal(gain) + " 0 -1 -1 1");
    put_line(out, 2, track.muted ? "MUTESOLO 1 0 0" : "MUTESOLO 0 0 0");
    put_line(out, 2, "NCHAN 2");
    put_line(out, 2, "MAINSEND 1 0");
    put_line(out, 2, "<ITEM");
    put_line(out, 3, "POSITION 0");
    put_line(out, 3, "SNAPOFFS 0");
    put_line(out, 3, "LENGTH " + decimal(seconds));
    put_line(out, 3, "LOOP 0");
    put_line(out, 3, "FADEIN 1 0 0 1 0 0 0");
    put_line(out, 3, "FADEOUT 1 0 0 1 0 0 0");
    put_line(out, 3, "MUTE 0 0");
    put_line(out, 3, quoted_text("NAME", track.file));
    put_line(out, 3, "VOLPAN 1 0 1 -1");
    put_line(out, 3, "SOFFS 0");
    put_line(out, 3, "PLAYRATE 1 1 0 -1 0 0.0025");
    put_line(out, 3, "CHANMODE 0");
    put_line(out, 3, "<SOURCE WAVE");
    put_line(out, 4, quoted_text("FILE", track.file));
    put_line(out, 3, ">");
    put_line(out, 2, ">");
    put_line(out, 1, ">");
  }
  put_line(out, 0, ">");
  return out;
}

}  // namespace roundelay::render
