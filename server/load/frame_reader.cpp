#include "server/load/frame_reader.h"

namespace roundelay {

FrameReader::Cut FrameReader::cut_frame(std::span<const uint8_t> bytes, Frame& frame) {
  if (bytes.size() < 2) return {Cut::kIncomplete, 0};
  const bool masked = (bytes[1] & 0x80) != 0;
  uint64_t length = bytes[1] & 0x7F;
  size_t header = 2;
  if (length >= 126) {
    const size_t wide = length == 126 ? 2 : 8;
    if (bytes.size() < header + wide) return {Cut::kIncomplete, 0};
    length = 0;
    for (size_t i = 0; i < wide; ++i) length = length << 8 | bytes[header + i];
    header += wide;
  }
  if (masked || length > kMaxPayloadBytes) return {Cut::kBroken, 0};
  if (bytes.size() < header + length) return {Cut::kIncomplete, 0};
  frame.opcode = static_cast<Opcode>(bytes[0] & 0x0F);
  frame.final = (bytes[0] & 0x80) != 0;
  frame.payload = bytes.subspan(header, length);
  return {Cut::kWhole, header + length};
}

std::string client_frame(Opcode opcode, std::string_view payload) {
  std::string frame;
  frame += static_cast<char>(0x80 | static_cast<uint8_t>(opcode));
  const size_t length = payload.size();
  if (length < 126) {
    frame += static_cast<char>(0x80 | length);
  } else {
    const int wide = length < 65'536 ? 2 : 8;
    frame += static_cast<char>(0x80 | (wide == 2 ? 126 : 127));
    for (int i = wide - 1; i >= 0; --i) frame += static_cast<char>(length >> (8 * i));
  }
  frame.append(4, '\0');
  frame += payload;
  return frame;
}

}  // namespace roundelay
