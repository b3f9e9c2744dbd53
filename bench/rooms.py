"""rooms: a thousand rooms of four; memory per room, per singer and per listener."""
import os
import time

from bench.client import make_rooms
from bench.measure import Load, Row, Server, enough, say, wait_for_singing

KB = 1024
SETTLE_S = 3
ROW_KB = 16  # state and stream headers of a room: a few pages; a lane's block alone is one more


def add_options(parser):
    parser.add_argument("--rooms", type=int, help="of two singers and two listeners each; default 1000")
    parser.add_argument("--people", type=int, help="singers, and listeners, for the memory of one of them; default 300 and 1000")


def many_rooms(options, rooms, singing, seconds):
    say(f"rooms: {rooms} rooms of four, {singing} of them sing")
    quick = options.quick
    with Server(options, empty_room_s=1, forget_person_s=1, max_rooms=max(1024, rooms + 24)) as server:
        path = os.path.join(server.folder.name, "rooms")
        with open(path, "w") as file:
            file.writelines(f"{room} {key}\n" for room, key in make_rooms(server, rooms))
        start, segment_start = server.memory()["own"], server.segment_bytes()
        with Load(server, "--rooms-file", path, "--singers", 2, "--listeners", 2, "--sing-in", singing, "--voices", 2 * singing,
                  "--buckets", 2, "--interval-ms", 100 if quick else 200, "--connects-per-s", 300,
                  "--wait-s", 0.6 if quick else SETTLE_S + 2, "--loop-seconds", 1,
                  "--seconds", seconds + (1 if quick else 3), quick=quick) as load:
            load.wait_until(lambda: server.sessions() == 4 * rooms)
            time.sleep(0.2 if quick else SETTLE_S)
            there, segment_there = server.memory()["own"], server.segment_bytes()
            wait_for_singing(server, load, 2 * singing)
            window = server.measure(seconds)
            segment_singing = server.segment_bytes()
            result = load.result()
        deadline = time.monotonic() + 30
        while (segment_end := server.segment_bytes()) > segment_start * 1.02 + 64 * KB and time.monotonic() < deadline:
            time.sleep(0.25)
    return {"rooms": rooms, "of them singing": singing, "KB/person": (there - start) / (4 * rooms) / KB,
            "KB/room": (there - start) / rooms / KB, "segment KB/silent room": (segment_there - segment_start) / rooms / KB,
            "segment KB/singing room": (segment_singing - segment_there) / singing / KB,
            "segment KB/room left": max(0, segment_end - segment_start) / rooms / KB, "core": window["core_share"],
            "delivered": result["delivered"], "counts": enough(result) and result["still_there"] == 4 * rooms}


def one_kind(options, kind, singers, listeners, seconds):
    """Memory of each of so many more people in a room that sings."""
    say(f"rooms: memory of {singers} singers and {listeners} listeners")
    with Server(options) as server:
        start = server.memory()["own"]
        with Load(server, "--make-room", "--singers", singers, "--listeners", listeners, "--connects-per-s", 300,
                  "--interval-ms", 100 if options.quick else 200, "--loop-seconds", 1,
                  "--seconds", seconds + (1 if options.quick else 2), quick=options.quick) as load:
            wait_for_singing(server, load, singers)
            time.sleep(seconds)
            now = server.memory()["own"]
            result = load.result()
    return {"kind": kind, "singers": singers, "listeners": listeners, "KB each": (now - start) / (singers + listeners) / KB,
            "delivered": result["delivered"], "counts": enough(result)}


def run(options):
    rooms = options.rooms or (12 if options.quick else 1000)
    singers, listeners = (12, 24) if options.quick else (options.people or 300, options.people or 1000)
    seconds = options.seconds or (1 if options.quick else 5)
    many = many_rooms(options, rooms, max(2, rooms // 50), seconds)
    each = [one_kind(options, "singer", singers, 0, seconds), one_kind(options, "listener", 1, listeners, seconds)]
    rows = [Row("a shard's memory per singer", 128, "<", each[0]["KB each"], "KB", each[0]["counts"]),
            Row("a shard's memory per listener", 64, "<", each[1]["KB each"], "KB", each[1]["counts"]),
            Row(f"a shard's memory per room of four ({rooms} rooms)", 2 * 64 + 2 * 128, "<", many["KB/room"], "KB", many["counts"]),
            Row("shared memory of a room in which nobody sings (its row, no lane)", ROW_KB, "<=", many["segment KB/silent room"],
                "KB", many["counts"]),
            Row("shared memory of a room in which two sing", None, "", many["segment KB/singing room"], "KB", many["counts"]),
            Row("shared memory left by a room that is empty", ROW_KB, "<=", many["segment KB/room left"], "KB", many["counts"])]
    return rows, [many, *each]
