#!/usr/bin/env python3
"""The walls between the folders: every include is held against the order of the folders and against the link lines.

A folder may include what stands above it in the order of the add_subdirectory lines, and only folders that its own CMake targets
link. A library's header may be included where a target links that library, itself or through a folder that passes it on (PUBLIC)."""
import os
import re
import sys
import tempfile
import unittest

from bindings import captured_bindings

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Whose headers are whose. What is not named here is the standard library's or the system's.
LIBRARIES = {
    r"sqlite3\.h|SQLiteCpp/": ("PkgConfig::SQLITE", "SQLiteCpp"),
    r"sodium\.h": ("PkgConfig::SODIUM",),
    r"unicode/": ("PkgConfig::ICU",),
    r"uv\.h": ("PkgConfig::UV",),
    r"libwebsockets\.h": ("PkgConfig::LWS",),
    r"openssl/": ("OpenSSL::SSL",),
    r"seccomp\.h": ("PkgConfig::SECCOMP",),
    r"curl/": ("PkgConfig::CURL", "CURL::libcurl"),
    r"opus/": ("PkgConfig::OPUS",),
    r"soxr\.h": ("PkgConfig::SOXR",),
    r"sndfile\.": ("PkgConfig::SNDFILE",),
    r"libavformat/": ("PkgConfig::AVFORMAT",),
    r"libavcodec/": ("PkgConfig::AVCODEC",),
    r"libavutil/": ("PkgConfig::AVUTIL",),
    r"ebur128\.h": ("PkgConfig::EBUR128",),
    r"ogg/": ("PkgConfig::OGG",),
    r"zlib\.h": ("PkgConfig::ZLIB",),
    r"zip\.h": ("PkgConfig::ZIP",),
    r"archive(_entry)?\.h": ("PkgConfig::ARCHIVE",),
    r"poppler-": ("PkgConfig::POPPLER",),
    r"png\.h": ("PkgConfig::PNG",),
    r"turbojpeg\.h": ("PkgConfig::TURBOJPEG",),
    r"webp/": ("PkgConfig::WEBP",),
    r"prometheus/": ("prometheus-cpp::core",),
    r"nlohmann/": ("nlohmann_json::nlohmann_json",),
    r"spdlog/": ("spdlog::spdlog",),
    r"CLI/": ("CLI11::CLI11",),
}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def without_comments(text):
    return re.sub(r"#[^\n]*", "", text)


