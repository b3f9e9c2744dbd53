"""shards: what a singer costs on 2, 8 and 32 shards, as a ratio to one; and that the encodes stay one per occupied bucket."""
from bench.measure import BLOCKS_PER_S, Load, Row, Server, enough, say, wait_for_singing

BUCKETS = 6


def add_options(parser):
    parser.add_argument("--shards", type=int, nargs="+", help="default 1 2 8 32; the first is what the others are compared with")
    parser.add_argument("--singers", type=int, help="default 320, in six buckets")


def one(options, shards, singers, seconds):
    say(f"shards: {shards} shard(s), {singers} singers")
    with Server(options, shards=shards) as server:
        with Load(server, "--make-room", "--singers", singers, "--interval-ms", 100 if options.quick else 500, "--connects-per-s",
                  200, "--loop-seconds", 1 if options.quick else 4, "--seconds", seconds + (1 if options.quick else 3),
                  quick=options.quick) as load:
            wait_for_singing(server, load, singers)
            window = server.measure(seconds)
            result = load.result()
        totals = server.status()["totals"]
    return {"shards": shards, "singers": singers, "ms/singer/s": 1000 * window["cpu_s"] / (window["voices"] / BLOCKS_PER_S),
            "cores": window["core_share"], "encodes": totals["encodes"], "blocks of the buckets' streams": result["stream_blocks"],
            "streams taken over": totals["streams_taken"],
            "late share": window["blocks_late"] / max(1, window["blocks_added"]), "delivered": result["delivered"],
            "counts": enough(result)}


def run(options):
    shards = options.shards or ([1, 3] if options.quick else [1, 2, 8, 32])
    singers = options.singers or (18 if options.quick else 320)
    seconds = options.seconds or (1 if options.quick else 8)
    runs = [one(options, n, singers, seconds) for n in shards]
    first = runs[0]
    rows = [Row(f"cost per singer with {r['shards']} shards / with {first['shards']}", 1.1, "<=",
                r["ms/singer/s"] / first["ms/singer/s"], "", r["counts"] and first["counts"]) for r in runs[1:]]
    rows += [Row(f"encodes per block of an occupied bucket, {r['shards']} shard(s)", 1, "==",
                 r["encodes"] / max(1, r["blocks of the buckets' streams"]), "", r["counts"]) for r in runs]
    return rows, runs
