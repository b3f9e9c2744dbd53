#!/usr/bin/python3
"""Another opinion on OpenSubsonic: the same three files in the song library and in Debian's supysonic, and the same questions to both. Whatever
its answers have, ours have too, of the same kind, and where both must say the same, they do. Usage: supysonic_test.py PROGRAM"""
import io
import json
import os
import pathlib
import subprocess
import sys
import time
import unittest
import urllib.parse
import urllib.request
import uuid
from xml.etree import ElementTree

from PIL import Image
from supysonic.config import IniConfig
from supysonic.web import create_application

from server import ROOT, Served

sys.path.insert(0, ROOT)
from bench.library_client import LibraryClient, add_admin  # noqa: E402

PROGRAM = os.path.abspath(sys.argv.pop(1)) if __name__ == "__main__" else None
# Where each lies for supysonic, and its tags; the first has a picture.
SONGS = {
    "Byrd/Missa/1.mp3": {"title": "Kyrie & Gloria", "artist": "Byrd", "album": "Missa", "track": 1, "date": 1593, "genre": "Mass"},
    "Byrd/Missa/2.flac": {"title": "Sanctus", "artist": "Byrd", "album": "Missa", "track": 2, "date": 1593, "genre": "Mass"},
    "Чайковский/Хоры/1.ogg": {"title": "Älter als du", "artist": "Чайковский", "album": "Хоры", "track": 1},
}
# What says the same of the same thing.
SAME = {"status", "code", "valid", "title", "name", "artist", "album", "track", "discNumber", "year", "genre", "duration", "size", "suffix", "contentType",
        "isDir", "isVideo", "type", "songCount", "albumCount", "userRating", "averageRating", "owner", "public", "comment", "value"}
# Where ours is another, and why that is right.
OTHERWISE = {
    "musicFolder.id": "The description has a number there; supysonic writes it as a text.",
    "subsonic-response.type": "Which server it is: supysonic does not say.",
    "genre.albumCount": "supysonic counts the songs once more.",
}
# What ours leaves out, and why that is right.
LEFT_OUT = {"discNumber": "These files do not say which disc it is; supysonic says the first."}


def make_sound(path, tags, seconds):
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = ["-f", "lavfi", "-i", "testsrc=size=300x200:rate=25:duration=0.04"] if path.suffix == ".mp3" else []
    shown = ["-map", "0", "-map", "1", "-frames:v", "1", "-c:v", "mjpeg", "-disposition:v", "attached_pic"] if picture else []
    told = [part for name, value in tags.items() for part in ("-metadata", f"{name}={value}")]
    subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", f"sine=440:duration={seconds}", *picture, *shown, *told, str(path)], check=True)


def kind_of(value):
    return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__


def name_of(thing):
    return thing.get("title") or thing.get("name") or thing.get("value") if isinstance(thing, dict) else thing


def differences(theirs, ours, where="subsonic-response"):
    """Whatever is in `theirs` and not, or of another kind, or something else, in `ours`."""
    if where in OTHERWISE:
        return []
    if kind_of(theirs) != kind_of(ours):
        return [f"{where}: {theirs!r}, ours {ours!r}"]
    if isinstance(theirs, dict):
        last = where.rsplit(".", 1)[-1]
        return [line for name, value in theirs.items()
                for line in (differences(value, ours[name], f"{last}.{name}") if name in ours else [f"{last}.{name} is missing"])
                if name in ours or name not in LEFT_OUT]
    if isinstance(theirs, list):
        by_name = {name_of(each): each for each in ours}
        out = [] if len(ours) == len(theirs) else [f"{where}: {len(theirs)} of them, ours {len(ours)}"]
        for each in theirs:
            out += differences(each, by_name[name_of(each)], where) if name_of(each) in by_name else [f"{where}: {name_of(each)!r} is missing"]
        return out
    return [f"{where}: {theirs!r}, ours {ours!r}"] if where.rsplit(".", 1)[-1] in SAME and theirs != ours else []


