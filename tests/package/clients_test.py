#!/usr/bin/python3
"""Clients that nobody here wrote against a server: Debian's python3-websockets, Node's ws and curl, with what RFC 6455 allows and forbids, in
the manner of the cases 1 to 7 of Autobahn's test suite. Usage: clients_test.py PROGRAM"""
import asyncio
import json
import os
import subprocess
import sys
import unittest

import websockets
from websockets.exceptions import ConnectionClosed

from server import Served

PROGRAM = os.path.abspath(sys.argv.pop(1)) if __name__ == "__main__" else None
MOST_TEXT_BYTES = 16_384
MOST_BINARY_BYTES = 6_600
CONT, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10


def ping_message(number, size=0):
    """A message that is answered before anybody has a name: {"type": "pong", "id": number}."""
    text = json.dumps({"type": "ping", "id": number})
    return text + " " * max(0, size - len(text))


class Line:
    """A connection of python3-websockets whose frames can be written one by one."""

    def __init__(self, port):
        self.opening = websockets.connect(f"ws://localhost:{port}/ws", subprotocols=["roundelay.1"], ping_interval=None, close_timeout=10)

    async def __aenter__(self):
        self.socket = await self.opening.__aenter__()
        return self

    async def __aexit__(self, *error):
        self.socket.transport.abort()
        return False

    def write(self, opcode, payload=b"", fin=True, rsv=0, mask=True):
        """As the library writes frames, but also those that it would never write."""
        size = len(payload)
        length = bytes([size]) if size < 126 else b"\x7e" + size.to_bytes(2, "big") if size < 65_536 else b"\x7f" + size.to_bytes(8, "big")
        key = os.urandom(4) if mask else b""
        body = bytes(each ^ key[i % 4] for i, each in enumerate(payload)) if mask else payload
        self.socket.transport.write(bytes([fin << 7 | rsv << 4 | opcode, length[0] | mask << 7]) + length[1:] + key + body)

    async def answer(self):
        """The number of the message that is answered next."""
        while True:
            message = await asyncio.wait_for(self.socket.recv(), 20)
            if isinstance(message, str) and (read := json.loads(message))["type"] == "pong":
                return read["id"]

    async def end(self):
        """The code with which the server closes; 1005: it says none."""
        try:
            while True:
                await asyncio.wait_for(self.socket.recv(), 20)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006


class Rfc6455(Served):
    PROGRAM = PROGRAM

    def on_a_line(self, talk):
        async def whole():
            async with Line(self.port) as line:
                return await talk(line)
        return asyncio.run(whole())

    def answered(self, *written):
        """What is written is one message with the number 7, and is answered."""
        async def talk(line):
            for each in written:
                line.write(*each[:2], **(each[2] if len(each) > 2 else {}))
            return await line.answer()
        self.assertEqual(self.on_a_line(talk), 7, written)

    def closed(self, code, *written):
        async def talk(line):
            for each in written:
                line.write(*each[:2], **(each[2] if len(each) > 2 else {}))
            return await line.end()
        self.assertEqual(self.on_a_line(talk), code, [(each[0], each[1][:20]) for each in written])

    # 1: messages of all lengths, at the borders of the three ways to write one.
    def test_messages_of_every_length_are_read(self):
        for size in (0, 125, 126, 127, 128, 16_000, MOST_TEXT_BYTES):
            self.answered((TEXT, ping_message(7, size).encode()))
        self.closed(1009, (TEXT, ping_message(7, MOST_TEXT_BYTES + 1).encode()))
        self.closed(1009, (BINARY, bytes(MOST_BINARY_BYTES + 1)))
        self.closed(1009, (BINARY, bytes(70_000)))

    # 2: pings and pongs.
    def test_pings_are_answered_with_their_payload(self):
        async def talk(line):
            for payload in (b"", b"Hello", b"\x00\xff\xfe\xfd", b"x" * 125):
                await asyncio.wait_for(await line.socket.ping(payload), 20)
            for _ in range(10):
                await asyncio.wait_for(await line.socket.ping(), 20)
            line.write(PONG, b"nobody asked")
            line.write(TEXT, ping_message(7).encode())
            return await line.answer()
        self.assertEqual(self.on_a_line(talk), 7)
        self.closed(1002, (PING, b"x" * 126))

    # 3 and 4: reserved bits and kinds of frames.
    def test_reserved_bits_and_kinds_close(self):
        for rsv in range(1, 8):
            self.closed(1002, (TEXT, ping_message(7).encode(), {"rsv": rsv}))
            self.closed(1002, (PING, b"", {"rsv": rsv}))
        for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15):
            self.closed(1002, (opcode, b""))
            self.closed(1002, (opcode, b"payload"))

    # 5: pieces.
    def test_messages_come_in_pieces_with_pings_between_them(self):
        text = ping_message(7).encode()
        self.answered((TEXT, text[:5], {"fin": False}), (CONT, text[5:]))
        self.answered((TEXT, b"", {"fin": False}), (CONT, text, {"fin": False}), (CONT, b""))
        self.answered(*[(TEXT if i == 0 else CONT, text[i:i + 1], {"fin": i == len(text) - 1}) for i in range(len(text))])

        async def talk(line):
            line.write(TEXT, text[:5], fin=False)
            await asyncio.wait_for(await line.socket.ping(b"between"), 20)
            line.write(CONT, text[5:9], fin=False)
            await asyncio.wait_for(await line.socket.ping(b"again"), 20)
            line.write(CONT, text[9:])
            return await line.answer()
        self.assertEqual(self.on_a_line(talk), 7)

    def test_pieces_out_of_order_close(self):
        text = ping_message(7).encode()
        self.closed(1002, (CONT, text))
        self.closed(1002, (CONT, text, {"fin": False}))
        self.closed(1002, (TEXT, text, {"fin": False}), (TEXT, text))
        self.closed(1002, (TEXT, text), (CONT, text))
        self.closed(1002, (PING, b"in pieces", {"fin": False}))
        self.closed(1009, *[(TEXT if i == 0 else CONT, b" " * 1_000, {"fin": False}) for i in range(20)])

    def test_frames_that_are_not_masked_close(self):
        self.closed(1002, (TEXT, ping_message(7).encode(), {"mask": False}))
        self.closed(1002, (PING, b"", {"mask": False}))

    # 6: UTF-8.
    def test_text_is_utf8(self):
        word = "κόσμε 🎶".encode()
        whole = b'{"type": "ping", "id": 7, "word": "' + word + b'"}'
        for cut in range(35, 35 + len(word)):
            self.answered((TEXT, whole[:cut], {"fin": False}), (CONT, whole[cut:]))
        for broken in (b"\xff", b"\xce", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf0\x9f\x8e", word + b"\xed\xa0\x80edited"):
            self.closed(1007, (TEXT, broken))
            self.closed(1007, (TEXT, b"{", {"fin": False}), (CONT, broken))

    # 7: closing.
    def test_a_close_is_answered_with_its_code(self):
        self.closed(1005, (CLOSE, b""))
        for code in (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999):
            self.closed(code, (CLOSE, code.to_bytes(2, "big") + b"goodbye"))
        self.closed(1000, (CLOSE, (1000).to_bytes(2, "big") + b"x" * 123))
        self.closed(1000, (CLOSE, (1000).to_bytes(2, "big")), (TEXT, ping_message(7).encode()), (PING, b"after"))

    def test_a_close_that_is_none_is_refused(self):
        for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535):
            self.closed(1002, (CLOSE, code.to_bytes(2, "big")))
        self.closed(1002, (CLOSE, b"\x03"))
        self.closed(1002, (CLOSE, (1000).to_bytes(2, "big") + b"x" * 124))
        self.closed(1007, (CLOSE, (1000).to_bytes(2, "big") + b"\xce\xba\xff"))

    def test_the_library_closes_as_it_always_does(self):
        async def talk(line):
            await line.socket.send(ping_message(7))
            number = await line.answer()
            await line.socket.close(4000, "enough")
            return number, line.socket.close_code
        self.assertEqual(self.on_a_line(talk), (7, 4000))


