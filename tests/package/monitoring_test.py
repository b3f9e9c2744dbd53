#!/usr/bin/env python3
"""The dashboard and the alert rules against a server that runs: they use only metrics that exist, promtool accepts them and what is
scraped, and Debian's Prometheus scrapes it and evaluates every expression. Usage: monitoring_test.py PROGRAM"""
import json
import os
import re
import subprocess
import sys
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

from server import ROOT, Served

MONITORING = os.path.join(ROOT, "systemd", "monitoring")
PROGRAM = os.path.abspath(sys.argv.pop(1)) if __name__ == "__main__" else None


def read(name):
    with open(os.path.join(MONITORING, name), encoding="utf-8") as file:
        return file.read()


def expressions():
    found = []

    def walk(value):
        if isinstance(value, dict):
            if "expr" in value:
                found.append(value["expr"])
            for below in value.values():
                walk(below)
        elif isinstance(value, list):
            for below in value:
                walk(below)

    walk(json.loads(read("dashboard.json")))
    rules = re.findall(r"^ +expr: (?:>-\n((?: {10,}.*\n)+)|(.*)$)", read("alerts.yaml"), re.MULTILINE)
    found += [" ".join((folded or plain).split()) for folded, plain in rules]
    return found


def used_names():
    return set(re.findall(r"roundelay_[a-z_]+", "\n".join(expressions())))


def names_in(scraped):
    """All that can be asked for, of the text that a server tells."""
    names = set()
    for name, kind in re.findall(r"^# TYPE (\S+) (\S+)$", scraped, re.MULTILINE):
        names |= {name + end for end in ("_bucket", "_sum", "_count")} if kind == "histogram" else {name}
    return names


class Monitoring(Served):
    PROGRAM = PROGRAM

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scraped = urllib.request.urlopen(f"http://127.0.0.1:{cls.port}/metrics", timeout=10).read().decode()

    def test_only_metrics_that_exist_are_used_and_most_of_those_that_exist_are_shown(self):
        exist = names_in(self.scraped)
        self.assertEqual(used_names() - exist, set())
        self.assertGreater(len(used_names()), 40)

    def test_promtool_accepts_rules_configuration_and_metrics(self):
        for arguments, given in ((["check", "rules", "alerts.yaml"], None), (["check", "config", "prometheus.yaml"], None),
                                 (["check", "metrics"], self.scraped)):
            done = subprocess.run(["promtool", *arguments], input=given, cwd=MONITORING, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_prometheus_scrapes_it_and_evaluates_every_expression(self):
        configuration = read("prometheus.yaml").replace("127.0.0.1:8080", f"127.0.0.1:{self.port}").replace("15s", "1s")
        self.assertIn(str(self.port), configuration)
        for name, text in (("prometheus.yaml", configuration), ("alerts.yaml", read("alerts.yaml"))):
            with open(os.path.join(self.folder.name, name), "w") as file:
                file.write(text)
        log = open(os.path.join(self.folder.name, "prometheus.log"), "w+")
        self.addCleanup(log.close)
        prometheus = subprocess.Popen(["prometheus", "--config.file=prometheus.yaml", "--storage.tsdb.path=store", "--web.listen-address=127.0.0.1:0"],
                                      cwd=self.folder.name, stdout=log, stderr=subprocess.STDOUT)

        def end():
            prometheus.terminate()
            prometheus.wait(20)

        self.addCleanup(end)

        def port():
            # It does not tell which free one it took.
            for line in subprocess.run(["ss", "-Htlnp"], capture_output=True, text=True).stdout.splitlines():
                if f"pid={prometheus.pid}," in line:
                    return line.split()[3].rpartition(":")[2]
            return None

        def ask(path, **query):
            address = f"http://127.0.0.1:{self.wait_for(port)}{path}?{urllib.parse.urlencode(query)}"
            try:
                return json.load(urllib.request.urlopen(address, timeout=10))["data"]
            except urllib.error.HTTPError as error:
                raise AssertionError(f"{query}: {error.read().decode()}") from error

        self.wait_for(lambda: any(each["value"][1] == "1" for each in ask("/api/v1/query", query='up{job="roundelay"}')["result"]))
        self.assertEqual(ask("/api/v1/query", query="roundelay_shard_up")["result"][0]["value"][1], "1")
        for expression in expressions():
            expression = expression.replace("$__rate_interval", "1m").replace("$instance", ".*")
            ask("/api/v1/query", query=expression)
        groups = ask("/api/v1/rules")["groups"]
        self.assertEqual([rule["name"] for group in groups for rule in group["rules"] if rule["health"] == "err"], [])
        self.assertEqual({rule["name"] for group in groups for rule in group["rules"] if rule["state"] == "firing"}, set())

    def wait_for(self, condition, limit_s=20):
        deadline = time.monotonic() + limit_s
        while not (value := condition()):
            if time.monotonic() > deadline:
                raise AssertionError("waited in vain")
            time.sleep(0.05)
        return value


if __name__ == "__main__":
    unittest.main(verbosity=2)
