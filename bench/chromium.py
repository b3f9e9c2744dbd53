"""The measurements in real Chromium: `web/e2e/latency.ts` prints one JSON object."""
import json
import os
import subprocess

from bench.measure import ROOT, say


def measure(options, what):
    """`what`: "join" or "loop". None when the page's measurement is not built."""
    script = os.path.join(ROOT, "web", "e2e", "latency.ts")
    if not os.path.exists(script):
        say("web/e2e/latency.ts is not there: the page is not measured.")
        return None
    say(f"{what}: Chromium")
    raise NotImplementedError