class Tree:
    """The folders of a source tree in their order, with their targets' link lines and their files' includes."""

    def __init__(self, root):
        self.root = root
        self.order = []
        self._walk("")
        self.folder_of = {}  # target: folder
        self.links = {}  # target: {(library, passed on)}
        for folder in self.order:
            self._read_targets(folder)

    def _walk(self, folder):
        path = os.path.join(self.root, folder, "CMakeLists.txt")
        text = without_comments(read(path))
        if re.search(r"add_(library|executable)\(roundelay_?\w*\s+(STATIC|\w+\.cpp)", text):
            self.order.append(folder)
        for child in re.findall(r"add_subdirectory\((\w+)\)", text):
            if child not in ("tests", "bench"):
                self._walk(os.path.join(folder, child))

    def _read_targets(self, folder):
        text = without_comments(read(os.path.join(self.root, folder, "CMakeLists.txt")))
        for target in re.findall(r"add_(?:library|executable)\((\w+)", text):
            self.folder_of[target] = folder
            self.links.setdefault(target, set())
        for target, libraries in re.findall(r"target_link_libraries\((\w+)\s+([^)]*)\)", text):
            passed_on = True
            for word in libraries.split():
                if word in ("PUBLIC", "PRIVATE", "INTERFACE"):
                    passed_on = word != "PRIVATE"
                else:
                    self.links.setdefault(target, set()).add((word, passed_on))

    def folder_containing(self, path):
        """The folder whose targets hold this file: the longest that fits."""
        return max((f for f in self.order if path.startswith(f + "/")), key=len, default=None)

    def targets(self, folder):
        return [target for target, where in self.folder_of.items() if where == folder]

    def linked(self, folder):
        """All libraries that the folder's targets link, with what those pass on."""
        found, waiting = set(), [name for target in self.targets(folder) for name, _ in self.links[target]]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [other for other, passed_on in self.links.get(name, ()) if passed_on]
        return found

    def files(self):
        for folder in {f.split("/")[0] for f in self.order}:
            for where, _, names in os.walk(os.path.join(self.root, folder)):
                for name in sorted(names):
                    if name.endswith((".h", ".cpp")):
                        yield os.path.relpath(os.path.join(where, name), self.root)

    def faults(self):
        out = []
        tops = "|".join(sorted({f.split("/")[0] for f in self.order}))
        for path in self.files():
            folder = self.folder_containing(path)
            if folder is None:
                out.append(f"{path} belongs to no target's folder")
                continue
            direct = {self.folder_of.get(name) for target in self.targets(folder) for name, _ in self.links[target]}
            linked = self.linked(folder)
            for kind, header in re.findall(r'^\s*#\s*include\s+(["<])([^">]+)[">]', read(os.path.join(self.root, path)), re.M):
                if kind == '"' and re.match(f"({tops})/", header):
                    out += self._own(path, folder, header, direct)
                    continue
                for pattern, names in LIBRARIES.items():
                    if re.match(pattern, header) and not linked.intersection(names):
                        out.append(f"{path} includes <{header}>, but {folder} does not link {' or '.join(names)}")
        return out

    def _own(self, path, folder, header, direct):
        other = self.folder_containing(header)
        if not os.path.exists(os.path.join(self.root, header)) or other is None:
            return [f"{path} includes {header}, which is in no target's folder"]
        if other == folder:
            return []
        if self.order.index(other) > self.order.index(folder):
            return [f"{path} includes {header}: {other} stands below {folder} in the order of folders"]
        if other not in direct:
            return [f"{path} includes {header}, but {folder} does not link {other}"]
        return []

    def types_by_name(self):
        """Where each type of a namespace is defined: {"roundelay::link::Song": [path, ...]}. Nested and local types are left out."""
        found = {}
        for path in self.files():
            spaces = []
            text = re.sub(r"^namespace \w+ \{\n((struct|class) \w+;\n)+\}", "", read(os.path.join(self.root, path)), flags=re.M)
            for line in text.splitlines():
                if opened := re.match(r"(?:inline )?namespace\s*([\w:]*)\s*\{", line):
                    spaces.append(opened.group(1) or "anonymous")
                elif re.match(r"\}\s*//\s*(anonymous )?namespace", line):
                    spaces.pop()
                elif "anonymous" not in spaces and (kind := re.match(r"(?:enum class|enum|struct|class|union)(?: alignas\(\w+\))? (\w+)(?: final)?(?: : [^;{]*)? *\{", line)):
                    found.setdefault("::".join([*spaces, kind.group(1)]), []).append(path)
        return found

    def names_of_two_types(self):
        """Two types of one name: the linker keeps the functions of one of them, without a word."""
        return {name: paths for name, paths in self.types_by_name().items() if len(paths) > 1}


class LayersTest(unittest.TestCase):
    def test_every_include_keeps_to_the_order_and_the_link_lines(self):
        tree = Tree(ROOT)
        self.assertIn("server/shard", tree.order)
        self.assertGreater(len(list(tree.files())), 200)
        self.assertEqual(tree.faults(), [])

    def test_no_two_types_of_a_namespace_have_one_name(self):
        tree = Tree(ROOT)
        self.assertIn("roundelay::Room", tree.types_by_name())
        self.assertEqual(tree.names_of_two_types(), {})

    def test_no_lambda_captures_a_structured_binding_which_the_fuzzers_compiler_refuses(self):
        found = [f"{path}:{line} {name}" for top in ("codec", "mixer", "server", "tests", "bench")
                 for folder, _, names in os.walk(os.path.join(ROOT, top)) for path in (os.path.join(folder, each) for each in names)
                 if path.endswith((".h", ".cpp")) for line, name in captured_bindings(read(path))]
        self.assertEqual(found, [])

    def test_each_test_file_has_a_namespace_of_its_own(self):
        for folder, _, names in os.walk(os.path.join(ROOT, "tests")):
            for name in (name.removesuffix(".cpp") for name in names if name.endswith("_test.cpp")):
                self.assertRegex(read(os.path.join(folder, name + ".cpp")), rf"(?m)^namespace roundelay[\w:]*::{name} {{$", name)


