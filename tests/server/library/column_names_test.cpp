#include "server/library/column_names.h"

#include <gtest/gtest.h>

#include <utility>

#include "server/library/song_csv.h"

namespace roundelay::column_names_test {
namespace {

TEST(ColumnNames, AreFoundInTheLanguagesOfThePage) {
  using Case = std::pair<const char*, const char*>;
  for (const auto& [name, column] : {Case{"title", "title"},
                                     Case{" TITEL ", "title"},
                                     Case{"Liedtitel", "title"},
                                     Case{"Titre", "title"},
                                     Case{"Título", "title"},
                                     Case{"Название", "title"},
                                     Case{"Künstler", "artist"},
                                     Case{"kuenstler", "artist"},
                                     Case{"Interpret:", "artist"},
                                     Case{"Artiste", "artist"},
                                     Case{"Intérprete", "artist"},
                                     Case{"исполнитель", "artist"},
                                     Case{"Álbum", "album"},
                                     Case{"Альбом", "album"},
                                     Case{"Musikrichtung", "genre"},
                                     Case{"Género", "genre"},
                                     Case{"Жанр", "genre"},
                                     Case{"Länge", "length"},
                                     Case{"Dauer (mm:ss)", "length"},
                                     Case{"Durée [s]", "length"},
                                     Case{"Duración", "length"},
                                     Case{"Длительность", "length"},
                                     Case{"License", "licence"},
                                     Case{"Lizenz", "licence"},
                                     Case{"Licencia", "licence"},
                                     Case{"Лицензия", "licence"},
                                     Case{"URL", "link"},
                                     Case{"Lien", "link"},
                                     Case{"Enlace", "link"},
                                     Case{"Ссылка", "link"},
                                     Case{"Dateiname", "file"},
                                     Case{"Fichier", "file"},
                                     Case{"Titelbild", "cover"},
                                     Case{"Pochette", "cover"},
                                     Case{"Sprache", "language"},
                                     Case{"Langue", "language"},
                                     Case{"Idioma", "language"},
                                     Case{"Язык", "language"},
                                     Case{"Jahr", "year"},
                                     Case{"Année", "year"},
                                     Case{"AÑO", "year"},
                                     Case{"Год", "year"},
                                     Case{"Tonart", "key"},
                                     Case{"Tonalité", "key"},
                                     Case{"Tonalidad", "key"},
                                     Case{"BPM", "tempo"},
                                     Case{"Темп", "tempo"},
                                     Case{"Album_Artist", "albumartist"},
                                     Case{"Albumkünstler", "albumartist"},
                                     Case{"Quelle", "provider"},
                                     Case{"Источник", "provider"},
                                     Case{"", ""},
                                     Case{"(", ""},
                                     Case{"Nummer", ""},
                                     Case{"Track", ""}})
    EXPECT_EQ(column_named(name), column) << name;
}

TEST(ColumnNames, InATableOfAnyOfThemMakeSongs) {
  const auto columns = SongColumns::of({"Titel", "Künstler", "Länge", "Tempo", "Bemerkung"});
  ASSERT_TRUE(columns.has_value());
  const auto song = columns->song({"Der Mond ist aufgegangen", "Chor", "3:45", "92,5", "leise"});
  ASSERT_TRUE(song.has_value()) << song.error().said.text;
  EXPECT_EQ(song->title, "Der Mond ist aufgegangen");
  EXPECT_EQ(song->artist, "Chor");
  EXPECT_EQ(song->length_ms, 225'000);
  EXPECT_EQ(song->tempo_bpm, 92.5) << "as a German table writes it";
  const auto wrong = columns->song({"Lied", "", "drei Minuten"});
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().said.values.at("column"), "Länge") << "as it is called in her table";
}

TEST(ColumnNames, OfWhichTwoMeanTheSameGoByTheFirst) {
  const auto columns = SongColumns::of({"Titel", "title"});
  EXPECT_EQ(columns->song({"Lied", "Song"})->title, "Lied");
}

// What a choir's table has where others have who sings.
TEST(ColumnNames, AsComposerMeanTheArtistWhereNothingElseDoes) {
  EXPECT_EQ(SongColumns::of({"Titel", "Komponist"})->song({"Locus iste", "Bruckner"})->artist, "Bruckner");
  EXPECT_EQ(SongColumns::of({"Titel", "Komponist", "Interpret"})->song({"Locus iste", "Bruckner", "Chor"})->artist, "Chor");
}

TEST(ColumnNames, AsNameMeanATitleWhereNothingElseDoes) {
  EXPECT_EQ(SongColumns::of({"Name", "Artist"})->song({"Hey", "Ann"})->title, "Hey");
  EXPECT_EQ(SongColumns::of({"Name", "Titel"})->song({"Ann", "Hey"})->title, "Hey");
  EXPECT_FALSE(SongColumns::of({"Artist", "Album"}).has_value());
}

}  // namespace
}  // namespace roundelay::column_names_test
