"""A server of this tree's program for tests: on a free port of this machine, in a folder of its own."""
import os
import re
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Server:
    """Runs from its making until end(). `more` are options of `roundelay serve`; what it logs is read by log()."""

    def __init__(self, program, folder, *more, page=os.path.join(ROOT, "tests/e2e/page")):
        self.log_file = os.path.join(folder, "server.log")
        with open(self.log_file, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen([program, "serve", "--port", "0", "--shards", "1", "--data", os.path.join(folder, "data"), "--web", page,
                                             *more], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True)
        ready = re.search(r"localhost:(\d+)", self.process.stdout.readline())
        if not ready:
            self.end()
            raise AssertionError(self.log())
        self.port = int(ready.group(1))

    def log(self):
        with open(self.log_file, encoding="utf-8", errors="replace") as file:
            return file.read()

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


class Served(unittest.TestCase):
    """Tests that share one server, of the program that PROGRAM names."""

    PROGRAM = ""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.server = Server(cls.PROGRAM, cls.folder.name)
        cls.addClassCleanup(cls.server.end)
        cls.port = cls.server.port
