#!/usr/bin/python3
"""A player that nobody here wrote against the song library: what Debian's sublime-music says and understands as a client of OpenSubsonic,
without its window. Usage: players_test.py PROGRAM"""
import hashlib
import os
import pathlib
import sys
import unittest
import urllib.request
from datetime import timedelta

from server import ROOT, Served

sys.path.insert(0, ROOT)
from bench.library_client import LibraryClient, add_admin, sound  # noqa: E402
from sublime_music.adapters import AlbumSearchQuery, ConfigurationStore  # noqa: E402
from sublime_music.adapters.subsonic import SubsonicAdapter  # noqa: E402

PROGRAM = os.path.abspath(sys.argv.pop(1)) if __name__ == "__main__" else None
MUSIC = sound(50_000, 1)
SONGS = [("Kyrie & Gloria", "Byrd", "Missa"), ("Sanctus", "Byrd", "Missa"), ("Älter als du", "Чайковский", "Хоры")]


def fetched(uri):
    with urllib.request.urlopen(uri, timeout=20) as answer:
        return answer.headers, answer.read()


class SublimeMusic(Served):
    PROGRAM = PROGRAM

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_admin(cls.PROGRAM, os.path.join(cls.folder.name, "data"), "Ann")
        client = LibraryClient(cls.port)
        client.log_in("Ann")
        for number, (title, artist, album) in enumerate(SONGS):
            content = MUSIC if number == 0 else sound(1_000, 1 + number)
            _, data = client.send_file("/songs/upload", "a.flac", content, title=title)
            status, _ = client.ask("PATCH", f"/songs/{data['song']['id']}", {"artist": artist, "album": album, "genre": "Mass", "track": 1 + number})
            assert status == 200, status
        _, data = client.ask("POST", "/auth/players", {"name": "test"})
        cls.password = data["password"]
        client.close()

    def setUp(self):
        # An object of its own for each test, as after each start of the player. The answers hold the whole process' state else.
        SubsonicAdapter._server_available.value = False
        SubsonicAdapter._last_ping_timestamp.value = 0
        self.player = self.player_with(self.password)
        self.player._set_ping_status()

    def player_with(self, password, salted=True):
        config = ConfigurationStore(server_address=f"http://localhost:{self.port}", username="Ann", verify_cert=True, salt_auth=salted)
        config.set_secret("password", password)
        player = SubsonicAdapter(config, pathlib.Path(self.folder.name))
        self.addCleanup(player.shutdown)
        return player

    def song(self, title):
        return next(song for song in self.player.search(title).songs if song.title == title)

    def test_is_let_in_by_digest_and_by_password_and_nobody_else_is(self):
        self.assertTrue(self.player.ping_status)
        self.assertTrue(self.player.can_get_genres and self.player.can_save_play_queue, "the version is new enough for all that it can do")
        self.player_with(self.password, salted=False).get_playlists()
        with self.assertRaises(Exception):
            self.player_with("wrong").get_playlists()

    def test_browses_artists_albums_genres_and_folders(self):
        artists = {artist.name: artist for artist in self.player.get_artists()}
        self.assertEqual(set(artists), {"Byrd", "Чайковский"})
        byrd = self.player.get_artist(artists["Byrd"].id)
        self.assertEqual([album.name for album in byrd.albums], ["Missa"])
        self.assertEqual([song.title for song in self.player.get_album(byrd.albums[0].id).songs], ["Kyrie & Gloria", "Sanctus"])
        self.assertEqual([(genre.name, genre.song_count) for genre in self.player.get_genres()], [("Mass", 3)])
        for kind in AlbumSearchQuery.Type:
            if kind in (AlbumSearchQuery.Type.STARRED, AlbumSearchQuery.Type.YEAR_RANGE, AlbumSearchQuery.Type.GENRE):
                continue
            with self.subTest(kind):
                albums = self.player.get_albums(AlbumSearchQuery(kind))
                self.assertLessEqual({album.name for album in albums}, {"Missa", "Хоры"})
        root = self.player.get_directory("root")
        self.assertEqual({child.title or child.name for child in root.children} - {None}, {"Byrd", "Чайковский"})
        album = self.player.get_directory(next(child.id for child in root.children if "Byrd" in (child.title, child.name)))
        self.assertEqual([child.title for child in album.children], ["Missa"])

    def test_finds_and_hears_the_very_bytes(self):
        found = self.player.search("kyrie")
        self.assertEqual([song.title for song in found.songs], ["Kyrie & Gloria"])
        song = self.player.get_song_details(found.songs[0].id)
        self.assertEqual((song.title, song.artist.name, song.album.name, song.size), ("Kyrie & Gloria", "Byrd", "Missa", len(MUSIC)))
        for uri in (self.player.get_song_file_uri(song.id, ["http"]), self.player.get_song_stream_uri(song.id)):
            headers, content = fetched(uri)
            self.assertEqual(headers["Content-Type"], "audio/flac")
            self.assertEqual(hashlib.sha256(content).digest(), hashlib.sha256(MUSIC).digest())
        headers, picture = fetched(self.player.get_cover_art_uri(song.cover_art, "http", 300))
        self.assertTrue(headers["Content-Type"].startswith("image/"), headers)
        self.assertGreater(len(picture), 100)

    def test_keeps_lists_and_the_queue_and_tells_what_was_heard(self):
        first, second = self.song("Kyrie & Gloria"), self.song("Sanctus")
        self.player.create_playlist("Sunday", [first])
        playlist = next(each for each in self.player.get_playlists() if each.name == "Sunday")
        changed = self.player.update_playlist(playlist.id, name="Easter", comment="at ten", append_song_ids=[second.id])
        self.assertEqual((changed.name, changed.comment, [song.id for song in changed.songs]), ("Easter", "at ten", [first.id, second.id]))
        turned = self.player.update_playlist(playlist.id, song_ids=[second.id, first.id])
        self.assertEqual([song.id for song in turned.songs], [second.id, first.id])
        self.player.delete_playlist(playlist.id)
        self.assertNotIn("Easter", [each.name for each in self.player.get_playlists()])
        self.player.save_play_queue([first.id, second.id], 1, timedelta(seconds=12))
        queue = self.player.get_play_queue()
        self.assertEqual(([song.id for song in queue.songs], queue.position), ([first.id, second.id], timedelta(seconds=12)))
        self.player.scrobble_song(first)
        frequent = self.player.get_albums(AlbumSearchQuery(AlbumSearchQuery.Type.FREQUENT))
        self.assertEqual(frequent[0].name, "Missa")


if __name__ == "__main__":
    unittest.main(verbosity=2)
