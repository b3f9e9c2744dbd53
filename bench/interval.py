"""interval: the shortest interval at which 100 native singers in six buckets lose no block; the loop time of a Chromium page."""
from bench import chromium
from bench.measure import Load, Row, Server, enough, say

GOAL_MS = 60
STEP_MS = 20  # intervals are whole blocks


def add_options(parser):
    parser.add_argument("--singers", type=int, help="default 100, in six buckets")
    parser.add_argument("--no-chromium", action="store_true", help="native singers alone")


def one(options, interval_ms, singers, seconds):
    say(f"interval: {interval_ms} ms, {singers} singers, {seconds} s")
    with Server(options) as server:
        with Load(server, "--make-room", "--singers", singers, "--interval-ms", interval_ms, "--connects-per-s", 200,
                  "--loop-seconds", 1 if options.quick else 5, "--seconds", seconds, quick=options.quick) as load:
            result = load.result(120 + seconds)
        totals = server.status()["totals"]
    lost = (totals["blocks_late"] + totals["blocks_refused"] + totals["audio_dropped"] + result["gap_blocks"]
            + result["unsent_messages"])
    return {"interval ms": interval_ms, "singers": singers, "seconds": seconds, "late": totals["blocks_late"],
            "dropped": totals["audio_dropped"], "gaps": result["gap_blocks"], "lost in all": lost,
            "blocks sung": result["sent"], "blocks/message": result["most_blocks_per_message"],
            "loop p50 ms": result["loop_ms_p50"], "loop p99 ms": result["loop_ms_p99"], "late ticks": totals["late_ticks"],
            "delivered": result["delivered"], "counts": enough(result)}


def shortest(options, singers, seconds):
    """Tries the goal for the whole time; where that loses blocks, finds the shortest one that does not, in shorter runs."""
    runs = [one(options, GOAL_MS, singers, seconds)]
    if runs[0]["lost in all"] == 0:
        return GOAL_MS, runs
    short = min(seconds, 20)
    bad, good = GOAL_MS, None
    while good is None and bad < 2000:
        runs.append(one(options, bad * 2, singers, short))
        bad, good = (bad * 2, None) if runs[-1]["lost in all"] else (bad, bad * 2)
    if good is None:
        return bad, runs
    while good - bad > STEP_MS:
        middle = (good + bad) // 2 // STEP_MS * STEP_MS
        runs.append(one(options, middle, singers, short))
        bad, good = (middle, good) if runs[-1]["lost in all"] else (bad, middle)
    return good, runs


def run(options):
    singers = options.singers or (12 if options.quick else 100)
    seconds = options.seconds or (1 if options.quick else 120)
    if options.quick:
        found, runs = 200, [one(options, 200, singers, seconds)]
    else:
        found, runs = shortest(options, singers, seconds)
    rows = [Row(f"shortest interval at which {singers} singers in six buckets lose no block", GOAL_MS, "<=", found, "ms",
                all(r["counts"] for r in runs))]
    if options.quick or options.no_chromium:
        return rows, runs
    return rows + chromium.loop_rows(options.program), runs
