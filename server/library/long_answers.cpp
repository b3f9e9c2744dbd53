#include "server/library/long_answers.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "mixer/timeline.h"
#include "server/net/make_uv.h"
#include "server/net/pool_work.h"

namespace roundelay {

LongAnswers::LongAnswers(uv_loop_t* loop, Library& library, std::string dir)
    : loop_(loop), library_(library), dir_(std::move(dir)) {
  idle_ = make_uv<uv_idle_t>(this, [loop](uv_idle_t* idle) { return uv_idle_init(loop, idle); });
  if (!idle_) throw std::runtime_error("The event loop takes no handle.");
}

LongAnswers::~LongAnswers() = default;

bool LongAnswers::begin(std::shared_ptr<LongAnswer> answer, Done done) {
  if (reading_.size() >= kMostWaiting) return false;
  reading_.push_back({std::move(answer), std::move(done)});
  wake();
  return true;
}

void LongAnswers::wake() {
  uv_idle_start(idle_.get(), [](uv_idle_t* idle) { static_cast<LongAnswers*>(idle->data)->read_on(); });
}

void LongAnswers::read_on() {
  if (reading_.empty() || writing_.size() >= kMostWriting) {
    uv_idle_stop(idle_.get());
    return;
  }
  Wanted first = std::move(reading_.front());
  reading_.pop_front();
  if (first.answer->read_on && !first.answer->read_on(library_)) {
    const auto turn = std::min(kMostInTurn - 1, reading_.size());
    reading_.insert(reading_.begin() + static_cast<ptrdiff_t>(turn), std::move(first));
  } else if (first.answer->then) {
    first.done({.answer = std::make_shared<LibraryAnswer>(first.answer->then(library_))});
  } else {
    write(first);
  }
}

void LongAnswers::write(const Wanted& wanted) {
  const uint64_t number = ++begun_;
  auto handle = on_the_pool<Written>(
      loop_, [answer = wanted.answer, path = new_path()] { return put(answer->write(), path); },
      [this, number, done = wanted.done](Written out) { written(number, done, std::move(out)); });
  if (handle)
    writing_.emplace(number, std::move(handle));
  else
    wanted.done(put(wanted.answer->write()));
}

void LongAnswers::written(uint64_t number, const Done& done, Written out) {
  const auto ends_with_this = writing_.extract(number);  // it holds `done`
  if (!out.file.empty()) files_.emplace_back(monotonic_ns(), out.file);
  done(std::move(out));
  if (!reading_.empty()) wake();
}

LongAnswers::Written LongAnswers::put(LibraryText text) {
  Written out = put(std::move(text), new_path());
  if (!out.file.empty()) files_.emplace_back(monotonic_ns(), out.file);
  return out;
}

std::string LongAnswers::new_path() {
  return dir_ + "/" + std::to_string(++paths_);
}

LongAnswers::Written LongAnswers::put(LibraryText text, std::string path) {
  if (text.text.size() <= kMostOverLink) return {std::move(text)};
  std::ofstream out(path, std::ios::binary);
  out.write(text.text.data(), static_cast<std::streamsize>(text.text.size()));
  out.close();
  if (!out) return {std::move(text)};
  text.text = {};
  return {std::move(text), std::move(path)};
}

void LongAnswers::sweep(int64_t now_ns) {
  for (; !files_.empty() && now_ns - files_.front().first > kFilesKeptNs; files_.pop_front())
    unlink(files_.front().second.c_str());
}

}  // namespace roundelay
