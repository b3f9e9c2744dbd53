// A descriptor as TagLib reads it. For the worker's process alone.
#pragma once

#include <taglib/tiostream.h>

namespace roundelay {

// To read alone, whatever it is asked for. The descriptor is not closed.
class DescriptorStream : public TagLib::IOStream {
 public:
  explicit DescriptorStream(int fd);
  TagLib::FileName name() const override { return ""; }
  TagLib::ByteVector readBlock(unsigned long length) override;
  void writeBlock(const TagLib::ByteVector&) override {}
  void insert(const TagLib::ByteVector&, unsigned long, unsigned long) override {}
  void removeBlock(unsigned long, unsigned long) override {}
  bool readOnly() const override { return true; }
  bool isOpen() const override { return true; }
  void seek(long offset, Position from) override;
  void clear() override {}
  long tell() const override { return at_; }
  long length() override { return bytes_; }
  void truncate(long) override {}

 private:
  int fd_;
  long bytes_ = 0;
  long at_ = 0;
};

}  // namespace roundelay
