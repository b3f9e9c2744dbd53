// Reads what a worker tells on its pipe: JSON lines {"progress": 0.42}, at last {"ok": true, ...} or {"ok": false, "error":
// sentence}, where a "reason" of the system's goes to the log. What comes after the last line is not heard. On one loop.
#pragma once

#include <uv.h>

#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "server/base/sentences.h"
#include "server/net/line_splitter.h"
#include "server/net/make_uv.h"

namespace roundelay {

class ReportReader {
 public:
  using Progress = std::function<void(double)>;  // 0 to 1
  // The last line, of which only "ok" was looked at; the error is a sentence, with its code where it is one of the table
  // (told_sentence.h).
  using Verdict = tl::expected<nlohmann::json, Sentence>;
  // `babbles`: a line has no end.
  using Ended = std::function<void(bool babbles)>;

  // `broke`: the sentence for a worker that names no reason.
  ReportReader(Progress progress, Sentence broke);
  ReportReader(const ReportReader&) = delete;
  ReportReader& operator=(const ReportReader&) = delete;

  // False: there is no handle for it.
  [[nodiscard]] bool open(uv_loop_t* loop);
  // What the child gets as its end.
  [[nodiscard]] uv_stdio_container_t child_end() const;
  // `ended` is called once, when nothing more comes.
  void read(Ended ended);

  // Nothing: it has not said yet.
  [[nodiscard]] std::optional<Verdict>& verdict() { return verdict_; }
  [[nodiscard]] const Sentence& broke() const { return broke_; }

 private:
  void on_bytes(ssize_t count, const char* bytes);
  void on_line(std::string_view line);

  Progress progress_;
  Sentence broke_;
  Ended ended_;
  UvHandle<uv_pipe_t> pipe_;
  LineSplitter lines_;
  std::array<char, 4096> buffer_;
  std::optional<Verdict> verdict_;
};

}  // namespace roundelay
