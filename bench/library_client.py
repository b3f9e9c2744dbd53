"""What the benches say to a server's song library: an account, tables, files, and whoever searches, browses and listens."""
import http.client
import json
import random
import subprocess
import threading
import time
import uuid

PASSWORD = "correct horse battery staple"


class LibraryClient:
    """One connection, of one address; whoever is logged in has a cookie."""

    def __init__(self, port, address="127.0.0.1", cookie=None, timeout=60):
        self.port, self.address, self.cookie, self.timeout = port, address, cookie, timeout
        self.connection = None

    def request(self, method, path, body=None, headers=None):
        """(status, body): the connection is kept for the next one."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout,
                                                         source_address=(self.address, 0))
        headers = {**(headers or {}), **({"Cookie": self.cookie} if self.cookie else {})}
        try:
            self.connection.request(method, "/api/library" + path, body, headers)
            answer = self.connection.getresponse()
            came = answer.read()
        except OSError:
            self.close()
            raise
        except http.client.HTTPException as error:
            self.close()
            raise ConnectionError(str(error)) from error
        if answer.getheader("Set-Cookie"):
            self.cookie = answer.getheader("Set-Cookie").split(";")[0]
        if answer.will_close:
            self.close()
        return answer.status, came

    def ask(self, method, path, body=None):
        """(status, data)."""
        headers = {"Content-Type": "application/json"} if body is not None else {}
        status, text = self.request(method, path, None if body is None else json.dumps(body), headers)
        return status, json.loads(text)["data"]

    def send_file(self, path, name, content, **fields):
        edge = uuid.uuid4().hex
        form = b""
        for field, value in fields.items():
            form += f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        form += (f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode() + content
                 + f"\r\n--{edge}--\r\n".encode())
        status, text = self.request("POST", path, form, {"Content-Type": f"multipart/form-data; boundary={edge}"})
        return status, json.loads(text)["data"]

    def log_in(self, name):
        deadline = time.monotonic() + 20
        while True:
            status, _ = self.ask("POST", "/auth/login", {"username": name, "password": PASSWORD})
            if status != 503 or time.monotonic() > deadline:
                break
            time.sleep(0.1)  # the library begins after the server
        if status != 200:
            raise SystemExit(f"Nobody could log in to the library: {status}.")

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


def add_admin(program, data, name):
    subprocess.run([program, "admin", "add", name, "--data", data], input=PASSWORD + "\n", text=True, check=True, capture_output=True)


def sound(size, number):
    """So many bytes that begin as a FLAC and are nobody else's."""
    return b"fLaC" + random.Random(number).randbytes(size - 4)


class Titles:
    """Words made of syllables, the first the most frequent, as in any language; and titles of them."""
    BEGINS = "ba lo mi ra so ta ve no ki ga shi bro cle dra fle gri".split()
    MIDDLES = "na ri to lu me ster van din chu pe lla zo mar wen ble quo".split()
    ENDS = "n s t ra lia ng mon le ty ck rd sh ria on el um".split()

    def __init__(self, seed=1):
        self.random = random.Random(seed)
        self.words = [a + b + c + d for a in self.BEGINS for b in self.MIDDLES for c in ("", "na", "ste", "ri") for d in self.ENDS]
        random.Random(7).shuffle(self.words)

    def word(self):
        return self.words[int((len(self.words) - 1) * self.random.random() ** 3)]

    def title(self, words):
        return " ".join(self.word() for _ in range(words))

    def typed(self):
        """As somebody types it: a word, two of them, one that is not finished, or one with a mistake."""
        kind = self.random.randrange(4)
        text = self.title(2 if kind == 1 else 1)
        if kind == 2:
            text = text[:self.random.randint(1, len(text))]
        if kind == 3:
            at = self.random.randrange(1, len(text) - 1)
            text = text[:at] + text[at + 1] + text[at] + text[at + 2:]
        return text


def table(count, seed=2):
    """A table of so many songs, as CSV."""
    titles, genres = Titles(seed), "Gospel Folk Rock Jazz Classical Chanson Pop Hymn".split()
    lines = ["title,artist,album,genre,length,tempo"]
    for i in range(count):
        lines.append(f"{titles.title(1 + i % 5)},Artist {titles.word()} {i % 5000},Album {titles.word()} {i % 10000},"
                     f"{genres[i % 8]},{60 + i % 400},{60 + i % 120}")
    return ("\n".join(lines) + "\n").encode()


def wait_for_import(client, number, limit_s=900):
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        status, data = client.ask("GET", f"/imports/{number}?limit=1")
        if status == 200 and data["import"]["state"] != "running":
            return data["import"]
        time.sleep(0.2)
    raise SystemExit("The import does not come to its end.")


class Asking:
    """Threads that ask so many times a second, at even times, whether the last answer has come or not; how long each took from
    when it was due. `settled`: an event, from which on they count; those before have connections to make."""

    def __init__(self, port, per_second, path_of, threads=8, settled=None):
        self.settled = settled
        self.took_ms, self.failed, self.over = [], 0, threading.Event()
        self.lock = threading.Lock()
        self.due = time.monotonic()
        self.between = 1 / per_second
        self.threads = [threading.Thread(target=self._ask, args=(LibraryClient(port, f"127.0.4.{1 + i}"), path_of)) for i in range(threads)]
        for thread in self.threads:
            thread.start()

    def _ask(self, client, path_of):
        while not self.over.is_set():
            with self.lock:
                due, self.due = self.due, self.due + self.between
                path = path_of()
            time.sleep(max(0, due - time.monotonic()))
            counts = self.settled is None or self.settled.is_set()
            try:
                good = client.request("GET", path)[0] == 200
            except OSError:
                good = False
            took = 1000 * (time.monotonic() - due)
            with self.lock:
                if counts:
                    self.took_ms.append(took)
                self.failed += not good
        client.close()

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join()
        return self


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")
