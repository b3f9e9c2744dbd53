#include "server/library/librarian.h"

#include <spdlog/spdlog.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <utility>

#include "mixer/timeline.h"
#include "server/base/key_file.h"
#include "server/base/library_paths.h"
#include "server/base/unix_time.h"
#include "server/library/library_identity.h"
#include "server/library/library_routes.h"
#include "server/library/library_settings.h"
#include "server/library/logins.h"
#include "server/library/received_file.h"
#include "server/library/search_index.h"
#include "server/library/stale_index.h"
#include "server/net/make_uv.h"
#include "server/net/pool_work.h"
#include "server/wire/link/reply.h"

namespace roundelay {
namespace {

constexpr int64_t kTidyEveryNs = 3'600'000'000'000;

std::optional<LibraryMethod> method_named(const std::string& name) {
  if (name == "GET" || name == "HEAD") return LibraryMethod::kGet;
  if (name == "POST") return LibraryMethod::kPost;
  if (name == "PATCH") return LibraryMethod::kPatch;
  if (name == "PUT") return LibraryMethod::kPut;
  if (name == "DELETE") return LibraryMethod::kDelete;
  return std::nullopt;
}

LibraryRequest request_of(link::Library message, LibraryMethod method) {
  LibraryRequest out;
  out.method = method;
  out.path = message.path.empty() ? "/" : std::move(message.path);
  out.query = std::move(message.query);
  for (auto& [name, value] : message.fields) {
    std::string* field = name == "cookie"          ? &out.cookie
                         : name == "authorization" ? &out.authorization
                         : name == "origin"        ? &out.origin
                         : name == "host"          ? &out.host
                         : name == "if-none-match" ? &out.if_none_match
                         : name == "range"         ? &out.range
                         : name == "user-agent"    ? &out.user_agent
                                                   : nullptr;
    if (field != nullptr) *field = std::move(value);
  }
  out.body = std::move(message.body);
  out.address = std::move(message.address);
  out.secure = message.secure;
  out.coming_bytes = message.bytes;
  out.unix_s = unix_seconds();
  out.now_ns = monotonic_ns();
  return out;
}

// Without what an earlier process left in it.
std::string emptied_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::remove_all(path, error);
  std::filesystem::create_directories(path);
  return path;
}

void put_text(LongAnswers::Written written, bool encloses, link::LibraryReply& reply) {
  reply.type = std::move(written.text.content_type);
  for (auto& header : written.text.headers) {
    // The shard makes the ETag of a file.
    if (!written.file.empty() && header.first == kEtagHeader)
      reply.content = header.second.substr(1, header.second.size() - 2);
    else
      reply.headers.push_back(std::move(header));
  }
  std::string& text = written.text.text;
  if (!written.file.empty())
    reply.file = std::move(written.file);
  else if (encloses && !text.empty() && link::may_be_enclosed(text))
    reply.text = std::move(text);
  else
    reply.body = std::move(text);
}

std::string made_folder(const std::string& path) {
  std::filesystem::create_directories(path);
  return path;
}

}  // namespace

Librarian::Librarian(uv_loop_t* loop, const Config& config, std::vector<std::string> worker)
    : loop_(loop),
      database_(library_database(config)),
      checkpoints_(loop, database_, library_database(config)),
      settings_{.files_dir = made_folder(library_files_dir(config)),
                .cookie_path = config.base_path + "api/library",
                .public_origin = config.public_origin},
      cover_making_(loop, {.files_dir = settings_.files_dir, .worker = worker}),
      long_answers_(loop, library_, emptied_folder(library_answers_dir(config))),
      beat_(library_beat(config)),
      counts_(library_counts(config)),
      passwords_(loop),
      importer_(database_, made_folder(library_imports_dir(config))),
      jobs_(loop, database_, {.files_dir = settings_.files_dir, .worker = std::move(worker)}),
      control_(loop, {.on_object = [this](ConnectionId link, nlohmann::json object) { on_object(link, std::move(object)); },
                      .on_closed = [this](ConnectionId link) { uploading_.link_closed(link); },
                      .on_unread = [](ConnectionId) {},
                      .on_turn = [this] { control_.flush(); }}) {
  library_.sealer = Sealer(key_of_file(library_key(config), "what the song library keeps sealed"));
  if (!read_library_settings(database_, settings_)) throw std::runtime_error("The song library's settings cannot be read.");
  if (!load_vocabulary(database_)) spdlog::warn("the song library's words cannot be read: {}", database_.error());
  if (!uploading_.remove_all()) spdlog::warn("songs that never came stay listed: {}", database_.transaction_error());
  tidy_folder();
  if (!derived_.watch() || !covers_.watch()) throw std::runtime_error("The song library's database takes no trigger.");
  timer_ = make_uv<uv_timer_t>(this, [loop](uv_timer_t* timer) { return uv_timer_init(loop, timer); });
  if (!timer_) throw std::runtime_error("The event loop takes no timer.");
  uv_timer_start(
      timer_.get(), [](uv_timer_t* timer) { static_cast<Librarian*>(timer->data)->tick(); }, 0, kTickMs);
  import_timer_ = make_uv<uv_timer_t>(this, [loop](uv_timer_t* timer) { return uv_timer_init(loop, timer); });
  if (!import_timer_) throw std::runtime_error("The event loop takes no timer.");
  importer_.tidy();
  control_.listen(library_socket(config));
  beat_.row().pid.store(getpid());
  spdlog::info("the librarian is ready");
}

