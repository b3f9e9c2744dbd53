"""chaos: a long song in which processes of the server are killed or stand still, and its disk and shared memory are full for a while, one
such blow every few seconds, while sockets stall. Fails when somebody misses a block although her own connection stood, when somebody does
not come back, when what was stored is lost, when a full disk or memory is not said in a sentence, or when anything grows."""
import json
import os
import random
import signal
import time
import urllib.error
import urllib.request

from bench.measure import Load, Row, Server, memory_bytes, say, wait_for_singing
from bench.small_disks import SmallDisks

MB = 1024 * 1024
BACK_S = 15  # after the last blow, until every process is well
STOPPED_S = 10  # so long the supervisor stands still
FULL_S = 3  # so long disk or memory are full
SPARE_DESCRIPTORS = 4  # for each process: what it happens to do when it is looked at


def add_options(parser):
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--singers", type=int, help="default 100")
    parser.add_argument("--shards", type=int, default=2)
    parser.add_argument("--every-s", type=float, help="between two blows (default 5)")
    parser.add_argument("--seed", type=int, default=1)


def processes(server, *kinds):
    """(kind, pid) of those that run now."""
    out = []
    for pid in server.children():
        try:
            with open(f"/proc/{pid}/cmdline") as file:
                words = file.read().split("\0")
        except OSError:
            continue  # it is gone by now
        if len(words) > 1 and words[1] in kinds:
            out.append((words[1], pid))
    return out