def as_dict(element):
    """An answer in XML as if it were JSON; texts stay texts."""
    out = dict(element.attrib)
    for child in element:
        tag = child.tag.split("}")[-1]
        out.setdefault(tag, []).append(as_dict(child))
    return out


class Side:
    """One of the two servers."""

    def json(self, method, **more):
        return json.loads(self.bytes(method, f="json", **more)[1])["subsonic-response"]

    def xml(self, method, **more):
        return ElementTree.fromstring(self.bytes(method, **more)[1])

    def bytes(self, method, **more):
        """(content type, content)."""
        return self.ask(method, [(name, each) for name, value in {"u": "Ann", "p": self.password, "c": "test", "v": "1.10.2", **more}.items()
                                 if value is not None for each in (value if isinstance(value, list) else [value])])

    def artists(self, method="getArtists", within="artists"):
        return {each["name"]: each for index in self.json(method)[within]["index"] for each in index["artist"]}

    def albums(self):
        return {each["name"]: each for each in self.json("getAlbumList2", type="alphabeticalByName")["albumList2"]["album"]}

    def songs(self):
        return {each["title"]: each for album in self.albums().values() for each in self.json("getAlbum", id=album["id"])["album"]["song"]}

    def song(self, title):
        return self.songs()[title]["id"]


class Supysonic(Side):
    password = "secret words"

    def __init__(self, folder, music):
        settings = pathlib.Path(folder, "supysonic.conf")
        settings.write_text(f"[base]\ndatabase_uri = sqlite:///{folder}/supysonic.db\n[webapp]\ncache_dir = {folder}/supysonic.cache\nmount_webui = off\n"
                            "[mimetypes]\nmp3 = audio/mpeg\nflac = audio/flac\nogg = audio/ogg\n", encoding="utf-8")
        for line in (["user", "add", "Ann", "-p", self.password], ["folder", "add", "Songs", music], ["folder", "scan", "-f", "Songs"]):
            subprocess.run(["supysonic-cli", *line], cwd=folder, env={**os.environ, "HOME": folder, "LC_ALL": "C.UTF-8"}, check=True, capture_output=True)
        self.client = create_application(IniConfig([str(settings)])).test_client()

    def ask(self, method, query):
        with self.client.get(f"/rest/{method}.view", query_string=urllib.parse.urlencode(query)) as answer:
            return answer.content_type, answer.get_data()


class Roundelay(Side):
    def __init__(self, port, password):
        self.port, self.password = port, password

    def ask(self, method, query):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/rest/{method}.view?{urllib.parse.urlencode(query)}", timeout=20) as answer:
            return answer.headers["Content-Type"], answer.read()