Librarian::~Librarian() {
  beat_.row().pid.store(0);
}

void Librarian::tick() {
  const int64_t now_ns = monotonic_ns();
  beat_.row().heartbeat_ns.store(now_ns);
  lent_.look();
  counts_.look(library_, importer_, now_ns);
  long_answers_.sweep(now_ns);
  if (uv_is_active(reinterpret_cast<uv_handle_t*>(import_timer_.get())) == 0 && !linking_ && !picturing_) go_on_importing();
  const bool strained = beat_.row().strained.load() != 0;
  jobs_.look(unix_seconds(), strained);
  counts_.paused(strained);
  derived_.sweep();
  checkpoints_.look();
  static_cast<void>(index_on(database_));
  for (std::string& hash : covers_.gone()) library_.unneeded_files.push_back(std::move(hash));
  throw_away_files();
  subsonic_.keep_up();
  if (now_ns - tidied_ns_ < kTidyEveryNs) return;
  if (tidied_ns_ != 0) mark_folder();  // at the start it has just been marked
  tidied_ns_ = now_ns;
  Logins(database_).forget_old(unix_seconds());
}

void Librarian::on_object(ConnectionId link, nlohmann::json object) {
  auto message = link::kind_of(object) == link::Library::kOp ? link::Library::read(std::move(object)) : std::nullopt;
  if (!message) return spdlog::error("a shard sent something that the librarian cannot read");
  const Caller caller{link, message->request, message->encloses};
  on(caller, *std::move(message));
}

void Librarian::on(const Caller& caller, link::Library message) {
  const auto method = method_named(message.method);
  if (!method) return answer(caller, library_error(405, "not_allowed", std::string("This method is not known here.")));
  if (message.begun || message.gone) return on_the_way(caller, std::move(message), *method);
  const bool check = message.check;
  if (message.player) {
    answer(caller, subsonic_.answer(request_of(std::move(message), *method)));
    return throw_away_files();
  }
  std::string file = message.file;
  std::string file_name = message.file_name;
  LibraryRequest request = request_of(std::move(message), *method);
  auto refused = identify(library_, request);
  if (!check) counts_.asked(request);
  if (!file.empty()) library_.under_way.end(request.account ? request.account->id : 0, request.coming_bytes);
  if (!file.empty()) {
    request.uploading = uploading_.take({caller.link, caller.request});
    if (!refused && files_.size() >= kMostFilesWaiting) refused = library_error(503, "busy", phrase("server_is_busy"));
    if (refused) {
      if (request.uploading) uploading_.end(*request.uploading);
      unlink(file.c_str());
      return answer(caller, *refused);
    }
    request.file = ReceivedFile{.sha256 = {}, .bytes = 0, .name = std::move(file_name), .kind = {}};
    const LibraryRoute* route = find_library_route(request.method, request.path, request.parts);
    if (route != nullptr && route->takes_picture) return take_picture({caller, std::move(request), std::move(file)});
    files_.push_back({caller, std::move(request), std::move(file)});
    if (files_.size() == 1) keep_next_file();
    return;
  }
  if (refused) return answer(caller, *refused);
  if (check) {
    if (const auto why = refuse_file(library_, request)) return answer(caller, *why);
    LibraryAnswer come;
    come.status = 100;
    return answer(caller, come);
  }
  answer(caller, answer_library(library_, request));
  throw_away_files();
}

void Librarian::on_the_way(const Caller& caller, link::Library message, LibraryMethod method) {
  const UploadingSongs::Key key{caller.link, caller.request};
  if (message.gone) return uploading_.gone(key);
  const std::string file_name = message.file_name;
  LibraryRequest request = request_of(std::move(message), method);
  const LibraryRoute* route = find_library_route(request.method, request.path, request.parts);
  const bool takes_song = route != nullptr && route->takes_file && !route->takes_table && !route->takes_picture;
  if (!takes_song || identify(library_, request)) return;
  uploading_.begin(key, viewer_of(request), request.text("title"), file_name, request.unix_s);
}

