"""library_kills: the librarian, its workers and the supervisor are killed at random moments of uploads, imports and deletions, so
many times; a third of what is asked are deletions, of songs and of albums with theirs, and a third of the kills wait for one. Fails
when a song is lost that was answered with 201, when a file has no row or a row no file, when a table loses a row or brings it twice,
or when an album goes with a part of its songs."""
import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import threading
import time

from bench.library_client import LibraryClient, add_admin, sound, wait_for_import
from bench.measure import Row, Server, say

ROWS = 400  # of each table
STOCK = 60  # songs at least, before each blow
ALBUM = 12  # songs of each album that is brought for it
UP_S = 60


def add_options(parser):
    parser.add_argument("--times", type=int, help="so many kills (default 50)")
    parser.add_argument("--seed", type=int, default=int(time.time()))


class Kept:
    """What the server has promised."""

    def __init__(self):
        self.songs = {}    # id: hash, as answered with 201
        self.deleted = {}  # likewise; answered with 200
        self.unsure = set()  # ids whose deletion was not answered
        self.tables = {}   # import: its number
        self.albums = {}   # id: those of its songs
        self.halves = []   # lists of ids that go together or not at all
        self.asked = {"uploads": 0, "deletions": 0}
        self.deleting = 0  # deletions that are under way
        self.sent = threading.Event()  # one of them has just been sent
        self.lock = threading.Lock()


def keep_at_it(over, work):
    while not over.is_set():
        try:
            work()
        except (OSError, ValueError, TypeError, KeyError):
            time.sleep(0.02)  # it is just being killed


def upload(client, kept, chance, numbers):
    number = next(numbers)
    content = sound(chance.randint(100, 200_000), number)
    kept.asked["uploads"] += 1
    status, data = client.send_file("/songs/upload", "a.flac", content, title=f"Song {number}")
    if status != 201:
        return None
    with kept.lock:
        kept.songs[data["song"]["id"]] = hashlib.sha256(content).hexdigest()
    return data["song"]["id"]


def bring_album(client, kept, chance, numbers):
    """Songs that stand on one album, which nobody else has."""
    title, songs, album = f"Album {next(numbers)}", [], None
    for _ in range(ALBUM):
        song = upload(client, kept, chance, numbers)
        status, data = client.ask("PATCH", f"/songs/{song}", {"album": title})
        if status != 200:
            raise SystemExit(f"A song cannot be put on an album: {status}.")
        songs.append(song)
        album = data["song"]["album_id"]
    kept.albums[album] = songs


def bring_stock(client, kept, chance, numbers):
    """Something to delete. Nobody is killed meanwhile."""
    while len(kept.albums) < STOCK // ALBUM:
        bring_album(client, kept, chance, numbers)
    while len(kept.songs) < STOCK + ALBUM:
        upload(client, kept, chance, numbers)


def delete(client, kept, chance):
    """A song, or an album with its songs; half as many as there are uploads and tables."""
    if kept.asked["deletions"] * 2 > kept.asked["uploads"] + len(kept.tables):
        return time.sleep(0.002)
    with kept.lock:
        on_albums = {song for songs in kept.albums.values() for song in songs}
        songs = sorted(set(kept.songs) - kept.unsure - on_albums)
        album = chance.choice(sorted(kept.albums)) if kept.albums and (chance.random() < 0.3 or not songs) else None
        if album is None and not songs:
            return time.sleep(0.002)
        gone = kept.albums.pop(album) if album is not None else [chance.choice(songs)]
        kept.unsure.update(gone)
        kept.halves.append(gone)
        kept.asked["deletions"] += 1
        kept.deleting += 1
    kept.sent.set()
    try:
        status, _ = client.ask("DELETE", f"/songs/{gone[0]}" if album is None else f"/albums/{album}?with=all")
    finally:
        with kept.lock:
            kept.deleting -= 1
    if status == 200:
        with kept.lock:
            for song in gone:
                kept.deleted[song] = kept.songs.pop(song)
                kept.unsure.discard(song)


