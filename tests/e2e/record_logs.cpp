#include "tests/e2e/record_logs.h"

#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>
#include <variant>

#include "server/wire/record/record_reader.h"

namespace roundelay::e2e {

namespace fs = std::filesystem;

RecordLogs::RecordLogs(std::string recordings, std::string keep) : recordings_(std::move(recordings)), keep_(std::move(keep)) {
  fs::create_directories(keep_);
}

void RecordLogs::look() {
  std::error_code none;
  for (const auto& folder : fs::directory_iterator(recordings_, none)) {
    for (const auto& file : fs::directory_iterator(folder.path(), none)) {
      if (file.path().extension() != ".log") continue;
      fs::create_directories(keep_ + "/" + folder.path().filename().string(), none);
      (void)link(file.path().c_str(),
                 (keep_ + "/" + folder.path().filename().string() + "/" + file.path().filename().string()).c_str());
    }
  }
}

RecordLogs::Content RecordLogs::read(const std::string& recording) const {
  Content out;
  std::error_code none;
  for (const auto& file : fs::directory_iterator(keep_ + "/" + recording, none)) {
    ++out.files;
    std::ifstream in(file.path(), std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
    std::span<const uint8_t> rest(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
    if (!wire::is_record_magic(rest)) continue;
    rest = rest.subspan(wire::kRecordMagic.size());
    std::map<uint32_t, uint64_t> people;
    const auto keep = [&](std::map<int64_t, std::vector<uint8_t>>& to, Position at, std::span<const uint8_t> opus,
                          const std::string& whose) {
      const std::vector<uint8_t> packet(opus.begin(), opus.end());
      const auto& first = to.try_emplace(at.samples, packet).first->second;
      if (first == packet) return;
      out.contradiction += whose + " at " + std::to_string(at.samples) + " in " + file.path().filename().string() + ": " +
                           std::to_string(packet.size()) + " bytes, others " + std::to_string(first.size()) + "\n";
    };
    while (const auto read = wire::read_record(rest)) {
      rest = rest.subspan(read->bytes);
      if (const auto* person = std::get_if<wire::PersonRecord>(&read->record)) {
        people[person->number] = person->person;
        out.names[person->person] = person->name;
        if (person->left_out) out.left_out.insert(person->person);
      } else if (const auto* packet = std::get_if<wire::PacketRecord>(&read->record)) {
        keep(out.packets[people[packet->number]], packet->position, packet->opus, std::to_string(people[packet->number]));
      } else if (const auto* mix = std::get_if<wire::MixRecord>(&read->record)) {
        keep(out.mix, mix->position, mix->opus, "mix");
      } else if (const auto* dropped = std::get_if<wire::DroppedRecord>(&read->record)) {
        out.dropped += dropped->blocks;
      } else if (std::holds_alternative<wire::EndRecord>(read->record)) {
        ++out.ends;
      }
    }
  }
  return out;
}

std::map<std::string, std::string> stored_recordings(const std::string& data_dir) {
  std::map<std::string, std::string> out;
  sqlite3* db = nullptr;
  if (sqlite3_open_v2((data_dir + "/roundelay.sqlite").c_str(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK) {
    sqlite3_stmt* rows = nullptr;
    if (sqlite3_prepare_v2(db, "SELECT id, state, cut FROM recordings", -1, &rows, nullptr) == SQLITE_OK) {
      while (sqlite3_step(rows) == SQLITE_ROW) {
        const auto text = [&](int column) {
          return std::string(reinterpret_cast<const char*>(sqlite3_column_text(rows, column)));
        };
        out[text(0)] = text(1) + (sqlite3_column_int(rows, 2) != 0 ? " cut" : "");
      }
    }
    sqlite3_finalize(rows);
  }
  sqlite3_close(db);
  return out;
}

}  // namespace roundelay::e2e
