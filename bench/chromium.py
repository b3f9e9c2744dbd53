"""The measurements in real Chromium: `npm run latency` in web/ prints one JSON object, times in ms."""
import functools
import json
import os
import subprocess

from bench.measure import ROOT, Row, say

GOAL_LOOP_MS = 150
GOAL_JOIN_MS = 1500


@functools.cache
def measure(program):
    """{"loop": ..., "join": ...} as web/e2e/measure.ts describes them; once for all benches, it takes two minutes."""
    say("Chromium: loop time and join")
    done = subprocess.run(["npm", "run", "--silent", "latency"], cwd=os.path.join(ROOT, "web"),
                          env={**os.environ, "ROUNDELAY": program}, stdout=subprocess.PIPE, text=True, timeout=300)
    if done.returncode != 0:
        raise SystemExit("The measurement in Chromium failed.")
    return json.loads(done.stdout.strip().splitlines()[-1])


def loop_rows(program):
    loop = measure(program)["loop"]
    rows = [Row("loop of a Chromium page, p99 without the sound card", GOAL_LOOP_MS, "<=", loop["without_sound_card"]["p99"], "ms"),
            Row("the same with it", None, "", loop["total"]["p99"], "ms")]
    return rows + [Row(f"of it, p99: {part}", None, "", spread["p99"], "ms") for part, spread in loop["parts"].items()]


def join_rows(program):
    visits = measure(program)["join"]["all"]
    return [Row(f"click to sound in Chromium, slowest of {len(visits)} visits", GOAL_JOIN_MS, "<", max(visits), "ms")]
