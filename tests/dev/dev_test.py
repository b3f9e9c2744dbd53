#!/usr/bin/env python3
"""The script `dev` itself: what it says when something is missing, that a stage that fails hides no other, what it runs when it
fuzzes. The real script, in a folder with a space, with stand-ins for the tools that would take minutes."""
import os
import shutil
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Dev(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="a tree with spaces ")
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copy(os.path.join(ROOT, "dev"), self.folder)
        self.tools = os.path.join(self.folder, "tools")
        self.path = self.tools
        # What it needs of a system, without sudo and apt-get.
        for tool in ("bash", "env", "dirname", "basename", "mkdir", "cat", "id", "flock", "awk", "sed", "grep", "tee", "cmp", "find", "cp", "chrt", "renice", "cut", "chmod", "xargs", "timeout", "clang-format"):
            self.script(tool, f'exec {shutil.which(tool)} "$@"', folder=self.tools)
        self.script("node", "exit 0")
        self.script("npm", 'echo " Tests  3 passed (3)"')
        self.script("dpkg-query", "echo installed")
        self.script("cmake", "exit 0")
        self.script("ctest", 'echo "100% tests passed, 0 tests failed out of 7"')
        self.script("git", r"printf '%s\0' 'a file.cpp'")
        self.write("a file.cpp", "int answer();\n")
        self.script("python3", 'echo "Ran 2 tests in 0.1s"; echo OK')
        self.unit_program('echo "[  PASSED  ] 5 tests."')

    def script(self, name, text, folder=None):
        folder = folder or self.tools
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, name)
        with open(path, "w") as file:
            file.write(f"#!{shutil.which('bash')}\n{text}\n")
        os.chmod(path, 0o755)

    def unit_program(self, text):
        """The one that there is under AddressSanitizer; it is run in three parts."""
        folder = os.path.join(self.folder, "build", "asan")
        self.script("some_tests", text, folder=folder)
        self.write("build/asan/unit_programs", f"unit {folder}/some_tests\nunit-plain {folder}/others\n")

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w") as file:
            file.write(text)

    def make_page(self):
        os.makedirs(os.path.join(self.folder, "web", "dist"))
        os.makedirs(os.path.join(self.folder, "web", "node_modules"))
        for name in ("package-lock.json", "node_modules/.installed", "dist/index.html"):
            with open(os.path.join(self.folder, "web", name), "w") as file:
                file.write("same")

    def dev(self, *arguments, **environment):
        environment = {"PATH": self.path, "HOME": self.folder, **environment}
        return subprocess.run([os.path.join(self.folder, "dev"), *arguments], env=environment, capture_output=True, text=True, timeout=60)

    def test_help_is_shown_for_every_command_and_builds_nothing(self):
        self.script("cmake", "echo BUILT")
        for arguments in (["help"], ["--help"], ["test", "--help"], ["bench", "-h"], []):
            done = self.dev(*arguments)
            self.assertEqual(done.returncode, 0)
            self.assertIn("./dev test", done.stdout)
            self.assertNotIn("BUILT", done.stdout)
        self.assertEqual(self.dev("nonsense").returncode, 2)

    def test_a_stage_that_is_not_there_is_named(self):
        done = self.dev("test", "nativ")
        self.assertEqual(done.returncode, 1)
        self.assertIn("'nativ'", done.stderr)
        self.assertIn("native", done.stderr)

    def test_missing_packages_without_root_or_sudo_are_named(self):
        self.script("dpkg-query", "exit 1")
        self.script("apt-get", "echo INSTALLED")
        self.script("id", "echo 1000")
        done = self.dev("run")
        self.assertEqual(done.returncode, 1)
        self.assertIn("libopus-dev", done.stderr)
        self.assertIn("root or sudo", done.stderr)
        self.assertNotIn("INSTALLED", done.stdout)

    def test_all_stages_run_and_one_summary_names_those_that_failed(self):
        self.make_page()
        self.script("ctest", 'case "$*" in *asan*) echo "86% tests passed, 1 tests failed out of 7"; exit 8 ;; *) echo "100% tests passed, 0 tests failed out of 7" ;; esac')
        self.script("npm", 'case "$*" in *e2e*) echo " Tests  1 failed | 4 passed (5)"; exit 1 ;; *lint*) ;; *) echo " Tests  3 passed (3)" ;; esac')
        done = self.dev("test")
        self.assertEqual(done.returncode, 1, done.stdout)
        verdicts = {line.split()[0]: line.split()[-1] for line in done.stdout.splitlines() if " passed " in line and line.endswith(("good", "FAILED"))}
        self.assertEqual(verdicts, {"script": "good", "page": "good", "native": "good", "root": "good", "asan": "FAILED", "tsan": "good", "browser": "FAILED", "newcomer": "good"})
        self.assertIn(f"{2 + 2 + 3 + 7 + 7 + 3 * 5 + 6 + 7 + 4 + 4 + 2} passed, 3 failed", done.stdout.splitlines()[-1])

    def test_a_long_stage_runs_only_when_it_is_named(self):
        self.make_page()
        self.assertNotIn("stage: memory", self.dev("test").stdout)
        done = self.dev("test", "memory")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("stage: memory", done.stdout)
        self.assertIn("memory", self.dev("test", "nothing").stderr)

    def test_a_build_that_fails_is_a_failure_and_does_not_run_old_tests(self):
        self.make_page()
        self.script("cmake", 'case "$*" in *--build*asan*) echo "error: no"; exit 1 ;; esac')
        done = self.dev("test", "asan", "tsan")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout.count("tests passed"), 1)
        self.assertEqual(done.stdout.splitlines()[-1], "7 passed, 1 failed")

    def test_a_part_of_a_program_that_fails_is_shown_and_counted_and_the_other_parts_run(self):
        self.unit_program('[ "$GTEST_SHARD_INDEX" != 1 ] || { echo "a wrong answer"; echo "[  PASSED  ] 3 tests."; echo "[  FAILED  ] 2 tests, listed below:"; exit 1; }; echo "[  PASSED  ] 5 tests."')
        done = self.dev("test", "asan")
        self.assertEqual(done.returncode, 1)
        self.assertIn("a wrong answer", done.stdout)
        self.assertEqual(done.stdout.splitlines()[-1], f"{5 + 3 + 5 + 7} passed, 2 failed")

    def test_a_program_that_dies_is_a_failure(self):
        self.unit_program("kill -SEGV $$")
        done = self.dev("test", "asan")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout.splitlines()[-1], "7 passed, 3 failed")

    def test_a_file_that_is_not_formatted_is_named_and_fails_its_stage(self):
        self.write("a file.cpp", "int  answer( );\n")
        done = self.dev("test", "script")
        self.assertEqual(done.returncode, 1)
        self.assertIn("a file.cpp:1", done.stdout)

    def test_a_page_that_does_not_pass_its_lint_is_not_tested(self):
        self.make_page()
        self.script("npm", 'case "$*" in *lint*) exit 1 ;; *) echo " Tests  3 passed (3)" ;; esac')
        done = self.dev("test", "page")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout.splitlines()[-1], "0 passed, 1 failed")

    def test_a_stage_that_ran_nothing_is_no_success(self):
        self.script("ctest", "exit 0")
        done = self.dev("test", "tsan")
        self.assertEqual(done.returncode, 1)
        self.assertIn("ran nothing", done.stdout)

    def test_fuzz_runs_each_fuzzer_with_its_corpus_in_a_folder_with_a_space(self):
        fuzzers = os.path.join(self.folder, "build", "fuzz", "fuzz")
        corpus = os.path.join(self.folder, "a corpus")
        for name in ("fuzz_one", "fuzz_two"):
            self.script(name, f'printf "{name}:"; printf "<%s>" "$@"; echo; [ -d "${{@: -1}}" ]', folder=fuzzers)
        os.makedirs(corpus)
        self.script("fuzz_connections", 'printf "fuzz_connections:"; printf "<%s>" "$@"; echo', folder=os.path.join(self.folder, "build", "dev", "tests", "e2e"))
        with open(os.path.join(fuzzers, "fuzz_one.corpus"), "w") as file:
            file.write(corpus + "\n")
        done = self.dev("fuzz", "3")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        lines = [line for line in done.stdout.splitlines() if line.startswith("fuzz_")]
        self.assertEqual([line.split(":")[0] for line in lines], ["fuzz_one", "fuzz_two", "fuzz_connections"])
        self.assertIn("<--seconds><3>", lines[2])
        self.assertIn(f"<{corpus}>", lines[0])
        self.assertIn("<-max_total_time=3>", lines[0])

    def test_a_home_that_cannot_be_written_is_not_used(self):
        self.make_page()
        self.script("npm", 'echo "home: $HOME"; echo " Tests  3 passed (3)"')
        self.assertIn(f"home: {self.folder}/build/home", self.dev("test", "page", HOME="/proc/nobody").stdout)


if __name__ == "__main__":
    unittest.main(verbosity=2)
