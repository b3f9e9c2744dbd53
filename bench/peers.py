"""peers: what a singer costs Roundelay and Janus's AudioBridge, in turns on the same core."""
import contextlib
import os

from bench import capacity, janus
from bench.measure import BLOCKS_PER_S, ENOUGH_DELIVERED, ROOT, Row, cores, load_core, say

GOAL = 4  # times what a singer costs Roundelay, and people per core
FULL = 0.75  # of a core, about: so many come at the end
ROUNDELAY = "Roundelay"
# What is asked of the AudioBridge when somebody joins. It has no setting for the codec's mode: with its own bitrate libopus encodes
# for speech (hybrid), from about 70 kbit/s on it chooses CELT.
WAYS = {"Janus, its default": {}, "Janus, CELT": {"bitrate": 72_000}}
WARM_UP_S = 2
QUIET_BYTES = 20  # packets of silence are smaller

DIFFERENCES = [
    {"what is done": "mixes", "Janus AudioBridge": "one for each person: all but their own voice",
     ROUNDELAY: "one for each bucket, whoever hears it"},
    {"what is done": "encodes", "Janus AudioBridge": "one for each person, complexity 4, for speech unless the bitrate is high",
     ROUNDELAY: "one for each bucket, complexity 10 as long as there is time, always CELT"},
    {"what is done": "who hears whom", "Janus AudioBridge": "everybody all others, late by the way to the server and back",
     ROUNDELAY: "everybody those of the buckets before, in time with what they sing"},
    {"what is done": "decodes", "Janus AudioBridge": "each voice, in a thread of its own", ROUNDELAY: "each voice, in the shard's loop"},
    {"what is done": "processor time counted", "Janus AudioBridge": "the whole process",
     ROUNDELAY: "the shard; the conductor sees no sound and is on the other core"},
    {"what is done": "transport here", "Janus AudioBridge": "plain RTP over UDP, without the encryption of WebRTC",
     ROUNDELAY: "WebSocket over TCP, without TLS"},
]


def add_options(parser):
    parser.add_argument("--singers", type=int, help="in one room of each (default 80)")
    parser.add_argument("--turns", type=int, help="of all, one after the other (default 2)")


def packets_program(options):
    """Is built beside the measured program."""
    found = os.path.join(os.path.dirname(options.program), "bench", "roundelay_music_packets")
    return found if os.path.exists(found) else os.path.join(ROOT, "build", "bench", "bench", "roundelay_music_packets")


def missing():
    """What this bench cannot do without, or None."""
    return None if janus.installed() else "Janus is not installed. On Debian, as root: apt-get install --no-install-recommends janus"


@contextlib.contextmanager
def on_load_core(quick):
    before = os.sched_getaffinity(0)
    if not quick:
        os.sched_setaffinity(0, load_core())
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def line(who, turn, singers, cost, core, encodes, answers, delivered, counts, alone=None):
    """`alone`: decoding the same packets and nothing else, ms per singer and second; on a busy machine it is dearer too."""
    return {"who": who, "turn": turn, "singers": singers, "ms/singer/s": cost, "people/core": 1000 / cost, "core": core,
            "encodes/singer/s": encodes, "mixes sent": answers, "decode alone": alone, "delivered": delivered, "counts": counts}


def one_janus(options, voices, way, turn, singers, seconds):
    say(f"peers: {way}, {singers} singers")
    with (janus.Janus(options.quick) as server, janus.Singers(server, voices, singers, **WAYS[way]) as people,
          on_load_core(options.quick)):
        people.sing(WARM_UP_S)
        before = server.cpu()
        took = people.sing(seconds)
        cpu_s = server.cpu() - before
        expected = BLOCKS_PER_S * seconds * singers
        people.wait_for(expected)
    delivered = min(people.sent, people.received) / expected
    mode, of_it = people.modes.most_common(1)[0] if people.modes else ("nothing", 0)
    size = people.received_bytes / max(1, people.received)
    as_asked = mode == "CELT" and of_it >= ENOUGH_DELIVERED * people.received if "bitrate" in WAYS[way] else True
    # Who is not heard sends nothing but silence to the others: then it was no work.
    counts = delivered >= ENOUGH_DELIVERED and size > QUIET_BYTES and as_asked
    return line(way, turn, singers, 1000 * cpu_s / took / singers, cpu_s / took, people.received / took / singers,
                f"{mode}, {8 * size * BLOCKS_PER_S / 1000:.0f} kbit/s", delivered, counts)


