#include "server/jobs/passwords.h"

#include <sodium.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

#include "server/net/make_uv.h"

namespace roundelay {
namespace {

constexpr int kPasswordNice = 10;  // below everything that sounds

void forget(std::string& secret) {
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

}  // namespace

Passwords::Passwords(uv_loop_t* loop) {
  answers_ = make_uv<uv_async_t>(this, [loop](uv_async_t* async) {
    return uv_async_init(loop, async, [](uv_async_t* a) { static_cast<Passwords*>(a->data)->tell(); });
  });
  if (!answers_) throw std::runtime_error("No thread for passwords could be made.");
  thread_ = std::thread([this] { work(); });
}

Passwords::~Passwords() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  woken_.notify_one();
  thread_.join();
  for (Job& job : waiting_) forget(job.password);
}

bool Passwords::hash(std::string password, std::function<void(std::string hash)> done) {
  return put({.password = std::move(password), .hash = {}, .hashed = std::move(done), .checked = {}, .made = {}});
}

bool Passwords::check(std::string password, std::string hash, std::function<void(bool fits)> done) {
  return put({.password = std::move(password), .hash = std::move(hash), .hashed = {}, .checked = std::move(done), .made = {}});
}

bool Passwords::put(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= kMostWaiting) return false;
    waiting_.push_back(std::move(job));
  }
  woken_.notify_one();
  return true;
}

void Passwords::work() {
  // A thread's own priority, as Linux has it.
  setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), kPasswordNice);
  std::unique_lock lock(mutex_);
  for (;;) {
    woken_.wait(lock, [this] { return ends_ || !waiting_.empty(); });
    if (ends_) return;
    Job job = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    if (job.hash.empty()) {
      char made[crypto_pwhash_STRBYTES] = {};
      const bool enough =
          crypto_pwhash_str_alg(made, job.password.data(), job.password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) == 0;
      if (enough) job.made = made;
    } else {
      job.fits = crypto_pwhash_str_verify(job.hash.c_str(), job.password.data(), job.password.size()) == 0;
    }
    forget(job.password);
    lock.lock();
    ready_.push_back(std::move(job));
    uv_async_send(answers_.get());
  }
}

void Passwords::tell() {
  std::deque<Job> ready;
  {
    const std::lock_guard lock(mutex_);
    ready.swap(ready_);
  }
  for (Job& job : ready) {
    if (job.hashed) {
      job.hashed(std::move(job.made));
    } else {
      job.checked(job.fits);
    }
  }
}

}  // namespace roundelay
