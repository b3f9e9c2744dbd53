#!/usr/bin/env python3
"""A newcomer's first minutes, as the README tells them: in a clean clone, in a folder whose path has a space, with a home that
cannot be written, `./dev run` installs, builds and serves; the page comes, a robot choir sings, the README's example hears it, a
second server beside it says what to do, and Ctrl-C leaves nothing behind. The clone is of the last commit."""
import array
import fcntl
import http.client
import json
import math
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "package"))
from monitoring_test import names_in, used_names  # noqa: E402

BUILD_LIMIT_S = 1_200
README_PORT = "8080"
RATE = 48_000


def shared_memory():
    return {name for name in os.listdir("/dev/shm") if "roundelay" in name}


def processes_that_mention(text):
    """Pids and command lines of all processes whose command line or environment mentions a folder; not this one."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        if int(pid) == os.getpid():
            continue
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                command = file.read()
            with open(f"/proc/{pid}/environ", "rb") as file:
                environment = file.read()
        except OSError:
            continue  # it is gone, or another user's
        if text.encode() in command or text.encode() in environment:
            found.append((pid, command.replace(b"\0", b" ").decode(errors="replace")))
    return found


def sockets_below(folder):
    return [path for path in (os.path.join(where, name) for where, _, names in os.walk(folder) for name in names)
            if not os.path.isfile(path) and not os.path.islink(path)]


def loudness(path):
    """Root mean square of each second of a mono WAV file of floats at 48 kHz, as `sing` writes it; 1 is full scale."""
    with open(path, "rb") as file:
        content = file.read()
    sound = content[content.index(b"data") + 8:]
    samples = array.array("f", sound[:len(sound) // 4 * 4])
    return [math.sqrt(sum(s * s for s in samples[at:at + RATE]) / RATE) for at in range(0, len(samples) - RATE, RATE)]


class Run:
    """`./dev run` with arguments, in a process group of its own, as a terminal starts it."""

    def __init__(self, clone, arguments, environment):
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(["./dev", "run", *arguments], cwd=clone, stdout=self.log, stderr=subprocess.STDOUT,
                                        env=environment, start_new_session=True)

    def output(self):
        self.log.seek(0)
        return self.log.read()

    def wait_for(self, pattern, limit_s):
        deadline = time.monotonic() + limit_s
        while time.monotonic() < deadline:
            if match := re.search(pattern, self.output()):
                return match
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(f"'{pattern}' did not come; ./dev run said:\n{self.output()}")

    def wait(self, limit_s):
        try:
            return self.process.wait(limit_s)
        except subprocess.TimeoutExpired:
            return None

    def ctrl_c(self):
        os.killpg(self.process.pid, signal.SIGINT)

    def end(self):
        if self.process.poll() is None:
            self.ctrl_c()
            if self.wait(20) is None:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.wait(20)
        self.log.close()


class Packing(threading.Thread):
    """Makes the package of what was built, and tries it, in what singing leaves of the processors."""

    def __init__(self, clone, environment):
        super().__init__()
        self.clone, self.environment = clone, environment
        self.made = self.tested = None
        self.start()

    def run(self):
        self.made = self.patiently(["./dev", "package"], self.environment, BUILD_LIMIT_S)
        if self.made.returncode == 0:
            root = [] if os.geteuid() == 0 else ["sudo"]
            self.tested = self.patiently([*root, "unshare", "--mount", sys.executable, os.path.join(ROOT, "tests/package/package_test.py"),
                                          self.made.stdout.splitlines()[-1]], None, 300)

    def patiently(self, command, environment, limit_s):
        return subprocess.run(["nice", "-n", "19", *command], cwd=self.clone, env=environment, capture_output=True, text=True, timeout=limit_s)


class Newcomer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared_before = shared_memory()
        cls.folder = tempfile.mkdtemp(prefix="folder of a newcomer ")
        cls.clone = os.path.join(cls.folder, "round elay")
        cls.data = os.path.join(cls.folder, "my data")
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, cls.clone], check=True)
        # What this run of the tests has set is not what a newcomer has. Below /proc nobody can make a file, not even root.
        cls.environment = {key: value for key, value in os.environ.items()
                           if key in ("PATH", "LANG", "TERM") or key.lower().startswith(("http_proxy", "https_proxy", "no_proxy", "ssl_cert"))}
        cls.environment["HOME"] = "/proc/nobody"
        cls.environment.update({key: value for key, value in os.environ.items() if key.lower().startswith(("npm_config_", "ccache_"))})
        began = time.monotonic()
        cls.run_of_it = Run(cls.clone, ["--port", "0", "--data", cls.data], cls.environment)
        try:
            cls.port = int(cls.run_of_it.wait_for(r"Roundelay is ready: http://localhost:(\d+)", BUILD_LIMIT_S).group(1))
        except BaseException:
            cls.tearDownClass()
            raise
        print(f"built and served after {time.monotonic() - began:.0f} s", flush=True)
        cls.packing = Packing(cls.clone, cls.environment)

    @classmethod
    def tearDownClass(cls):
        if hasattr(cls, "packing"):
            cls.packing.join()
        cls.run_of_it.end()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    # In the order of their names: from the build to the end.

    def test_1_what_a_user_builds_gives_no_warning_and_changes_no_file_of_the_tree(self):
        built = self.run_of_it.output()
        self.assertNotIn("warning:", built)
        self.assertEqual(subprocess.run(["git", "status", "--porcelain"], cwd=self.clone, capture_output=True, text=True).stdout, "")

    def test_2_the_page_comes_with_all_its_parts(self):
        status, page = self.ask("GET", "/")
        self.assertEqual(status, 200)
        parts = re.findall(r'(?:src|href)="(/[^"]+)"', page.decode())
        self.assertGreaterEqual(len([part for part in parts if part.startswith("/assets/")]), 2)
        for part in parts:
            status, content = self.ask("GET", part)
            self.assertEqual((part, status), (part, 200))
            self.assertGreater(len(content), 100)

    def test_3_a_robot_choir_sings_and_a_singer_beside_it_hears_it(self):
        status, content = self.ask("POST", "/api/rooms", json.dumps({"robots": True}))
        self.assertEqual(status, 201, content)
        room = json.loads(content)["room"]
        self.assertEqual(self.ask("GET", f"/r/{room}")[0], 200)
        with subprocess.Popen([os.path.join(self.clone, "build/release/roundelay"), "sing", "--json", "--url",
                               f"ws://127.0.0.1:{self.port}/ws", "--room", room, "--bucket", "5"], stdout=subprocess.PIPE, text=True) as singer:
            voices = 0
            for line in singer.stdout:
                voices = max(voices, json.loads(line).get("people", 0) if '"heard"' in line else 0)
                if voices == 8:
                    break
            singer.terminate()
            self.assertEqual(voices, 8)
            self.assertEqual(singer.wait(10), 0)

    def test_3_the_dashboard_and_the_alerts_use_only_metrics_that_the_server_tells(self):
        status, told = self.ask("GET", "/metrics")
        self.assertEqual(status, 200)
        self.assertEqual(used_names() - names_in(told.decode()), set())

    def test_4_the_examples_of_the_readme_work_as_they_stand(self):
        with open(os.path.join(self.clone, "README.md")) as file:
            blocks = re.findall(r"```sh\n(.*?)```", file.read(), re.DOTALL)
        examples = [block for block in blocks if "roundelay sing" in block]
        self.assertEqual(len(examples), 1)
        self.assertIn(README_PORT, examples[0])
        done = subprocess.run(["bash", "-euc", examples[0].replace(README_PORT, str(self.port))], cwd=self.clone, capture_output=True,
                              text=True, timeout=150)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        heard = loudness(os.path.join(self.clone, "heard.wav"))
        self.assertGreater(max(heard), 0.01, "the robots are not heard")
        self.assertGreater(min(heard[12:20]), 0.003, f"silence in the middle: {heard}")

    def test_5_a_second_server_beside_the_first_says_what_to_do(self):
        for arguments, sentence in ((["--port", str(self.port), "--data", self.data + " 2"], "--port"), (["--port", "0", "--data", self.data], "--data")):
            second = Run(self.clone, arguments, self.environment)
            self.addCleanup(second.end)
            self.assertEqual(second.wait(120), 1, second.output())
            self.assertIn(sentence, second.output().splitlines()[-1])
        second = Run(self.clone, ["--port", "0", "--data", self.data + " 2"], self.environment)
        self.addCleanup(second.end)
        port = int(second.wait_for(r"Roundelay is ready: http://localhost:(\d+)", 120).group(1))
        self.assertNotEqual(port, self.port)
        second.ctrl_c()
        self.assertEqual(second.wait(20), 0, second.output())

    def test_6_the_package_of_it_installs_sings_and_purges(self):
        self.packing.join()
        self.assertEqual(self.packing.made.returncode, 0, self.packing.made.stdout + self.packing.made.stderr)
        print(self.packing.tested.stderr, flush=True)
        self.assertEqual(self.packing.tested.returncode, 0, self.packing.tested.stdout)

    def test_7_ctrl_c_ends_it_and_leaves_nothing_behind(self):
        self.run_of_it.ctrl_c()
        self.assertEqual(self.run_of_it.wait(20), 0, self.run_of_it.output())
        said = self.run_of_it.output()
        self.assertNotIn("started again", said)
        deadline = time.monotonic() + 10
        while (left := processes_that_mention(self.folder)) and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertEqual(left, [])
        self.assertEqual(sockets_below(self.folder), [])
        self.assertEqual(shared_memory() - self.shared_before, set())
        self.assertEqual([name for name in os.listdir(self.data) if name.endswith(("-wal", "-shm"))], [])
        with open(os.path.join(self.data, "lock")) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # nobody holds it


if __name__ == "__main__":
    unittest.main(verbosity=2)
