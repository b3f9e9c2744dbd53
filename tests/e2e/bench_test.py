#!/usr/bin/env python3
"""Each bench works at small size, with the real program: bench_test.py PROGRAM. Its numbers are there and plausible; how good they
are is not asked here. A few run at a time: nothing depends on speed."""
import concurrent.futures
import contextlib
import importlib.machinery
import importlib.util
import io
import json
import os
import socket
import subprocess
import sys
import tempfile
import types
import unittest
from unittest import mock

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.dont_write_bytecode = True
sys.path.insert(0, ROOT)
from bench import janus, overload, peers  # noqa: E402
from bench.measure import Row  # noqa: E402

BENCHES = ["capacity", "rooms", "soak", "chaos", "shards", "listeners", "interval", "join", "ticks", "overload", "recording", "live", "library"]
AT_A_TIME = 4
GIVE_UP_BLOCKS = 15  # BucketFeed::kGiveUpBlocks
PROGRAM = sys.argv.pop(1)


def run(name):
    done = subprocess.run([os.path.join(ROOT, "bench", "run"), name, "--quick", "--json", "--program", PROGRAM],
                          capture_output=True, text=True, timeout=150)
    return done.returncode, done.stdout, done.stderr


def load_run():
    """bench/run as a module."""
    loader = importlib.machinery.SourceFileLoader("bench_run", os.path.join(ROOT, "bench", "run"))
    program = importlib.util.module_from_spec(importlib.util.spec_from_loader("bench_run", loader))
    loader.exec_module(program)
    return program


class BenchTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as pool:
            cls.results = dict(zip(BENCHES, pool.map(run, BENCHES)))
        if janus.installed():
            cls.results["peers"] = run("peers")  # its load is in time with the clock: alone

    def bench(self, name):
        """Its runs and rows; it counted, and every number is there."""
        status, output, errors = self.results[name]
        self.assertEqual(status, 0, errors + output)
        result = json.loads(output)[0]
        self.assertEqual(result["bench"], name)
        for row in result["rows"]:
            self.assertTrue(row["counts"], row)
            self.assertIsInstance(row["measured"], (int, float), row)
        for run_of_it in result["details"]:
            if "delivered" in run_of_it:
                self.assertGreaterEqual(run_of_it["delivered"], 0.99, run_of_it)
        return result["details"], {row["what"]: row["measured"] for row in result["rows"]}

    def test_one_that_fails_is_named_and_costs_its_own_numbers_alone(self):
        def broken(_):
            raise SystemExit("The server did not start.")

        def wrong(_):
            raise KeyError("a fault of the bench")

        def good(_):
            return [Row("what works", 1, "<", 0.5, "ms")], []

        benches = {"one": broken, "two": good, "three": wrong, "four": good}
        modules = {f"bench.{name}": types.SimpleNamespace(__doc__=name, run=body, add_options=lambda parser: None)
                   for name, body in benches.items()}
        modules["bench.soak"] = modules["bench.chaos"] = modules["bench.two"]
        program = load_run()
        with tempfile.TemporaryDirectory() as folder, mock.patch.dict(sys.modules, modules), mock.patch.object(sys, "argv", ["run"]):
            program.BENCHES, program.RESULTS = list(benches), os.path.join(folder, "RESULTS.md")
            said = io.StringIO()
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
                self.assertEqual(program.main(), 1)
            with open(program.RESULTS) as file:
                text = file.read()
        self.assertIn("Failed: one, three.", said.getvalue())
        self.assertEqual(text.count("| what works |"), 2)
        self.assertIn("- `one`: The server did not start.", text)

    def test_one_that_lacks_what_it_needs_is_left_out_of_all_and_says_so(self):
        program = load_run()
        modules = {"bench.one": types.SimpleNamespace(), "bench.two": types.SimpleNamespace(missing=lambda: None),
                   "bench.three": types.SimpleNamespace(missing=lambda: "It is not installed.")}
        said = io.StringIO()
        with mock.patch.dict(sys.modules, modules), contextlib.redirect_stderr(said):
            self.assertEqual(program.possible(["one", "two", "three"]), ["one", "two"])
        self.assertEqual(said.getvalue(), "three is left out: It is not installed.\n")

    def test_peers_says_how_to_install_janus_where_it_is_not(self):
        with mock.patch.object(janus.shutil, "which", return_value=None), self.assertRaises(SystemExit) as raised:
            peers.run(types.SimpleNamespace())
        self.assertIn("apt-get install --no-install-recommends janus", str(raised.exception))

    @unittest.skipUnless(janus.installed(), "Janus is not installed")
    def test_peers_compares_a_singer_with_those_of_janus(self):
        details, rows = self.bench("peers")
        runs = [r for r in details if "who" in r]
        self.assertEqual([r["who"] for r in runs], ["Janus, its default", "Janus, CELT", "Roundelay"])
        for r in runs:
            self.assertGreater(r["ms/singer/s"], 0.1)
        self.assertTrue(runs[0]["mixes sent"].startswith("hybrid"), runs[0])
        self.assertTrue(runs[1]["mixes sent"].startswith("CELT"), runs[1])
        for name in ("Janus, its default", "Janus, CELT"):
            self.assertGreater(rows[f"{name}: cost of one of 6 singers / Roundelay's"], 0)

    def test_peers_counts_only_if_every_turn_of_both_does(self):
        def turn(who, cost, counts=True):
            return peers.line(who, 1, 80, cost, 0.5, 50, "CELT", 1, counts)

        runs = [turn("Janus, its default", 10), turn("Janus, CELT", 5), turn("Roundelay", 1), turn("Janus, its default", 14),
                turn("Janus, CELT", 5, counts=False), turn("Roundelay", 3)]
        default, celt, *rest = peers.rows_of(runs, 80)
        self.assertEqual((default.measured, default.counts), (6, True))
        self.assertEqual((celt.measured, celt.counts), (2.5, False))
        self.assertEqual([row.measured for row in rest], [12, 5, 2])

    def test_peers_takes_people_per_core_from_runs_that_keep_it_busy(self):
        full = {who: peers.line(who, "full", singers, cost, singers * cost / 1000, 50, "CELT", 1, counts)
                for who, singers, cost, counts in [("Janus, its default", 75, 10, True), ("Janus, CELT", 150, 5, False),
                                                   ("Roundelay", 500, 1, True)]}
        rows = {row.what: (row.measured, row.counts) for row in peers.full_rows(full)}
        self.assertEqual(rows["Janus, CELT: people per core, by 150 who take 75 % of it"], (200, False))
        self.assertEqual(rows["people per core / those of Janus, its default"], (10, True))
        self.assertEqual(rows["people per core / those of Janus, CELT"], (5, False))

    def test_peers_does_not_count_a_song_that_was_over_before_the_time_was(self):
        singers, told = 80, {"ms/singer/s": 2, "core": 0.2, "delivered": 1, "counts": True, "decode alone before": 0.7,
                             "decode alone after": 0.9}
        for encodes, counts in [(6, True), (0.9, False)]:
            with mock.patch.object(peers.capacity, "one", return_value={**told, "encodes/block": encodes}):
                run = peers.one_roundelay(types.SimpleNamespace(quick=False, set={}), 1, singers, 10)
            self.assertEqual((run["counts"], run["encodes/singer/s"]), (counts, encodes * 50 / 80))
            self.assertAlmostEqual(run["decode alone"], 0.8)

    def test_peers_lets_more_come_until_the_core_is_busy(self):
        def one(singers):
            asked.append(singers)
            return {"singers": singers, "core": 0.1 + singers / 1000, "counts": singers > 20}

        for first, expected in [(350, [350, 583]), (650, [650]), (20, [20])]:
            asked = []
            self.assertEqual(peers.one_full(one, first)["singers"], expected[-1])
            self.assertEqual(asked, expected)

    def test_singers_of_peers_send_each_block_once_and_count_what_comes(self):
        ports = []
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as far:
            far.bind(("127.0.0.1", 0))
            far.settimeout(10)
            server = types.SimpleNamespace(join=lambda port: ports.append(port) or far.getsockname())
            with janus.Singers(server, [[b"\xf8first"], [b"\xf8second"]], 2) as people:
                for first in (31, 31, 15, 1):  # CELT twice, hybrid, SILK
                    far.sendto(bytes(janus.HEADER.size) + bytes([first << 3, 0]), ("127.0.0.1", ports[1]))
                people.sing(0.1)
            came = [far.recv(100) for _ in range(10)]
        self.assertEqual((people.sent, people.received, people.least, people.received_bytes), (10, 4, 0, 8))
        self.assertEqual(people.modes, {"CELT": 2, "hybrid": 1, "SILK": 1})
        numbers = {}
        for packet in came:
            _, _, sequence, stamp, source = janus.HEADER.unpack(packet[:janus.HEADER.size])
            self.assertEqual(stamp, sequence * 960)
            numbers.setdefault((source, packet[janus.HEADER.size:]), []).append(sequence)
        self.assertEqual(numbers, {(1, b"\xf8first"): [0, 1, 2, 3, 4], (2, b"\xf8second"): [0, 1, 2, 3, 4]})

    def test_capacity_compares_a_singer_with_decoding_alone(self):
        runs, _ = self.bench("capacity")
        self.assertEqual([(r["blocks/message"], r["TLS"]) for r in runs], [(1, "no"), (3, "yes")])
        for r in runs:
            self.assertGreater(r["ratio"], 1)
            self.assertGreater(r["decode alone before"], 0.1)
            self.assertGreater(r["decode alone after"], 0.1)
            self.assertAlmostEqual(r["messages out/block"], 1 / r["blocks/message"], delta=0.1)
            self.assertAlmostEqual(r["encodes/block"], 6, delta=0.5)
            self.assertGreater(r["encodes share of cost"], 0)
            self.assertLess(r["encodes share of cost"], 1)

    def test_overload_tells_each_second(self):
        runs, rows = self.bench("overload")
        self.assertEqual({r["singers are refused"] for r in runs}, {"yes", "no"})
        for r in runs:
            self.assertTrue(40 <= r["singers"] <= 48, r)  # counted a few at a time: who comes meanwhile may be counted early
            self.assertTrue(0 <= r["late share"] <= 1, r)  # a busy machine is late
            # What a voice and a message cost is known from the first second on: probes taken for them made it a tenth of this.
            self.assertGreater(r["capacity"], 0.3 * runs[-1]["capacity"], r)
        self.assertEqual(rows["singers it refused"], 0)
        self.assertGreaterEqual(rows["singers it took"], 44)

    def test_overload_knows_the_order_in_which_things_are_given_up(self):
        def second(complexity, strain, late=0.0):
            return {"complexity": complexity, "strain": strain, "late share": late}

        calm, quality, meters, batching = second(10, 0), second(0, 1), second(0, 2), second(0, 3)
        self.assertTrue(overload.order_kept([calm, quality, meters, batching]))
        self.assertTrue(overload.order_kept([calm, quality, meters, batching, second(0, 3, 0.1)]))
        self.assertFalse(overload.order_kept([calm, quality, meters, second(0, 2, 0.1), batching]))
        self.assertFalse(overload.order_kept([calm, second(10, 2), quality, batching]))
        self.assertFalse(overload.order_kept([calm, quality, meters]))
        self.assertEqual(overload.given_up([calm, quality]), {"encode quality": 1})

    def test_listeners_receive_mix_and_backing(self):
        (r,), _ = self.bench("listeners")
        self.assertAlmostEqual(r["blocks/listener/s"], 50, delta=5)
        self.assertGreater(r["with backing"], 0.95)  # not before the song's start
        self.assertLess(r["messages/listener/s"], r["blocks/listener/s"])
        self.assertGreater(r["core"], 0)

    def test_encodes_are_exactly_one_per_block_of_an_occupied_bucket_on_any_number_of_shards(self):
        runs, rows = self.bench("shards")
        self.assertEqual([r["shards"] for r in runs], [1, 3])
        for r in runs:
            self.assertGreater(r["encodes"], 6 * 50)
            # A stream changes its shard only when the machine was too busy for the one before; that one may have encoded on in vain.
            in_vain = r["encodes"] - r["blocks of the buckets' streams"]
            self.assertTrue(0 <= in_vain <= GIVE_UP_BLOCKS * (r["streams taken over"] - 6), r)
        self.assertGreater(rows["cost per singer with 3 shards / with 1"], 0)

    def test_interval_counts_what_is_lost(self):
        (r,), rows = self.bench("interval")
        self.assertEqual(r["lost in all"], 0)
        self.assertEqual(rows["shortest interval at which 12 singers in six buckets lose no block"], r["interval ms"])
        self.assertGreater(r["loop p50 ms"], 0)
        self.assertGreater(r["blocks sung"], 12 * 50)

    def test_rooms_without_singing_touch_no_lane(self):
        (many, singer, listener), _ = self.bench("rooms")
        self.assertLessEqual(many["segment KB/silent room"], 16)
        self.assertGreater(many["segment KB/singing room"], 50)  # a second of a lane alone is 190 KB
        self.assertLessEqual(many["segment KB/room left"], 16)
        for r in (singer, listener):
            self.assertGreater(r["KB each"], 1)
            self.assertLess(r["KB each"], 1000)

    def test_join_measures_the_first_decoded_block(self):
        (r,), _ = self.bench("join")
        self.assertGreater(r["first block p50 ms"], 0)
        self.assertGreaterEqual(r["first block p99 ms"], r["first block p50 ms"])
        self.assertGreaterEqual(r["first block p50 ms"], r["welcome p50 ms"] * 0.5)

    def test_ticks_are_told_by_the_shard(self):
        (r,), _ = self.bench("ticks")
        self.assertGreater(r["ticks"], 40)
        self.assertGreater(r["p50"], 0)
        self.assertLessEqual(r["p50"], r["p99"])
        self.assertLessEqual(r["p99"], r["worst"])

    def test_recording_compares_turns_that_are_logged_with_turns_that_are_not(self):
        runs, rows = self.bench("recording")
        self.assertEqual([r["recorded"] for r in runs], ["no", "yes", "yes", "no"])
        self.assertTrue(any(r["logged KB/s"] > 0 for r in runs if r["recorded"] == "yes"), runs)
        self.assertGreater(rows["cost of 6 singers recorded / not recorded"], 0)

    def test_live_players_hear_one_encode_to_the_end(self):
        (r,), _ = self.bench("live")
        self.assertEqual(r["heard to the end"], 20)
        self.assertEqual(r["players cut off"], 0)
        self.assertGreater(r["live encodes/s"], 30)  # of one stream, whatever the number of players
        self.assertLess(r["live encodes/s"], 60)
        self.assertGreater(r["KB of each player"], 3)

    def test_library_is_searched_and_heard_while_people_sing(self):
        runs, rows = self.bench("library")
        self.assertEqual([r["library"] for r in runs], ["idle", "busy", "pieces"])
        for busy in runs[1:]:
            self.assertGreater(busy["searches"], 5)
            self.assertGreater(busy["search p99 ms"], 0)
            self.assertGreater(busy["streamed KB/s"], 20)
        self.assertGreater(rows["cost of 6 singers beside a busy library / an idle one, in decodings by libopus at the time"], 0)
        self.assertGreater(rows["the same in decodings where every player asks for two seconds of its song at a time"], 0)

    def test_soak_mixes_trouble_in_and_those_left_in_peace_miss_nothing(self):
        (r,), _ = self.bench("soak")
        self.assertGreater(r["reconnects"], 0)
        self.assertGreater(r["disturbed"], 2)
        self.assertGreater(r["their gaps"], 0)

    def test_chaos_kills_processes_and_those_whose_connection_stands_miss_nothing(self):
        (r,), _ = self.bench("chaos")
        self.assertGreater(sum(count for kind, count in r.items() if kind.endswith((" killed", " stood"))), 1)
        if os.geteuid() == 0:
            self.assertGreater(r["disk full"] + r["shared memory full"], 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