def one_roundelay(options, turn, singers, seconds):
    r = capacity.one(options, singers, 1, False, seconds)
    bitrate = options.set.get("mix_bitrate", 64_000) // 1000
    # Fewer encodes: the song was over before the time was.
    counts = r["counts"] and (options.quick or r["encodes/block"] > 0.95 * capacity.BUCKETS)
    return line(ROUNDELAY, turn, singers, r["ms/singer/s"], r["core"], r["encodes/block"] * BLOCKS_PER_S / singers,
                f"CELT, {bitrate} kbit/s", r["delivered"], counts, (r["decode alone before"] + r["decode alone after"]) / 2)


def one_full(one, singers):
    """A run that keeps the core about FULL busy. The cost that `singers` come from is that of fewer: with more it may be lower."""
    run = one(singers)
    return one(int(singers * FULL / run["core"])) if run["counts"] and run["core"] < 0.9 * FULL else run


def mean(runs, who):
    """Cost over all turns, ms, and whether each counts."""
    mine = [run for run in runs if run["who"] == who]
    return sum(run["ms/singer/s"] for run in mine) / len(mine), all(run["counts"] for run in mine)


def rows_of(runs, singers):
    ours, ours_count = mean(runs, ROUNDELAY)
    rows = []
    for way in WAYS:
        cost, counts = mean(runs, way)
        rows.append(Row(f"{way}: cost of one of {singers} singers / Roundelay's", GOAL, ">=", cost / ours, "", counts and ours_count))
    for who in [*WAYS, ROUNDELAY]:
        cost, counts = mean(runs, who)
        rows.append(Row(f"{who}: cost of one of {singers} singers", None, "", cost, "ms/s", counts))
    return rows


def full_rows(full):
    """People per core, from a run of each that kept the core busy."""
    ours = full[ROUNDELAY]
    rows = [Row(f"{who}: people per core, by {r['singers']} who take {100 * r['core']:.0f} % of it", None, "", r["people/core"], "",
                r["counts"]) for who, r in full.items()]
    return rows + [Row(f"people per core / those of {way}", GOAL, ">=", ours["people/core"] / full[way]["people/core"], "",
                       ours["counts"] and full[way]["counts"]) for way in WAYS]


def run(options):
    if missing():
        raise SystemExit(missing())
    singers = options.singers or (6 if options.quick else 80)
    seconds = options.seconds or (1 if options.quick else 10)
    turns = options.turns or (1 if options.quick else 2)
    voices = janus.music(packets_program(options))
    say(f"peers: Janus {janus.version()}, {len(cores())} cores")
    runs = []
    for turn in range(1, turns + 1):
        runs += [one_janus(options, voices, way, turn, singers, seconds) for way in WAYS]
        runs.append(one_roundelay(options, turn, singers, seconds))
    rows = rows_of(runs, singers)
    if not options.quick:
        sizes = {who: int(1000 * FULL / mean(runs, who)[0]) for who in [*WAYS, ROUNDELAY]}
        full = {way: one_full(lambda n, way=way: one_janus(options, voices, way, "full", n, seconds), sizes[way]) for way in WAYS}
        full[ROUNDELAY] = one_full(lambda n: one_roundelay(options, "full", n, seconds), sizes[ROUNDELAY])
        rows += full_rows(full)
        runs += full.values()
    return rows, [*runs, *DIFFERENCES]
