#include "server/jobs/song_picture.h"

#include <taglib/aifffile.h>
#include <taglib/asffile.h>
#include <taglib/attachedpictureframe.h>
#include <taglib/fileref.h>
#include <taglib/flacfile.h>
#include <taglib/flacpicture.h>
#include <taglib/id3v2tag.h>
#include <taglib/mp4file.h>
#include <taglib/mpegfile.h>
#include <taglib/wavfile.h>
#include <taglib/xiphcomment.h>

#include <algorithm>
#include <span>

#include "server/jobs/asf_lists.h"
#include "server/jobs/descriptor_stream.h"
#include "server/jobs/score_kind.h"

namespace roundelay {
namespace {

// The best of the pictures that it is offered.
class PictureChoice {
 public:
  // `is_front`: the tag says that it is the front cover.
  void offer(const TagLib::ByteVector& data, bool is_front) {
    if (!chosen_.isEmpty() && (front_ || !is_front)) return;
    if (data.isEmpty() || data.size() > kMostCoverFileBytes) return;
    const std::span bytes(reinterpret_cast<const uint8_t*>(data.data()), data.size());
    const ScoreKind kind = score_kind(bytes);
    if (kind == ScoreKind::kUnknown || kind == ScoreKind::kPdf) return;
    chosen_ = data;  // shared, not copied
    front_ = is_front;
  }
  [[nodiscard]] std::vector<uint8_t> taken() const { return {chosen_.begin(), chosen_.end()}; }

 private:
  TagLib::ByteVector chosen_;
  bool front_ = false;
};

void offer_id3(const TagLib::ID3v2::Tag* tag, PictureChoice& choice) {
  if (tag == nullptr) return;
  for (const TagLib::ID3v2::Frame* frame : tag->frameList("APIC")) {
    using Attached = TagLib::ID3v2::AttachedPictureFrame;
    if (const auto* picture = dynamic_cast<const Attached*>(frame))
      choice.offer(picture->picture(), picture->type() == Attached::FrontCover);
  }
}

void offer_blocks(const TagLib::List<TagLib::FLAC::Picture*>& pictures, PictureChoice& choice) {
  for (const TagLib::FLAC::Picture* picture : pictures)
    choice.offer(picture->data(), picture->type() == TagLib::FLAC::Picture::FrontCover);
}

void offer_vorbis(TagLib::Ogg::XiphComment* comment, PictureChoice& choice) {
  if (comment != nullptr) offer_blocks(comment->pictureList(), choice);
}

void offer_mp4(const TagLib::MP4::Tag* tag, PictureChoice& choice) {
  if (tag == nullptr || !tag->contains("covr")) return;
  for (const TagLib::MP4::CoverArt& picture : tag->item("covr").toCoverArtList()) choice.offer(picture.data(), true);
}

void offer_asf(const TagLib::ASF::Tag* tag, PictureChoice& choice) {
  if (tag == nullptr) return;
  for (const TagLib::ASF::Attribute& attribute : tag->attribute("WM/Picture")) {
    const TagLib::ASF::Picture picture = attribute.toPicture();
    if (picture.isValid()) choice.offer(picture.picture(), picture.type() == TagLib::ASF::Picture::FrontCover);
  }
}

}  // namespace

std::vector<uint8_t> read_song_picture(int fd) {
  if (!asf_lists_fit(fd)) return {};
  DescriptorStream stream(fd);
  const TagLib::FileRef ref(&stream, false);
  if (ref.isNull()) return {};
  TagLib::File* const file = ref.file();
  PictureChoice choice;
  if (auto* mpeg = dynamic_cast<TagLib::MPEG::File*>(file)) {
    offer_id3(mpeg->ID3v2Tag(), choice);
  } else if (auto* flac = dynamic_cast<TagLib::FLAC::File*>(file)) {
    offer_blocks(flac->pictureList(), choice);
    offer_vorbis(flac->xiphComment(), choice);
    offer_id3(flac->ID3v2Tag(), choice);
  } else if (auto* mp4 = dynamic_cast<TagLib::MP4::File*>(file)) {
    offer_mp4(mp4->tag(), choice);
  } else if (auto* wav = dynamic_cast<TagLib::RIFF::WAV::File*>(file)) {
    offer_id3(wav->ID3v2Tag(), choice);
  } else if (auto* aiff = dynamic_cast<TagLib::RIFF::AIFF::File*>(file)) {
    offer_id3(aiff->tag(), choice);
  } else if (auto* asf = dynamic_cast<TagLib::ASF::File*>(file)) {
    offer_asf(asf->tag(), choice);
  } else {
    // Ogg, with whatever codec.
    offer_vorbis(dynamic_cast<TagLib::Ogg::XiphComment*>(file->tag()), choice);
  }
  return choice.taken();
}

}  // namespace roundelay