class SupysonicsOpinion(Served):
    PROGRAM = PROGRAM

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.folder.name
        cls.files = {}
        for number, (path, tags) in enumerate(SONGS.items()):
            file = pathlib.Path(folder, "music", path)
            make_sound(file, tags, 3 + number)
            cls.files[tags["title"]] = file.read_bytes()
        cls.theirs = Supysonic(folder, os.path.join(folder, "music"))
        add_admin(cls.PROGRAM, os.path.join(folder, "data"), "Ann")
        client = LibraryClient(cls.port)
        cls.addClassCleanup(client.close)
        client.log_in("Ann")
        for path, tags in SONGS.items():
            cls.bring(client, os.path.basename(path), tags)
        _, data = client.ask("POST", "/auth/players", {"name": "test"})
        cls.ours = Roundelay(cls.port, data["password"])

    @classmethod
    def bring(cls, client, name, tags):
        """Until the workers have read what its tags say."""
        status, data = client.send_file("/songs/upload", name, cls.files[tags["title"]])
        assert status == 201, (status, data)
        deadline = time.monotonic() + 60
        song = data["song"]
        while song["length_ms"] is None or song["artist"] != tags["artist"] or (name.endswith("mp3") and not song["cover"]):
            assert time.monotonic() < deadline, song
            time.sleep(0.2)
            song = client.ask("GET", f"/songs/{song['id']}")[1]["song"]

    def both(self, method, ids=None, **more):
        """Asks both, looks at the differences, and gives our answer. `ids`: what is each side's own."""
        answers = [side.json(method, **{name: find(side) for name, find in (ids or {}).items()}, **more) for side in (self.theirs, self.ours)]
        self.assertEqual(differences(*answers), [], method)
        return answers[1]

    def test_tells_what_it_is(self):
        for method in ("ping", "getLicense", "getMusicFolders", "getGenres"):
            self.assertEqual(self.both(method)["status"], "ok")

    def test_browses_artists_albums_songs_and_folders(self):
        for method, within in (("getIndexes", "indexes"), ("getArtists", "artists")):
            theirs, ours = self.theirs.artists(method, within), self.ours.artists(method, within)
            self.assertEqual(differences(list(theirs.values()), list(ours.values()), "artist"), [])
            whole = [side.json(method)[within] for side in (self.theirs, self.ours)]
            # Under which letter a name of another script stands is each one's own.
            self.assertEqual(differences(*[{**each, "index": [part for part in each["index"] if part["name"] == "B"]} for each in whole]), [])
        for artist in self.ours.artists():
            self.both("getArtist", {"id": lambda side, name=artist: side.artists()[name]["id"]})
        for album in self.ours.albums():
            self.both("getAlbum", {"id": lambda side, name=album: side.albums()[name]["id"]})
        for title in self.files:
            self.both("getSong", {"id": lambda side, title=title: side.song(title)})
        folder = {"id": lambda side: side.artists("getIndexes", "indexes")["Byrd"]["id"]}
        self.both("getMusicDirectory", folder)
        within = {"id": lambda side: side.json("getMusicDirectory", id=folder["id"](side))["directory"]["child"][0]["id"]}
        self.assertEqual([each["title"] for each in self.both("getMusicDirectory", within)["directory"]["child"]], ["Kyrie & Gloria", "Sanctus"])

    def test_lists_albums(self):
        for more in ({"type": "newest"}, {"type": "alphabeticalByName"}, {"type": "alphabeticalByArtist"}, {"type": "random"}, {"type": "starred"},
                     {"type": "byYear", "fromYear": 1500, "toYear": 1600}, {"type": "byGenre", "genre": "Mass"}, {"type": "newest", "size": 1, "offset": 2}):
            with self.subTest(more):
                self.both("getAlbumList2", **more)

    def test_finds(self):
        for query in ("Kyrie", "Missa", "Byrd", "Чайковский", "nothing at all"):
            with self.subTest(query):
                self.both("search3", query=query)

    def test_keeps_stars_and_ratings(self):
        ids = {"id": lambda side: side.song("Sanctus"), "albumId": lambda side: side.albums()["Missa"]["id"],
               "artistId": lambda side: side.artists()["Byrd"]["id"]}
        self.both("star", ids)
        starred = self.both("getStarred2")["starred2"]
        self.assertEqual([name_of(starred[kind][0]) for kind in ("artist", "album", "song")], ["Byrd", "Missa", "Sanctus"])
        self.both("getAlbumList2", type="starred")
        self.both("unstar", ids)
        self.assertEqual(self.both("getStarred2")["starred2"].get("song"), [])
        self.both("setRating", {"id": ids["id"]}, rating=4)
        self.assertEqual(self.both("getSong", {"id": ids["id"]})["song"]["userRating"], 4)
        self.both("setRating", {"id": ids["id"]}, rating=0)
        self.both("setRating", {"id": ids["id"]}, rating=6)
        self.assertNotIn("userRating", self.both("getSong", {"id": ids["id"]})["song"])

    def test_keeps_playlists(self):
        def playlist(side):
            return side.json("getPlaylists")["playlists"]["playlist"][0]["id"]

        self.both("getPlaylists")
        self.both("createPlaylist", {"songId": lambda side: [side.song("Sanctus"), side.song("Kyrie & Gloria")]}, name="Sunday")
        self.both("getPlaylists")
        self.both("updatePlaylist", {"playlistId": playlist, "songIdToAdd": lambda side: side.song("Älter als du")}, name="Easter", comment="at ten", public="true",
                  songIndexToRemove=0)
        changed = self.both("getPlaylist", {"id": playlist})["playlist"]
        self.assertEqual([song["title"] for song in changed["entry"]], ["Kyrie & Gloria", "Älter als du"])
        self.both("createPlaylist", {"playlistId": playlist, "songId": lambda side: side.song("Sanctus")})
        self.assertEqual(len(self.both("getPlaylist", {"id": playlist})["playlist"]["entry"]), 1)
        self.both("deletePlaylist", {"id": playlist})
        self.both("getPlaylists")

    def test_is_told_what_was_heard(self):
        song = {"id": lambda side: side.song("Sanctus")}
        self.both("scrobble", song, submission="false")
        self.both("scrobble", song, time=1_700_000_000_000)

    def test_sends_the_very_bytes_and_pictures(self):
        for title, content in self.files.items():
            for method in ("stream", "download"):
                for side in (self.theirs, self.ours):
                    kind, came = side.bytes(method, id=side.song(title))
                    self.assertEqual(came, content, f"{method} {title}")
                    self.assertEqual(kind, side.songs()[title]["contentType"])
        for more in ({}, {"size": 100}):
            pictures = []
            for side in (self.theirs, self.ours):
                kind, content = side.bytes("getCoverArt", id=side.songs()["Kyrie & Gloria"]["coverArt"], **more)
                self.assertTrue(kind.startswith("image/"), kind)
                pictures.append(Image.open(io.BytesIO(content)).size)
            self.assertAlmostEqual(pictures[0][0] / pictures[0][1], pictures[1][0] / pictures[1][1], 1, f"the same shape: {pictures}")
            if more:
                self.assertLessEqual(max(pictures[0]), 100)

    def test_refuses_with_the_same_numbers(self):
        unknown = {"id": lambda side: str(uuid.UUID(int=7)) if side is self.theirs else "so-4000000"}
        self.assertEqual(self.both("ping", p="wrong")["error"]["code"], 40)
        self.assertEqual(self.both("ping", u="Nobody")["error"]["code"], 40)
        self.assertEqual(self.both("ping", p="enc:" + "wrong".encode().hex())["error"]["code"], 40)
        for method in ("getSong", "getAlbum", "getArtist", "stream", "download", "scrobble", "getPlaylist"):
            with self.subTest(method):
                self.assertEqual(self.both(method, unknown)["error"]["code"], 70)
                self.assertEqual(self.both(method)["error"]["code"], 10)
        for method in ("getAlbumList2", "createPlaylist", "updatePlaylist", "deletePlaylist", "setRating", "star", "getMusicDirectory", "getCoverArt", "search3"):
            with self.subTest(method):
                self.assertEqual(self.both(method)["error"]["code"], 10)
        self.both("getAlbumList2", type="loudest")

    def test_says_the_same_in_xml(self):
        for method, more in (("ping", {}), ("getArtists", {}), ("getIndexes", {}), ("getMusicFolders", {}), ("getAlbumList2", {"type": "newest"}),
                             ("search3", {"query": "Sanctus"}), ("getStarred2", {}), ("ping", {"p": "wrong"})):
            with self.subTest(method):
                roots = [side.xml(method, **more) for side in (self.theirs, self.ours)]
                self.assertEqual(roots[0].tag, roots[1].tag)
                theirs, ours = [as_dict(root) for root in roots]
                for side in (theirs, ours):
                    for within in ("artists", "indexes"):
                        for whole in side.get(within, []):
                            whole["index"] = [part for part in whole["index"] if part["name"] == "B"]
                self.assertEqual(differences(theirs, ours), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
