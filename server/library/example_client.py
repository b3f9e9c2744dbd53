#!/usr/bin/env python3
"""How a program speaks with a song library (server/PROTOCOL.md 4.8), with Python's standard library alone.

    example_client.py http://localhost:8080 NAME song.mp3 < password

logs in, makes a token for itself, adds the song, finds it in the list, reads its first bytes again, and gives the token back."""
import http.client
import json
import sys
import urllib.parse
import uuid


class Library:
    def __init__(self, url):
        self.url = urllib.parse.urlsplit(url)
        self.headers = {}  # of every request: who asks

    def request(self, method, path, body=None, headers=None):
        kind = http.client.HTTPSConnection if self.url.scheme == "https" else http.client.HTTPConnection
        connection = kind(self.url.netloc, timeout=60)
        connection.request(method, "/api/library" + path, body, {**self.headers, **(headers or {})})
        answer = connection.getresponse()
        return answer, answer.read()

    def ask(self, method, path, body=None, headers=None):
        """The `data` of the answer, and the answer; what went wrong is an error with the server's sentence."""
        if isinstance(body, dict):
            body = json.dumps(body)
            headers = {"Content-Type": "application/json"}
        answer, text = self.request(method, path, body, headers)
        said = json.loads(text)
        if not said["ok"]:
            raise SystemExit(said["errors"][0]["message"])
        return said["data"], answer

    def log_in(self, name, password):
        _, answer = self.ask("POST", "/auth/login", {"username": name, "password": password})
        self.headers = {"Cookie": answer.getheader("Set-Cookie").split(";")[0]}

    def use_token(self, name):
        data, _ = self.ask("POST", "/auth/tokens", {"name": name})
        self.headers = {"Authorization": "Bearer " + data["token"]}

    def add_song(self, title, name, content):
        edge = uuid.uuid4().hex
        name = name.replace('"', "'")
        form = (f'--{edge}\r\nContent-Disposition: form-data; name="title"\r\n\r\n{title}\r\n'
                f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n').encode()
        form += content + f"\r\n--{edge}--\r\n".encode()
        data, _ = self.ask("POST", "/songs/upload", form, {"Content-Type": f"multipart/form-data; boundary={edge}"})
        return data["song"]

    def songs(self):
        return self.ask("GET", "/songs/")[0]["songs"]

    def part_of(self, song, first, last):
        _, content = self.request("GET", f"/songs/{song}/song.mp3", headers={"Range": f"bytes={first}-{last}"})
        return content


def main(url, name, path):
    library = Library(url)
    library.log_in(name, sys.stdin.readline().rstrip("\n"))
    library.use_token("example")
    with open(path, "rb") as file:
        content = file.read()
    song = library.add_song(path.rsplit("/", 1)[-1], path, content)
    assert song["id"] in [each["id"] for each in library.songs()]
    assert library.part_of(song["id"], 0, 9) == content[:10]
    for token in library.ask("GET", "/auth/tokens")[0]["tokens"]:
        if token["name"] == "example":
            library.request("DELETE", f"/auth/tokens/{token['id']}")
    print(f"{song['title']} is song {song['id']} of the library.")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
