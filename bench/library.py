"""library: searches, browsing and 200 streams at once in a song library of 100,000 songs, beside 200 singers; and what they cost
these, in turns in one run."""
from bench.client import make_rooms
from bench.library_client import Asking, LibraryClient, Titles, add_admin, percentile, sound, table, wait_for_import
from bench.measure import Load, Row, Server, cores, enough, load_core, say, wait_for_singing
from bench.yardstick import Yardstick

import multiprocessing
import os
import selectors
import socket
import time
import urllib.parse

MOST_COST = 1.05     # of a singer, times what she costs alone
MOST_SEARCH_MS = 30  # of 99 searches in 100
KINDS = ("idle", "busy", "pieces")
STREAM_BYTES_PER_S = 20_000  # 160 kbit/s
FILE_BYTES = 3_000_000


def add_options(parser):
    parser.add_argument("--songs", type=int, help="default 100000")
    parser.add_argument("--singers", type=int, help="default 200")
    parser.add_argument("--streams", type=int, help="default 200")
    parser.add_argument("--searches-per-s", type=float, help="default 50")
    parser.add_argument("--turns", type=int, help="of each kind (default 8)")


def stream(port, songs, sizes, pin, over, told):
    """A process of all listeners, each with a connection of her own. A song of theirs lasts 150 s. Browsers ask for a whole song and
    take it as fast as it comes (Chromium does so up to 3.3 MB); with `piece_s` each asks for so much of it at a time."""
    if pin:
        os.sched_setaffinity(0, load_core())
    every_s = sizes["piece_s"] or FILE_BYTES / STREAM_BYTES_PER_S
    piece = int(STREAM_BYTES_PER_S * every_s)
    count, total, broken = sizes["streams"], 0, 0
    players = []
    for i in range(count):
        player = socket.create_connection(("127.0.0.1", port), timeout=30, source_address=(f"127.0.5.{1 + i % 250}", 0))
        players.append([player, songs[i % len(songs)], 0, time.monotonic() + every_s * i / count])
    waiting = selectors.DefaultSelector()
    for player in players:
        player[0].setblocking(False)
        waiting.register(player[0], selectors.EVENT_READ, player)
    while not over.is_set():
        now = time.monotonic()
        for player in players:
            if now < player[3]:
                continue
            begin = player[2] % max(1, FILE_BYTES - piece)
            end = begin + piece - 1 if sizes["piece_s"] else ""
            player[0].send(f"GET /api/library/songs/{player[1]}/song.mp3 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                           f"Range: bytes={begin}-{end}\r\n\r\n".encode())
            player[2] += piece if sizes["piece_s"] else 0
            player[3] += every_s
        for key, _ in waiting.select(0.02):
            try:
                came = key.fileobj.recv(1 << 18)
            except OSError:
                came = b""
            total += len(came)
            if not came:
                broken += 1
                waiting.unregister(key.fileobj)
                key.data[3] = float("inf")
    told.put((total, broken))


class Crowd:
    """Whoever searches, browses and listens, in processes of their own, until leave(). What they wait for counts from settle()."""

    def __init__(self, server, songs, options, sizes):
        pin = not options.quick and len(cores()) > 1
        self.over, self.told, self.asked = multiprocessing.Event(), multiprocessing.Queue(), multiprocessing.Queue()
        self.settled = multiprocessing.Event()
        self.began = time.monotonic()
        self.processes = [multiprocessing.Process(target=stream, args=(server.port, songs, sizes, pin, self.over, self.told)),
                          multiprocessing.Process(target=ask, args=(server.port, sizes, pin, int(self.began * 1000), self.settled,
                                                                    self.over, self.asked))]
        for process in self.processes:
            process.start()

    def settle(self):
        self.settled.set()

    def leave(self):
        seconds = time.monotonic() - self.began
        self.over.set()
        total, broken = self.told.get(timeout=60)
        search_ms, browse_ms, failed = self.asked.get(timeout=60)
        for process in self.processes:
            process.join()
        return {"search": search_ms, "browse": browse_ms, "failed": failed, "streamed": total / seconds, "broken": broken}


def ask(port, sizes, pin, seed, settled, over, asked):
    if pin:
        os.sched_setaffinity(0, load_core())
    titles = Titles(seed)
    pages = ["/songs?order=title&limit=100&offset=", "/artists?limit=100&offset=", "/albums?limit=100&offset=",
             "/songs?genre=Jazz&limit=100&offset="]
    searching = Asking(port, sizes["searches"], lambda: "/search?kind=songs&offset=0&limit=30&q=" + urllib.parse.quote(titles.typed()), settled=settled)
    browsing = Asking(port, sizes["browsing"], lambda: titles.random.choice(pages) + str(titles.random.randrange(sizes["songs"] // 20)),
                      settled=settled)
    over.wait()
    searching.end()
    browsing.end()
    asked.put((searching.took_ms, browsing.took_ms, searching.failed + browsing.failed))


def fill(server, options, count):
    """The songs of a table, and files that are streamed. Ids of these, and how long a song of the table took, in ms."""
    add_admin(server.program, os.path.join(server.folder.name, "data"), "Bench")
    client = LibraryClient(server.port)
    client.log_in("Bench")
    began = time.monotonic()
    status, data = client.send_file("/imports", "songs.csv", table(count), private="false")
    if status != 202:
        raise SystemExit(f"The table was refused: {status}.")
    done = wait_for_import(client, data["import"]["id"])
    took_ms = 1000 * (time.monotonic() - began) / count
    if done["state"] != "done" or done["bad"] > 0:
        raise SystemExit(f"The table was not taken: {done}")
    ids = []
    for i in range(4 if options.quick else 20):
        status, data = client.send_file("/songs/upload", f"{i}.flac", sound(FILE_BYTES, i), title=f"Streamed {i}")
        if status != 201:
            raise SystemExit(f"A file was refused: {status}.")
        ids.append(data["song"]["id"])
        client.ask("PATCH", f"/songs/{ids[-1]}", {"private": False})
    client.close()
    return ids, took_ms


def free_the_librarian(server):
    """The measured shard has its core; the librarian may run wherever it finds time, as it would without this bench."""
    for pid in server.children():
        with open(f"/proc/{pid}/cmdline") as file:
            if "librarian" in file.read().split("\0"):
                os.sched_setaffinity(pid, set(cores()))


def run(options):
    quick = options.quick
    sizes = {"songs": options.songs or (300 if quick else 100_000), "singers": options.singers or (6 if quick else 200),
             "streams": options.streams or (8 if quick else 200), "searches": options.searches_per_s or (20 if quick else 50),
             "browsing": 5 if quick else 10}
    turns = options.turns or (1 if quick else 8)
    seconds = options.seconds or (1 if quick else 5)
    settle_s = 0.2 if quick else 2
    say(f"library: {sizes['songs']} songs, {sizes['streams']} streams, {sizes['searches']:g} searches a second, beside "
        f"{sizes['singers']} singers")
    runs, searches, browses, failed, broken = [], [], [], 0, 0
    with Server(options) as server:
        songs, import_ms = fill(server, options, sizes["songs"])
        if not quick:
            free_the_librarian(server)
        room, key = make_rooms(server, 1)[0]
        with Load(server, "--room", room, "--key", key, "--singers", sizes["singers"], "--interval-ms", 100 if quick else 500,
                  "--connects-per-s", 200, "--loop-seconds", 1 if quick else 5, "--seconds",
                  len(KINDS) * turns * (seconds + settle_s + 2) + 6, quick=quick) as load, \
                Yardstick({cores()[0]}) as libopus:
            wait_for_singing(server, load, sizes["singers"])
            for turn in range(turns):
                for kind in KINDS if turn % 2 == 0 else reversed(KINDS):
                    crowd = None if kind == "idle" else Crowd(server, songs, options, {**sizes, "piece_s": 2 if kind == "pieces" else None})
                    time.sleep(settle_s)
                    if crowd:
                        crowd.settle()
                    libopus.take_us()
                    window = server.measure(seconds)
                    libopus_us = libopus.take_us()
                    done = crowd.leave() if crowd else None
                    block_us = 1e6 * window["cpu_s"] / max(1, window["voices"])
                    runs.append({"library": kind, "ms/singer/s": block_us * 50 / 1000, "libopus us/block": libopus_us,
                                 "singer / libopus": block_us / libopus_us, "core": window["core_share"],
                                 "searches": len(done["search"]) if done else 0,
                                 "search p50 ms": percentile(done["search"], 0.5) if done else None,
                                 "search p99 ms": percentile(done["search"], 0.99) if done else None,
                                 "browse p99 ms": percentile(done["browse"], 0.99) if done else None,
                                 "streamed KB/s": done["streamed"] / 1000 if done else 0})
                    if done:
                        searches += done["search"]
                        browses += done["browse"]
                        failed += done["failed"]
                        broken += done["broken"]
            result = load.result()
    def times_idle(kind, measure):
        """Mean of a measure beside this kind of library, times that beside an idle one."""
        return sum(r[measure] for r in runs if r["library"] == kind) / sum(r[measure] for r in runs if r["library"] == "idle")

    counts = enough(result) and failed == 0 and broken == 0
    what = f"at {sizes['songs']} songs beside {sizes['singers']} singers"
    return [Row(f"99 of 100 searches take, {what}", MOST_SEARCH_MS, "<=", percentile(searches, 0.99), "ms", counts),
            Row(f"99 of 100 pages of the catalogue take, {what}", None, "<=", percentile(browses, 0.99), "ms", counts),
            Row(f"cost of {sizes['singers']} singers beside a busy library / an idle one, in decodings by libopus at the time", MOST_COST,
                "<=", times_idle("busy", "singer / libopus"), "", counts),
            Row("the same in seconds of processor time", None, "<=", times_idle("busy", "ms/singer/s"), "", counts),
            Row("the same in decodings where every player asks for two seconds of its song at a time", None, "<=",
                times_idle("pieces", "singer / libopus"), "", counts),
            Row("blocks that the singers missed", 0, "==", result["gap_blocks"], "", counts),
            Row("a song of an imported table takes", None, "<=", import_ms, "ms", counts)], runs