def ask_for_room(server, name):
    """The status, and what was said."""
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}/api/rooms", json.dumps({"name": name}).encode(),
                                     {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def says_why(answer):
    """Done, or refused with a sentence."""
    status, content = answer
    return status == 201 or content["error"]["message"].endswith(".")


def until(condition, limit_s):
    deadline = time.monotonic() + limit_s
    while not (value := condition()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return value


class Blows:
    """One after the other, each kind in its turn; who is hit is chance."""

    def __init__(self, server, disks, options, quick):
        self.server, self.disks, self.quick = server, disks, quick
        self.chance = random.Random(options.seed)
        self.counts = {}
        self.speechless = 0
        full = [lambda: self.fill("disk"), lambda: self.fill("shared memory")] if disks.there else [self.kill, self.kill]
        self.kinds = [self.kill, full[0], self.kill, full[1], self.stand]
        if not quick:
            self.kinds += [self.kill, self.kill_librarian, self.stop_supervisor]
            self.chance.shuffle(self.kinds)
        self.next = 0

    def strike(self):
        kind = self.kinds[self.next % len(self.kinds)]
        self.next += 1
        kind()

    def count(self, what):
        self.counts[what] = self.counts.get(what, 0) + 1

    def hit(self, number, how, *kinds):
        living = processes(self.server, *kinds)
        if not living:
            return
        name, pid = self.chance.choice(living)
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        self.count(f"{name} {how}")

    def kill(self):
        self.hit(signal.SIGKILL, "killed", "conductor", "shard")

    def kill_librarian(self):
        self.hit(signal.SIGKILL, "killed", "librarian")

    def stand(self):
        self.hit(signal.SIGSTOP, "stood", "conductor", "shard")  # the supervisor ends it then

    def stop_supervisor(self):
        os.kill(self.server.process.pid, signal.SIGSTOP)
        time.sleep(STOPPED_S)
        os.kill(self.server.process.pid, signal.SIGCONT)
        self.count("supervisor stood")

    def fill(self, what):
        self.disks.fill(what)
        end = time.monotonic() + (0 if self.quick else FULL_S)
        while True:
            try:
                self.speechless += not says_why(ask_for_room(self.server, "While it is full"))
            except OSError:
                pass  # the last blow is felt still: nobody answers
            if time.monotonic() >= end:
                break
            time.sleep(1)  # 20 a minute are allowed
        self.disks.free(what)
        self.count(f"{what} full")


def descriptors(pids):
    return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in pids)


def everybody(server):
    return [server.process.pid, *(pid for _, pid in processes(server, "conductor", "shard", "librarian"))]


def size_of_all(server):
    """Of all processes: descriptors, and memory of their own, MB."""
    pids = everybody(server)
    return descriptors(pids), sum(memory_bytes(pid)["own"] for pid in pids) / MB


def is_well(server, shards):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/healthz", timeout=2) as answer:
            return answer.status == 200 and len(processes(server, "conductor", "shard")) == shards + 1
    except OSError:
        return False


def run(options):
    quick = options.quick
    singers = options.singers or (12 if quick else 100)
    every_s = options.every_s or (1 if quick else 5)
    song_s = 6 if quick else options.minutes * 60
    say(f"chaos: a song of {song_s:.0f} s, {singers} singers, {options.shards} shard(s), a blow every {every_s:g} s")
    with SmallDisks(data_mb=64, shm_mb=256) as disks, Server(options, shards=options.shards) as server:
        if not disks.there:
            say("  (disk and shared memory are not filled: that needs root)")
        status, room = ask_for_room(server, "Chaos")
        assert status == 201, room
        supervisor = server.process.pid
        with Load(server, "--room", room["room"], "--key", room["key"], "--singers", singers, "--interval-ms", 300, "--seconds",
                  song_s, "--come-back", "--stall-percent", 2, "--stall-ms", 600, "--loop-seconds", 1 if quick else 5,
                  quick=quick) as load:
            wait_for_singing(server, load, singers)
            until(lambda: processes(server, "librarian"), BACK_S)
            before = descriptors([supervisor]), memory_bytes(supervisor)["own"] / MB
            all_before = size_of_all(server)
            blows = Blows(server, disks, options, quick)
            end = time.monotonic() + song_s - (2 if quick else 15)
            while time.monotonic() < end and load.process.poll() is None:
                blows.strike()
                time.sleep(every_s)
            well = until(lambda: is_well(server, options.shards), BACK_S) and until(lambda: processes(server, "librarian"), BACK_S)
            until(lambda: server.sessions() >= singers or load.process.poll() is not None, BACK_S)
            after = descriptors([supervisor]), memory_bytes(supervisor)["own"] / MB
            all_after = size_of_all(server)
            result = load.result(limit_s=240)
        kept = json.loads(server.get(f"/api/rooms/{room['room']}"))["name"] == "Chaos"
        stores_again = until(lambda: ask_for_room(server, "Afterwards")[0] == 201, BACK_S)
    rows = [Row("blocks missed by those whose connection stood", 0, "==", result["gap_blocks"], ""),
            Row("singers who were not there at the end", 0, "==", singers - result["still_there"], ""),
            Row("all processes well after the last blow", 1, "==", int(bool(well)), ""),
            Row("the room is kept", 1, "==", int(kept), ""),
            Row("it stores again without a restart", 1, "==", int(bool(stores_again)), ""),
            Row("refusals without a sentence", 0, "==", blows.speechless, ""),
            Row("descriptors of the supervisor, grown by", 0, "<=", after[0] - before[0], ""),
            Row("memory of the supervisor, grown by", 1, "<=", after[1] - before[1], "MB"),
            Row("descriptors of all, grown by", SPARE_DESCRIPTORS * (options.shards + 3), "<=", all_after[0] - all_before[0], ""),
            Row("memory of all, of what it was", 1.25, "<=", all_after[1] / all_before[1], "")]
    details = {"singers": singers, "shards": options.shards, "came back": result["came_back"], "times": result["reconnects"],
               "MB before": all_before[1], "MB after": all_after[1]}
    for what in ("conductor killed", "conductor stood", "shard killed", "shard stood", "librarian killed",
                 "supervisor stood", "disk full", "shared memory full"):
        details[what] = blows.counts.get(what, 0)
    return rows, [details]