def settle(data, kept):
    """What became of the deletions that were not answered; how many albums went in part."""
    base = sqlite3.connect(f"file:{data}/library.sqlite?mode=ro", uri=True)
    there = {row[0] for row in base.execute("SELECT id FROM songs")}
    base.close()
    parts = sum(1 for songs in kept.halves if 0 < len(there.intersection(songs)) < len(songs))
    for song in kept.unsure - there:
        kept.deleted[song] = kept.songs.pop(song)
    kept.unsure.clear()
    kept.halves.clear()
    return parts


def send_table(client, kept, numbers):
    number = next(numbers)
    csv = "title,artist\n" + "".join(f"Table {number} row {i},Choir {i % 7}\n" for i in range(ROWS))
    status, data = client.send_file("/imports", "songs.csv", csv.encode())
    if status == 202:
        with kept.lock:
            kept.tables[data["import"]["id"]] = number
    time.sleep(0.3)


def children_called(supervisor, *names):
    out = []
    try:
        with open(f"/proc/{supervisor}/task/{supervisor}/children") as file:
            pids = [int(pid) for pid in file.read().split()]
    except OSError:
        return out
    for pid in pids:
        try:
            with open(f"/proc/{pid}/cmdline") as file:
                words = file.read().split("\0")
        except OSError:
            continue
        if len(words) > 1 and words[1] in names:
            out.append(pid)
        out += children_called(pid, "worker")
    return out


class Standing:
    """A server that is started again on the same data where its supervisor was killed."""

    def __init__(self, options):
        self.server = Server(options)
        self.data = os.path.join(self.server.folder.name, "data")

    @property
    def port(self):
        return self.server.port

    def start_again(self):
        self.server.process.wait(20)
        self.server.process.stdout.close()
        command = self.server.process.args
        deadline = time.monotonic() + UP_S
        while time.monotonic() < deadline:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            line = process.stdout.readline().strip()
            port = line.rstrip("/").rsplit(":", 1)[-1]
            if port.isdigit():
                self.server.process, self.server.port = process, int(port)
                return
            process.wait(20)
            process.stdout.close()
            time.sleep(0.2)
        raise SystemExit("The server did not start again.")

    def wait_for_library(self):
        deadline = time.monotonic() + UP_S
        while time.monotonic() < deadline:
            client = LibraryClient(self.port, timeout=5)
            try:
                if client.ask("GET", "/")[0] == 200:
                    return
            except (OSError, ValueError):
                pass
            finally:
                client.close()
            time.sleep(0.05)
        raise SystemExit("The library does not answer any more.")


def strike(standing, chance):
    """Who was killed."""
    supervisor = standing.server.process.pid
    if chance.random() < 0.3:
        os.kill(supervisor, signal.SIGKILL)
        standing.start_again()
        return "supervisor"
    pids = children_called(supervisor, "librarian", "worker")
    if not pids:
        return None
    pid = chance.choice(pids)
    try:
        with open(f"/proc/{pid}/cmdline") as file:
            name = file.read().split("\0")[1]
        os.kill(pid, signal.SIGKILL)
    except OSError:
        return None
    return name


def look(data, kept):
    """(songs lost, files without a row, rows without a file, tables that are not whole), of a library that nobody changes."""
    base = sqlite3.connect(f"file:{data}/library.sqlite?mode=ro", uri=True)
    rows = {row[0] for row in base.execute("SELECT hash FROM files")}
    songs = dict(base.execute("SELECT id, hash FROM songs WHERE hash IS NOT NULL"))
    folder = os.path.join(data, "library")
    names = {name for name in os.listdir(folder) if os.path.isfile(os.path.join(folder, name)) and not name.startswith(".")}
    files = {name for name in names if "." not in name}  # the others are made of these
    lost = [song for song, content in kept.songs.items() if song not in kept.unsure and songs.get(song) != content]
    for name in files:
        with open(os.path.join(folder, name), "rb") as file:
            if hashlib.sha256(file.read()).hexdigest() != name:
                lost.append(name)
    back = [song for song in kept.deleted if song in songs]
    broken = [number for number in kept.tables.values()
              if base.execute("SELECT COUNT(*), COUNT(DISTINCT title) FROM songs WHERE title LIKE ?",
                              (f"Table {number} row %",)).fetchone() != (ROWS, ROWS)]
    base.close()
    made = {name for name in names - files if name.split(".")[0] not in rows}
    return lost + back, (files - rows) | made, (rows - files) | (set(songs.values()) - rows), broken


