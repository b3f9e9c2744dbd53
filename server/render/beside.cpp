#include "server/render/beside.h"

#include "codec/loudness.h"
#include "codec/opus_file_writer.h"
#include "mixer/balance.h"
#include "mixer/gain.h"

namespace roundelay::render {
namespace {

std::span<const uint8_t> opus_of(const std::optional<wire::Record>& record) {
  if (!record) return {};
  if (const auto* mix = std::get_if<wire::MixRecord>(&*record)) return mix->opus;
  if (const auto* backing = std::get_if<wire::BackingRecord>(&*record)) return backing->opus;
  return {};
}

}  // namespace

tl::expected<void, std::string> write_beside(const RecordingLogs& logs, const PacketPlaces& places, int fd, int delay_samples,
                                             const std::string& title) {
  std::vector<uint8_t> buffer(wire::kMaxRecordBytes);
  OpusFileSettings settings;
  settings.pre_skip = static_cast<int>(RecordingLogs::kPreroll) * kBlockSamples + delay_samples;
  settings.tags = {{"TITLE", title}};
  std::unique_ptr<OpusFileWriter> file;
  const int64_t blocks = logs.blocks() + RecordingLogs::kPreroll;
  for (int64_t block = 0; block < blocks; ++block) {
    if (!places.has(block)) continue;
    const auto record = logs.read(places, block, buffer);
    const auto packet = opus_of(record);
    if (packet.empty()) continue;
    if (!file) {
      settings.channels = packet_is_stereo(packet) ? 2 : 1;
      file = std::make_unique<OpusFileWriter>(fd, settings);
    }
    if (auto added = file->add(block, packet); !added) return added;
  }
  if (!file) file = std::make_unique<OpusFileWriter>(fd, settings);
  return file->finish(logs.blocks() * kBlockSamples);
}

TrackSound::TrackSound(const RecordingLogs& logs, const PacketPlaces& places)
    : logs_(logs), places_(places), buffer_(wire::kMaxRecordBytes), block_(2 * kOpusBlock) {
  if (places.empty()) return;
  const float told = logs.song().backing_lufs;
  const auto loudness = told < wire::SongRecord::kNoLoudness ? std::optional<double>(told) : measured();
  if (loudness) gain_ = static_cast<float>(backing_gain_of(*loudness));
}

std::optional<double> TrackSound::measured() {
  LoudnessMeter meter(2);
  for (int64_t place = 0; place < logs_.blocks() + RecordingLogs::kPreroll; ++place) {
    if (decode(place)) meter.add(block_);
  }
  sounding_ = false;
  return meter.integrated();
}

bool TrackSound::decode(int64_t place) {
  const auto record = places_.has(place) ? logs_.read(places_, place, buffer_) : std::nullopt;
  const auto packet = opus_of(record);
  if (packet.empty()) {
    sounding_ = false;
    return false;
  }
  if (!std::exchange(sounding_, true)) decoder_.reset();
  return decoder_.decode(packet, block_);
}

void TrackSound::add(int64_t block, std::span<float> stereo) {
  if (places_.empty()) return;
  if (!std::exchange(begun_, true)) {
    for (int64_t before = 0; before < RecordingLogs::kPreroll; ++before) (void)decode(before);
  }
  if (!decode(block + RecordingLogs::kPreroll)) return;
  for (size_t i = 0; i < stereo.size(); ++i) stereo[i] += gain_ * block_[i];
}

}  // namespace roundelay::render
