#include "server/library/column_names.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "server/library/folding.h"

namespace roundelay {
namespace {

// Of each column, separated by "|".
constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kNames = {{
    {"title",
     "title|song title|song|track title|Titel|Liedtitel|Songtitel|Lied|Stück|titre|titre de la chanson|chanson|chant|morceau|"
     "título|título de la canción|canción|название|название песни|песня|заголовок"},
    {"artist",
     "artist|artists|performer|singer|band|Künstler|Künstlerin|Künstler/in|Kuenstler|Interpret|Interpretin|Interpreten|Sänger|"
     "Sängerin|Gruppe|artiste|interprète|chanteur|chanteuse|groupe|artista|intérprete|cantante|grupo|исполнитель|артист|певец|"
     "певица|группа"},
    {"album", "album|disque|álbum|disco|альбом"},
    {"genre", "genre|style|Stil|Musikrichtung|Gattung|género|estilo|жанр|стиль"},
    {"length",
     "length|duration|time|Länge|Laenge|Dauer|Spieldauer|Spielzeit|Zeit|durée|longueur|temps|duración|longitud|tiempo|длина|"
     "длительность|продолжительность|время"},
    {"provider",
     "provider|source|attribution|Anbieter|Quelle|Herkunft|fournisseur|origine|proveedor|fuente|origen|поставщик|источник"},
    {"licence", "licence|license|Lizenz|licencia|лицензия"},
    {"link", "link|url|web address|Verweis|Webadresse|lien|adresse web|enlace|vínculo|ссылка"},
    {"file",
     "file|file name|filename|Datei|Dateiname|fichier|nom de fichier|nom du fichier|archivo|fichero|nombre de archivo|"
     "файл|имя файла"},
    {"cover", "cover|picture|artwork|Titelbild|Bild|Hülle|pochette|couverture|image|portada|carátula|imagen|обложка|картинка"},
    {"language", "language|Sprache|langue|idioma|lengua|язык"},
    {"year", "year|Jahr|Erscheinungsjahr|année|an|año|год|год выпуска"},
    {"key", "key|Tonart|tonalité|tonalidad|тональность"},
    {"tempo", "tempo|bpm|темп"},
    {"albumartist",
     "albumartist|album artist|album_artist|Albumkünstler|Albuminterpret|artiste de l'album|artiste album|artista del álbum|"
     "исполнитель альбома"},
}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kMaybeNames = {{
    {"title", "name|nom|nombre|имя"},
    {"artist", "composer|Komponist|Komponistin|Komponist/in|compositeur|compositrice|compositor|compositora|композитор"},
}};

template <typename Each>
void each_name(std::string_view names, Each&& each) {
  for (size_t begin = 0; begin <= names.size();) {
    const size_t end = std::min(names.find('|', begin), names.size());
    each(folded(names.substr(begin, end - begin)));
    begin = end + 1;
  }
}

// Without what is said of its unit, and a colon behind it.
std::string plain_name(std::string_view name) {
  std::string out = folded(name.substr(0, name.find_first_of("([")));
  while (!out.empty() && (out.back() == ' ' || out.back() == ':' || out.back() == '*')) out.pop_back();
  return out;
}

// By their folded names.
using Columns = std::map<std::string, std::string_view>;

Columns columns_of(std::span<const std::pair<std::string_view, std::string_view>> list) {
  Columns out;
  for (const auto& [column, names] : list)
    each_name(names, [&out, of = column](std::string folded_name) { out.emplace(std::move(folded_name), of); });
  return out;
}

std::string_view column_in(const Columns& columns, std::string_view name) {
  const auto found = columns.find(plain_name(name));
  return found == columns.end() ? std::string_view() : found->second;
}

}  // namespace

std::string_view column_named(std::string_view name) {
  static const Columns kColumns = columns_of(kNames);
  return column_in(kColumns, name);
}

std::string_view column_maybe_named(std::string_view name) {
  static const Columns kColumns = columns_of(kMaybeNames);
  return column_in(kColumns, name);
}

}  // namespace roundelay
