"""paths: the hot paths alone (Google Benchmark); compare ratios, not absolutes."""
import glob
import os
import subprocess

from bench.measure import say


def add_options(_):
    pass


def run(options):
    folder = os.path.join(os.path.dirname(options.program), "bench")
    programs = sorted(glob.glob(os.path.join(folder, "roundelay_*_bench")))
    if not programs:
        raise SystemExit(f"There are no benchmarks in {folder}: build with ./dev bench.")
    for program in programs:
        say(f"paths: {os.path.basename(program)}")
        # Older and newer versions of Google Benchmark differ in whether this takes a unit.
        subprocess.run([program, "--benchmark_min_time=0.001" if options.quick else "--benchmark_min_time=0.1"], check=True)
    return [], []
