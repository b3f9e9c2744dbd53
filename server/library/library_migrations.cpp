#include "server/library/library_migrations.h"

#include <array>

namespace roundelay {
namespace {

constexpr std::array kLibraryMigrations = {
    // Times are Unix time in seconds. `name_key`: the name as names are compared. `hash` of what is secret and random: BLAKE2b.
    // A song's file is stored once for each content, under its SHA-256 in hex. `uploader` null: somebody without an account.
    R"(
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, password TEXT NOT NULL,
  role TEXT NOT NULL, created INTEGER NOT NULL
);
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  hash BLOB NOT NULL UNIQUE, created INTEGER NOT NULL, last_used INTEGER NOT NULL, address TEXT NOT NULL
);
CREATE INDEX sessions_of_account ON sessions(account);
CREATE INDEX sessions_unused ON sessions(last_used);
CREATE TABLE invitations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE, role TEXT NOT NULL, created INTEGER NOT NULL,
  maker INTEGER REFERENCES accounts(id) ON DELETE CASCADE
);
CREATE TABLE api_tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  hash BLOB NOT NULL UNIQUE, name TEXT NOT NULL, created INTEGER NOT NULL, last_used INTEGER NOT NULL
);
CREATE INDEX api_tokens_of_account ON api_tokens(account);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
  hash TEXT PRIMARY KEY, bytes INTEGER NOT NULL, kind TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE songs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, hash TEXT NOT NULL REFERENCES files(hash),
  uploader INTEGER REFERENCES accounts(id) ON DELETE CASCADE, private INTEGER NOT NULL, status TEXT NOT NULL,
  created INTEGER NOT NULL
);
CREATE INDEX songs_of_file ON songs(hash);
CREATE INDEX songs_of_uploader ON songs(uploader);
)",
    // The catalogue. `fold`: as folding.h has it. `kept`: made by hand, so it stays without songs; the others go with their last
    // song.
    // `rating`: the average of the ratings. A song may have no file (yet).
    R"(
CREATE TABLE artists (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, fold TEXT NOT NULL, kept INTEGER NOT NULL, created INTEGER NOT NULL,
  changed INTEGER NOT NULL
);
CREATE INDEX artists_by_name ON artists(fold, id);
CREATE TABLE albums (
  id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, fold TEXT NOT NULL, artist INTEGER REFERENCES artists(id),
  year INTEGER, cover TEXT, kept INTEGER NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL
);
CREATE INDEX albums_by_title ON albums(fold, id);
CREATE INDEX albums_of_artist ON albums(artist);
CREATE TABLE catalogued_songs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, hash TEXT REFERENCES files(hash),
  uploader INTEGER REFERENCES accounts(id) ON DELETE CASCADE, private INTEGER NOT NULL, status TEXT NOT NULL,
  created INTEGER NOT NULL, changed INTEGER NOT NULL DEFAULT 0, fold TEXT NOT NULL DEFAULT '',
  artist INTEGER REFERENCES artists(id), album INTEGER REFERENCES albums(id), disc INTEGER, track INTEGER,
  genre TEXT NOT NULL DEFAULT '', genre_fold TEXT NOT NULL DEFAULT '', length_ms INTEGER, key TEXT NOT NULL DEFAULT '',
  tempo_bpm REAL, language TEXT NOT NULL DEFAULT '', year INTEGER, licence TEXT NOT NULL DEFAULT '',
  link TEXT NOT NULL DEFAULT '', attribution TEXT NOT NULL DEFAULT '', cover TEXT, rating REAL,
  rating_count INTEGER NOT NULL DEFAULT 0, plays INTEGER NOT NULL DEFAULT 0
);
INSERT INTO catalogued_songs (id, title, hash, uploader, private, status, created)
  SELECT id, title, hash, uploader, private, status, created FROM songs;
