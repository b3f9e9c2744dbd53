"""What a bench says to a server itself: makes rooms, enters one, uploads a backing track."""
import array
import base64
import http.client
import json
import math
import os
import socket
import struct
import wave


def make_rooms(server, count):
    """[(id, key)]: from so many loopback addresses that the server's limit for one address does not matter."""
    rooms = []
    for i in range(count):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10,
                                                source_address=(f"127.0.{1 + i // 15 // 250}.{1 + i // 15 % 250}", 0))
        connection.request("POST", "/api/rooms", "{}", {"Content-Type": "application/json"})
        answer = json.load(connection.getresponse())
        connection.close()
        rooms.append((answer["room"], answer["key"]))
    return rooms


def write_wav(path, seconds):
    """A chord with a slow beat, stereo, 48 kHz."""
    rate = 48_000
    second = array.array("h")
    for i in range(rate):
        t = i / rate
        chord = sum(math.sin(2 * math.pi * f * t) for f in (110, 220, 277, 330, 440, 880)) / 8
        pulse = 0.3 + 0.7 * math.exp(-6 * (t * 2 % 1))
        second.extend((int(20_000 * chord * pulse), int(18_000 * chord * (1.3 - pulse))))
    with wave.open(path, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(second.tobytes() * math.ceil(seconds))


class Visitor:
    """The least of a WebSocket client: says hello, reads texts."""

    def __init__(self, server, room, key):
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        self.stream = self.socket.makefile("rb")
        nonce = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            f"Sec-WebSocket-Key: {nonce}\r\nSec-WebSocket-Version: 13\r\n"
                            "Sec-WebSocket-Protocol: roundelay.1\r\n\r\n".encode())
        if b" 101 " not in self.stream.readline():
            raise SystemExit("The server refused a WebSocket.")
        while self.stream.readline() not in (b"\r\n", b""):
            pass
        self.say({"type": "hello", "version": 1, "room": room, "key": key, "name": "Bench", "role": "listener"})
        self.token = self.wait_for("welcome")["token"]

    def say(self, message):
        body = json.dumps(message).encode()
        mask = os.urandom(4)
        size = struct.pack("!BBH", 0x81, 0x80 | 126, len(body)) if len(body) > 125 else struct.pack("!BB", 0x81, 0x80 | len(body))
        self.socket.sendall(size + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(body)))

    def wait_for(self, kind):
        while True:
            first, length = self.stream.read(2)
            if length == 126:
                length = struct.unpack("!H", self.stream.read(2))[0]
            elif length == 127:
                length = struct.unpack("!Q", self.stream.read(8))[0]
            body = self.stream.read(length)
            if first & 15 == 1 and (message := json.loads(body))["type"] == kind:
                return message

    def close(self):
        self.stream.close()
        self.socket.close()


def upload_track(server, path):
    """Makes a room with this sound file as a backing track: (room, key, track)."""
    room, key = make_rooms(server, 1)[0]
    visitor = Visitor(server, room, key)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    with open(path, "rb") as file:
        connection.request("POST", f"/api/rooms/{room}/tracks?name=backing.wav", file.read(),
                           {"Authorization": f"Bearer {visitor.token}"})
    answer = json.load(connection.getresponse())
    connection.close()
    visitor.close()
    if "track" not in answer:
        raise SystemExit(f"The backing track was refused: {answer}")
    return room, key, answer["track"]["id"]
