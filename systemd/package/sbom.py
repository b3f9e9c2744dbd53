#!/usr/bin/env python3
"""Lists what Roundelay is made of, as CycloneDX 1.5: Debian's packages that the program is linked with or whose headers are
compiled into it, and the packages of npm that are in the page. Reproducible: no time, no chance beyond the content."""
import argparse
import base64
import json
import os
import re
import subprocess
import uuid

# Libraries of headers alone: what links tells nothing of them.
HEADERS = ["nlohmann-json3-dev", "libcli11-dev", "libexpected-dev", "libsqlitecpp-dev"]
# Loaded by name at run time.
PLUGINS = ["libwebsockets-evlib-uv"]
# Of npm's packages that only build the page these lie in it.
BUNDLED = re.compile(r"node_modules/@fontsource")


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def debian_components(program):
    needed = re.findall(r"NEEDED +(\S+)", run("objdump", "-p", program))
    places = dict(re.findall(r"^\s*(\S+) => (\S+)", run("ldd", program), re.MULTILINE))
    packages = set(HEADERS + PLUGINS)
    for library in needed:
        path = os.path.realpath(places[library])
        # dpkg knows files by the path under which they were unpacked: /lib is a link to /usr/lib.
        for known in (path, path.removeprefix("/usr")):
            found = subprocess.run(["dpkg-query", "-S", known], capture_output=True, text=True)
            if found.returncode == 0:
                packages.add(found.stdout.split(":")[0])
                break
        else:
            raise SystemExit(f"sbom: {library} ({path}) is of no package")
    out = []
    for package in sorted(packages):
        form = "${db:Status-Status}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\n"
        known = subprocess.run(["dpkg-query", "-W", "-f", form, package], capture_output=True, text=True).stdout.splitlines()
        installed = [line.split("\t") for line in known if line.startswith("installed\t")]
        if not installed:
            raise SystemExit(f"sbom: the package {package} is not installed")
        _, version, architecture, source, source_version = installed[0]
        purl = f"pkg:deb/debian/{package}@{version}?arch={architecture}".replace("+", "%2B").replace("~", "%7E")
        out.append({"type": "library", "bom-ref": purl, "name": package, "version": version, "purl": purl, "scope": "required",
                    "properties": [{"name": "roundelay:debian:source", "value": f"{source} {source_version}"}]})
    return out


def page_components(page):
    with open(os.path.join(page, "package-lock.json"), encoding="utf-8") as file:
        lock = json.load(file)["packages"]
    wanted = ["node_modules/" + name for name in lock[""].get("dependencies", {})]
    wanted += [path for path in lock if BUNDLED.match(path)]
    seen = set()
    while wanted:
        path = wanted.pop()
        if path not in seen and path in lock:
            seen.add(path)
            wanted += ["node_modules/" + name for name in lock[path].get("dependencies", {})]
    out = []
    for path in sorted(seen):
        full_name = path.removeprefix("node_modules/")
        group, _, name = full_name.rpartition("/")
        entry = lock[path]
        purl = f"pkg:npm/{full_name.replace('@', '%40')}@{entry['version']}"
        component = {"type": "library", "bom-ref": purl, "name": name, "version": entry["version"], "purl": purl, "scope": "required"}
        if group:
            component["group"] = group
        if "license" in entry:
            component["licenses"] = [{"license": {"id": entry["license"]}}]
        algorithm, _, digest = entry.get("integrity", "").partition("-")
        if algorithm == "sha512":
            component["hashes"] = [{"alg": "SHA-512", "content": base64.b64decode(digest).hex()}]
        out.append(component)
    return out


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "page", "version", "out"):
        parser.add_argument("--" + name, required=True)
    options = parser.parse_args()
    components = debian_components(options.program) + page_components(options.page)
    itself = f"pkg:generic/roundelay@{options.version}"
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
           "serialNumber": "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(components))),
           "metadata": {"component": {"type": "application", "bom-ref": itself, "name": "roundelay", "version": options.version,
                                      "licenses": [{"license": {"id": "MIT"}}]}},
           "components": components,
           "dependencies": [{"ref": itself, "dependsOn": [each["bom-ref"] for each in components]}]}
    with open(options.out, "w", encoding="utf-8") as file:
        json.dump(bom, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
