#include "server/program/log_format.h"

#include <spdlog/formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>

namespace roundelay {
namespace {

// The journal's priority in front of a line (sd-daemon(3)).
int journal_priority(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::critical:
      return 2;
    case spdlog::level::err:
      return 3;
    case spdlog::level::warn:
      return 4;
    case spdlog::level::info:
      return 6;
    default:
      return 7;
  }
}

// The word behind `noun` in a sentence of the log: "room ID", "session 7". Empty: there is none.
std::string_view word_behind(std::string_view sentence, std::string_view noun) {
  for (size_t at = sentence.find(noun); at != std::string_view::npos; at = sentence.find(noun, at + 1)) {
    if (at != 0 && sentence[at - 1] != ' ') continue;
    const std::string_view rest = sentence.substr(at + noun.size());
    if (!rest.starts_with(' ')) continue;
    const std::string_view word = rest.substr(1, rest.find_first_of(" :,;.)", 1) - 1);
    // Ids have a digit or are long; "room is" has neither.
    if (word.size() >= 16 || word.find_first_of("0123456789") != std::string_view::npos) return word;
  }
  return {};
}

class JsonLine final : public spdlog::formatter {
 public:
  explicit JsonLine(bool for_journal) : for_journal_(for_journal) {}

  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    const std::string_view sentence(message.payload.data(), message.payload.size());
    const auto level = spdlog::level::to_string_view(message.level);
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(message.time.time_since_epoch()).count();
    nlohmann::ordered_json line{{"time_unix_ms", ms},
                                {"level", std::string_view(level.data(), level.size())},
                                {"process", std::string_view(message.logger_name.data(), message.logger_name.size())},
                                {"message", sentence}};
    for (const char* noun : {"room", "session", "recording", "shard"}) {
      if (const std::string_view id = word_behind(sentence, noun); !id.empty()) line[noun] = id;
    }
    std::string text;
    if (for_journal_) text.append("<").append(std::to_string(journal_priority(message.level))).append(">");
    text += line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    text += '\n';
    out.append(text.data(), text.data() + text.size());
  }
  [[nodiscard]] std::unique_ptr<formatter> clone() const override { return std::make_unique<JsonLine>(for_journal_); }

 private:
  bool for_journal_;
};

}  // namespace

bool journal_reads_errors() {
  const char* stream = std::getenv("JOURNAL_STREAM");  // "DEVICE:INODE" of what was standard error at the start
  struct stat info {};
  if (stream == nullptr || fstat(STDERR_FILENO, &info) != 0) return false;
  return stream == std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino);
}

void set_up_log(const std::string& process, const std::string& level, const std::string& format) {
  const bool journal = journal_reads_errors();
  if (format == "json" || (format == "auto" && journal)) {
    auto logger = spdlog::stderr_logger_mt(process);
    logger->set_formatter(std::make_unique<JsonLine>(journal));
    spdlog::set_default_logger(logger);
  } else {
    auto logger = spdlog::stderr_color_mt(process);
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l [%n] %v");
    spdlog::set_default_logger(logger);
  }
  spdlog::set_level(spdlog::level::from_str(level));
}

}  // namespace roundelay
