"""A fresh tree to install into: this system's files below an empty layer in memory, so that nothing of what happens there stays.
Needs root and a mount namespace of its own (`unshare --mount`)."""
import os
import shutil
import subprocess
import tempfile
import time


def run(*command, check=True, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done


class Tree:
    """With `base`, a folder of a Debian, instead of this system's files."""

    def __init__(self, base="/"):
        self.folder = tempfile.mkdtemp(prefix="tree-")
        memory = os.path.join(self.folder, "memory")
        self.root = os.path.join(self.folder, "root")
        os.mkdir(memory)
        os.mkdir(self.root)
        run("mount", "-t", "tmpfs", "tmpfs", memory)
        os.mkdir(os.path.join(memory, "upper"))
        os.mkdir(os.path.join(memory, "work"))
        run("mount", "-t", "overlay", "overlay", "-o", f"lowerdir={base},upperdir={memory}/upper,workdir={memory}/work", self.root)
        # No service is started by an installation.
        self.write("usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", 0o755)

    def mount_system(self):
        """What programs need that run in it by chroot."""
        run("mount", "-t", "proc", "proc", self.path("proc"))
        run("mount", "--rbind", "/dev", self.path("dev"))

    def path(self, name):
        return os.path.join(self.root, name)

    def write(self, name, text, mode=0o644):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w") as file:
            file.write(text)
        os.chmod(self.path(name), mode)

    def read(self, name):
        with open(self.path(name)) as file:
            return file.read()

    def inside(self, *command, check=True, **more):
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
        return run("chroot", self.root, *command, check=check, env=environment, **more)

    def files(self, *folders):
        """All below these folders, and what they are."""
        found = {}
        for folder in folders:
            for where, directories, names in os.walk(self.path(folder)):
                for name in directories + names:
                    path = os.path.join(where, name)
                    found[os.path.relpath(path, self.root)] = os.lstat(path).st_mode
        return found

    def remove(self):
        for _ in range(50):
            if run("umount", "--recursive", self.root, check=False).returncode == 0:
                break
            time.sleep(0.1)
        run("umount", os.path.join(self.folder, "memory"), check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
