"""soak: everything at once for a long time: several songs, jitter, stalls, slow readers, broken connections, late joiners. Fails
when a process dies, somebody who was left in peace misses a block, a connection is lost, or memory grows."""
import time

from bench.measure import Load, Row, Server, memory_bytes, say

MB = 1024 * 1024


def add_options(parser):
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--singers", type=int, help="default 100")
    parser.add_argument("--listeners", type=int, help="default 200")
    parser.add_argument("--shards", type=int, default=2)


def run(options):
    quick = options.quick
    singers = options.singers or (16 if quick else 100)
    listeners = options.listeners or (12 if quick else 200)
    song_s = 1.5 if quick else 40
    interval_ms = 200 if quick else 300
    between_s = 0.2 if quick else 2
    # A song takes its length, the way through the buckets, and the lead-in.
    songs = 2 if quick else max(2, round(options.minutes * 60 / (song_s + 2 * 5 * interval_ms / 1000 + between_s + 4)))
    say(f"soak: {songs} songs, {singers} singers, {listeners} listeners, {options.shards} shards")
    with Server(options, shards=options.shards) as server:
        with Load(server, "--make-room", "--singers", singers, "--listeners", listeners, "--interval-ms", interval_ms, "--seconds",
                  song_s, "--songs", songs, "--wait-s", between_s, "--loop-seconds", 1 if quick else 10, "--jitter-ms", 40,
                  "--stall-percent", 2, "--stall-ms", 600, "--slow-readers", 2 if quick else 10,
                  "--reconnects-per-min", 60 if quick else 20, "--late-joiners", 4 if quick else 20, quick=quick) as load:
            pids = [server.process.pid, *server.children()]
            samples = []
            deadline = time.monotonic() + options.minutes * 60 * 1.5 + 120
            while load.process.poll() is None and time.monotonic() < deadline:
                if server.process.poll() is None:
                    samples.append(sum(memory_bytes(pid)["own"] for pid in pids if server.alive(pid)))
                time.sleep(0.5 if quick else 5)
            result = load.result()
        same = sorted([server.process.pid, *server.children()]) == sorted(pids)
        totals = server.status()["totals"]
    # The first third fills pools and caches; after that memory must stay.
    third = max(1, len(samples) // 3)
    grown = (max(samples[-third:]) - max(samples[third:2 * third] or samples[:third])) / MB
    people = singers + listeners
    rows = [Row("processes that died", 0, "==", 0 if same else 1, ""),
            Row("blocks missed by those left in peace", 0, "==", result["gap_blocks"], ""),
            Row("delivered to those left in peace", 0.999, ">=", result["delivered"], ""),
            Row("connections lost", 0, "==", result["lost_connections"], ""),
            Row("messages not understood, and refusals", 0, "==", result["bad_messages"] + result["errors"], ""),
            Row("growth of memory from the second third to the last", 2 if quick else 4, "<=", grown, "MB")]
    details = {"songs": songs, "people": people, "blocks": result["blocks"], "reconnects": result["reconnects"],
               "disturbed": result["disturbed"], "their gaps": result["gap_blocks_disturbed"], "voices": totals["voices_decoded"],
               "late": totals["blocks_late"], "memory first MB": samples[0] / MB, "last MB": samples[-1] / MB}
    return rows, [details]
