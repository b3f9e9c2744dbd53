#!/usr/bin/env python3
"""The container, built by buildah without a daemon from a base that mmdebstrap made: an ordinary user, no compiler, a health check;
a song is sung in it, and SIGTERM ends it. Usage: container_test.py PACKAGE. As root, below `unshare --mount`; needs the network of
Debian's packages."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tree import run  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PACKAGE = os.path.abspath(sys.argv.pop(1))
BASE = os.environ.get("ROUNDELAY_TEST_BASE")  # a tar file of a Debian 12 with apt, if there is one already
IMAGE = "localhost/roundelay-test"


class Container(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="container-")
        cls.buildah = ["buildah", "--root", f"{cls.folder}/store", "--runroot", f"{cls.folder}/run", "--storage-driver", "vfs"]
        base = BASE or f"{cls.folder}/base.tar"
        if not BASE:
            run("mmdebstrap", "--variant=apt", "--include=ca-certificates", "bookworm", base)
        container = run(*cls.buildah, "from", "scratch").stdout.strip()
        run(*cls.buildah, "add", container, base, "/")
        run(*cls.buildah, "commit", "--rm", container, "localhost/debian-base")
        # What the first stage makes is made already: only the second one is built here.
        os.mkdir(f"{cls.folder}/build")
        shutil.copy(PACKAGE, f"{cls.folder}/build/roundelay.deb")
        run(*cls.buildah, "build", "--isolation", "chroot", "--format", "docker", "--pull-never", "--build-arg", "BASE=localhost/debian-base",
            "--build-context", f"build={cls.folder}/build", "-f", f"{ROOT}/systemd/container/Containerfile", "-t", IMAGE, f"{cls.folder}/build")
        cls.container = run(*cls.buildah, "from", IMAGE).stdout.strip()

    @classmethod
    def tearDownClass(cls):
        run(*cls.buildah, "rm", "--all", check=False)
        shutil.rmtree(cls.folder, ignore_errors=True)

    def inside(self, *command, check=True):
        return run(*self.buildah, "run", "--isolation", "chroot", self.container, "--", *command, check=check)

    @staticmethod
    def signal_servers(number):
        found = subprocess.run(["pgrep", "-f", "^(/usr/bin/)?roundelay serve --data /data --log-format json --port 0$"], capture_output=True, text=True)
        for pid in found.stdout.split():
            os.kill(int(pid), number)

    def test_1_it_runs_as_an_ordinary_user_checks_its_health_and_has_no_compiler(self):
        settings = json.loads(run(*self.buildah, "inspect", IMAGE).stdout)["Docker"]["config"]
        self.assertEqual(settings["User"], "roundelay")
        self.assertEqual(settings["StopSignal"], "SIGTERM")
        self.assertIn("healthcheck", " ".join(settings["Healthcheck"]["Test"]))
        self.assertIn("/data", settings["Volumes"])
        self.assertNotEqual(self.inside("id", "-u").stdout.strip(), "0")
        self.assertEqual(self.inside("sh", "-c", "command -v gcc g++ cc cmake npm", check=False).stdout, "")

    def test_2_a_song_is_sung_in_it_and_sigterm_ends_it(self):
        with open(f"{self.folder}/log", "w+") as log:
            # As the image's entry point and command say, on any free port.
            server = subprocess.Popen([*self.buildah, "run", "--isolation", "chroot", self.container, "--", "roundelay", "serve", "--data", "/data",
                                       "--log-format", "json", "--port", "0"], stdout=log, stderr=subprocess.STDOUT)
            self.addCleanup(server.wait)
            # What runs in the container outlives the tool that started it.
            self.addCleanup(self.signal_servers, signal.SIGKILL)

            def said(pattern=r"(?s).*"):
                with open(log.name) as file:
                    return re.search(pattern, file.read())

            deadline = time.monotonic() + 60
            while not (ready := said(r"Roundelay is ready: http://localhost:(\d+)")):
                self.assertTrue(server.poll() is None and time.monotonic() < deadline, said().group())
                time.sleep(0.1)
            port = ready.group(1)
            self.assertEqual(self.inside("roundelay", "healthcheck", "--url", f"http://127.0.0.1:{port}/healthz").stdout.strip(), '{"status":"ok"}')
            heard = self.inside("roundelay", "sing", "--json", "--url", f"ws://127.0.0.1:{port}/ws", "--make-room", "--robots", "--bucket", "4",
                                "--stop-after", "8").stdout
            # All robots that stand before the fourth bucket.
            self.assertGreaterEqual(max(json.loads(line).get("people", 0) for line in heard.splitlines() if '"heard"' in line), 4)
            self.signal_servers(signal.SIGTERM)
            self.assertEqual(server.wait(150), 0, said().group())


class Manifests(unittest.TestCase):
    """What both must have; their tools are not in Debian 12."""

    def test_they_have_volumes_probes_limits_and_time_to_end(self):
        wanted = {"compose.yaml": ("shm_size:", "data:/data", "stop_grace_period: 150s", "healthcheck", "nofile: 131072", "read_only: true"),
                  "kubernetes.yaml": ("mountPath: /dev/shm", "medium: Memory", "mountPath: /data", "readinessProbe", "livenessProbe",
                                      "terminationGracePeriodSeconds: 150", 'prometheus.io/scrape: "true"', "runAsNonRoot: true")}
        for name, parts in wanted.items():
            with open(f"{ROOT}/systemd/container/{name}") as file:
                text = file.read()
            for part in parts:
                self.assertIn(part, text, name)


if __name__ == "__main__":
    unittest.main(verbosity=2)