DROP TABLE songs;
ALTER TABLE catalogued_songs RENAME TO songs;
CREATE INDEX songs_of_file ON songs(hash);
CREATE INDEX songs_of_uploader ON songs(uploader);
CREATE INDEX songs_by_title ON songs(fold, id);
CREATE INDEX songs_of_artist ON songs(artist);
CREATE INDEX songs_of_album ON songs(album, disc, track);
CREATE INDEX songs_by_genre ON songs(genre_fold, fold);
CREATE INDEX songs_by_licence ON songs(licence, fold);
CREATE TABLE song_words (
  song INTEGER PRIMARY KEY REFERENCES songs(id) ON DELETE CASCADE, format TEXT NOT NULL, text TEXT NOT NULL
);
CREATE VIRTUAL TABLE song_search USING fts5(
  title, artist, album, genre, more, words, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
CREATE VIRTUAL TABLE album_search USING fts5(
  title, artist, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
CREATE VIRTUAL TABLE artist_search USING fts5(name, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
CREATE TABLE search_words (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
CREATE TABLE search_grams (
  gram TEXT NOT NULL, length INTEGER NOT NULL, word INTEGER NOT NULL, PRIMARY KEY (gram, length, word)
) WITHOUT ROWID;
CREATE TABLE ratings (
  account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  song INTEGER NOT NULL REFERENCES songs(id) ON DELETE CASCADE, value INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (account, song)
) WITHOUT ROWID;
CREATE INDEX ratings_of_song ON ratings(song, value);
CREATE TABLE favourites (
  account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, kind TEXT NOT NULL, item INTEGER NOT NULL,
  at INTEGER NOT NULL, PRIMARY KEY (account, kind, item)
) WITHOUT ROWID;
CREATE INDEX favourites_of_item ON favourites(kind, item);
CREATE TABLE plays (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  song INTEGER NOT NULL REFERENCES songs(id) ON DELETE CASCADE, at INTEGER NOT NULL
);
CREATE INDEX plays_of_account ON plays(account, at);
CREATE INDEX plays_of_song ON plays(song);
CREATE TABLE heard (
  account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  song INTEGER NOT NULL REFERENCES songs(id) ON DELETE CASCADE, times INTEGER NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (account, song)
) WITHOUT ROWID;
CREATE INDEX heard_song ON heard(song);
CREATE TABLE playlists (
  id INTEGER PRIMARY KEY AUTOINCREMENT, owner INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, name TEXT NOT NULL,
  fold TEXT NOT NULL, private INTEGER NOT NULL, rule TEXT, created INTEGER NOT NULL, changed INTEGER NOT NULL
);
CREATE INDEX playlists_of_owner ON playlists(owner);
CREATE TABLE playlist_songs (
  playlist INTEGER NOT NULL REFERENCES playlists(id) ON DELETE CASCADE, place INTEGER NOT NULL,
  song INTEGER NOT NULL REFERENCES songs(id) ON DELETE CASCADE, PRIMARY KEY (playlist, place)
) WITHOUT ROWID;
CREATE INDEX playlists_with_song ON playlist_songs(song, playlist);
CREATE TRIGGER song_gone AFTER DELETE ON songs BEGIN
  DELETE FROM song_search WHERE rowid = old.id;
  DELETE FROM favourites WHERE kind = 'song' AND item = old.id;
  DELETE FROM albums WHERE id = old.album AND kept = 0 AND NOT EXISTS (SELECT 1 FROM songs WHERE album = old.album);
  DELETE FROM artists WHERE id = old.artist AND kept = 0 AND NOT EXISTS (SELECT 1 FROM songs WHERE artist = old.artist)
    AND NOT EXISTS (SELECT 1 FROM albums WHERE artist = old.artist);
END;
CREATE TRIGGER song_moved AFTER UPDATE OF artist, album ON songs
WHEN old.artist IS NOT new.artist OR old.album IS NOT new.album BEGIN
  DELETE FROM albums WHERE id = old.album AND kept = 0 AND NOT EXISTS (SELECT 1 FROM songs WHERE album = old.album);
  DELETE FROM artists WHERE id = old.artist AND kept = 0 AND NOT EXISTS (SELECT 1 FROM songs WHERE artist = old.artist)
    AND NOT EXISTS (SELECT 1 FROM albums WHERE artist = old.artist);
END;
CREATE TRIGGER album_gone AFTER DELETE ON albums BEGIN
  DELETE FROM album_search WHERE rowid = old.id;
  DELETE FROM favourites WHERE kind = 'album' AND item = old.id;
  DELETE FROM artists WHERE id = old.artist AND kept = 0 AND NOT EXISTS (SELECT 1 FROM songs WHERE artist = old.artist)
    AND NOT EXISTS (SELECT 1 FROM albums WHERE artist = old.artist);
END;
CREATE TRIGGER album_moved AFTER UPDATE OF artist ON albums WHEN old.artist IS NOT new.artist BEGIN
  DELETE FROM artists WHERE id = old.artist AND kept = 0 AND NOT EXISTS (SELECT 1 FROM songs WHERE artist = old.artist)
    AND NOT EXISTS (SELECT 1 FROM albums WHERE artist = old.artist);
END;
CREATE TRIGGER artist_gone AFTER DELETE ON artists BEGIN
  DELETE FROM artist_search WHERE rowid = old.id;
  DELETE FROM favourites WHERE kind = 'artist' AND item = old.id;
END;
CREATE TRIGGER rating_given AFTER INSERT ON ratings BEGIN
  UPDATE songs SET rating = (SELECT AVG(value) FROM ratings WHERE song = new.song),
    rating_count = (SELECT COUNT(*) FROM ratings WHERE song = new.song) WHERE id = new.song;
END;
CREATE TRIGGER rating_changed AFTER UPDATE ON ratings BEGIN
  UPDATE songs SET rating = (SELECT AVG(value) FROM ratings WHERE song = new.song) WHERE id = new.song;
END;
CREATE TRIGGER rating_taken AFTER DELETE ON ratings BEGIN
  UPDATE songs SET rating = (SELECT AVG(value) FROM ratings WHERE song = old.song),
    rating_count = (SELECT COUNT(*) FROM ratings WHERE song = old.song) WHERE id = old.song;
END;
CREATE TRIGGER song_played AFTER INSERT ON plays BEGIN
  INSERT INTO heard (account, song, times, last) VALUES (new.account, new.song, 1, new.at)
    ON CONFLICT DO UPDATE SET times = times + 1, last = max(last, excluded.last);
  UPDATE songs SET plays = plays + 1 WHERE id = new.song;
END;
)",
    // Mistakes are guessed from the index's own words (vocabulary.h).
    R"(
DROP TABLE search_grams;
DROP TABLE search_words;
)",
    // What imports.h says. `offset`: bytes of the table that are behind.
    R"(
CREATE TABLE imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, name TEXT NOT NULL,
  file TEXT NOT NULL, folder TEXT NOT NULL, private INTEGER NOT NULL, state TEXT NOT NULL, created INTEGER NOT NULL,
  ended INTEGER, bytes INTEGER NOT NULL, offset INTEGER NOT NULL DEFAULT 0, line INTEGER NOT NULL DEFAULT 1,
  rows INTEGER NOT NULL DEFAULT 0, added INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0, bad INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX imports_of_account ON imports(account);
CREATE INDEX imports_running ON imports(state) WHERE state = 'running';
CREATE TABLE import_faults (
  import INTEGER NOT NULL REFERENCES imports(id) ON DELETE CASCADE, number INTEGER NOT NULL, line INTEGER NOT NULL,
  code TEXT NOT NULL, said_values TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY (import, number)
) WITHOUT ROWID;
)",
    // What song_jobs.h says.
    R"(
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, song INTEGER NOT NULL REFERENCES songs(id) ON DELETE CASCADE,
  title TEXT NOT NULL DEFAULT '', attempts INTEGER NOT NULL DEFAULT 0, leased_until INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX jobs_of_song ON jobs(song);
CREATE INDEX jobs_free ON jobs(leased_until, id);
INSERT INTO jobs (kind, song) SELECT 'tags', id FROM songs WHERE hash IS NOT NULL;
CREATE TRIGGER song_brings_file AFTER INSERT ON songs WHEN new.hash IS NOT NULL BEGIN
  INSERT INTO jobs (kind, song) VALUES ('tags', new.id);
END;
CREATE TRIGGER song_gets_file AFTER UPDATE OF hash ON songs WHEN new.hash IS NOT NULL AND new.hash IS NOT old.hash BEGIN
  INSERT INTO jobs (kind, song) VALUES ('tags', new.id);
END;
)",
    // What players of others keep here. `sealed`: sealer.h. `songs` of a play queue: ids as an array of JSON.
    R"(
