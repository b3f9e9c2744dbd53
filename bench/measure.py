"""What the benches share: a real server with a data directory of its own, load from outside of it, and the operating system's
accounts of processor time and memory."""
import collections
import json
import math
import os
import re
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ENOUGH_DELIVERED = 0.99
BLOCKS_PER_S = 50

# A line of the table. `goal` is compared with `measured` by `sense`: "<=", ">=", "<", "==". `counts` is False when the run was
# disturbed (too little delivered) and its numbers mean nothing. `goal` None: for information.
Row = collections.namedtuple("Row", "what goal sense measured unit counts", defaults=(True,))


def say(text):
    print(text, file=sys.stderr, flush=True)


def met(row):
    if row.goal is None:
        return None
    return {"<=": row.measured <= row.goal, ">=": row.measured >= row.goal, "<": row.measured < row.goal,
            "==": row.measured == row.goal}[row.sense]


def number(value):
    if value is None:
        return "-"
    if isinstance(value, str) or isinstance(value, int):
        return str(value)
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def markdown(rows):
    """A list of dictionaries with the same keys as a table."""
    lines = ["| " + " | ".join(rows[0]) + " |", "|" + "---|" * len(rows[0])]
    lines += ["| " + " | ".join(number(v) for v in row.values()) + " |" for row in rows]
    return "\n".join(lines)


def table(rows, goals=True):
    """Goal, measured and ratio of Rows; without `goals` (small sizes, whose numbers mean nothing) only what was measured."""
    lines = []
    for row in rows:
        if not goals:
            lines.append({"what": row.what, "measured": f"{number(row.measured)} {row.unit}".strip()})
            continue
        has_ratio = row.goal and row.sense != "=="
        verdict = {None: "", True: "met", False: "**missed**"}[met(row)] if row.counts else "**does not count**"
        lines.append({"what": row.what,
                      "goal": "-" if row.goal is None else f"{row.sense} {number(row.goal)} {row.unit}".strip(),
                      "measured": f"{number(row.measured)} {row.unit}".strip(),
                      "measured / goal": number(row.measured / row.goal) if has_ratio else "-",
                      "": verdict})
    return markdown(lines)


def cores():
    return sorted(os.sched_getaffinity(0))


def load_core():
    """Load and everything that is not measured runs on the last core."""
    return {cores()[-1]}


