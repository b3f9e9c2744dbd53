"""live: what 1,000 players at a room's live link cost a shard, against 1,000 listeners of the same song."""
from bench.client import Visitor, make_rooms
from bench.measure import Load, Row, Server, cores, enough, load_core, say, wait_for_singing

import multiprocessing
import os
import selectors
import socket


def add_options(parser):
    parser.add_argument("--players", type=int, help="and listeners; default 1000")
    parser.add_argument("--singers", type=int, help="default 30")


def play(port, path, count, pin, there, over, heard):
    """A process of so many players: reads until it is told that it is over."""
    if pin:
        os.sched_setaffinity(0, load_core())
    waiting = selectors.DefaultSelector()
    for _ in range(count):
        player = socket.create_connection(("127.0.0.1", port), timeout=30)
        player.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        player.setblocking(False)
        waiting.register(player, selectors.EVENT_READ)
    there.set()
    total = 0
    while not over.is_set():
        for key, _ in waiting.select(0.1):
            came = key.fileobj.recv(1 << 16)
            total += len(came)
            if not came:
                waiting.unregister(key.fileobj)
    heard.put((total, len(waiting.get_map())))


class Players:
    def __init__(self, server, path, count, quick):
        self.there, self.over, self.heard = multiprocessing.Event(), multiprocessing.Event(), multiprocessing.Queue()
        pin = not quick and len(cores()) > 1
        self.process = multiprocessing.Process(target=play, args=(server.port, path, count, pin, self.there, self.over, self.heard))
        self.process.start()
        if not self.there.wait(60):
            raise SystemExit("The players did not come in.")

    def leave(self):
        """Bytes that they heard, and how many heard to the end."""
        self.over.set()
        out = self.heard.get(timeout=30)
        self.process.join()
        return out


def song(options, singers, listeners, seconds, players, windows):
    """Measures a song of so many singers and listeners, then with players beside them where there are any."""
    with Server(options, max_live_players_per_shard=100_000, max_live_players_per_address=100_000) as server:
        room, key = make_rooms(server, 1)[0]
        organiser = Visitor(server, room, key)
        with Load(server, "--room", room, "--key", key, "--singers", singers, "--listeners", listeners, "--interval-ms",
                  100 if options.quick else 500, "--connects-per-s", 500, "--loop-seconds", 1 if options.quick else 5, "--seconds",
                  seconds * windows + (8 if players else 4), quick=options.quick) as load:
            wait_for_singing(server, load, singers, 120 + listeners / 500)
            alone = server.measure(seconds)
            beside, heard = None, (0, 0)
            if players:
                organiser.say({"type": "open_live", "id": 1})
                path = organiser.wait_for("done")["link"]
                they = Players(server, path, players, options.quick)
                load.wait_until(lambda: server.status()["totals"]["live_players"] == players)
                beside = server.measure(seconds)
                heard = they.leave()
            result = load.result()
        organiser.close()
    return alone, beside, heard, enough(result)


def run(options):
    count = options.players or (20 if options.quick else 1_000)
    singers = options.singers or (6 if options.quick else 30)
    seconds = options.seconds or (1 if options.quick else 10)
    say(f"live: {count} players, then {count} listeners, beside {singers} singers")
    alone, players, (heard, to_the_end), good = song(options, singers, 0, seconds, count, 2)
    listeners, _, _, good_too = song(options, singers, count, seconds, 0, 1)
    cost = {"players": players["core_share"] - alone["core_share"], "listeners": listeners["core_share"] - alone["core_share"]}
    details = {"players and listeners": count, "singers": singers, "core of the singers": alone["core_share"],
               "more by players": cost["players"], "more by listeners": cost["listeners"],
               "us/player/s": 1e6 * cost["players"] / count, "us/listener/s": 1e6 * cost["listeners"] / count,
               "live encodes/s": players["live_encodes"] / players["seconds"], "KB of each player": heard / 1000 / count,
               "players cut off": players["live_cut"], "heard to the end": to_the_end}
    counts = good and good_too and to_the_end == count
    return [Row(f"cost of {count} players of the live link / of {count} listeners", 1, "<=",
                cost["players"] / max(1e-9, cost["listeners"]), "", counts)], [details]
