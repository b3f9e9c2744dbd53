"""ticks: how long the tick of a loaded shard takes."""
from bench.measure import Load, Row, Server, enough, say, wait_for_singing

TICK_US = 20_000


def add_options(parser):
    parser.add_argument("--singers", type=int, help="default 400, in six buckets on one shard")


def run(options):
    singers = options.singers or (12 if options.quick else 400)
    seconds = options.seconds or (1 if options.quick else 15)
    say(f"ticks: {singers} singers on one shard")
    with Server(options) as server:
        with Load(server, "--make-room", "--singers", singers, "--interval-ms", 100 if options.quick else 500,
                  "--connects-per-s", 200, "--loop-seconds", 1 if options.quick else 5, "--seconds", seconds + 1,
                  quick=options.quick) as load:
            wait_for_singing(server, load, singers)
            window = server.measure(seconds)
            ticks = server.status()["shards"][0]["tick_us"]
            result = load.result()
    names = {"p50": "median", "p99": "99th percentile", "p99_9": "99.9th percentile", "worst": "worst"}
    rows = [Row(f"tick of a shard with {singers} singers, {text}", TICK_US if name == "p99_9" else None, "<", ticks[name], "us",
                enough(result)) for name, text in names.items()]
    details = {"singers": singers, "core": window["core_share"], "ticks": window["ticks"], "late ticks": window["late_ticks"],
               **ticks, "delivered": result["delivered"], "counts": enough(result)}
    return rows, [details]
