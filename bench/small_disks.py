"""Small disks of a bench's own: its data and its shared memory lie on them and are filled without anybody else's harm. As root; mounts
are of this process and its children alone."""
import ctypes
import os
import subprocess
import tempfile

CLONE_NEWNS = 0x20000
MB = 1024 * 1024


class SmallDisks:
    """Made before the server. Where it may not mount, `there` is False and nothing is filled."""

    def __init__(self, data_mb, shm_mb):
        self.there = os.geteuid() == 0 and ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS) == 0
        self.kept = tempfile.tempdir
        if not self.there:
            return
        self.folder = tempfile.mkdtemp(prefix="roundelay-disk-")
        self.places = {"disk": self.folder, "shared memory": "/dev/shm"}
        try:
            subprocess.run(["mount", "--make-rprivate", "/"], check=True)
            for place, size_mb in zip(self.places.values(), (data_mb, shm_mb)):
                subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "roundelay-bench", place], check=True)
        except (OSError, subprocess.CalledProcessError):
            self.there = False
            return
        tempfile.tempdir = self.folder  # where servers have their data from now on

    def fill(self, what):
        """To the last byte."""
        with open(os.path.join(self.places[what], "filler"), "wb", buffering=0) as file:
            try:
                while file.write(bytes(MB)):
                    pass
            except OSError:
                pass

    def free(self, what):
        os.unlink(os.path.join(self.places[what], "filler"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        tempfile.tempdir = self.kept
        if self.there:
            for place in self.places.values():
                subprocess.run(["umount", "--lazy", place], check=False)
            os.rmdir(self.folder)