def cpu_seconds(pid):
    """Processor time of all threads of a process so far, s; the scheduler's own account, in ns."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat") as file:
            total += int(file.read().split()[0])
    return total / 1e9


def memory_bytes(pid):
    """A process's own memory, which nobody shares and no file holds, and its proportional share of the segment. Pages of the
    program are left out: how many processes share them changes with what else runs."""
    sizes = {}
    with open(f"/proc/{pid}/smaps_rollup") as file:
        for line in file:
            match = re.match(r"(\w+):\s+(\d+) kB", line)
            if match:
                sizes[match.group(1)] = int(match.group(2)) * 1024
    return {"own": sizes["Anonymous"] + sizes.get("Swap", 0), "shared": sizes.get("Pss_Shmem", 0)}


def self_signed_certificate(folder):
    """Paths of a certificate and its key for 127.0.0.1."""
    certificate, key = os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
                   check=True, capture_output=True)
    return certificate, key


class Server:
    """A real server, ended by its pid. With one shard and more than one core the shard has the first core to itself."""

    def __init__(self, options, shards=1, tls=False, **config):
        self.folder = tempfile.TemporaryDirectory(prefix="roundelay-bench-")
        self.tls = tls
        config.update(options.set)
        config.setdefault("refuse_singers", False)  # what a shard does when it has too many is measured too
        if options.quick:
            config.setdefault("lead_in_ms", 200)
        if tls:
            config["tls_certificate"], config["tls_key"] = self_signed_certificate(self.folder.name)
        path = os.path.join(self.folder.name, "config.json")
        with open(path, "w") as file:
            json.dump(config, file)
        dist = os.path.join(ROOT, "web", "dist")
        web = dist if os.path.exists(os.path.join(dist, "index.html")) else os.path.join(ROOT, "tests", "e2e", "page")
        self.program = options.program
        self.process = subprocess.Popen(
            [self.program, "serve", "--shards", str(shards), "--port", "0", "--host", "127.0.0.1", "--config", path, "--web", web,
             "--data", os.path.join(self.folder.name, "data"), "--log", "warn"], stdout=subprocess.PIPE, text=True)
        match = re.search(r":(\d+)/?$", self.process.stdout.readline().strip())
        if not match:
            raise SystemExit("The server did not start.")
        self.port = int(match.group(1))
        self.shard_pids = [shard["pid"] for shard in self.status()["shards"]]
        if shards == 1 and len(cores()) > 1 and not options.quick:
            self._give_core()

    def children(self):
        """Of the supervisor: the conductor and the shards."""
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as file:
            return [int(pid) for pid in file.read().split()]

    @staticmethod
    def alive(pid):
        return os.path.exists(f"/proc/{pid}/smaps_rollup")

    def _give_core(self):
        for pid in [self.process.pid, *self.children()]:
            os.sched_setaffinity(pid, {cores()[0]} if pid in self.shard_pids else load_core())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)
        self.process.stdout.close()
        self.folder.cleanup()

    @property
    def url(self):
        return f"{'wss' if self.tls else 'ws'}://127.0.0.1:{self.port}/ws"

    def get(self, path):
        context = ssl._create_unverified_context() if self.tls else None
        scheme = "https" if self.tls else "http"
        try:
            with urllib.request.urlopen(f"{scheme}://127.0.0.1:{self.port}{path}", context=context, timeout=30) as answer:
                return answer.read()
        except OSError as error:
            raise SystemExit(f"The server does not answer: {error}.") from error

    def status(self):
        return json.loads(self.get("/status"))

    def cpu(self):
        return sum(cpu_seconds(pid) for pid in self.shard_pids)

    def memory(self):
        sizes = [memory_bytes(pid) for pid in self.shard_pids]
        return {kind: sum(size[kind] for size in sizes) for kind in ("own", "shared")}

    def segment_bytes(self):
        """What of the shared memory really exists."""
        with open(f"/proc/{self.shard_pids[0]}/maps") as maps:
            path = next(line.split()[-1] for line in maps if "/dev/shm/roundelay-" in line)
        return os.stat(path).st_blocks * 512

    def sessions(self):
        return self.status()["totals"]["sessions"]

    def measure(self, seconds):
        """Differences of all counters and of the shards' processor time over so many seconds."""
        before, cpu_before, began = self.status()["totals"], self.cpu(), time.monotonic()
        time.sleep(seconds)
        after, cpu_after, ended = self.status()["totals"], self.cpu(), time.monotonic()
        window = {name: after[name] - before[name] for name in after if isinstance(after[name], (int, float))}
        window["cpu_s"] = cpu_after - cpu_before
        window["seconds"] = ended - began
        window["core_share"] = window["cpu_s"] / window["seconds"]
        window["voices"] = window["voices_decoded"] + window["voices_skipped"]
        return window


class Load:
    """`roundelay load` on a core of its own."""

    def __init__(self, server, *arguments, quick=False):
        command = [server.program, "load", "--url", server.url, "--json", *map(str, arguments)]
        if server.tls:
            command.append("--insecure")
        pin = None if quick or len(cores()) < 2 else lambda: os.sched_setaffinity(0, load_core())
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=pin)

    def wait_until(self, condition, limit_s=120):
        deadline = time.monotonic() + limit_s
        while not condition():
            if self.process.poll() is not None:
                raise SystemExit("The load ended before what was waited for.")
            if time.monotonic() > deadline:
                raise SystemExit("The load did not get to where it was waited for.")
            time.sleep(0.05)

    def result(self, limit_s=180):
        try:
            output, _ = self.process.communicate(timeout=limit_s)
        finally:
            if self.process.poll() is None:
                self.process.kill()
        return json.loads(output.strip().splitlines()[-1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)
        self.process.stdout.close()


def wait_for_singing(server, load, singers, limit_s=120):
    """Until all of them are heard: about as many blocks come in as they sing."""
    def all_sing():
        before, began = server.status()["totals"], time.monotonic()
        time.sleep(0.25)
        after, seconds = server.status()["totals"], time.monotonic() - began
        came = after["voices_decoded"] + after["voices_skipped"] - before["voices_decoded"] - before["voices_skipped"]
        return came >= 0.9 * singers * BLOCKS_PER_S * seconds
    load.wait_until(all_sing, limit_s)


def enough(result):
    return result["delivered"] is not None and result["delivered"] >= ENOUGH_DELIVERED and math.isfinite(result["delivered"])