NODE = """
const { WebSocket } = require('ws');
const socket = new WebSocket(process.argv[1], 'roundelay.1', { perMessageDeflate: true });
const heard = [];
const tell = () => { console.log(JSON.stringify(heard)); process.exit(0); };
socket.on('open', () => {
  socket.ping('hello');
  socket.send('{"type": "ping", ', { fin: false });
  socket.ping('between');
  socket.send('"id": 7}', { fin: true });
});
socket.on('pong', (data) => heard.push(['pong', data.toString()]));
socket.on('message', (data, binary) => {
  const message = JSON.parse(data);
  if (binary || message.type !== 'pong') return;
  heard.push(['answer', message.id]);
  socket.close(3000, 'goodbye');
});
socket.on('close', (code) => { heard.push(['closed', code]); tell(); });
socket.on('error', (error) => { heard.push(['error', String(error)]); tell(); });
"""


class Others(Served):
    PROGRAM = PROGRAM

    def test_ws_of_node_talks_in_pieces_and_is_offered_no_compression(self):
        done = subprocess.run(["node", "-e", NODE, f"ws://localhost:{self.port}/ws"], capture_output=True, text=True, timeout=60,
                              env=dict(os.environ, NODE_PATH="/usr/share/nodejs"))
        self.assertEqual(json.loads(done.stdout or "[]"), [["pong", "hello"], ["pong", "between"], ["answer", 7], ["closed", 3000]], done.stderr)

    def curl(self, *arguments):
        done = subprocess.run(["curl", "-sS", "--noproxy", "*", "--max-time", "30", *arguments], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_curl_makes_a_room_and_reads_in_parts(self):
        at = f"http://localhost:{self.port}"
        made = json.loads(self.curl("-d", "{}", at + "/api/rooms"))
        self.assertEqual(json.loads(self.curl(at + made["link"].replace("/r/", "/api/rooms/")))["room"], made["room"])
        # Both over one connection, a question with a body that waits for leave, and one in pieces of unknown length.
        codes = ["-o", "/dev/null", "-w", "%{http_code} %{num_connects}\n"]
        self.assertEqual(self.curl(*codes, *codes[:2], at + "/healthz", at + "/"), "200 1\n200 0\n")
        self.assertEqual(self.curl(*codes, "-H", "Expect: 100-continue", "-d", "{}", at + "/api/rooms"), "201 1\n")
        self.assertEqual(self.curl(*codes, "-H", "Transfer-Encoding: chunked", "-d", "{}", at + "/api/rooms"), "411 1\n")
        for address in ("127.0.0.1", "[::1]"):
            self.assertEqual(self.curl(*codes, f"http://{address}:{self.port}/healthz"), "200 1\n", address)


if __name__ == "__main__":
    unittest.main()
