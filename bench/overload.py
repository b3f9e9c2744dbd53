"""overload: twice as many singers come as one shard can serve. What is shed, in which order, who is refused, and is anybody late?"""
import time

from bench.measure import Load, Row, Server, enough, say, wait_for_singing

SHED = ["encode quality", "meters", "listeners' batching"]  # by strain, from 1


def add_options(parser):
    parser.add_argument("--singers", type=int, help="offered in all (default: twice the shard's capacity)")


def capacity(options, singers):
    """What the shard says of itself when it has heard some."""
    with Server(options) as server:
        with Load(server, "--make-room", "--singers", singers, "--interval-ms", 500, "--connects-per-s", 200, "--loop-seconds", 5,
                  "--seconds", 12) as load:
            wait_for_singing(server, load, singers)
            time.sleep(8)
            return server.status()["shards"][0]["capacity"]


def come(options, singers, at_first, seconds, refuse):
    """`at_first` sing; the others come one by one while they do. What was seen, a dictionary a second."""
    seen = []
    with Server(options, refuse_singers=refuse) as server:
        with Load(server, "--make-room", "--singers", singers, "--late-joiners", singers - at_first, "--interval-ms",
                  100 if options.quick else 500, "--connects-per-s", 200, "--loop-seconds", 1 if options.quick else 5, "--seconds",
                  seconds, quick=options.quick) as load:
            wait_for_singing(server, load, at_first)
            before = server.status()["totals"]
            last = before
            while load.process.poll() is None:
                time.sleep(1 if not options.quick else 0.2)
                status = server.status()
                shard, totals = status["shards"][0], status["totals"]
                blocks = totals["voices_decoded"] + totals["voices_skipped"] - last["voices_decoded"] - last["voices_skipped"]
                if blocks == 0:
                    break
                seen.append({"offered": singers, "singers are refused": "yes" if refuse else "no", "singers": shard["singers"],
                             "capacity": shard["capacity"], "load": shard["load"], "complexity": shard["complexity"],
                             "strain": shard["strain"], "late share": (totals["blocks_late"] - last["blocks_late"]) / blocks,
                             "late ticks": totals["late_ticks"] - last["late_ticks"],
                             "refused": totals["singers_refused"] - before["singers_refused"]})
                last = totals
            result = load.result()
    return seen, result


def first(seen, what):
    """The second at which it was seen first; None: never."""
    return next((i for i, second in enumerate(seen) if what(second)), None)


def run(options):
    if options.quick:
        offered, at_first, seconds = options.singers or 12, 6, options.seconds or 3
    else:
        at_first, seconds = 300, options.seconds or 40
        offered = options.singers or 2 * capacity(options, at_first)
    say(f"overload: {offered} singers come to one shard")
    guarded, result = come(options, offered, at_first, seconds, True)
    open_door, _ = come(options, offered, at_first, seconds, False)
    late_share = max(second["late share"] for second in guarded)
    rows = [Row("late blocks in the worst second, twice the singers come, the server refuses", 0.1, "<", 100 * late_share, "%"),
            Row("singers it took", None, "", max(second["singers"] for second in guarded), ""),
            Row("singers it refused", None, "", guarded[-1]["refused"], "")]
    if not options.quick:
        # Nobody is refused: what is given up, in which order, and last of all timing.
        seen = open_door
        lost = first(seen, lambda s: s["late share"] > 0.001)
        order = [first(seen, lambda s: s["complexity"] == 0), first(seen, lambda s: s["strain"] >= 2),
                 first(seen, lambda s: s["strain"] >= 3), lost if lost is not None else len(seen)]
        kept = None not in order and order == sorted(order)
        rows.append(Row(f"shed in the order {', '.join(SHED)}, timing last (nobody is refused)", 1, "==", int(kept), ""))
        for what, second in zip([*SHED, "0.1 % late blocks"], order):
            if second is not None and second < len(seen):
                rows.append(Row(f"singers when the last step came: {what}", None, "", seen[second]["singers"], ""))
    return rows, guarded + open_door