CREATE TABLE player_passwords (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, name TEXT NOT NULL,
  sealed TEXT NOT NULL, created INTEGER NOT NULL, last_used INTEGER NOT NULL
);
CREATE INDEX player_passwords_of_account ON player_passwords(account);
CREATE TABLE play_queues (
  account INTEGER PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE, songs TEXT NOT NULL, current INTEGER NOT NULL,
  position_ms INTEGER NOT NULL, changed INTEGER NOT NULL, changed_by TEXT NOT NULL
);
CREATE TABLE bookmarks (
  account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  song INTEGER NOT NULL REFERENCES songs(id) ON DELETE CASCADE, position_ms INTEGER NOT NULL, comment TEXT NOT NULL,
  created INTEGER NOT NULL, changed INTEGER NOT NULL, PRIMARY KEY (account, song)
) WITHOUT ROWID;
CREATE INDEX bookmarks_of_song ON bookmarks(song);
)",
    // What derived_files.h and song_jobs.h say. `failure` of a job: why its last attempt failed, a sentence as JSON.
    // `leased_until` of one that was given up is later than any time.
    R"(
CREATE TABLE derived (
  hash TEXT NOT NULL REFERENCES files(hash) ON DELETE CASCADE, kind TEXT NOT NULL, bytes INTEGER NOT NULL,
  PRIMARY KEY (hash, kind)
) WITHOUT ROWID;
ALTER TABLE jobs ADD COLUMN argument TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN failure TEXT NOT NULL DEFAULT '';
INSERT INTO jobs (kind, song, attempts, leased_until) SELECT 'tags', id, 3, 4611686018427387904 FROM songs
  WHERE status = 'FAILED' AND hash IS NOT NULL;