void Librarian::answer(const Caller& caller, const LibraryAnswer& answer) {
  if (answer.password) return look_at_password(caller, answer);
  if (answer.long_one) return answer_at_length(caller, answer);
  counts_.answered(answer);
  link::LibraryReply reply{.body = nullptr, .headers = answer.headers};
  if (answer.file) {
    reply.file = answer.file->path;
    reply.type = answer.file->content_type;
    reply.name = answer.file->name;
    reply.download = answer.file->download;
    reply.first = answer.file->first;
    reply.bytes = answer.file->bytes;
    reply.immutable = answer.file->immutable;
    reply.content = answer.file->content;
    if (answer.file->lasting) reply.version = lent_.lend();
    reply.body = answer.data;
  } else if (answer.text) {
    put_text(long_answers_.put(*answer.text), caller.encloses, reply);
  } else if (caller.encloses) {
    reply.text = link::line_of(answer.body());
  } else {
    reply.body = answer.body();
  }
  send(caller, answer.status, std::move(reply));
}

void Librarian::answer_at_length(const Caller& caller, const LibraryAnswer& answer) {
  const bool begun = long_answers_.begin(answer.long_one, [this, caller](LongAnswers::Written written) {
    if (written.answer) {
      this->answer(caller, *written.answer);
      return throw_away_files();
    }
    const int status = written.text.status;
    link::LibraryReply reply{.body = nullptr, .headers = {}};
    put_text(std::move(written), caller.encloses, reply);
    send(caller, status, std::move(reply));
  });
  if (!begun) this->answer(caller, library_error(503, "busy", phrase("server_is_busy")));
}

void Librarian::send(const Caller& caller, int status, link::LibraryReply reply) {
  lent_.look();
  const std::string enclosed = std::move(reply.text);
  link::Reply out{.request = caller.request, .status = status, .body = std::move(reply).to_json()};
  if (!control_.send(caller.link, std::move(out).to_json(), enclosed)) {
    const LibraryAnswer large =
        library_error(500, "too_large", std::string("The answer would be too long: ask for less at once."));
    link::Reply short_one{
        .request = caller.request, .status = 500, .body = link::LibraryReply{.body = large.body(), .headers = {}}.to_json()};
    static_cast<void>(control_.send(caller.link, std::move(short_one).to_json()));
  }
  control_.flush();
}

void Librarian::look_at_password(const Caller& caller, const LibraryAnswer& first) {
  const std::shared_ptr<PasswordWork> work = first.password;
  if (!work->same.empty()) {
    auto& waiting = checked_together_[work->same];
    waiting.emplace_back(caller, work);
    if (waiting.size() > 1) return;
    if (!passwords_.check(work->password, work->hash, [this, same = work->same](bool fits) { password_checked(same, fits); }))
      password_checked(work->same, false);
    return;
  }
  const bool taken =
      work->hash.empty()
          ? passwords_.hash(std::move(work->password),
                            [this, caller, work](const std::string& made) { answer(caller, work->then(library_, made, false)); })
          : passwords_.check(std::move(work->password), work->hash,
                             [this, caller, work](bool fits) { answer(caller, work->then(library_, {}, fits)); });
  if (!taken) answer(caller, library_error(503, "busy", phrase("server_is_busy")));
  throw_away_files();
}

void Librarian::password_checked(const std::string& same, bool fits) {
  auto waiting = checked_together_.extract(same);
  for (const auto& [caller, work] : waiting.mapped()) answer(caller, work->then(library_, {}, fits));
  throw_away_files();
}

void Librarian::keep_next_file() {
  LibraryRequest& request = files_.front().request;
  const LibraryRoute* route = find_library_route(request.method, request.path, request.parts);
  const bool is_table = route != nullptr && route->takes_table;
  keeping_ = on_the_pool<std::optional<ReceivedFile>>(
      loop_,
      [path = files_.front().path, folder = settings_.files_dir, tables = importer_.folder(), is_table] {
        return is_table ? keep_received_table(path, tables, Importer::kMostBytes) : keep_received_file(path, folder);
      },
      [this](std::optional<ReceivedFile> file) { file_kept(std::move(file)); });
  if (!keeping_) file_kept(std::nullopt);
}

