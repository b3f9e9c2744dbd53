"""listeners: 10,000 listeners on one core beside 50 singers, each receiving mix and backing."""
from bench.client import upload_track, write_wav
from bench.measure import Load, Row, Server, enough, say, wait_for_singing

import os


def add_options(parser):
    parser.add_argument("--listeners", type=int, help="default 10000")
    parser.add_argument("--singers", type=int, default=None, help="default 50")


def run(options):
    listeners = options.listeners or (40 if options.quick else 10_000)
    singers = options.singers or (6 if options.quick else 50)
    seconds = options.seconds or (1 if options.quick else 15)
    connects_per_s = 500
    say(f"listeners: {listeners} listeners beside {singers} singers")
    with Server(options) as server:
        wav = os.path.join(server.folder.name, "backing.wav")
        write_wav(wav, seconds + 25)
        room, key, track = upload_track(server, wav)
        with Load(server, "--room", room, "--key", key, "--track", track, "--singers", singers, "--listeners", listeners,
                  "--sweep-ms", 100, "--interval-ms", 100 if options.quick else 500, "--connects-per-s", connects_per_s,
                  "--loop-seconds", 1 if options.quick else 5, "--seconds", seconds + (1 if options.quick else 6),
                  quick=options.quick) as load:
            wait_for_singing(server, load, singers, 120 + listeners / connects_per_s)
            window = server.measure(seconds)
            result = load.result()
    blocks = window["messages_out"] * (result["blocks"] / max(1, result["messages"]))
    details = {"listeners": listeners, "singers": singers, "core": window["core_share"],
               "us/message": 1e6 * window["cpu_s"] / max(1, window["messages_out"]),
               "messages/listener/s": window["messages_out"] / window["seconds"] / (listeners + singers),
               "blocks/listener/s": blocks / window["seconds"] / (listeners + singers),
               "with backing": result["backing_blocks"] / max(1, result["blocks"]), "dropped": window["audio_dropped"],
               "join, p99 ms": result["welcome_ms_p99"], "load's core": result["own_cpu_share"], "delivered": result["delivered"],
               "load says": "all there" if result["still_there"] == listeners + singers else f"{result['still_there']} there"}
    counts = enough(result) and result["still_there"] == listeners + singers
    return [Row(f"core for {listeners} listeners beside {singers} singers", 0.6, "<", window["core_share"], "cores", counts),
            Row("their blocks with a backing packet", None, "", details["with backing"], "", counts)], [details]