DROP TRIGGER song_gets_file;
CREATE TRIGGER song_gets_file AFTER UPDATE OF hash ON songs WHEN new.hash IS NOT NULL AND new.hash IS NOT old.hash BEGIN
  DELETE FROM jobs WHERE song = new.id;
  INSERT INTO jobs (kind, song) VALUES ('tags', new.id);
END;
)",
    // Every song's file gets a waveform. What waits for a file that is replaced goes before the new one's jobs come.
    R"(
DROP TRIGGER song_gets_file;
CREATE TRIGGER song_loses_file BEFORE UPDATE OF hash ON songs WHEN new.hash IS NOT old.hash BEGIN
  DELETE FROM jobs WHERE song = old.id;
END;
CREATE TRIGGER song_gets_file AFTER UPDATE OF hash ON songs WHEN new.hash IS NOT NULL AND new.hash IS NOT old.hash BEGIN
  INSERT INTO jobs (kind, song) VALUES ('tags', new.id);
END;
INSERT INTO jobs (kind, song, leased_until) SELECT 'waveform', id, 1 FROM songs WHERE hash IS NOT NULL;
CREATE TRIGGER song_brings_waveform AFTER INSERT ON songs WHEN new.hash IS NOT NULL BEGIN
  INSERT INTO jobs (kind, song, leased_until) VALUES ('waveform', new.id, 1);
END;
CREATE TRIGGER song_gets_waveform AFTER UPDATE OF hash ON songs WHEN new.hash IS NOT NULL AND new.hash IS NOT old.hash BEGIN
  INSERT INTO jobs (kind, song, leased_until) VALUES ('waveform', new.id, 1);
END;
)",
    "ALTER TABLE playlists ADD COLUMN comment TEXT NOT NULL DEFAULT ''",
    // What covers.h says: where the two sizes lie in the file.
    R"(
CREATE TABLE covers (
  hash TEXT PRIMARY KEY REFERENCES files(hash) ON DELETE CASCADE, small_first INTEGER NOT NULL, small_bytes INTEGER NOT NULL,
  large_first INTEGER NOT NULL, large_bytes INTEGER NOT NULL
) WITHOUT ROWID;
ALTER TABLE songs ADD COLUMN tag_cover TEXT;
UPDATE songs SET cover = NULL WHERE cover IS NOT NULL;
UPDATE albums SET cover = NULL WHERE cover IS NOT NULL;
CREATE INDEX songs_by_cover ON songs(cover) WHERE cover IS NOT NULL;
CREATE INDEX songs_by_tag_cover ON songs(tag_cover) WHERE tag_cover IS NOT NULL;
CREATE INDEX albums_by_cover ON albums(cover) WHERE cover IS NOT NULL;
CREATE INDEX files_of_covers ON files(hash) WHERE kind = 'cover';
CREATE VIEW unused_covers AS SELECT hash FROM files WHERE kind = 'cover'
  AND NOT EXISTS (SELECT 1 FROM songs WHERE songs.cover = files.hash)
  AND NOT EXISTS (SELECT 1 FROM songs WHERE songs.tag_cover = files.hash)
  AND NOT EXISTS (SELECT 1 FROM albums WHERE albums.cover = files.hash);
