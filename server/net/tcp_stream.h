// One accepted TCP connection, plain or over TLS, on its libuv loop. It reads and writes when the kernel lets it, and keeps what
// the kernel did not take at once. Loop thread only.
// It never turns the loop for nothing: what it does not want to read stays in the kernel, which then holds back the sender.
#pragma once

#include <uv.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "server/net/deadlines.h"
#include "server/net/turns.h"

struct ssl_st;
struct ssl_ctx_st;

namespace roundelay {

class TcpStream final : public Deadlines::Member, public Turns::Member {
 public:
  // Who uses it at the moment. May call anything of the stream from these.
  class Owner {
   public:
    virtual void on_bytes(std::span<uint8_t> bytes) = 0;  // came; may be changed
    virtual void on_end() = 0;                            // the peer sends nothing more, but may still read
    virtual void on_turn() = 0;      // everything written has gone to the kernel, or a turn that was asked for has come
    virtual void on_deadline() = 0;  // it is time
    virtual void on_over() = 0;      // once: the connection is gone, whoever ended it; nothing follows

   protected:
    ~Owner() = default;
  };

  // Takes the descriptor over. With `tls`, a peer that begins with a TLS handshake gets TLS, any other none. `buffer` is where
  // all streams of a loop read into. `on_freed` is called when the loop has let go of it: it may then be deleted.
  TcpStream(uv_loop_t* loop, int fd, ssl_ctx_st* tls, std::span<uint8_t> buffer, Deadlines& deadlines, Turns& turns,
            std::function<void()> on_freed);
  ~TcpStream();  // only when on_freed was called
  TcpStream(const TcpStream&) = delete;
  TcpStream& operator=(const TcpStream&) = delete;

  void set_owner(Owner& owner) { owner_ = &owner; }

  // Writes to the kernel; what that does not take is kept and goes out later. False: the connection is broken, which its owner
  // is told later. Calls nobody back: safe in the tick.
  bool write(std::span<const uint8_t> bytes);
  // The same of two stretches, in one system call where there is no TLS.
  bool write(std::span<const uint8_t> first, std::span<const uint8_t> second);
  // Some of what was written still waits here.
  [[nodiscard]] bool busy() const { return out_at_ < out_.size(); }
  [[nodiscard]] size_t waiting_bytes() const { return out_.size() - out_at_; }
  // At first it reads. While it does not, it does not notice either that the peer goes away, unless something is written.
  void read(bool wanted);
  // on_turn() in the loop's next turn, or once everything has gone to the kernel.
  void ask_turn();
  // For what must not be late: from now on the kernel holds about a second of sound for a slow reader, and else what the line
  // asks for.
  void keep_little_in_kernel();
  // Owner::on_deadline() so long after now; one at a time, a later call replaces it. It is cleared when it was called.
  void set_deadline(int after_ms);
  void clear_deadline() { deadlines_.clear(*this); }

  // No more is written: what waits still goes out, what comes is thrown away until the peer has closed too, so that it sees
  // everything. After kLingerMs the connection is gone in any case. The owner is told on_over() alone from now on.
  void finish();
  // Gone at once: on_over() is called before it returns.
  void cut();
  // Gone, but told in a later turn of the loop: safe in the tick and within any callback.
  void break_off();

  [[nodiscard]] uv_loop_t* loop() const { return poll_.loop; }
  [[nodiscard]] bool encrypted() const { return ssl_ != nullptr; }
  [[nodiscard]] const std::string& address() const { return address_; }  // the peer's, numeric
  [[nodiscard]] int64_t now_ns() const { return static_cast<int64_t>(uv_now(poll_.loop)) * 1'000'000; }

  static constexpr int kLingerMs = 2'000;
  static constexpr size_t kLingerBytes = 1'000'000;  // thrown away at most; then it is not read any more

 private:
  void on_deadline() override;
  void on_turn_given() override;
  void on_event(int status, int events);
  bool begin();  // finds out whether the peer speaks TLS; false: not known yet
  void shake_hands();
  void read_some();
  [[nodiscard]] size_t read_tls(bool& ended, bool& failed);
  size_t send_now(std::span<const uint8_t> bytes);
  size_t send_now(std::span<const uint8_t> first, std::span<const uint8_t> second);
  void keep(std::span<const uint8_t> bytes);
  void flush();
  void take_turn();
  void say_end();
  // Tells the loop what is waited for. To stop reading is told only `at_once`, or when something came: mostly it is read on
  // before.
  void follow(bool at_once = false);

  uv_poll_t poll_;
  int fd_;
  ssl_ctx_st* tls_;
  ssl_st* ssl_ = nullptr;
  std::span<uint8_t> buffer_;
  Deadlines& deadlines_;
  Turns& turns_;
  std::function<void()> on_freed_;
  Owner* owner_ = nullptr;
  std::string address_;
  std::vector<uint8_t> out_;
  size_t out_at_ = 0;
  size_t discarded_bytes_ = 0;
  int polled_ = 0;        // events that the loop waits for
  bool begun_ = false;    // plain or TLS: it is known
  bool shaking_ = false;  // TLS: hands are not shaken yet
  bool reading_ = true;
  bool read_again_ = false;  // TLS holds something, or has to write before it can go on
  bool turn_asked_ = false;
  bool ended_ = false;  // the peer sends nothing more
  bool left_ = false;   // likewise, seen while nothing was read
  bool finishing_ = false;
  bool end_said_ = false;  // ours
  bool broken_ = false;
  bool over_ = false;
};

}  // namespace roundelay
