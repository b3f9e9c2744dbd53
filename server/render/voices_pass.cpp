#include "server/render/voices_pass.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "codec/opus_file_writer.h"
#include "server/render/logged_voice.h"

namespace roundelay::render {
namespace {

constexpr int64_t kVoicesProgressBlocks = 250;

// A sum as it is kept in between.
struct KeptSum {
  float voices[kBlockSamples];
  float leader[kBlockSamples];
  int32_t people;
};

struct OneSinger {
  std::unique_ptr<OpusFileWriter> file;
  LoggedVoice voice;
};

OneSinger begin(const LoggedSinger& singer, const SingerFile& file) {
  OpusFileSettings settings;
  settings.pre_skip = static_cast<int>(RecordingLogs::kPreroll) * kBlockSamples;
  settings.serial = static_cast<uint32_t>(file.number);
  settings.tags = {{"TITLE", singer.name}, {"TRACKNUMBER", std::to_string(file.number)}};
  if (!singer.part.empty()) settings.tags.emplace_back("PART", singer.part);
  return {std::make_unique<OpusFileWriter>(file.fd, settings), {}};
}

tl::unexpected<std::string> why() {
  return tl::unexpected<std::string>(std::strerror(errno == 0 ? EIO : errno));
}

}  // namespace

tl::expected<void, std::string> VoicesPass::run(std::vector<SingerFile>& files, const Mixed& mixed, const Progress& progress) {
  const auto at_once = static_cast<size_t>(std::max<int64_t>(1, most_places_ / logs_.blocks()));
  const std::span all(files);
  size_t done = 0;
  do {
    const size_t count = std::min(at_once, all.size() - done);
    const Go go{all.subspan(done, count), done == 0, done + count == all.size()};
    const auto share = [&](double of_go) {
      if (!all.empty())
        progress((static_cast<double>(done) + of_go * static_cast<double>(count)) / static_cast<double>(all.size()));
    };
    if (auto gone = one_go(go, mixed, share); !gone) return gone;
    done += count;
  } while (done < all.size());
  return {};
}

tl::expected<void, std::string> VoicesPass::one_go(const Go& go, const Mixed& mixed, const Progress& progress) {
  const int64_t blocks = logs_.blocks();
  std::vector<size_t> singers;
  std::vector<OneSinger> voices;
  for (const SingerFile& file : go.files) {
    singers.push_back(file.singer);
    voices.push_back(begin(logs_.singers()[file.singer], file));
  }
  const std::vector<PacketPlaces> places = logs_.places_of(singers);
  Choir choir(logs_.song(), blocks);
  std::vector<uint8_t> buffer(wire::kMaxRecordBytes);
  const auto no_sum = std::make_unique<Choir::Sum>();
  for (int64_t block = 0; block < blocks; ++block) {
    for (size_t i = 0; i < voices.size(); ++i) {
      const auto record = places[i].has(block) ? logs_.read(places[i], block, buffer) : std::nullopt;
      const auto* packet = record ? std::get_if<wire::PacketRecord>(&*record) : nullptr;
      voices[i].voice.add(block, blocks, packet, choir);
      if (packet == nullptr) continue;
      ++go.files[i].blocks;
      if (auto added = voices[i].file->add(block + RecordingLogs::kPreroll, packet->opus); !added) return added;
    }
    if (!go.first) {
      if (auto added = add_kept(block, choir.at(block)); !added) return added;
    }
    if (!go.last) {
      if (auto kept = keep(block, choir.at(block)); !kept) return kept;
      choir.forget(block);
    } else if (block > 0) {
      if (auto done = mixed(block - 1, choir.at(block - 1), choir.at(block)); !done) return done;
      choir.forget(block - 1);
    }
    if (block % kVoicesProgressBlocks == 0) progress(static_cast<double>(block) / static_cast<double>(blocks));
  }
  for (OneSinger& voice : voices) {
    if (auto finished = voice.file->finish(blocks * kBlockSamples); !finished) return finished;
  }
  return go.last ? mixed(blocks - 1, choir.at(blocks - 1), *no_sum) : tl::expected<void, std::string>();
}

tl::expected<void, std::string> VoicesPass::keep(int64_t block, const Choir::Sum& sum) const {
  KeptSum kept;
  std::copy_n(sum.voices, kBlockSamples, kept.voices);
  std::copy_n(sum.leader, kBlockSamples, kept.leader);
  kept.people = sum.result.people;
  const ssize_t n = pwrite(scratch_, &kept, sizeof kept, block * static_cast<int64_t>(sizeof kept));
  return n == static_cast<ssize_t>(sizeof kept) ? tl::expected<void, std::string>() : why();
}

tl::expected<void, std::string> VoicesPass::add_kept(int64_t block, Choir::Sum& sum) const {
  KeptSum kept;
  const ssize_t n = pread(scratch_, &kept, sizeof kept, block * static_cast<int64_t>(sizeof kept));
  if (n != static_cast<ssize_t>(sizeof kept)) return why();
  for (int i = 0; i < kBlockSamples; ++i) {
    sum.voices[i] += kept.voices[i];
    sum.leader[i] += kept.leader[i];
  }
  sum.result.people += kept.people;
  return {};
}

}  // namespace roundelay::render