CREATE TRIGGER song_with_cover_gone AFTER DELETE ON songs WHEN old.cover IS NOT NULL OR old.tag_cover IS NOT NULL BEGIN
  DELETE FROM files WHERE hash IN (SELECT hash FROM unused_covers WHERE hash IN (old.cover, old.tag_cover));
END;
CREATE TRIGGER song_cover_changed AFTER UPDATE OF cover, tag_cover ON songs
WHEN old.cover IS NOT new.cover OR old.tag_cover IS NOT new.tag_cover BEGIN
  DELETE FROM files WHERE hash IN (SELECT hash FROM unused_covers WHERE hash IN (old.cover, old.tag_cover));
END;
CREATE TRIGGER album_with_cover_gone AFTER DELETE ON albums WHEN old.cover IS NOT NULL BEGIN
  DELETE FROM files WHERE hash IN (SELECT hash FROM unused_covers WHERE hash = old.cover);
END;
CREATE TRIGGER album_cover_changed AFTER UPDATE OF cover ON albums WHEN old.cover IS NOT new.cover BEGIN
  DELETE FROM files WHERE hash IN (SELECT hash FROM unused_covers WHERE hash = old.cover);
END;
INSERT INTO jobs (kind, song, leased_until) SELECT 'cover', id, 1 FROM songs WHERE hash IS NOT NULL;
CREATE TRIGGER song_brings_cover AFTER INSERT ON songs WHEN new.hash IS NOT NULL BEGIN
  INSERT INTO jobs (kind, song, leased_until) VALUES ('cover', new.id, 1);
END;
CREATE TRIGGER song_gets_cover AFTER UPDATE OF hash ON songs WHEN new.hash IS NOT old.hash BEGIN
  UPDATE songs SET tag_cover = NULL WHERE id = new.id AND tag_cover IS NOT NULL;
  INSERT INTO jobs (kind, song, leased_until) SELECT 'cover', new.id, 1 WHERE new.hash IS NOT NULL;
END;
)",
    // Copies for slow lines (opus_copies.h). `heard`: when it was last, about. `account` of a job: who asked for it; 0: somebody
    // without one; null: nobody did.
    R"(
ALTER TABLE derived ADD COLUMN heard INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN account INTEGER;
CREATE INDEX jobs_of_account ON jobs(account) WHERE account IS NOT NULL;
)",
    // Lists are counted, skipped and ordered by what stands in an index alone, who may see the songs included.
    R"(
DROP INDEX songs_by_title;
CREATE INDEX songs_by_title ON songs(fold, id, private, uploader);
DROP INDEX songs_by_genre;
CREATE INDEX songs_by_genre ON songs(genre_fold, fold, id, private, uploader);
CREATE INDEX songs_of_players_by_genre ON songs(genre_fold, fold, id, private, uploader) WHERE hash IS NOT NULL;
DROP INDEX songs_of_uploader;
CREATE INDEX songs_of_uploader ON songs(uploader, private);
CREATE INDEX songs_by_rating ON songs(rating DESC, rating_count DESC, fold, id, private, uploader);
CREATE INDEX songs_by_plays ON songs(plays DESC, fold, id, private, uploader);
CREATE INDEX songs_by_length ON songs(length_ms, fold, id, private, uploader);
CREATE INDEX songs_by_filters ON songs(uploader, private, tempo_bpm, length_ms, year, rating, key, language);
)",
    // How many public songs and albums stand behind an album or an artist: who may see it is told by its own row.
    R"(
ALTER TABLE albums ADD COLUMN public_songs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE artists ADD COLUMN public_songs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE artists ADD COLUMN public_albums INTEGER NOT NULL DEFAULT 0;
UPDATE albums SET public_songs = (SELECT COUNT(*) FROM songs WHERE songs.album = albums.id AND songs.private = 0);
UPDATE artists SET
  public_songs = (SELECT COUNT(*) FROM songs WHERE songs.artist = artists.id AND songs.private = 0),
  public_albums = (SELECT COUNT(*) FROM albums WHERE albums.artist = artists.id AND (kept = 1 OR albums.public_songs > 0));
