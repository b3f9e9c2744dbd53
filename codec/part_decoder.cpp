#include "codec/part_decoder.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/log.h>
}

#include <algorithm>
#include <cmath>
#include <cstring>
#include <ctime>
#include <new>

#include "codec/opus.h"
#include "codec/sound_fault.h"

namespace roundelay {
namespace {

constexpr int kMinRate = 4'000;
constexpr int kMaxRate = 384'000;
constexpr int kMaxChannels = 64;
constexpr size_t kIoBytes = 1 << 16;
constexpr int64_t kProbeBytes = 1 << 20;
// A shorter gap between two frames is how containers round their times.
constexpr double kGapSeconds = 0.05;
constexpr double kMaxGapSeconds = 24 * 3600;
constexpr int64_t kMpegSlackFrames = 4 * 1'152;

constexpr const char* kDemuxers =
    "mp3,aac,wav,w64,aiff,caf,flac,ogg,mov,matroska,asf,avi,amr,au,ac3,eac3,wv,ape,tta,dsf,voc,mpegts,mpeg";
constexpr const char* kDecoders =
    "mp3float,mp3,mp2float,mp2,mp1float,mp1,aac,aac_latm,alac,flac,vorbis,opus,speex,libspeex,wmav1,wmav2,wmapro,wmalossless,ac3,"
    "eac3,amrnb,amrwb,wavpack,ape,tta,adpcm_ms,adpcm_ima_wav,adpcm_ima_qt,gsm,gsm_ms,qdm2,dsd_lsbf,dsd_msbf,dsd_lsbf_planar,"
    "dsd_msbf_planar,pcm_s8,pcm_u8,pcm_s8_planar,pcm_s16le,pcm_s16be,pcm_u16le,pcm_u16be,pcm_s16le_planar,pcm_s16be_planar,pcm_"
    "s24le,pcm_s24be,"
    "pcm_u24le,pcm_u24be,pcm_s24le_planar,pcm_s32le,pcm_s32be,pcm_u32le,pcm_u32be,pcm_s32le_planar,pcm_s64le,pcm_s64be,pcm_f32le,"
    "pcm_f32be,pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw";

const char* demuxer_of(FileKind kind, int layer) {
  switch (kind) {
    case FileKind::kWav:
      return "wav";
    case FileKind::kAiff:
      return "aiff";
    case FileKind::kCaf:
      return "caf";
    case FileKind::kFlac:
      return "flac";
    case FileKind::kOgg:
      return "ogg";
    case FileKind::kMpeg:
      return layer == 4 ? "aac" : "mp3";
    case FileKind::kMp4:
      return "mov";
    case FileKind::kMatroska:
      return "matroska";
    case FileKind::kAsf:
      return "asf";
    case FileKind::kOther:
    case FileKind::kUnknown:
      break;
  }
  return nullptr;
}

std::string format_name(const SoundPart& part, const AVFormatContext& container, const AVCodecParameters& codec) {
  const auto has_picture = [&] {
    return std::any_of(container.streams, container.streams + container.nb_streams, [](const AVStream* stream) {
      return stream->codecpar->codec_type == AVMEDIA_TYPE_VIDEO && (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) == 0;
    });
  };
  switch (part.kind) {
    case FileKind::kOgg:
      if (codec.codec_id == AV_CODEC_ID_VORBIS) return "Ogg Vorbis";
      if (codec.codec_id == AV_CODEC_ID_OPUS) return "Ogg Opus";
      if (codec.codec_id == AV_CODEC_ID_FLAC) return "Ogg FLAC";
      if (codec.codec_id == AV_CODEC_ID_SPEEX) return "Ogg Speex";
      return "Ogg";
    case FileKind::kMpeg:
      return part.layer == 4 ? "AAC" : "MP" + std::to_string(part.layer);
    case FileKind::kMp4:
      return has_picture() ? "MP4" : "M4A";
    case FileKind::kOther:
    case FileKind::kUnknown: {
      std::string name = container.iformat->name;
      name = name.substr(0, name.find(','));
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
      return name;
    }
    default:
      return std::string(kind_name(part.kind));
  }
}

Speaker speaker_of(AVChannel channel) {
  switch (channel) {
    case AV_CHAN_FRONT_LEFT:
    case AV_CHAN_FRONT_LEFT_OF_CENTER:
    case AV_CHAN_WIDE_LEFT:
    case AV_CHAN_STEREO_LEFT:
    case AV_CHAN_TOP_FRONT_LEFT:
      return Speaker::kLeft;
    case AV_CHAN_FRONT_RIGHT:
    case AV_CHAN_FRONT_RIGHT_OF_CENTER:
    case AV_CHAN_WIDE_RIGHT:
    case AV_CHAN_STEREO_RIGHT:
    case AV_CHAN_TOP_FRONT_RIGHT:
      return Speaker::kRight;
    case AV_CHAN_LOW_FREQUENCY:
    case AV_CHAN_LOW_FREQUENCY_2:
      return Speaker::kLowFrequencies;
    case AV_CHAN_BACK_LEFT:
    case AV_CHAN_SIDE_LEFT:
    case AV_CHAN_TOP_BACK_LEFT:
    case AV_CHAN_SURROUND_DIRECT_LEFT:
      return Speaker::kLeftRear;
    case AV_CHAN_BACK_RIGHT:
    case AV_CHAN_SIDE_RIGHT:
    case AV_CHAN_TOP_BACK_RIGHT:
    case AV_CHAN_SURROUND_DIRECT_RIGHT:
      return Speaker::kRightRear;
    case AV_CHAN_BACK_CENTER:
      return Speaker::kCentreRear;
    default:
      return Speaker::kCentre;
  }
}

void speakers_of(const AVChannelLayout& layout, std::vector<Speaker>& speakers) {
  const auto channels = static_cast<size_t>(layout.nb_channels);
  speakers.resize(channels);
  for (size_t c = 0; c < channels; ++c) {
    const AVChannel channel = av_channel_layout_channel_from_index(&layout, static_cast<unsigned>(c));
    const bool said = layout.order != AV_CHANNEL_ORDER_UNSPEC && channel != AV_CHAN_NONE && channel != AV_CHAN_UNKNOWN;
    speakers[c] = said ? speaker_of(channel) : usual_speaker(c, channels);
  }
}

template <typename T>
float as_float(T x) {
  if constexpr (std::is_same_v<T, uint8_t>) return static_cast<float>(x - 128) / 128.0F;
  if constexpr (std::is_integral_v<T>) return static_cast<float>(static_cast<double>(x) * (1.0 / (1ULL << (8 * sizeof(T) - 1))));
  return static_cast<float>(x);
}

// Appends the frame's samples, interleaved.
template <typename T>
void append(const AVFrame& frame, std::vector<float>& out) {
  const auto channels = static_cast<size_t>(frame.ch_layout.nb_channels);
  const auto count = static_cast<size_t>(frame.nb_samples);
  const bool planar = av_sample_fmt_is_planar(static_cast<AVSampleFormat>(frame.format)) != 0;
  const size_t before = out.size();
  out.resize(before + count * channels);
  for (size_t c = 0; c < channels; ++c) {
    const auto* from = reinterpret_cast<const T*>(frame.extended_data[planar ? c : 0]) + (planar ? 0 : c);
    const size_t step = planar ? 1 : channels;
    for (size_t i = 0; i < count; ++i) out[before + i * channels + c] = as_float(from[i * step]);
  }
}

bool append_samples(const AVFrame& frame, std::vector<float>& out) {
  switch (frame.format) {
    case AV_SAMPLE_FMT_U8:
    case AV_SAMPLE_FMT_U8P:
      append<uint8_t>(frame, out);
      return true;
    case AV_SAMPLE_FMT_S16:
    case AV_SAMPLE_FMT_S16P:
      append<int16_t>(frame, out);
      return true;
    case AV_SAMPLE_FMT_S32:
    case AV_SAMPLE_FMT_S32P:
      append<int32_t>(frame, out);
      return true;
    case AV_SAMPLE_FMT_S64:
    case AV_SAMPLE_FMT_S64P:
      append<int64_t>(frame, out);
      return true;
    case AV_SAMPLE_FMT_FLT:
    case AV_SAMPLE_FMT_FLTP:
      append<float>(frame, out);
      return true;
    case AV_SAMPLE_FMT_DBL:
    case AV_SAMPLE_FMT_DBLP:
      append<double>(frame, out);
      return true;
    default:
      return false;
  }
}

// What demuxers complained of, in this thread: some go on behind damage and tell by this alone.
thread_local int container_errors = 0;

void count_errors(void* context, int level, const char* /*format*/, va_list /*arguments*/) {
  if (context == nullptr || level > AV_LOG_ERROR) return;
  const AVClass* kind = *static_cast<const AVClass**>(context);
  if (kind != nullptr && kind == avformat_get_class()) ++container_errors;
}

double cpu_seconds() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

SoundFault rate_fault(int rate) {
  return sound_fault("sound_rate_out_of_range",
                     {{"rate", std::to_string(rate)}, {"least", std::to_string(kMinRate)}, {"most", std::to_string(kMaxRate)}});
}

SoundFault channels_fault(int channels) {
  return sound_fault("sound_channels_out_of_range",
                     {{"channels", std::to_string(channels)}, {"most", std::to_string(kMaxChannels)}});
}

SoundFault too_much_work() {
  return sound_fault("sound_file_takes_too_much_work");
}

}  // namespace

// --- What it may cost --------------------------------------------------------------------------------------------

WorkBudget::WorkBudget(int64_t file_bytes)
    : allowed_cpu_s_(5 + static_cast<double>(file_bytes) / 20e6), begun_cpu_s_(cpu_seconds()) {}

bool WorkBudget::exceeded() const {
  constexpr double kPerSecondOfSound = 0.1;
  return cpu_seconds() - begun_cpu_s_ > allowed_cpu_s_ + kPerSecondOfSound * seconds_;
}

// --- FFmpeg's view of the file -------------------------------------------------------------------------------------

struct PartDecoder::Ffmpeg {
  Ffmpeg(int file, const SoundPart& sound, const WorkBudget& work) : fd(file), part(sound), budget(work) {
    auto* buffer = static_cast<uint8_t*>(av_malloc(kIoBytes));
    if (buffer == nullptr) throw std::bad_alloc();
    io = avio_alloc_context(buffer, kIoBytes, 0, this, read, nullptr, seek);
    packet = av_packet_alloc();
    frame = av_frame_alloc();
    container = avformat_alloc_context();
    if (io == nullptr || packet == nullptr || frame == nullptr || container == nullptr) throw std::bad_alloc();
    container->pb = io;
    container->flags |= AVFMT_FLAG_CUSTOM_IO;
    container->probesize = kProbeBytes;
    container->interrupt_callback = {[](void* self) { return static_cast<Ffmpeg*>(self)->budget.exceeded() ? 1 : 0; }, this};
    // No file but this one is ever opened.
    container->io_open = [](AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) { return AVERROR(EACCES); };
  }
  ~Ffmpeg() {
    avcodec_free_context(&codec);
    avformat_close_input(&container);
    av_frame_free(&frame);
    av_packet_free(&packet);
    if (io != nullptr) av_freep(&io->buffer);
    avio_context_free(&io);
  }
  Ffmpeg(const Ffmpeg&) = delete;
  Ffmpeg& operator=(const Ffmpeg&) = delete;

