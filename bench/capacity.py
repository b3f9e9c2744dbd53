"""capacity: what a singer costs a shard, as a ratio to decoding the same packets with libopus and nothing else."""
from bench.measure import BLOCKS_PER_S, Load, Row, Server, enough, say, wait_for_singing

GOALS = {(1, False): 1.45, (3, False): 1.25, (1, True): 1.8, (3, True): 1.35}
TLS_SINGERS = 400  # 700 over TLS are more than a core
BUCKETS = 6


def add_options(parser):
    parser.add_argument("--singers", type=int, nargs="+", help="on one shard, in six buckets (default 100 400 700)")
    parser.add_argument("--blocks", type=int, nargs="+", help="blocks per message (default 1 3)")
    parser.add_argument("--no-tls", action="store_true", help="leave the runs over TLS out")


def one(options, singers, blocks, tls, seconds):
    """One run: a dictionary of what was measured."""
    kind = "TLS" if tls else "plain"
    say(f"capacity: {singers} singers, {blocks} block(s) per message, {kind}")
    with Server(options, tls=tls, blocks_per_message=blocks) as server:
        with Load(server, "--make-room", "--singers", singers, "--interval-ms", 100 if options.quick else 500, "--connects-per-s",
                  200, "--loop-seconds", 1 if options.quick else 5, "--seconds", seconds + (1 if options.quick else 4),
                  "--decode-alone", quick=options.quick) as load:
            wait_for_singing(server, load, singers)
            window = server.measure(seconds)
            shard = server.status()["shards"][0]
            result = load.result()
    cost = 1000 * window["cpu_s"] / (window["voices"] / BLOCKS_PER_S)
    alone = result["decode_alone_ms_per_singer_second"]
    complexity = min(result["encode_alone_us"], key=lambda c: abs(int(c) - shard["complexity"]))
    encode_us = result["encode_alone_us"][complexity]
    return {"singers": singers, "blocks/message": blocks, "TLS": "yes" if tls else "no", "ms/singer/s": cost,
            "decode alone before": result["decode_alone_before_ms"], "decode alone after": result["decode_alone_after_ms"],
            "ratio": cost / alone, "core": window["core_share"],
            "late share": window["blocks_late"] / max(1, window["blocks_added"]),
            "complexity": shard["complexity"], "encodes share of cost": window["encodes"] * encode_us / 1e6 / window["cpu_s"],
            "encodes/block": window["encodes"] / window["seconds"] / BLOCKS_PER_S,
            "messages out/block": window["messages_out"] / max(1, window["voices"]),
            "delivered": result["delivered"], "load's core": result["own_cpu_share"], "counts": enough(result)}


def run(options):
    sizes = options.singers or ([12] if options.quick else [100, 400, 700])
    seconds = options.seconds or (1 if options.quick else 10)
    plain = options.blocks or ([1] if options.quick else [1, 3])
    tls = [] if options.no_tls else options.blocks or ([3] if options.quick else [1, 3])
    runs = [one(options, n, blocks, False, seconds) for blocks in plain for n in sizes]
    runs += [one(options, min(TLS_SINGERS, max(sizes)), blocks, True, seconds) for blocks in tls]
    rows = [Row(f"cost of one of {r['singers']} singers / decoding alone, {r['blocks/message']} block(s) per message"
                + (", TLS" if r["TLS"] == "yes" else ""), GOALS.get((r["blocks/message"], r["TLS"] == "yes")), "<=", r["ratio"], "",
                r["counts"]) for r in runs]
    if not options.quick:
        # So many singers that the shard has 80 % of a core to do.
        cost = next(r for r in reversed(runs) if r["blocks/message"] == plain[0] and r["TLS"] == "no")["ms/singer/s"]
        full = one(options, int(800 / cost), plain[0], False, seconds)
        runs.append(full)
        rows.append(Row(f"late blocks at {100 * full['core']:.0f} % of a core ({full['singers']} singers)", 0.1, "<",
                        100 * full["late share"], "%", full["counts"]))
    else:
        rows.append(Row("late blocks", 0.1, "<", 100 * max(r["late share"] for r in runs), "%"))
    return rows, runs