DROP INDEX albums_by_title;
CREATE INDEX albums_by_title ON albums(fold, id, kept, public_songs);
DROP INDEX artists_by_name;
CREATE INDEX artists_by_name ON artists(fold, id, kept, public_songs, public_albums);
CREATE TRIGGER song_is_counted AFTER INSERT ON songs WHEN new.private = 0 BEGIN
  UPDATE albums SET public_songs = public_songs + 1 WHERE id = new.album;
  UPDATE artists SET public_songs = public_songs + 1 WHERE id = new.artist;
END;
CREATE TRIGGER song_counts_no_more AFTER DELETE ON songs WHEN old.private = 0 BEGIN
  UPDATE albums SET public_songs = public_songs - 1 WHERE id = old.album;
  UPDATE artists SET public_songs = public_songs - 1 WHERE id = old.artist;
END;
CREATE TRIGGER song_counts_elsewhere AFTER UPDATE OF private, album, artist ON songs
WHEN old.private IS NOT new.private OR old.album IS NOT new.album OR old.artist IS NOT new.artist BEGIN
  UPDATE albums SET public_songs = public_songs - 1 WHERE id = old.album AND old.private = 0;
  UPDATE artists SET public_songs = public_songs - 1 WHERE id = old.artist AND old.private = 0;
  UPDATE albums SET public_songs = public_songs + 1 WHERE id = new.album AND new.private = 0;
  UPDATE artists SET public_songs = public_songs + 1 WHERE id = new.artist AND new.private = 0;
END;
CREATE TRIGGER album_is_counted AFTER INSERT ON albums WHEN new.kept = 1 OR new.public_songs > 0 BEGIN
  UPDATE artists SET public_albums = public_albums + 1 WHERE id = new.artist;
END;
CREATE TRIGGER album_counts_no_more AFTER DELETE ON albums WHEN old.kept = 1 OR old.public_songs > 0 BEGIN
  UPDATE artists SET public_albums = public_albums - 1 WHERE id = old.artist;
END;
CREATE TRIGGER album_counts_elsewhere AFTER UPDATE OF artist, kept, public_songs ON albums
WHEN old.artist IS NOT new.artist OR (old.kept = 1 OR old.public_songs > 0) <> (new.kept = 1 OR new.public_songs > 0) BEGIN
  UPDATE artists SET public_albums = public_albums - 1 WHERE id = old.artist AND (old.kept = 1 OR old.public_songs > 0);
  UPDATE artists SET public_albums = public_albums + 1 WHERE id = new.artist AND (new.kept = 1 OR new.public_songs > 0);
END;
)",
    // A row of a table is asked for by its title or file and who brings it.
    R"(
DROP INDEX songs_of_file;
CREATE INDEX songs_of_file ON songs(hash, uploader);
DROP INDEX songs_of_uploader;
CREATE INDEX songs_of_uploader ON songs(uploader, fold, private);
)",
    // What stale_index.h says. `behind`: those up to this id are found by the new name.
    R"(
CREATE TABLE stale_index (
  kind TEXT NOT NULL, id INTEGER NOT NULL, behind INTEGER NOT NULL, PRIMARY KEY (kind, id)
) WITHOUT ROWID;
)",
    // Songs of a tempo or of some years are counted without a look at the others.
    R"(
CREATE INDEX songs_by_tempo ON songs(tempo_bpm, private, uploader) WHERE tempo_bpm IS NOT NULL;
CREATE INDEX songs_by_year ON songs(year, private, uploader) WHERE year IS NOT NULL;
)",
    // By itself FTS5 merges its segments in one go of many: LibraryDatabase::transaction() does it by a few pages.
    R"(
INSERT INTO song_search (song_search, rank) VALUES ('automerge', 0);
INSERT INTO song_search (song_search, rank) VALUES ('crisismerge', 64);
)",
    // With what somebody logged in (device.h).
    R"(
ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN system TEXT NOT NULL DEFAULT '';
)",
    // Songs in the order of their albums are skipped by the index alone, as in the other orders.
    R"(
DROP INDEX songs_of_album;
CREATE INDEX songs_of_album ON songs(album, disc, track, fold, id, private, uploader);
)",
    // Logins of accounts that were deleted, which windows may still show (logins.h).
    R"(
CREATE TABLE gone_sessions (hash BLOB PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;
)",
};

}  // namespace

std::span<const char* const> library_migrations() {
  return kLibraryMigrations;
}

}  // namespace roundelay
