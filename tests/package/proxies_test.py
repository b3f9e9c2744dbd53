#!/usr/bin/python3
"""Debian's nginx, Caddy and HAProxy in front of a server, with the configurations of systemd/proxies: the page's files, a song, an
upload, and whose limits count; at the root and under a path. Usage: proxies_test.py PROGRAM"""
import asyncio
import contextlib
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

import websockets

from server import ROOT, Server
from small_client import a_second

EXAMPLES = os.path.join(ROOT, "systemd", "proxies")
PROGRAM = os.path.abspath(sys.argv.pop(1)) if __name__ == "__main__" else None
ROOMS_PER_MINUTE = 20
PAGE_FILE = "assets/page-1.js"
PIECE = b"x" * 65_536


def free_port():
    with socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::", 0))
        return probe.getsockname()[1]


def example(name, *changes):
    """An example with other addresses; each that is to be changed must be there."""
    with open(os.path.join(EXAMPLES, name), encoding="utf-8") as file:
        text = file.read()
    for old, new in changes:
        assert old in text, (name, old)
        text = text.replace(old, new)
    return text


class House:
    """A server, a proxy in front of it, and what both need."""

    def __init__(self, proxy, path):
        self.path = path
        self.port = free_port()
        self.folder = tempfile.TemporaryDirectory()
        self.trust = ssl.create_default_context(cafile=self.certificate())
        self.server = self.begin_server()
        try:
            self.begin_proxy(proxy)
        except BaseException:
            self.end()
            raise

    def place(self, name, text=None):
        path = os.path.join(self.folder.name, name)
        if text is not None:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        return path

    def certificate(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost", "-keyout", self.place("key.pem"), "-out", self.place("certificate.pem")],
                       check=True, capture_output=True)
        with open(self.place("certificate.pem"), encoding="utf-8") as one, open(self.place("key.pem"), encoding="utf-8") as other:
            self.place("both.pem", one.read() + other.read())
        return self.place("certificate.pem")

    def begin_server(self):
        self.place("page/index.html", '<meta name="base-path" content="/"><script src="/' + PAGE_FILE + '"></script>')
        self.place("page/" + PAGE_FILE, "sing()" * 50_000)
        # All clients of this test are of this machine: 127.0.0.1 is the proxy, others are people.
        settings = self.place("settings.json", json.dumps({"trusted_proxies": "127.0.0.1", "base_path": self.path}))
        return Server(PROGRAM, self.folder.name, "--config", settings, page=self.place("page"))

    def begin_proxy(self, proxy):
        upstream = ("127.0.0.1:8080", f"127.0.0.1:{self.server.port}")
        below = self.path.rstrip("/")
        certificate, key, both = self.place("certificate.pem"), self.place("key.pem"), self.place("both.pem")
        if proxy == "nginx":
            site = example("nginx.conf", upstream, ("listen 443", f"listen {self.port}"), ("listen [::]:443", f"listen [::]:{self.port}"),
                           ("/etc/letsencrypt/live/sing.example/fullchain.pem", certificate),
                           ("/etc/letsencrypt/live/sing.example/privkey.pem", key), ("  location / {", f"  location {below or '/'} {{"))
            command = ["nginx", "-p", self.folder.name, "-c", self.place("nginx.conf", f"""
                daemon off; pid {self.place('nginx.pid')}; error_log stderr; worker_processes 1; events {{}}
                http {{ access_log off; {''.join(f'{kind}_temp_path {self.place(kind)}; ' for kind in
                ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))}
                {site} }}""")]
        elif proxy == "caddy":
            site = example("Caddyfile", ("\nsing.example {", f"\n{{\n  admin off\n  auto_https disable_redirects\n}}\nhttps://localhost:{self.port} {{\n"
                                         f"  tls {certificate} {key}"),
                           ("  reverse_proxy 127", f"  reverse_proxy {below + '* ' if below else ''}127"), upstream)
            command = ["caddy", "run", "--adapter", "caddyfile", "--config", self.place("Caddyfile", site)]
        else:
            site = example("haproxy.cfg", upstream, (":::443", f":::{self.port}"), ("/etc/haproxy/sing.example.pem", both),
                           ("  default_backend roundelay", f"  use_backend roundelay if {{ path_beg {self.path.rstrip('/') or '/'} }}"))
            command = ["haproxy", "-db", "-f", self.place("haproxy.cfg", site)]
        with open(self.place("proxy.log"), "w+", encoding="utf-8") as log:
            self.proxy = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log, cwd=self.folder.name,
                                          env=dict(os.environ, HOME=self.folder.name, XDG_DATA_HOME=self.folder.name))
        until = time.monotonic() + 20
        while True:
            with contextlib.suppress(OSError):
                if self.ask("GET", self.path + "healthz")[0] == 200:
                    return
            assert self.proxy.poll() is None and time.monotonic() < until, self.proxy_log()
            time.sleep(0.05)

    def ask(self, method, path, body=None, headers=None, source="127.0.0.1"):
        connection = http.client.HTTPSConnection("localhost", self.port, context=self.trust, timeout=30, source_address=(source, 0))
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content, answer

    def make_room(self, source="127.0.0.1", headers=None):
        status, content, _ = self.ask("POST", self.path + "api/rooms", "{}", headers, source)
        return status, json.loads(content)

    def proxy_log(self):
        with open(self.place("proxy.log"), encoding="utf-8", errors="replace") as file:
            return file.read()

    def end(self):
        self.proxy.terminate()
        try:
            self.proxy.wait(20)
        except subprocess.TimeoutExpired:
            self.proxy.kill()
            self.proxy.wait()
        self.server.end()
        self.folder.cleanup()


