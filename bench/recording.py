"""recording: what a song costs the shards while it is recorded, against the same song while it is not, in turns in one run."""
from bench.client import Visitor, make_rooms
from bench.measure import Load, Row, Server, enough, say, wait_for_singing

import time

MOST = 1.05  # times the processor time without


def add_options(parser):
    parser.add_argument("--singers", type=int, help="default 200")
    parser.add_argument("--turns", type=int, help="of each kind (default 5)")


def run(options):
    singers = options.singers or (6 if options.quick else 200)
    turns = options.turns or (2 if options.quick else 5)
    seconds = options.seconds or (0.5 if options.quick else 8)
    settle_s = 0.2 if options.quick else 1
    say(f"recording: {singers} singers, {turns} times recorded and not")
    runs = []
    with Server(options) as server:
        room, key = make_rooms(server, 1)[0]
        organiser = Visitor(server, room, key)
        with Load(server, "--room", room, "--key", key, "--singers", singers, "--interval-ms", 100 if options.quick else 500,
                  "--connects-per-s", 200, "--loop-seconds", 1 if options.quick else 5, "--seconds",
                  2 * turns * (seconds + settle_s + 0.5) + 4, quick=options.quick) as load:
            wait_for_singing(server, load, singers)
            for turn in range(turns):
                for recorded in (False, True) if turn % 2 == 0 else (True, False):
                    organiser.say({"type": "record", "on": recorded})
                    time.sleep(settle_s)
                    window = server.measure(seconds)
                    runs.append({"recorded": "yes" if recorded else "no",
                                 "ms/singer/s": 1000 * window["cpu_s"] / max(1, window["voices"]) * 50,
                                 "core": window["core_share"], "logged KB/s": window["record_bytes"] / 1000 / window["seconds"],
                                 "blocks not kept": window["record_dropped"]})
            result = load.result()
        organiser.close()
    costs = {kind: sum(r["ms/singer/s"] for r in runs if r["recorded"] == kind) / turns for kind in ("yes", "no")}
    written = all((r["logged KB/s"] > 0) == (r["recorded"] == "yes") for r in runs) or options.quick
    counts = enough(result) and written and all(r["blocks not kept"] == 0 for r in runs)
    return [Row(f"cost of {singers} singers recorded / not recorded", MOST, "<=", costs["yes"] / costs["no"], "", counts)], runs
