"""Janus, a WebRTC server, with nothing but its AudioBridge (a conference that mixes), for people who come with plain RTP over
loopback; and the people, who sing in real time. Janus is a Debian package, run as it comes; its settings and its control socket
are in a temporary folder."""
import collections
import glob
import itertools
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time

from bench.measure import BLOCKS_PER_S, cores, cpu_seconds

PLUGIN = "janus.plugin.audiobridge"
LIBRARIES = {"plugins": "libjanus_audiobridge.so", "transports": "libjanus_pfunix.so"}
ROOM = 1
START_TRIES = 10
PAYLOAD_TYPE = 111
BLOCK_SAMPLES = 960
SLOTS = 4  # of a block's time: singers send at different moments
MOST_BYTES = 1 << 18  # of an answer of the control socket: a list of all who are there
HEADER = struct.Struct(">BBHII")  # RTP: version, payload type, sequence, time stamp, source


def libraries():
    """Paths of what Janus loads, or None where a part is missing."""
    found = {kind: sorted(glob.glob(f"/usr/lib/*/janus/{kind}/{name}")) for kind, name in LIBRARIES.items()}
    return {kind: paths[0] for kind, paths in found.items()} if all(found.values()) else None


def installed():
    return shutil.which("janus") is not None and libraries() is not None


def version():
    """As Janus tells it, without the rest."""
    told = subprocess.run(["janus", "--version"], capture_output=True, text=True, check=False)
    words = (told.stdout + told.stderr).split()
    return next((word.strip("()") for word in words if word.strip("()").count(".") == 2), "unknown version")


class Janus:
    """The server, ended by its pid. It has the first core to itself."""

    def __init__(self, quick):
        self._folder = tempfile.TemporaryDirectory(prefix="janus-bench-")
        self._numbers = itertools.count(1)
        self._log = open(self._path("log"), "w+")
        self._write_settings()
        self._pin = None if quick or len(cores()) < 2 else lambda: os.sched_setaffinity(0, {cores()[0]})
        try:
            self._session = self._start()
        except BaseException:
            self._end()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._control.close()
        self._end()

    def _end(self):
        self.process.send_signal(signal.SIGTERM)  # nothing happens if it has ended
        if self._wait_for_end() is None:
            self.process.kill()
            self.process.wait()
        self._log.close()
        self._folder.cleanup()

    def _wait_for_end(self):
        """Its exit code, or None if it stays."""
        try:
            return self.process.wait(10)
        except subprocess.TimeoutExpired:
            return None

    def _path(self, name):
        return os.path.join(self._folder.name, name)

    def _write_settings(self):
        for kind, path in libraries().items():
            os.mkdir(self._path(kind))
            os.symlink(path, os.path.join(self._path(kind), os.path.basename(path)))
        os.mkdir(self._path("none"))
        settings = {
            "janus.jcfg": f"""general: {{
  configs_folder = "{self._folder.name}"
  plugins_folder = "{self._path('plugins')}"
  transports_folder = "{self._path('transports')}"
  events_folder = "{self._path('none')}"
  loggers_folder = "{self._path('none')}"
  debug_level = 3
  debug_colors = false
  session_timeout = 0
}}
events: {{ broadcast = false }}
""",
            "janus.transport.pfunix.jcfg": f"""general: {{
  enabled = true
  json = "compact"
  path = "{self._path('control')}"
  type = "SOCK_SEQPACKET"
}}
admin: {{ admin_enabled = false }}
""",
            f"{PLUGIN}.jcfg": f"""general: {{ local_ip = "127.0.0.1" }}
room-{ROOM}: {{
  description = "bench"
  sampling_rate = 48000
  audiolevel_ext = false
  record = false
  allow_rtp_participants = true
}}
"""}
        for name, text in settings.items():
            with open(self._path(name), "w") as file:
                file.write(text)

    def _fail(self, what):
        self._log.flush()
        self._log.seek(0)
        lines = self._log.read().splitlines()
        raise SystemExit(f"{what} Janus's last words: {' / '.join(lines[-4:])}")

    def _start(self):
        """A session. Now and then its thread for the control socket looks whether it is wanted before that was said, and Janus ends at
        once: then another try."""
        for _ in range(START_TRIES):
            self.process = subprocess.Popen(["janus", "-C", self._path("janus.jcfg"), "-F", self._folder.name],
                                            stdout=self._log, stderr=subprocess.STDOUT, preexec_fn=self._pin)
            if self._connect():
                try:
                    return self._ask(janus="create")["data"]["id"]
                except (OSError, ValueError):  # the connection was there before the end
                    self._control.close()
                    if self._wait_for_end() is None:
                        self._fail("Janus does not answer.")
        return self._fail("Janus did not start.")

    def _connect(self, limit_s=20):
        """False if Janus has ended."""
        deadline = time.monotonic() + limit_s
        while self.process.poll() is None:
            control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            try:
                control.connect(self._path("control"))
                control.settimeout(limit_s)
                self._control = control
                return True
            except OSError:
                control.close()
            if time.monotonic() > deadline:
                self._fail("Janus does not answer.")
            time.sleep(0.05)
        return False

    def _ask(self, **request):
        """The answer to one request, or the event that an asynchronous one ends with."""
        transaction = str(next(self._numbers))
        self._control.send(json.dumps({**request, "transaction": transaction}).encode())
        while True:
            answer = json.loads(self._control.recv(MOST_BYTES))
            if answer.get("transaction") == transaction and answer["janus"] != "ack":
                break
        data = answer.get("plugindata", {}).get("data", {})
        if answer["janus"] == "error" or "error" in data:
            self._fail(f"Janus refused: {answer.get('error') or data['error']}.")
        return answer

    def join(self, port, **settings):
        """Somebody comes who hears at `port`; where they send to. `settings` are those of the plugin's `join`."""
        handle = self._ask(janus="attach", session_id=self._session, plugin=PLUGIN)["data"]["id"]
        body = {"request": "join", "room": ROOM, "rtp": {"ip": "127.0.0.1", "port": port, "payload_type": PAYLOAD_TYPE}, **settings}
        joined = self._ask(janus="message", session_id=self._session, handle_id=handle, body=body)["plugindata"]["data"]
        return joined["rtp"]["ip"], joined["rtp"]["port"]

    def cpu(self):
        return cpu_seconds(self.process.pid)


