#include "server/base/config.h"

#include <sodium.h>

namespace roundelay {

std::string Config::segment_name() const {
  unsigned char hash[crypto_generichash_BYTES_MIN];
  crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(data_dir.data()), data_dir.size(), nullptr, 0);
  char hex[2 * 8 + 1];
  sodium_bin2hex(hex, sizeof hex, hash, 8);
  return std::string("/roundelay-") + hex;
}

std::string Config::control_socket() const {
  return data_dir + "/control.sock";
}

std::string Config::wake_socket(int shard) const {
  return data_dir + "/wake-" + std::to_string(shard) + ".sock";
}

std::string Config::database() const {
  return data_dir + "/roundelay.sqlite";
}

std::string Config::tracks_dir() const {
  return data_dir + "/tracks";
}

std::string Config::recordings_dir() const {
  return data_dir + "/recordings";
}

std::string recording_id(const std::string& room, uint32_t song) {
  return room + "-" + std::to_string(song);
}

std::string Config::scores_dir() const {
  return data_dir + "/scores";
}

std::string Config::uploads_dir() const {
  return data_dir + "/uploads";
}

}  // namespace roundelay