def run(options):
    times = options.times or (2 if options.quick else 50)
    chance = random.Random(options.seed)
    say(f"library_kills: {times} kills, by the chance of --seed {options.seed}")
    kept, blows, worst, parts, in_deletions = Kept(), {}, [0, 0, 0, 0], 0, 0
    asked = {}
    numbers, table_numbers = iter(range(10**9)), iter(range(10**9))
    standing = Standing(options)
    with standing.server:
        add_admin(standing.server.program, standing.data, "Bench")
        standing.wait_for_library()
        first = LibraryClient(standing.port)
        first.log_in("Bench")
        cookie = first.cookie
        first.close()
        for _ in range(times):
            over = threading.Event()
            stocker = LibraryClient(standing.port, cookie=cookie)
            bring_stock(stocker, kept, chance, numbers)
            stocker.close()
            kept.asked = dict.fromkeys(kept.asked, 0)
            clients = [LibraryClient(standing.port, f"127.0.6.{1 + i}", cookie, timeout=5) for i in range(5)]
            works = [lambda c=clients[0]: upload(c, kept, chance, numbers), lambda c=clients[1]: upload(c, kept, chance, numbers),
                     lambda c=clients[2]: delete(c, kept, chance), lambda c=clients[3]: delete(c, kept, chance),
                     lambda c=clients[4]: send_table(c, kept, table_numbers)]
            threads = [threading.Thread(target=keep_at_it, args=(over, work)) for work in works]
            for thread in threads:
                thread.start()
            time.sleep(chance.uniform(0.05, 1.0))
            if chance.random() < 1 / 3:
                kept.sent.clear()
                kept.sent.wait(2)
                time.sleep(chance.uniform(0, 0.01))
            in_deletions += kept.deleting > 0
            who = strike(standing, chance)
            blows[who] = blows.get(who, 0) + 1
            over.set()
            for thread in threads:
                thread.join()
            for client in clients:
                client.close()
            standing.wait_for_library()
            client = LibraryClient(standing.port, cookie=cookie)
            for number in list(kept.tables):
                wait_for_import(client, number)
            client.close()
            # What no song has goes when the librarian starts: this one takes what may have been left since.
            for pid in children_called(standing.server.process.pid, "librarian"):
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
            standing.wait_for_library()
            found = look(standing.data, kept)
            worst = [max(a, len(b)) for a, b in zip(worst, found)]
            parts += settle(standing.data, kept)
            for what, count in kept.asked.items():
                asked[what] = asked.get(what, 0) + count
            if any(found):
                say(f"after {who} was killed: lost {found[0]}, files without a row {found[1]}, rows without a file {found[2]}, "
                    f"tables {found[3]}")
            kept.tables.clear()
    details = {"kills": times, **{f"of {who}": count for who, count in sorted(blows.items(), key=str)}, "in a deletion": in_deletions, **asked,
               "songs kept": len(kept.songs), "songs deleted": len(kept.deleted)}
    return [Row("songs lost that were answered with 201", 0, "==", worst[0], ""),
            Row("files without a row", 0, "==", worst[1], ""), Row("rows without a file", 0, "==", worst[2], ""),
            Row("tables with a row too few or too many", 0, "==", worst[3], ""),
            Row("albums that went with a part of their songs", 0, "==", parts, "")], [details]