  static int read(void* opaque, uint8_t* into, int wanted) {
    auto* self = static_cast<Ffmpeg*>(opaque);
    if (self->budget.exceeded()) return AVERROR_EXIT;
    const int64_t at = self->part.begin + self->offset;
    const int64_t left = self->part.end - at;
    if (left <= 0) return AVERROR_EOF;
    const std::span<uint8_t> bytes(into, static_cast<size_t>(std::min<int64_t>(wanted, left)));
    const size_t got = read_at(self->fd, at, bytes);
    if (got == 0) return AVERROR_EOF;
    for (const BytePatch& patch : self->part.patches) {
      for (size_t i = 0; i < patch.len; ++i) {
        const int64_t place = patch.at + static_cast<int64_t>(i) - at;
        if (place >= 0 && place < static_cast<int64_t>(got)) into[place] = patch.bytes[i];
      }
    }
    self->offset += static_cast<int64_t>(got);
    self->furthest = std::max(self->furthest, self->offset);
    return static_cast<int>(got);
  }
  static int64_t seek(void* opaque, int64_t offset, int whence) {
    auto* self = static_cast<Ffmpeg*>(opaque);
    const int64_t size = self->part.end - self->part.begin;
    if ((whence & AVSEEK_SIZE) != 0) return size;
    whence &= ~AVSEEK_FORCE;
    const int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? self->offset : size;
    if (offset > size || offset < -size || base + offset < 0) return AVERROR(EINVAL);
    return self->offset = base + offset;
  }

