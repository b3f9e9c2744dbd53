#!/usr/bin/env python3
"""The package in a Debian that is started whole (systemd-nspawn): the unit in its sandbox sings, decodes an upload and reloads; its
watchdog ends a supervisor that stands; it is upgraded while a song is sung, and purged. Usage: service_test.py PACKAGE.
As root, below `unshare --mount`."""
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import uuid

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "dev"))
from newcomer_test import loudness  # noqa: E402
from tree import Tree, run  # noqa: E402

PACKAGE = os.path.abspath(sys.argv.pop(1))
HERE = os.path.dirname(os.path.abspath(__file__))


class System(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tree = Tree()
        os.remove(cls.tree.path("usr/sbin/policy-rc.d"))
        cls.tree.write("etc/machine-id", uuid.uuid4().hex + "\n")
        cls.copy(PACKAGE, "package.deb")
        cls.copy(os.path.join(HERE, "small_client.py"), "small_client.py")
        cls.log = open(os.path.join(cls.tree.folder, "console"), "w+")
        cls.machine = subprocess.Popen(["systemd-nspawn", "-D", cls.tree.root, "--boot", "--register=no", "--keep-unit", "--console=pipe",
                                        "--private-network"], stdin=subprocess.DEVNULL, stdout=cls.log, stderr=subprocess.STDOUT)
        try:
            cls.wait_for(lambda: cls.first_process() and cls.inside("systemctl", "is-system-running", check=False).stdout.strip()
                         in ("running", "degraded"), 60)
        except BaseException:
            cls.tearDownClass()
            raise

    @classmethod
    def tearDownClass(cls):
        if first := cls.first_process():
            os.kill(int(first), signal.SIGKILL)  # and with it all that runs inside
        cls.machine.kill()
        cls.machine.wait(20)
        cls.log.close()
        cls.tree.remove()

    @classmethod
    def copy(cls, path, name):
        with open(path, "rb") as file, open(cls.tree.path(name), "wb") as out:
            out.write(file.read())

    @classmethod
    def first_process(cls):
        with open(f"/proc/{cls.machine.pid}/task/{cls.machine.pid}/children") as file:
            children = file.read().split()
        return children[-1] if children else None

    @classmethod
    def inside(cls, *command, check=True, **more):
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
        return run("nsenter", "--target", cls.first_process(), "--all", *command, check=check, env=environment, **more)

    @staticmethod
    def wait_for(condition, limit_s=30):
        deadline = time.monotonic() + limit_s
        while not (value := condition()):
            if time.monotonic() > deadline:
                raise AssertionError("waited in vain")
            time.sleep(0.1)
        return value

    def shown(self, name):
        return self.inside("systemctl", "show", "--value", "--property", name, "roundelay").stdout.strip()

    def journal(self):
        return self.inside("journalctl", "--unit", "roundelay", "--output", "cat", "--no-pager").stdout

    def sing(self, *more):
        return ["roundelay", "sing", "--url", "ws://127.0.0.1:8080/ws", *more]

    # In the order of their names: from the installation to the purge.

    def test_1_it_is_started_by_its_installation_and_ready_when_systemd_says_so(self):
        self.inside("dpkg", "--install", "/package.deb")
        self.assertEqual(self.shown("ActiveState"), "active", self.journal())
        self.assertEqual(self.shown("StatusText"), "All processes are well.")
        self.assertEqual(self.shown("User"), "roundelay")
        self.assertEqual(self.inside("roundelay", "healthcheck").stdout.strip(), '{"status":"ok"}')
        for pid in self.inside("pgrep", "--uid", "roundelay").stdout.split():
            told = self.inside("cat", f"/proc/{pid}/status").stdout
            self.assertRegex(told, r"CapEff:\s+0+\n")
            self.assertRegex(told, r"NoNewPrivs:\s+1\n")
            self.assertRegex(told, r"Seccomp:\s+2\n")
        limits = self.inside("cat", f"/proc/{self.shown('MainPID')}/limits").stdout
        most = min(131_072, resource.getrlimit(resource.RLIMIT_NOFILE)[1])  # this machine may allow less
        self.assertRegex(limits, rf"Max open files +\d+ +{most} ")
        self.assertRegex(limits, r"Max core file size +0 +0 ")

    def test_2_in_its_sandbox_a_song_is_sung_and_an_upload_decoded(self):
        self.inside("python3", "/small_client.py", "8080")
        self.inside(*self.sing("--make-room", "--robots", "--bucket", "4", "--out", "/heard.wav", "--stop-after", "8"), timeout=60)
        self.assertGreater(max(loudness(self.tree.path("heard.wav"))), 0.01, "the robots are not heard")
        self.assertNotIn("SIGSYS", self.journal())

    def test_3_its_log_has_priorities_and_objects(self):
        lines = [line for line in self.journal().splitlines() if line.startswith("{")]
        self.assertTrue(any('"shard 0 is connected"' in line for line in lines), self.journal())
        self.assertEqual(self.inside("journalctl", "--unit", "roundelay", "--priority", "warning", "--output", "cat", "--no-pager").stdout.count("connected"), 0)

    def test_4_a_reload_ends_nobody(self):
        before = self.shown("MainPID")
        self.inside("systemctl", "reload", "roundelay")
        self.assertEqual((self.shown("ActiveState"), self.shown("MainPID")), ("active", before))

    def test_5_a_supervisor_that_stands_is_ended_by_the_watchdog_and_all_begins_anew(self):
        self.inside("mkdir", "-p", "/etc/systemd/system/roundelay.service.d")
        self.tree.write("etc/systemd/system/roundelay.service.d/watchdog.conf", "[Service]\nWatchdogSec=2\n")
        self.inside("systemctl", "daemon-reload")
        self.inside("systemctl", "kill", "--signal=SIGINT", "roundelay")  # at once
        self.wait_for(lambda: self.shown("ActiveState") != "active")
        self.inside("systemctl", "start", "roundelay")
        before = self.shown("MainPID")
        self.inside("kill", "-STOP", before)
        self.wait_for(lambda: self.shown("MainPID") not in ("0", before) and self.shown("ActiveState") == "active")
        self.assertIn("watchdog", self.inside("journalctl", "--unit", "roundelay", "--no-pager").stdout.lower())
        self.inside("rm", "-r", "/etc/systemd/system/roundelay.service.d")
        self.inside("systemctl", "daemon-reload")

    def test_6_it_is_upgraded_while_a_song_is_sung_and_its_singers_come_back(self):
        with tempfile.TemporaryDirectory() as folder:
            run("dpkg-deb", "--raw-extract", PACKAGE, f"{folder}/tree")
            with open(f"{folder}/tree/DEBIAN/control") as file:
                control = re.sub(r"(?m)^Version: .*$", "Version: 99.0", file.read())
            with open(f"{folder}/tree/DEBIAN/control", "w") as file:
                file.write(control)
            run("dpkg-deb", "--root-owner-group", "-Zgzip", "--build", f"{folder}/tree", f"{folder}/new.deb")
            self.copy(f"{folder}/new.deb", "new.deb")
        room = self.inside("python3", "/small_client.py", "8080").stdout.strip()
        singer = subprocess.Popen(["nsenter", "--target", self.first_process(), "--all", *self.sing("--json", "--room", room)],
                                  stdout=subprocess.PIPE, text=True, start_new_session=True)
        self.addCleanup(singer.communicate)
        self.addCleanup(os.killpg, singer.pid, signal.SIGKILL)  # nsenter's child has the pipe too
        self.wait_for(lambda: self.counted("roundelay_people") == 1)
        before = self.shown("MainPID")
        self.inside("dpkg", "--install", "/new.deb")
        # Its processes are replaced one by one by the program that lies there now.
        self.wait_for(lambda: all(self.inside("readlink", f"/proc/{pid}/exe", check=False).stdout.strip() == "/usr/bin/roundelay"
                                  for pid in [before, *self.children(before)]) and self.children(before))
        self.assertEqual((self.shown("ActiveState"), self.shown("MainPID")), ("active", before))
        self.wait_for(lambda: self.counted("roundelay_people") == 1)

    def children(self, pid):
        return self.inside("pgrep", "--parent", pid, check=False).stdout.split()

    def counted(self, name):
        script = "import urllib.request; print(urllib.request.urlopen('http://127.0.0.1:8080/metrics').read().decode())"
        told = self.inside("python3", "-c", script, check=False).stdout
        found = re.search(rf"(?m)^{name} (\S+)$", told)
        return float(found.group(1)) if found else None

    def test_7_purged_it_leaves_nothing(self):
        self.inside("dpkg", "--purge", "roundelay")
        self.assertEqual(self.inside("pgrep", "--uid", "roundelay", check=False).stdout, "")
        for name in ("/var/lib/roundelay", "/etc/roundelay", "/lib/systemd/system/roundelay.service",
                     "/etc/systemd/system/multi-user.target.wants/roundelay.service"):
            self.assertFalse(os.path.lexists(self.tree.path(name.lstrip("/"))), name)
        self.assertEqual(self.inside("sh", "-c", "ls /dev/shm | grep roundelay", check=False).stdout, "")


if __name__ == "__main__":
    unittest.main(verbosity=2)
