"""chaos: a long song in which processes of the server are killed or stand still, one every few seconds, while sockets stall. Fails when
somebody misses a block although her own connection stood, when somebody does not come back, when what was stored is lost, or
when the supervisor grows."""
import json
import os
import random
import signal
import time
import urllib.request

from bench.measure import Load, Row, Server, memory_bytes, say, wait_for_singing

MB = 1024 * 1024
BACK_S = 15  # after the last blow, until every process is well


def add_options(parser):
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--singers", type=int, help="default 100")
    parser.add_argument("--shards", type=int, default=2)
    parser.add_argument("--every-s", type=float, help="between two blows (default 5)")
    parser.add_argument("--seed", type=int, default=1)


def victims(server):
    """(name, pid) of conductor and shards, as they run now."""
    out = []
    for pid in server.children():
        try:
            with open(f"/proc/{pid}/cmdline") as file:
                words = file.read().split("\0")
        except OSError:
            continue  # it is gone by now
        if len(words) > 1 and words[1] in ("conductor", "shard"):
            out.append((" ".join(words[1:]).strip(), pid))
    return out


def strike(server, chance):
    """Kills one of them, or lets it stand (the supervisor ends it then). Its name and how."""
    living = victims(server)
    if not living:
        return None
    name, pid = chance.choice(living)
    number = chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGKILL, signal.SIGSTOP])
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return None
    return name.split(" ")[0], number.name


def make_room(server, name):
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}/api/rooms", json.dumps({"name": name}).encode(),
                                     {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def all_well(server, shards):
    deadline = time.monotonic() + BACK_S
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/healthz", timeout=2) as answer:
                if answer.status == 200 and len(victims(server)) == shards + 1:
                    return True
        except OSError:
            pass  # not yet
        time.sleep(0.1)
    return False


def run(options):
    quick = options.quick
    singers = options.singers or (12 if quick else 100)
    every_s = options.every_s or (1 if quick else 5)
    song_s = 5 if quick else options.minutes * 60
    chance = random.Random(options.seed)
    say(f"chaos: a song of {song_s:.0f} s, {singers} singers, {options.shards} shard(s), a blow every {every_s:g} s")
    with Server(options, shards=options.shards) as server:
        room = make_room(server, "Chaos")
        supervisor = server.process.pid
        with Load(server, "--room", room["room"], "--key", room["key"], "--singers", singers, "--interval-ms", 300, "--seconds",
                  song_s, "--come-back", "--stall-percent", 2, "--stall-ms", 600, "--loop-seconds", 1 if quick else 5,
                  quick=quick) as load:
            wait_for_singing(server, load, singers)
            before = descriptors(supervisor), memory_bytes(supervisor)["own"]
            blows = {}
            end = time.monotonic() + song_s - (2 if quick else 15)
            while time.monotonic() < end and load.process.poll() is None:
                struck = strike(server, chance)
                if struck:
                    blows[struck] = blows.get(struck, 0) + 1
                time.sleep(every_s)
            well = all_well(server, options.shards)
            after = descriptors(supervisor), memory_bytes(supervisor)["own"]
            result = load.result(limit_s=240)
        kept = json.loads(server.get(f"/api/rooms/{room['room']}"))["name"] == "Chaos"
    rows = [Row("blocks missed by those whose connection stood", 0, "==", result["gap_blocks"], ""),
            Row("singers who were not there at the end", 0, "==", singers - result["still_there"], ""),
            Row("all processes well after the last blow", 1, "==", int(well), ""),
            Row("the room is kept", 1, "==", int(kept), ""),
            Row("descriptors of the supervisor, grown by", 0, "<=", after[0] - before[0], ""),
            Row("memory of the supervisor, grown by", 1, "<=", (after[1] - before[1]) / MB, "MB")]
    details = {"singers": singers, "shards": options.shards, "came back": result["came_back"], "times": result["reconnects"],
               "conductor killed": blows.get(("conductor", "SIGKILL"), 0), "conductor stood": blows.get(("conductor", "SIGSTOP"), 0),
               "shard killed": blows.get(("shard", "SIGKILL"), 0), "shard stood": blows.get(("shard", "SIGSTOP"), 0)}
    return rows, [details]