async def enter(house, made):
    """Anna comes in as her browser would; returns her session's token."""
    url = f"wss://localhost:{house.port}{house.path}ws"
    async with websockets.connect(url, ssl=house.trust, subprotocols=["roundelay.1"], origin=f"https://LOCALHOST:{house.port}") as socket_:
        await socket_.send(json.dumps({"type": "hello", "version": 1, "room": made["room"], "name": "Anna", "role": "singer", "key": made["key"]}))
        while True:
            message = await asyncio.wait_for(socket_.recv(), 20)
            if isinstance(message, str) and (read := json.loads(message))["type"] in ("welcome", "error"):
                assert read["type"] == "welcome", read
                return read["token"]


class Behind:
    """What holds behind each proxy."""

    PROXY = ""
    PATH = "/"

    @classmethod
    def setUpClass(cls):
        cls.house = House(cls.PROXY, cls.PATH)

    @classmethod
    def tearDownClass(cls):
        cls.house.end()

    def test_the_page_and_its_files_come_whole(self):
        status, page, _ = self.house.ask("GET", self.PATH + "r/abc")
        self.assertEqual(status, 200)
        self.assertIn(f'content="{self.PATH}"', page.decode())
        script = re.search(r'src="([^"]*)"', page.decode()).group(1)
        self.assertEqual(script, self.PATH + PAGE_FILE)
        self.assertEqual(self.house.ask("GET", script)[:2], (200, b"sing()" * 50_000))

    def test_a_path_without_its_slash_leads_to_the_page(self):
        if self.PATH == "/":
            self.skipTest("it is at the root")
        status, _, answer = self.house.ask("GET", self.PATH.rstrip("/"))
        self.assertEqual(status, 301)
        self.assertEqual(urllib.parse.urlsplit(answer.getheader("location")).path, self.PATH)

    def test_counters_stay_inside(self):
        for name in ("metrics", "status"):
            self.assertEqual(self.house.ask("GET", self.PATH + name)[0], 404)
            self.assertEqual(self.house.ask("GET", "/" + name)[0], 404)

    def test_a_file_is_uploaded_by_who_came_in(self):
        status, made = self.house.make_room("127.0.0.2")
        self.assertEqual((status, made["link"]), (201, self.PATH + "r/" + made["room"]))
        token = asyncio.run(enter(self.house, made))
        status, answer, _ = self.house.ask("POST", f"{self.PATH}api/rooms/{made['room']}/tracks?name=a.wav", a_second(),
                                           {"Authorization": f"Bearer {token}"})
        self.assertEqual(status, 201, answer)

    def test_an_upload_that_is_too_large_is_refused_by_the_server_itself(self):
        _, made = self.house.make_room("127.0.0.3")
        token = asyncio.run(enter(self.house, made))
        # Caddy hands the answer on only while more comes, so it is sent until there is one.
        with self.house.trust.wrap_socket(socket.create_connection(("localhost", self.house.port), 20), server_hostname="localhost") as line:
            line.sendall((f"POST {self.PATH}api/rooms/{made['room']}/tracks?name=a.wav HTTP/1.1\r\nHost: localhost:{self.house.port}\r\n"
                          f"Authorization: Bearer {token}\r\nContent-Length: 350000001\r\n\r\n").encode())
            answer = b""
            for _ in range(200):
                line.settimeout(20)
                with contextlib.suppress(OSError):
                    line.sendall(PIECE)
                line.settimeout(0.05)
                with contextlib.suppress(TimeoutError):
                    answer = line.recv(4096)
                    break
            self.assertRegex(answer.decode(), r"^HTTP/1.1 413")

    def test_a_song_is_sung(self):
        voice = self.house.place("voice.wav")
        with open(voice, "wb") as file:
            file.write(a_second())
        heard = self.house.place("heard.wav")
        done = subprocess.run([PROGRAM, "sing", "--url", f"wss://localhost:{self.house.port}{self.PATH}ws", "--insecure", "--make-room",
                               "--in", voice, "--out", heard, "--lead", "--start-when", "1", "--plan", '{"bpm": 120, "click": true}',
                               "--stop-after", "2"], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertGreater(os.path.getsize(heard), 48_000)

    def test_limits_count_people_and_not_the_proxy(self):
        for person in range(25):
            self.assertEqual(self.house.make_room(f"127.0.1.{1 + person}")[0], 201, person)
        # Who claims to be somebody else is still herself.
        came = [self.house.make_room("127.0.2.1", {"X-Forwarded-For": f"198.51.100.{i}", "Forwarded": f"for=198.51.100.{i}"})[0]
                for i in range(ROOMS_PER_MINUTE + 5)]
        self.assertIn(429, came)
        self.assertRegex(self.house.server.log(), r"of one address, 127\.0\.2\.1 \(connection from 127\.0\.0\.1, X-Forwarded-For '.*trusted_proxies")


def behind(proxy, path):
    return type(f"Behind_{proxy}_{'at_the_root' if path == '/' else 'under_a_path'}", (Behind, unittest.TestCase), {"PROXY": proxy, "PATH": path})


for each in ("nginx", "caddy", "haproxy"):
    for where in ("/", "/sing/"):
        made_class = behind(each, where)
        globals()[made_class.__name__] = made_class


class Examples(unittest.TestCase):
    def test_every_proxy_is_here(self):
        for program in ("nginx", "caddy", "haproxy"):
            self.assertTrue(shutil.which(program), program)


if __name__ == "__main__":
    unittest.main()