def music(program):
    """The voices that `program` (roundelay_music_packets) writes: lists of packets."""
    data = subprocess.run([program], check=True, stdout=subprocess.PIPE).stdout
    packets, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at:at + 2], "big")
        packets.append(data[at + 2:at + 2 + length])
        at += 2 + length
    blocks = 100  # kMusicBlocks
    return [packets[first:first + blocks] for first in range(0, len(packets), blocks)]


def mode_of(packet):
    """How an Opus packet was encoded: the first five bits tell."""
    number = packet[0] >> 3
    return "SILK" if number < 12 else "hybrid" if number < 16 else "CELT"


class Singers:
    """Each has a socket, sends a packet every 20 ms and counts what comes. All in the calling thread."""

    def __init__(self, janus, voices, count, **settings):
        self._voices = voices
        self._sockets = []
        for _ in range(count):
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._sockets.append(sock)
            sock.bind(("127.0.0.1", 0))
            sock.setblocking(False)
            sock.connect(janus.join(sock.getsockname()[1], **settings))
        self._block = 0
        self.reset()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for sock in self._sockets:
            sock.close()

    def reset(self):
        self.sent = self.received = self.received_bytes = 0
        self.least = 0  # received by the one who got the fewest
        self.modes = collections.Counter()
        self._received = [0] * len(self._sockets)

    def _send(self, number):
        voice = self._voices[number % len(self._voices)]
        # Singers of the same voice are at different places of it.
        packet = voice[(self._block + 7 * number) % len(voice)]
        header = HEADER.pack(0x80, PAYLOAD_TYPE, self._block & 0xFFFF, (self._block * BLOCK_SAMPLES) & 0xFFFFFFFF, number + 1)
        try:
            self._sockets[number].send(header + packet)
            self.sent += 1
        except (BlockingIOError, ConnectionRefusedError):
            pass  # is missing in `sent`

    def _receive(self, number):
        while True:
            try:
                packet = self._sockets[number].recv(2048)
            except (BlockingIOError, ConnectionRefusedError):
                return
            if len(packet) > HEADER.size:
                self._received[number] += 1
                self.received_bytes += len(packet) - HEADER.size
                self.modes[mode_of(packet[HEADER.size:])] += 1

    def sing(self, seconds):
        """In real time, by the clock; how long it took, s."""
        self.reset()
        began = time.monotonic()
        steps = round(seconds * BLOCKS_PER_S) * SLOTS
        for step in range(steps):
            wait = began + step / BLOCKS_PER_S / SLOTS - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            for number in range(step % SLOTS, len(self._sockets), SLOTS):
                self._send(number)
                self._receive(number)
            if step % SLOTS == SLOTS - 1:
                self._block += 1
        time.sleep(max(0, began + seconds - time.monotonic()))
        took = time.monotonic() - began
        self._receive_all()
        return took

    def _receive_all(self):
        for number in range(len(self._sockets)):
            self._receive(number)
        self.received, self.least = sum(self._received), min(self._received)

    def wait_for(self, answers, limit_s=0.5):
        """The last ones may be on their way when the song is over."""
        deadline = time.monotonic() + limit_s
        while self.received < answers and time.monotonic() < deadline:
            time.sleep(0.005)
            self._receive_all()
