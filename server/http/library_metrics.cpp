#include "server/http/library_metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <string_view>
#include <vector>

namespace roundelay {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

struct CountedKind {
  const char* kind;
  LibraryCount count;
};
constexpr CountedKind kRequestKinds[] = {{"read", LibraryCount::kPages},
                                         {"search", LibraryCount::kSearches},
                                         {"change", LibraryCount::kChanges},
                                         {"file", LibraryCount::kFiles},
                                         {"account", LibraryCount::kAccounts}};

struct LibraryMetric {
  const char* name;  // "..._total" only ever grows
  const char* help;
  LibraryCount count;
};
constexpr LibraryMetric kLibraryMetrics[] = {
    {"roundelay_library_refused_total", "Requests to the song library that were refused for coming too often.",
     LibraryCount::kRefused},
    {"roundelay_library_cache_hits_total", "Answers of the song library that were given again from memory.",
     LibraryCount::kCacheHits},
    {"roundelay_library_cache_misses_total", "Answers of the song library that were made anew.", LibraryCount::kCacheMisses},
    {"roundelay_library_lent_files_total", "Songs, or pieces of them, that a shard sent again without asking the song library.",
     LibraryCount::kLentFiles},
    {"roundelay_library_opus_sent_total", "Songs that were sent as Opus where less was wanted.", LibraryCount::kOpusSent},
    {"roundelay_library_opus_not_made_total", "Songs of which less was wanted, when their Opus was not made.",
     LibraryCount::kOpusNotMade},
    {"roundelay_library_uploads_total", "Files of songs that were taken.", LibraryCount::kUploads},
    {"roundelay_library_upload_bytes_total", "Their bytes.", LibraryCount::kUploadBytes},
    {"roundelay_library_imported_rows_total", "Rows of tables that were looked at.", LibraryCount::kImportedRows},
    {"roundelay_library_imports_running", "Tables that are being taken in now.", LibraryCount::kImportsRunning},
    {"roundelay_library_songs", "Songs of the library.", LibraryCount::kSongs},
    {"roundelay_library_file_bytes", "Bytes of their files.", LibraryCount::kFileBytes},
    {"roundelay_library_jobs_waiting", "What is still to be done for songs' files.", LibraryCount::kJobsWaiting},
    {"roundelay_library_jobs_paused", "1 while that waits because singing needs the machine.", LibraryCount::kJobsPaused},
};

void add_library_value(MetricFamily& to, double value, std::vector<ClientMetric::Label> labels = {}) {
  ClientMetric metric;
  metric.label = std::move(labels);
  (to.type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
  to.metric.push_back(std::move(metric));
}

}  // namespace

std::string library_metrics_text(const LibraryCounts& counts, bool up) {
  std::vector<MetricFamily> families;
  MetricFamily alive{"roundelay_library_up", "1 while the shard that answers is linked to the librarian.", MetricType::Gauge, {}};
  add_library_value(alive, up ? 1 : 0);
  families.push_back(std::move(alive));
  MetricFamily requests{"roundelay_library_requests_total", "Requests to the song library.", MetricType::Counter, {}};
  for (const CountedKind& each : kRequestKinds)
    add_library_value(requests, static_cast<double>(counts.value(each.count)), {{"kind", each.kind}});
  families.push_back(std::move(requests));
  for (const LibraryMetric& each : kLibraryMetrics) {
    const bool grows = std::string_view(each.name).ends_with("_total");
    MetricFamily& made =
        families.emplace_back(MetricFamily{each.name, each.help, grows ? MetricType::Counter : MetricType::Gauge, {}});
    add_library_value(made, static_cast<double>(counts.value(each.count)));
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace roundelay
