"""rendering: how fast a recording's files are made from its logs, per core, against decoding by libopus alone in the same run."""
import json
import os
import subprocess

from bench.measure import Row, say

VOICE_X_REAL_TIME = 200


def add_options(parser):
    parser.add_argument("--bench-program", help="default roundelay_render_bench beside the measured program")


def program(options):
    if options.bench_program:
        return options.bench_program
    folder = os.path.dirname(options.program)
    beside = os.path.join(folder, "roundelay_render_bench")
    return beside if os.path.exists(beside) else os.path.join(folder, "bench", "roundelay_render_bench")


def run(options):
    say("rendering: one voice, thirty voices, the final mix")
    seconds = options.seconds or (0.01 if options.quick else 3)
    out = subprocess.run([program(options), f"--benchmark_min_time={seconds}", "--benchmark_format=json"], check=True,
                         stdout=subprocess.PIPE, text=True).stdout
    speeds = {each["name"].split("/")[0] + each["name"].partition("/")[2].replace("voices:", " "): each["x_real_time"]
              for each in json.loads(out)["benchmarks"]}
    decode = speeds["decode_alone"]
    many = speeds["render_voices 30"]
    rows = [Row("one voice of a recording rendered, times real time of a core", VOICE_X_REAL_TIME, ">=", many, "x"),
            Row("the same / decoding it alone", None, "<=", decode / many, ""),
            Row("a recording's mix levelled and written as FLAC and Opus, times real time", None, ">=", speeds["final_mix"], "x")]
    return rows, [{"what": name, "times real time": speed} for name, speed in speeds.items()]
