"""overload: twice as many singers come as one shard can serve. What is shed, in which order, who is refused, and is anybody late?"""
import time

from bench.measure import Load, Row, Server, say, wait_for_singing


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
                  500, "--connects-per-s", 200, "--loop-seconds", 1 if options.quick else 5, "--seconds",
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
            load.result()
    return seen


STEPS = {"encode quality": lambda s: s["complexity"] == 0, "meters": lambda s: s["strain"] >= 2,
         "listeners' batching": lambda s: s["strain"] >= 3, "timing": lambda s: s["late share"] > 0.001}


def given_up(seen):
    """What was given up, and in which second first."""
    seconds = {what: next((i for i, second in enumerate(seen) if step(second)), None) for what, step in STEPS.items()}
    return {what: second for what, second in seconds.items() if second is not None}


def order_kept(seen):
    """Everything before timing was given up, in the order of STEPS; timing may not have been."""
    seconds = given_up(seen)
    return list(seconds)[:3] == list(STEPS)[:3] and list(seconds.values()) == sorted(seconds.values())


def run(options):
    if options.quick:
        offered, at_first, seconds = options.singers or 44, 40, options.seconds or 3
    else:
        at_first, seconds = 300, options.seconds or 40
        offered = options.singers or 2 * capacity(options, at_first)
    say(f"overload: {offered} singers come to one shard")
    guarded = come(options, offered, at_first, seconds, True)
    open_door = come(options, offered, at_first, seconds, False)
    late_share = max(second["late share"] for second in guarded)
    rows = [Row("late blocks in the worst second, twice the singers come, the server refuses", 0.1, "<", 100 * late_share, "%"),
            Row("singers it took", None, "", max(second["singers"] for second in guarded), ""),
            Row("singers it refused", None, "", guarded[-1]["refused"], "")]
    if not options.quick:
        rows.append(Row(f"given up in the order {', '.join(STEPS)} (nobody is refused)", 1, "==",
                        int(order_kept(open_door)), ""))
        rows += [Row(f"singers when it gave up {what}", None, "", open_door[second]["singers"], "")
                 for what, second in given_up(open_door).items()]
    return rows, guarded[::4] + open_door[::4]
