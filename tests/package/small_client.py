#!/usr/bin/env python3
"""Makes a room, comes into it and uploads a second of sound as its organiser; prints the room. Usage: small_client.py PORT"""
import array
import base64
import http.client
import io
import json
import math
import os
import socket
import sys
import wave


class Socket:
    """As much of a WebSocket as that takes."""

    def __init__(self, port):
        self.stream = socket.create_connection(("127.0.0.1", port), timeout=20)
        key = base64.b64encode(os.urandom(16)).decode()
        self.stream.sendall((f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: roundelay.1\r\n\r\n").encode())
        self.bytes = b""
        while b"\r\n\r\n" not in self.bytes:
            self.more()
        head, _, self.bytes = self.bytes.partition(b"\r\n\r\n")
        assert b" 101 " in head, head

    def more(self):
        got = self.stream.recv(65_536)
        assert got, "the connection is gone"
        self.bytes += got

    def send(self, message):
        text = json.dumps(message).encode()
        size = bytes([0x80 | len(text)]) if len(text) < 126 else bytes([0xFE]) + len(text).to_bytes(2, "big")
        mask = os.urandom(4)
        self.stream.sendall(b"\x81" + size + mask + bytes(each ^ mask[i % 4] for i, each in enumerate(text)))

    def take(self, count):
        while len(self.bytes) < count:
            self.more()
        taken, self.bytes = self.bytes[:count], self.bytes[count:]
        return taken

    def receive(self, kind):
        while True:
            first, size = self.take(2)
            if size >= 126:
                size = int.from_bytes(self.take(2 if size == 126 else 8), "big")
            content = self.take(size)
            if first & 15 == 1 and (message := json.loads(content)).get("type") in (kind, "error"):
                assert message["type"] == kind, message
                return message


def ask(port, method, path, body, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    content = json.loads(answer.read())
    assert answer.status == 201, (answer.status, content)
    return content


def a_second():
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(array.array("h", [int(9_000 * math.sin(i * 440 * 2 * math.pi / 48_000)) for i in range(48_000)]).tobytes())
    return out.getvalue()


def main():
    port = int(sys.argv[1])
    made = ask(port, "POST", "/api/rooms", json.dumps({"name": "Evening"}))
    client = Socket(port)
    client.send({"type": "hello", "version": 1, "room": made["room"], "name": "Anna", "role": "singer", "key": made["key"]})
    token = client.receive("welcome")["token"]
    ask(port, "POST", f"/api/rooms/{made['room']}/tracks?name=a.wav", a_second(), {"Authorization": f"Bearer {token}"})
    print(made["room"])


if __name__ == "__main__":
    main()