class CheckerTest(unittest.TestCase):
    """The check itself, on a small tree with one fault at a time."""

    def faults(self, **files):
        with tempfile.TemporaryDirectory() as root:
            tree = {
                "CMakeLists.txt": "add_subdirectory(mixer)  # samples\nadd_subdirectory(server)\nadd_subdirectory(tests)\n",
                "mixer/CMakeLists.txt": "add_library(roundelay_mixer STATIC lane.cpp)\n",
                "mixer/lane.h": "", "mixer/lane.cpp": '#include "mixer/lane.h"\n#include <vector>\n',
                "server/CMakeLists.txt": "add_subdirectory(base)\nadd_subdirectory(net)\nadd_subdirectory(room)\n",
                "server/base/CMakeLists.txt": "add_library(roundelay_base STATIC text.cpp)\n",
                "server/base/text.h": "",
                "server/net/CMakeLists.txt": "add_library(roundelay_net STATIC a.cpp)\ntarget_link_libraries(roundelay_net\n"
                                             "  PUBLIC roundelay_mixer PkgConfig::UV PRIVATE OpenSSL::SSL)\n",
                "server/net/a.h": "#include <uv.h>\n", "server/net/a.cpp": '#include "mixer/lane.h"\n#include <openssl/ssl.h>\n',
                "server/room/CMakeLists.txt": "add_library(roundelay_room STATIC room.cpp)\n"
                                              "target_link_libraries(roundelay_room PUBLIC roundelay_net)\n",
                "server/room/room.h": "", **{name.replace("__", "/") + ".cpp": text for name, text in files.items()}}
            for name, text in tree.items():
                os.makedirs(os.path.dirname(os.path.join(root, name)), exist_ok=True)
                with open(os.path.join(root, name), "w") as file:
                    file.write(text)
            return Tree(root).faults()

    def test_a_sound_tree_has_no_faults(self):
        self.assertEqual(self.faults(server__room__room='#include "server/net/a.h"\n#include <uv.h>\n'), [])

    def test_a_folder_includes_nothing_below_it(self):
        [fault] = self.faults(server__base__text='#include "server/net/a.h"\n')
        self.assertIn("stands below", fault)

    def test_a_folder_includes_only_what_it_links_itself(self):
        [fault] = self.faults(server__room__room='#include "mixer/lane.h"\n')
        self.assertIn("server/room does not link mixer", fault)

    def test_a_library_that_is_not_passed_on_is_not_to_be_had(self):
        [fault] = self.faults(server__room__room="#include <openssl/ssl.h>\n")
        self.assertIn("does not link OpenSSL::SSL", fault)

    def test_a_header_that_is_not_there_is_a_fault(self):
        [fault] = self.faults(server__room__room='#include "server/net/b.h"\n')
        self.assertIn("server/net/b.h", fault)


class CapturedBindings(unittest.TestCase):
    def test_a_capture_is_found_with_and_without_its_name_in_the_list(self):
        self.assertEqual(captured_bindings("void f() {\n  auto [a, b] = g();\n  h([&] { return b; });\n}"), [(3, "b")])
        self.assertEqual(captured_bindings("void f() {\n  for (const auto& [a, b] : all)\n    h([a] { return 1; });\n}"), [(3, "a")])

    def test_a_capture_under_a_name_of_its_own_a_parameter_and_a_later_name_are_none(self):
        self.assertEqual(captured_bindings("void f() { auto [a, b] = g(); h([&, &b = b](int a) { return a + b; }); }"), [])
        self.assertEqual(captured_bindings("void f() { for (auto& [a, b] : all) { g(a); } h([&](auto& x) { return b; }); }"), [])


class SecurityPage(unittest.TestCase):
    """server/SECURITY.md names the tests that show what it says."""

    def test_every_test_that_it_names_is_there(self):
        page = read(os.path.join(ROOT, "server", "SECURITY.md"))
        named = set(re.findall(r"`([A-Z]\w+\.[A-Z]\w+)`", page))
        self.assertGreater(len(named), 30)
        there = set()
        for folder, _, files in os.walk(os.path.join(ROOT, "tests")):
            for name in files:
                if name.endswith(".cpp"):
                    tests = re.findall(r"TEST(?:_F|_P)?\((\w+),\s*(\w+)\)", read(os.path.join(folder, name)))
                    there.update(f"{suite}.{test}" for suite, test in tests)
        self.assertEqual(named - there, set())


if __name__ == "__main__":
    sys.exit(unittest.main())
