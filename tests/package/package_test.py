#!/usr/bin/env python3
"""The Debian package: what is in it and what lintian says, the list of components, the manual pages and the completion against the
program's own help; it is installed into a fresh tree, started as its unit does, a song is sung through it, and it is purged.
Usage: package_test.py PACKAGE. As root, below `unshare --mount`."""
import gzip
import json
import os
import re
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "dev"))
from newcomer_test import loudness  # noqa: E402
from tree import Tree, run  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PACKAGE = os.path.abspath(sys.argv.pop(1))
WEIGHT_LIMIT_BYTES = 20_000_000


class Contents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        run("dpkg-deb", "--raw-extract", PACKAGE, cls.folder.name)
        cls.program = cls.path("usr/bin/roundelay")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)

    def commands(self):
        """All shown commands by their words, with their help."""
        found = {}
        waiting = [[]]
        while waiting:
            words = waiting.pop()
            told = run(self.program, *words, "--help").stdout
            found[" ".join(["roundelay", *words])] = told
            for below in re.findall(r"^  ([a-z-]+) {2,}", told.partition("\nSubcommands:\n")[2], re.MULTILINE):
                waiting.append([*words, below])
        return found

    def test_it_holds_the_program_the_page_the_unit_and_what_an_operator_reads(self):
        for name in ("usr/bin/roundelay", "usr/share/roundelay/web/index.html", "lib/systemd/system/roundelay.service",
                     "usr/lib/sysusers.d/roundelay.conf", "usr/lib/tmpfiles.d/roundelay.conf", "etc/roundelay/roundelay.json",
                     "usr/share/doc/roundelay/operating.md", "usr/share/doc/roundelay/copyright",
                     "usr/share/doc/roundelay/examples/certbot-deploy-hook", "usr/share/bash-completion/completions/roundelay"):
            self.assertTrue(os.path.isfile(self.path(name)), name)
        self.assertLess(os.path.getsize(PACKAGE), WEIGHT_LIMIT_BYTES)
        with open(self.path("DEBIAN/control")) as file:
            control = file.read()
        for library in ("libopus0", "libwebsockets-evlib-uv", "libsodium23"):
            self.assertIn(library, control)

    def test_the_commands_and_files_that_its_page_names_are_there(self):
        with open(self.path("usr/share/doc/roundelay/operating.md")) as file:
            page = file.read()
        for name in re.findall(r"/(usr/share/doc/roundelay/[\w./-]*\w)", page):
            self.assertTrue(os.path.exists(self.path(name)), name)
        for name in ("nginx.conf", "haproxy.cfg", "Caddyfile"):
            self.assertTrue(os.path.isfile(self.path(f"usr/share/doc/roundelay/examples/proxies/{name}")), name)
        commands = self.commands()
        found = re.findall(r"(?:^|`|root )(roundelay(?: [a-z-]+)+)([^`\n#]*)", page, re.MULTILINE)
        self.assertGreater(len(found), 10)
        for words, rest in found:
            # What follows the command may look like one: the longest that there is.
            command = next((known for known in sorted(commands, key=len, reverse=True) if (words + " ").startswith(known + " ")), None)
            self.assertNotIn(command, (None, "roundelay"), words)
            for option in re.findall(r"--[a-z-]+", words + rest):
                self.assertIn(option, commands[command], words)
        # certbot 2.1, Debian 12's, runs the hooks of its folder at renewals alone.
        self.assertRegex(page, r"certbot certonly --standalone .*--deploy-hook \$hook")
        self.assertIn("hook=/etc/letsencrypt/renewal-hooks/deploy/roundelay ", page)

    def test_lintian_finds_no_error(self):
        done = run("lintian", "--no-cfg", "--allow-root", "--fail-on", "error", PACKAGE, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_each_command_has_a_manual_page_with_all_its_options_and_the_completion_knows_them(self):
        commands = self.commands()
        self.assertIn("roundelay serve", commands)
        pages = {name for name in os.listdir(self.path("usr/share/man/man1"))}
        self.assertEqual(pages, {command.replace(" ", "-") + ".1.gz" for command in commands})
        with open(self.path("usr/share/bash-completion/completions/roundelay")) as file:
            completion = file.read()
        for command, told in commands.items():
            page = self.path(f"usr/share/man/man1/{command.replace(' ', '-')}.1.gz")
            with gzip.open(page, "rt") as file:
                text = file.read().replace("\\-", "-")
            options = set(re.findall(r"^  (?:-\w,)?(--[a-z-]+)", told, re.MULTILINE))
            self.assertTrue(options)
            for option in options:
                self.assertIn(option, text, command)
            done = run("bash", "-c", f'{completion}\nCOMP_WORDS=({command} --); COMP_CWORD={len(command.split())}; _roundelay; '
                       'printf "%s\\n" "${COMPREPLY[@]}"')
            self.assertEqual(set(done.stdout.split()), options, command)
            done = run("man", "--warnings", "--local-file", page, check=False, env={**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8"})
            self.assertEqual(done.stderr, "", command)

    def test_the_list_of_components_is_cyclonedx_and_names_what_is_linked(self):
        with open(self.path("usr/share/doc/roundelay/roundelay.cdx.json")) as file:
            bom = json.load(file)
        self.assertEqual((bom["bomFormat"], bom["specVersion"], bom["version"]), ("CycloneDX", "1.5", 1))
        self.assertRegex(bom["serialNumber"], r"^urn:uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$")
        self.assertEqual(bom["metadata"]["component"]["name"], "roundelay")
        references = [each["bom-ref"] for each in bom["components"]]
        self.assertEqual(len(references), len(set(references)))
        for each in bom["components"]:
            self.assertIn(each["type"], ("library", "framework", "application"))
            self.assertTrue(each["name"] and each["version"])
            self.assertRegex(each["purl"], r"^pkg:(deb/debian|npm)/[^ ]+@[^ ]+$")
            self.assertIn(each.get("scope"), ("required", "optional", "excluded"))
            for digest in each.get("hashes", ()):
                self.assertRegex(digest["content"], r"^[0-9a-f]{128}$")
        self.assertEqual(set(bom["dependencies"][0]["dependsOn"]), set(references))
        names = {each["name"] for each in bom["components"]}
        with open(self.path("DEBIAN/control")) as file:
            depends = re.search(r"^Depends: (.*)$", file.read(), re.MULTILINE).group(1)
        for package in re.findall(r"\blib[a-z0-9.+-]+", depends):
            # A name that spdlog's package provides; one that leads to the package which holds TagLib.
            package = {"libtag1v5": "libtag1v5-vanilla"}.get(package, package.removesuffix("-fmt9"))
            self.assertIn(package, names, "the package depends on it")
        with open(os.path.join(ROOT, "web/package.json")) as file:
            for package in json.load(file)["dependencies"]:
                self.assertIn(package.rpartition("/")[2], names)


class Unit(unittest.TestCase):
    """The unit as it is, and with each of the examples beside it."""

    def test_it_is_shut_in_tightly(self):
        for example in (None, "low-port.conf", "tls-credentials.conf"):
            with tempfile.TemporaryDirectory() as folder:
                with open(os.path.join(ROOT, "systemd/roundelay.service")) as file:
                    unit = re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", file.read())
                with open(os.path.join(folder, "roundelay.service"), "w") as file:
                    file.write(unit)
                if example:
                    os.mkdir(os.path.join(folder, "roundelay.service.d"))
                    with open(os.path.join(ROOT, "systemd", example)) as file, \
                            open(os.path.join(folder, "roundelay.service.d", example), "w") as out:
                        out.write(file.read())
                # --threshold: ten times the exposure that is allowed.
                done = run("systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=20",
                           os.path.join(folder, "roundelay.service"), check=False)
                self.assertEqual(done.returncode, 0, f"{example}: {done.stdout[-300:]}{done.stderr}")
                self.assertRegex(done.stdout, r"Overall exposure level for roundelay.service: [01]\.\d|2\.0")


class Installed(unittest.TestCase):
    def setUp(self):
        self.tree = Tree()
        self.addCleanup(self.tree.remove)
        self.tree.mount_system()

    def wait_for(self, condition, limit_s=20):
        deadline = time.monotonic() + limit_s
        while not (value := condition()):
            if time.monotonic() > deadline:
                raise AssertionError("waited in vain")
            time.sleep(0.05)
        return value

    def test_it_installs_serves_a_song_as_its_unit_starts_it_and_purges_without_a_trace(self):
        tree = self.tree
        watched = ("etc", "usr/bin", "usr/lib/systemd", "usr/lib/sysusers.d", "usr/lib/tmpfiles.d", "usr/share/doc", "usr/share/man/man1",
                   "usr/share/bash-completion", "var/lib")
        before = tree.files(*watched)
        with open(PACKAGE, "rb") as file:
            tree.write("package.deb", "")
            with open(tree.path("package.deb"), "wb") as out:
                out.write(file.read())
        tree.inside("dpkg", "--install", "/package.deb")
        self.assertEqual(tree.inside("dpkg", "--verify", "roundelay").stdout, "")
        data = os.stat(tree.path("var/lib/roundelay"))
        self.assertEqual(stat.S_IMODE(data.st_mode), 0o700)
        self.assertEqual(tree.inside("stat", "-c", "%U:%G", "/var/lib/roundelay").stdout, "roundelay:roundelay\n")
        self.assertEqual(tree.inside("stat", "-c", "%U:%G %a", "/etc/roundelay/tls").stdout, "root:roundelay 750\n")
        self.assertTrue(os.path.islink(tree.path("etc/systemd/system/multi-user.target.wants/roundelay.service")))

        self.sing_through_it(tree)

        tree.inside("dpkg", "--install", "/package.deb")  # over itself
        tree.inside("dpkg", "--remove", "roundelay")
        self.assertTrue(os.path.isdir(tree.path("var/lib/roundelay")), "what was sung is kept until it is purged")
        self.assertFalse(os.path.exists(tree.path("usr/bin/roundelay")))
        tree.inside("dpkg", "--purge", "roundelay")
        after = tree.files(*watched)
        # The system user stays, as Debian wants it; dpkg and systemd keep books of their own.
        own = re.compile(r"etc/(passwd|group|shadow|gshadow|\.pwd\.lock)-?$|var/lib/(dpkg|systemd)(/|$)")
        self.assertEqual({name for name in set(after) ^ set(before) if not own.match(name)}, set())

    def sing_through_it(self, tree):
        unit = tree.read("lib/systemd/system/roundelay.service")
        start = re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE).group(1).replace("$ROUNDELAY_OPTIONS", "")
        user = re.search(r"^User=(.*)$", unit, re.MULTILINE).group(1)
        identity = tree.inside("id", "-u", user).stdout.strip()
        group = tree.inside("id", "-g", user).stdout.strip()
        log = tempfile.TemporaryFile("w+")
        self.addCleanup(log.close)
        server = subprocess.Popen(["chroot", tree.root, "setpriv", f"--reuid={identity}", f"--regid={group}", "--clear-groups", "--no-new-privs",
                                   *start.split(), "--port", "0"], stdout=subprocess.PIPE, stderr=log, text=True,
                                  env={"PATH": "/usr/sbin:/usr/bin:/bin"})
        try:
            line = server.stdout.readline()
            port = re.search(r"Roundelay is ready: http://localhost:(\d+)", line)
            log.seek(0)
            self.assertTrue(port, line + log.read())
            port = port.group(1)
            self.assertEqual(tree.inside("roundelay", "healthcheck", "--url", f"http://127.0.0.1:{port}/healthz").stdout.strip(), '{"status":"ok"}')
            tree.inside("roundelay", "sing", "--url", f"ws://127.0.0.1:{port}/ws", "--make-room", "--robots", "--bucket", "4", "--out", "/heard.wav",
                        "--stop-after", "8", timeout=60)
            self.assertGreater(max(loudness(tree.path("heard.wav"))), 0.01, "the robots are not heard")
        finally:
            server.send_signal(signal.SIGINT)  # at once; SIGTERM lets the robots' song go on to its end
            self.assertEqual(server.wait(30), 0)
            server.stdout.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