void Librarian::file_kept(std::optional<ReceivedFile> file) {
  FileToKeep kept = std::move(files_.front());
  const std::optional<UploadingSong> uploading = kept.request.uploading;
  if (!file) {
    unlink(kept.path.c_str());
    answer(kept.caller, library_error(507, "disk_full", phrase("disk_is_full")));
  } else {
    file->name = kept.request.file->name;
    kept.request.file = std::move(file);
    const LibraryAnswer said = answer_library(library_, kept.request);
    answer(kept.caller, said);
    counts_.kept(*kept.request.file, said);
    if (!kept.request.file->path.empty() && !said.errors.empty()) unlink(kept.request.file->path.c_str());
    if (!kept.request.file->sha256.empty()) library_.unneeded_files.push_back(kept.request.file->sha256);  // if nothing took it
  }
  if (uploading) uploading_.end(*uploading);
  files_.pop_front();
  throw_away_files();
  if (!files_.empty()) keep_next_file();
}

void Librarian::take_picture(FileToKeep picture) {
  const auto kept = std::make_shared<FileToKeep>(std::move(picture));
  const bool taken = cover_making_.make(kept->path, [this, kept](tl::expected<MadeCover, Sentence> cover) {
    unlink(kept->path.c_str());
    if (!cover) return answer(kept->caller, library_error(422, "no_picture", cover.error()));
    const std::string hash = cover->hash;
    kept->request.file->cover = std::move(*cover);
    answer(kept->caller, answer_library(library_, kept->request));
    library_.unneeded_files.push_back(hash);  // if nothing took it
    throw_away_files();
  });
  if (taken) return;
  unlink(kept->path.c_str());
  answer(kept->caller, library_error(503, "busy", phrase("server_is_busy")));
}

void Librarian::go_on_importing() {
  imported(importer_.slice(unix_seconds()));
  subsonic_.keep_up();
}

void Librarian::imported(Importer::Next next) {
  for (std::string& hash : importer_.brought()) library_.unneeded_files.push_back(std::move(hash));  // if no song took it
  throw_away_files();
  on_imported(next);
}

void Librarian::on_imported(Importer::Next next) {
  constexpr uint64_t kPauseMs = 3, kWaitMs = 1'000;
  if (next == Importer::Next::kNothing) return;
  if (next == Importer::Next::kPicture) {
    picturing_ = cover_making_.make(importer_.picture(), [this](const tl::expected<MadeCover, Sentence>& cover) {
      picturing_ = false;
      imported(importer_.give_picture(cover, unix_seconds()));
    });
    if (picturing_) return;
    next = Importer::Next::kWait;
  }
  if (next == Importer::Next::kFile) {
    linking_ = on_the_pool<std::optional<ReceivedFile>>(
        loop_, [path = importer_.file(), folder = settings_.files_dir] { return link_file(path, folder); },
        [this](const std::optional<ReceivedFile>& file) {
          linking_.reset();
          imported(importer_.give_file(file, unix_seconds()));
        });
    if (linking_) return;
    next = Importer::Next::kWait;
  }
  uv_timer_start(
      import_timer_.get(), [](uv_timer_t* timer) { static_cast<Librarian*>(timer->data)->go_on_importing(); },
      next == Importer::Next::kWait ? kWaitMs : kPauseMs, 0);
}

bool Librarian::has_row(const std::string& hash) {
  Query query(database_.statement("SELECT 1 FROM files WHERE hash = ?1"), hash);
  return query.step() != SQLITE_DONE;  // who cannot read deletes nothing
}

void Librarian::throw_away_files() {
  if (!files_.empty() || linking_) return;  // what is being kept may be the very same; its end comes here
  for (const std::string& hash : std::exchange(library_.unneeded_files, {})) {
    if (!has_row(hash)) unlink((settings_.files_dir + "/" + hash).c_str());
  }
}

void Librarian::tidy_folder() {
  const UnknownFiles unknown = folder_.tidy(unix_seconds());
  if (unknown.set_aside > 0)
    spdlog::warn(
        "the song library's database does not know this folder (it was made anew, or an old one was put back): {} files that no "
        "song has lie in {} now",
        unknown.set_aside, unknown.aside);
  if (unknown.removed > 0) spdlog::info("{} files of the song library that no song has were removed", unknown.removed);
  if (const int missing = derived_.drop_rows_without_files(); missing > 0)
    spdlog::info("{} files that were made of the song library's songs are not there, and are made anew when they are wanted",
                 missing);
  if (const int missing = covers_.drop_rows_without_files(settings_.files_dir); missing > 0)
    spdlog::warn("{} covers of the song library are not there; those of songs' tags are made anew", missing);
  mark_folder();
}

void Librarian::mark_folder() {
  if (!folder_.mark()) spdlog::warn("the song library's folder cannot be marked: {}", database_.transaction_error());
}

}  // namespace roundelay
