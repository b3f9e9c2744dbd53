"""Decoding by libopus alone, a little of it all the time on a given core: how fast that core is meanwhile. Machines that are shared
change their speed by a tenth within seconds; what is measured beside this can be told as a ratio that does not."""
import ctypes
import ctypes.util
import math
import multiprocessing
import os
import random
import time

RATE, FRAME, DECODERS, PACKETS = 48_000, 960, 100, 50
EVERY_S, AT_ONCE = 0.02, 10  # about a hundredth of a core


def codec():
    library = ctypes.CDLL(ctypes.util.find_library("opus"))
    library.opus_encoder_create.restype = library.opus_decoder_create.restype = ctypes.c_void_p
    for function in (library.opus_encode_float, library.opus_decode_float):
        function.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
    library.opus_decode_float.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
    return library


def sung_packets(opus):
    """A second of a voice with overtones and breath, as packets of 20 ms."""
    error = ctypes.c_int()
    encoder = opus.opus_encoder_create(RATE, 1, 2048, ctypes.byref(error))
    noise, packets, out = random.Random(1), [], ctypes.create_string_buffer(4000)
    for n in range(PACKETS):
        sound = (ctypes.c_float * FRAME)(*(
            0.2 * sum(math.sin(2 * math.pi * 220 * k * (n * FRAME + i) / RATE) / k for k in range(1, 9)) + noise.gauss(0, 0.01)
            for i in range(FRAME)))
        size = opus.opus_encode_float(encoder, sound, FRAME, out, len(out))
        packets.append(out.raw[:size])
    return packets


def decode(core, measured, over):
    os.sched_setaffinity(0, core)
    opus = codec()
    packets = sung_packets(opus)
    error = ctypes.c_int()
    decoders = [opus.opus_decoder_create(RATE, 1, ctypes.byref(error)) for _ in range(DECODERS)]
    sound, done = (ctypes.c_float * FRAME)(), 0
    while not over.is_set():
        began = time.thread_time_ns()
        for _ in range(AT_ONCE):
            packet = packets[done % PACKETS]
            if opus.opus_decode_float(decoders[done % DECODERS], packet, len(packet), sound, FRAME, 0) != FRAME:
                raise SystemExit("libopus did not decode its own packet.")
            done += 1
        measured[0] += time.thread_time_ns() - began
        measured[1] += AT_ONCE
        time.sleep(EVERY_S)


class Yardstick:
    def __init__(self, core):
        self.measured, self.over = multiprocessing.Array("d", 2), multiprocessing.Event()
        self.process = multiprocessing.Process(target=decode, args=(core, self.measured, self.over))
        self.seen = (0, 0)

    def __enter__(self):
        self.process.start()
        while self.measured[1] == 0:  # it makes its packets first
            if not self.process.is_alive():
                raise SystemExit("libopus could not be measured.")
            time.sleep(0.01)
        return self

    def take_us(self):
        """CPU time of a block of 20 ms since the last call, in microseconds."""
        before, self.seen = self.seen, (self.measured[0], self.measured[1])
        return (self.seen[0] - before[0]) / 1000 / max(1, self.seen[1] - before[1])

    def __exit__(self, *_):
        self.over.set()
        self.process.join()