  int fd;
  const SoundPart& part;
  const WorkBudget& budget;
  int64_t offset = 0;  // from the part's beginning
  int64_t furthest = 0;
  AVIOContext* io = nullptr;
  AVFormatContext* container = nullptr;
  AVCodecContext* codec = nullptr;
  AVStream* stream = nullptr;
  AVPacket* packet = nullptr;
  AVFrame* frame = nullptr;
};

// --- Opening -----------------------------------------------------------------------------------------------------

PartDecoder::PartDecoder(const SoundPart& part, WorkBudget& budget) : part_(part), budget_(budget) {}

PartDecoder::~PartDecoder() = default;

tl::expected<std::unique_ptr<PartDecoder>, SoundFault> PartDecoder::open(int fd, const SoundPart& part, WorkBudget& budget) {
  if (part.problem) return tl::unexpected(*part.problem);
  av_log_set_callback(count_errors);
  std::unique_ptr<PartDecoder> decoder(new PartDecoder(part, budget));
  if (auto opened = decoder->open_container(fd); !opened) return tl::unexpected(opened.error());
  if (auto opened = decoder->open_codec(); !opened) return tl::unexpected(opened.error());
  return decoder;
}

tl::expected<void, SoundFault> PartDecoder::open_container(int fd) {
  ffmpeg_ = std::make_unique<Ffmpeg>(fd, part_, budget_);
  AVFormatContext*& container = ffmpeg_->container;
  const auto unreadable = [&]() -> tl::unexpected<SoundFault> {
    if (budget_.exceeded()) return tl::unexpected(too_much_work());
    if (part_.kind == FileKind::kOther) return tl::unexpected(sound_fault("no_sound_file"));
    return tl::unexpected(sound_fault("sound_file_is_something_else", {{"format", std::string(kind_name(part_.kind))}}));
  };
  container->format_whitelist = av_strdup(kDemuxers);
  container->codec_whitelist = av_strdup(kDecoders);
  container->protocol_whitelist = av_strdup("");
  const char* name = demuxer_of(part_.kind, part_.layer);
  const AVInputFormat* format = name == nullptr ? nullptr : av_find_input_format(name);
  if (avformat_open_input(&container, nullptr, format, nullptr) < 0) return unreadable();
  for (unsigned i = 0; i < container->nb_streams; ++i) {
    AVStream* stream = container->streams[i];
    if (stream->codecpar->codec_type != AVMEDIA_TYPE_AUDIO) stream->discard = AVDISCARD_ALL;
  }
  if (avformat_find_stream_info(container, nullptr) < 0) return unreadable();
  const int best = av_find_best_stream(container, AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
  if (best < 0) {
    if (part_.kind == FileKind::kOther) return unreadable();
    return tl::unexpected(sound_fault("sound_file_holds_no_sound", {{"format", std::string(kind_name(part_.kind))}}));
  }
  for (unsigned i = 0; i < container->nb_streams; ++i) {
    container->streams[i]->discard = static_cast<int>(i) == best ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
  }
  ffmpeg_->stream = container->streams[best];
  format_ = format_name(part_, *container, *ffmpeg_->stream->codecpar);
  return {};
}

tl::expected<void, SoundFault> PartDecoder::open_codec() {
  const AVCodecParameters& sound = *ffmpeg_->stream->codecpar;
  if (sound.sample_rate > 0 && (sound.sample_rate < kMinRate || sound.sample_rate > kMaxRate))
    return tl::unexpected(rate_fault(sound.sample_rate));
  if (sound.ch_layout.nb_channels > kMaxChannels) return tl::unexpected(channels_fault(sound.ch_layout.nb_channels));
  const AVCodec* decoder = avcodec_find_decoder(sound.codec_id);
  const auto refused = [&] { return tl::unexpected(sound_fault("sound_file_is_protected", {{"format", format_}})); };
  if (decoder == nullptr) return refused();
  ffmpeg_->codec = avcodec_alloc_context3(decoder);
  AVCodecContext* codec = ffmpeg_->codec;
  if (codec == nullptr) throw std::bad_alloc();
  if (avcodec_parameters_to_context(codec, &sound) < 0) return refused();
  codec->thread_count = 1;
  codec->pkt_timebase = ffmpeg_->stream->time_base;
  codec->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
  if (part_.kind == FileKind::kMpeg) codec->err_recognition = 0;  // what is missing was found before
  codec->codec_whitelist = av_strdup(kDecoders);
  if (avcodec_open2(codec, decoder, nullptr) < 0) return refused();
  if (codec->sample_rate < kMinRate || codec->sample_rate > kMaxRate) return tl::unexpected(rate_fault(codec->sample_rate));
  if (codec->ch_layout.nb_channels < 1 || codec->ch_layout.nb_channels > kMaxChannels)
    return tl::unexpected(channels_fault(codec->ch_layout.nb_channels));
  container_errors = 0;
  return {};
}

int PartDecoder::channels() const {
  return ffmpeg_->codec->ch_layout.nb_channels;
}

int PartDecoder::rate() const {
  return ffmpeg_->codec->sample_rate;
}

int64_t PartDecoder::offset() const {
  return part_.begin + ffmpeg_->furthest;
}

std::optional<double> PartDecoder::stated_seconds() const {
  if (part_.samples) return static_cast<double>(*part_.samples) / part_.rate;
  const AVFormatContext& container = *ffmpeg_->container;
  const AVStream& stream = *ffmpeg_->stream;
  if (!part_.states_length || container.duration_estimation_method == AVFMT_DURATION_FROM_BITRATE) return std::nullopt;
  if (stream.duration != AV_NOPTS_VALUE && stream.duration >= 0)
    return static_cast<double>(stream.duration) * av_q2d(stream.time_base);
  // Of the whole file, whose picture may be longer than its sound.
  if (container.duration != AV_NOPTS_VALUE && container.duration >= 0 && container.nb_streams == 1)
    return static_cast<double>(container.duration) / AV_TIME_BASE;
  return std::nullopt;
}

// --- Reading -----------------------------------------------------------------------------------------------------

SoundFault PartDecoder::damaged() const {
  return sound_fault("sound_file_is_damaged_after", {{"format", format_}, {"minutes", clock_text(seconds_read_)}});
}

tl::expected<bool, SoundFault> PartDecoder::read(SoundPiece& piece) {
  piece.samples.clear();
  piece.silent_frames = 0;
  for (;;) {
    if (budget_.exceeded()) return tl::unexpected(too_much_work());
    const int got = avcodec_receive_frame(ffmpeg_->codec, ffmpeg_->frame);
    if (got == 0) {
      if (auto taken = take(piece); !taken) return tl::unexpected(taken.error());
      if (!piece.samples.empty()) return true;
      continue;
    }
    if (got == AVERROR_EOF) {
      if (auto checked = check_end(); !checked) return tl::unexpected(checked.error());
      return false;
    }
    const auto fed = got == AVERROR(EAGAIN) ? feed() : tl::expected<bool, SoundFault>(false);
    if (!fed) return tl::unexpected(fed.error());
    if (*fed) continue;
    // The decoder refused something. Behind the end of the sound that means nothing.
    const auto stated = stated_seconds();
    if (stated && seconds_read_ + 1e-6 >= *stated) return false;
    if (part_.kind != FileKind::kMpeg) return tl::unexpected(damaged());
    if (++errors_ > 3 + frames_read_ / 1'152 / 500) return tl::unexpected(damaged());
  }
}

// The next packet into the decoder; false if it did not like it.
tl::expected<bool, SoundFault> PartDecoder::feed() {
  if (draining_) return false;
  AVPacket* packet = ffmpeg_->packet;
  for (;;) {
    const int got = av_read_frame(ffmpeg_->container, packet);
    if (budget_.exceeded()) return tl::unexpected(too_much_work());
    if (got == AVERROR_EOF) {
      draining_ = true;
      return avcodec_send_packet(ffmpeg_->codec, nullptr) == 0;
    }
    if (got < 0) return tl::unexpected(damaged());
    const bool ours = packet->stream_index == ffmpeg_->stream->index;
    const int sent = ours ? avcodec_send_packet(ffmpeg_->codec, packet) : 0;
    av_packet_unref(packet);
    if (ours) return sent == 0;
  }
}

// The decoder's frame into the piece.
tl::expected<void, SoundFault> PartDecoder::take(SoundPiece& piece) {
  const AVFrame& frame = *ffmpeg_->frame;
  if (frame.sample_rate < kMinRate || frame.sample_rate > kMaxRate) return tl::unexpected(rate_fault(frame.sample_rate));
  if (frame.ch_layout.nb_channels < 1 || frame.ch_layout.nb_channels > kMaxChannels)
    return tl::unexpected(channels_fault(frame.ch_layout.nb_channels));
  piece.rate = frame.sample_rate;
  speakers_of(frame.ch_layout, piece.speakers);
  if (!append_samples(frame, piece.samples)) return tl::unexpected(damaged());

  const bool has_clock = part_.kind == FileKind::kMp4 || part_.kind == FileKind::kMatroska;
  if (has_clock && frame.best_effort_timestamp != AV_NOPTS_VALUE) {
    const int64_t pts = av_rescale_q(frame.best_effort_timestamp, ffmpeg_->stream->time_base, {1, frame.sample_rate});
    const int64_t gap = next_pts_ == INT64_MIN ? 0 : pts - next_pts_;
    if (static_cast<double>(gap) > kMaxGapSeconds * frame.sample_rate) return tl::unexpected(damaged());
    if (static_cast<double>(gap) > kGapSeconds * frame.sample_rate) {
      piece.silent_frames = gap;
      next_pts_ = pts;
    }
    if (next_pts_ == INT64_MIN) next_pts_ = pts;
    next_pts_ += frame.nb_samples;
  }
  if (part_.kind == FileKind::kMp4) cut_padding(piece);
  frames_read_ += frame.nb_samples + piece.silent_frames;
  const double seconds = static_cast<double>(frame.nb_samples + piece.silent_frames) / frame.sample_rate;
  seconds_read_ += seconds;
  budget_.add_seconds(seconds);
  for (float& x : piece.samples) {
    if (!std::isfinite(x)) x = 0.0F;
    if (std::fabs(x) > BlockDecoder::kSaneAmplitude) {
      return tl::unexpected(sound_fault("sound_is_far_too_loud"));
    }
  }
  return {};
}

// MP4 says how long the sound is; the last frame is filled up by the encoder. If another one follows it was not the last.
void PartDecoder::cut_padding(SoundPiece& piece) {
  const auto stated = stated_seconds();
  if (!stated || *stated <= 0) return;
  if (!held_back_.empty()) {
    piece.samples.insert(piece.samples.begin(), held_back_.begin(), held_back_.end());
    held_back_.clear();
    return;
  }
  const size_t width = piece.speakers.size();
  const auto frames = static_cast<int64_t>(piece.samples.size() / width);
  const int64_t wanted = std::llround(*stated * piece.rate) - frames_read_ - piece.silent_frames;
  if (wanted < 0 || wanted >= frames) return;
  const auto cut = piece.samples.begin() + static_cast<std::ptrdiff_t>(static_cast<size_t>(wanted) * width);
  held_back_.assign(cut, piece.samples.end());
  piece.samples.erase(cut, piece.samples.end());
}

tl::expected<void, SoundFault> PartDecoder::check_end() const {
  const bool tells = part_.kind == FileKind::kMp4 || part_.kind == FileKind::kMatroska;
  if (tells && container_errors > 0) return tl::unexpected(damaged());
  const auto stated = stated_seconds();
  if (!stated) return {};
  const double slack = part_.kind == FileKind::kMpeg ? static_cast<double>(kMpegSlackFrames) / part_.rate
                       : part_.kind == FileKind::kWav || part_.kind == FileKind::kFlac ? 1e-3
                                                                                       : kStatedSlackSeconds;
  if (seconds_read_ + slack >= *stated) return {};
  return tl::unexpected(sound_fault(
      "sound_file_is_too_short", {{"format", format_}, {"stated", clock_text(*stated)}, {"minutes", clock_text(seconds_read_)}}));
}

}  // namespace roundelay
