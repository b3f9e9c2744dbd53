"""join: from opening the socket to the first decoded block of a song that lasts; in Chromium from click to sound."""
from bench import chromium
from bench.measure import Load, Row, Server, enough, say


def add_options(parser):
    parser.add_argument("--joiners", type=int, help="who come while 50 sing; default 200")
    parser.add_argument("--no-chromium", action="store_true", help="native clients alone")


def run(options):
    joiners = options.joiners or (6 if options.quick else 200)
    singers = 6 if options.quick else 50
    seconds = options.seconds or (1.5 if options.quick else 12)
    say(f"join: {joiners} come while {singers} sing")
    with Server(options) as server:
        with Load(server, "--make-room", "--singers", singers, "--listeners", joiners, "--late-joiners", joiners,
                  "--interval-ms", 100 if options.quick else 200, "--loop-seconds", 1 if options.quick else 5,
                  "--seconds", seconds, quick=options.quick) as load:
            result = load.result()
    counts = enough(result) and result["joined_late"] == joiners
    details = {"joiners": joiners, "singers": singers, "welcome p50 ms": result["welcome_ms_p50"],
               "welcome p99 ms": result["welcome_ms_p99"], "first block p50 ms": result["join_ms_p50"],
               "first block p99 ms": result["join_ms_p99"], "delivered": result["delivered"], "counts": counts}
    rows = [Row("socket to first decoded block, median", None, "", result["join_ms_p50"], "ms", counts),
            Row("socket to first decoded block, p99", 300, "<", result["join_ms_p99"], "ms", counts)]
    if not options.quick and not options.no_chromium:
        rows += chromium.join_rows(options.program)
    return rows, [details]
