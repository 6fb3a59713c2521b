#!/usr/bin/env python3
"""What Python libraries take for the job that the Java benchmarks measure.

The job: the l2 distance of every state to the last iteration of its token, and the log10 of it, as
[tokens][iterations]. Every row is measured in a process of its own, on the same states, and is checked against
float64 NumPy on some tokens first. The columns are those of PeersTable, the same look at peers in Java.

Only NumPy is needed. A library that is not installed is named in a line and left out.
Nothing in the build runs this; README.md beside it says how, and where it was tried.
"""

import argparse
import importlib
import multiprocessing
import os
import platform
import statistics
import sys
import time
import warnings
from concurrent.futures import ProcessPoolExecutor

import numpy as np

WARM_UP_ROUNDS = 3
CHECKED_TOKENS = 5

# How many jobs each library has, below.
JOBS = {"numpy": 3, "torch": 9, "numba": 1}
SEED = 20250207

# The relative error that a distance may have. Where bfloat16 is computed with, the difference, the distance
# and the logarithm are each rounded to it; all else is the rounding of float32 sums.
TOLERANCE = 1e-5
TOLERANCE_IN_BF16 = 4 * 2.0**-8


class Job:
    """One way to do it: `run` gives [tokens][iterations] distances and logarithms as NumPy arrays."""

    def __init__(self, library, dtype, run, tolerance=TOLERANCE):
        self.library = library
        self.dtype = dtype
        self.run = run
        self.tolerance = tolerance


def seeded_states(iterations, tokens, hidden):
    """float32 in [0.5, 1.5), the upper half of whose bits is the bfloat16 of the same states."""
    return np.random.default_rng(SEED).random((iterations, tokens, hidden), dtype=np.float32) + np.float32(0.5)


def bits_of_bf16(states):
    return (states.view(np.uint32) >> 16).astype(np.uint16)


def widened(bits):
    return (bits.astype(np.uint32) << 16).view(np.float32)


def with_log(distances):
    with np.errstate(divide="ignore"):
        return distances, np.log10(distances)


def numpy_jobs(states, bits):
    def loop():
        last = states[-1]
        return with_log(np.stack([np.linalg.norm(s - last, axis=-1) for s in states], axis=1))

    def widened_loop():
        last = widened(bits[-1])
        return with_log(np.stack([np.linalg.norm(widened(s) - last, axis=-1) for s in bits], axis=1))

    def whole():
        return with_log(np.linalg.norm(states - states[-1], axis=-1).T)

    return [
        Job("numpy-loop", "f32", loop),
        Job("numpy-whole", "f32", whole),
        Job("numpy-widened-loop", "bf16", widened_loop),
    ]


def torch_jobs(torch, states, bits, threads):
    f32 = torch.from_numpy(states)
    bf16 = torch.from_numpy(bits.view(np.int16)).view(torch.bfloat16)

    def loop(S):
        last = S[-1]
        return torch.stack([(s - last).norm(dim=-1) for s in S], dim=1)

    def upcast_loop(S):
        last = S[-1].float()
        return torch.stack([(s.float() - last).norm(dim=-1) for s in S], dim=1)

    # Without temporaries, in the faster way for each type; what one writes who knows that temporaries cost page faults.
    def buffered_loop(S):
        last = S[-1].float()
        difference = torch.empty_like(last)
        return torch.stack([torch.sub(s, last, out=difference).norm(dim=-1) for s in S], dim=1)

    def upcast_buffered_loop(S):
        last = S[-1].float()
        difference = torch.empty_like(last)
        return torch.stack([difference.copy_(s).sub_(last).norm(dim=-1) for s in S], dim=1)

    def whole(S):
        return (S - S[-1]).norm(dim=-1).T

    def whole_and_log(S):
        distances = (S.float() - S[-1].float()).square().sum(dim=-1).sqrt()
        return distances, distances.log10()

    # A function object of its own for each type, so that neither falls back to code for any type.
    compiled = {S.dtype: torch.compile(lambda S: whole_and_log(S), dynamic=False) for S in (f32, bf16)}

    def run(expression, S):
        torch.set_num_threads(threads)
        with torch.inference_mode():
            distances = expression(S)
            return distances.float().numpy(), distances.log10().float().numpy()

    def run_compiled(S):
        torch.set_num_threads(threads)
        with torch.inference_mode():
            distances, logs = compiled[S.dtype](S)
            return distances.numpy().T, logs.numpy().T

    return [
        Job("pytorch-loop", "f32", lambda: run(loop, f32)),
        Job("pytorch-buffered-loop", "f32", lambda: run(buffered_loop, f32)),
        Job("pytorch-whole", "f32", lambda: run(whole, f32)),
        Job("pytorch-compiled", "f32", lambda: run_compiled(f32)),
        Job("pytorch-loop", "bf16", lambda: run(loop, bf16), TOLERANCE_IN_BF16),
        Job("pytorch-upcast-loop", "bf16", lambda: run(upcast_loop, bf16)),
        Job("pytorch-buffered-loop", "bf16", lambda: run(upcast_buffered_loop, bf16)),
        Job("pytorch-whole", "bf16", lambda: run(whole, bf16), TOLERANCE_IN_BF16),
        Job("pytorch-compiled", "bf16", lambda: run_compiled(bf16)),
    ]


def numba_jobs(numba, states, bits, threads):
    @numba.njit(parallel=True, fastmath=True)
    def f32(states):
        iterations, tokens, hidden = states.shape
        distances = np.empty((tokens, iterations), np.float32)
        for i in numba.prange(tokens):
            for t in range(iterations):
                total = np.float32(0)
                for d in range(hidden):
                    difference = states[t, i, d] - states[iterations - 1, i, d]
                    total += difference * difference
                distances[i, t] = np.sqrt(total)
        return distances

    def run():
        numba.set_num_threads(threads)
        return with_log(f32(states))

    return [Job("numba", "f32", run)]


def expected(states, tokens):
    """Distances of some tokens, in float64."""
    rows = states[:, tokens].astype(np.float64)
    return np.linalg.norm(rows - rows[-1], axis=-1).T


def check(job, states, tokens):
    """Raises unless the job's answer is right on these tokens; the last distance is 0 and its logarithm minus infinity."""
    distances, logs = (np.asarray(a[tokens], np.float64) for a in job.run())
    right, right_logs = with_log(expected(states, tokens))
    np.testing.assert_array_equal(distances[:, -1], 0)
    np.testing.assert_array_equal(logs[:, -1], -np.inf)
    name = f"{job.library} of {job.dtype}"
    np.testing.assert_allclose(distances[:, :-1], right[:, :-1], rtol=job.tolerance, err_msg=name)
    np.testing.assert_allclose(logs[:, :-1], right_logs[:, :-1], rtol=job.tolerance, atol=job.tolerance, err_msg=name)


def jobs(library, states, bits, threads):
    """All jobs of one library; raises ImportError if it is not installed."""
    if library == "numpy":
        return numpy_jobs(states, bits)
    module = importlib.import_module(library)
    return {"torch": torch_jobs, "numba": numba_jobs}[library](module, states, bits, threads)


def measure(library, number, shape, threads, rounds):
    """In a process of its own: checks one job and gives its name, type, bytes and the seconds of each round."""
    warnings.filterwarnings("ignore", message="The given NumPy array is not writable")
    states = seeded_states(*shape)
    bits = bits_of_bf16(states)
    found = jobs(library, states, bits, threads)
    if len(found) != JOBS[library]:
        raise ValueError(f"JOBS says {JOBS[library]} for {library}, which has {len(found)}")
    job = found[number]
    tokens = np.unique(np.linspace(0, states.shape[1] - 1, CHECKED_TOKENS).astype(int))
    check(job, states if job.dtype == "f32" else widened(bits), tokens)
    seconds = []
    for n in range(-WARM_UP_ROUNDS, rounds):
        start = time.perf_counter()
        job.run()
        taken = time.perf_counter() - start
        if n >= 0:
            seconds.append(taken)
    return job.library, job.dtype, states.nbytes if job.dtype == "f32" else bits.nbytes, seconds


def alone(function, *args):
    """Calls it in a new process, so that no job finds memory or threads as another left them."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(function, *args).result()


def installed(library):
    """Its version and what it says of this machine; in a process of its own, like everything that loads it."""
    module = importlib.import_module(library)
    capability = f" ({module.backends.cpu.get_cpu_capability()})" if library == "torch" else ""
    return f"{library} {module.__version__}{capability}"


def arguments(given):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shape", nargs="*", type=int, metavar="SIZE", help="ITERATIONS TOKENS HIDDEN; default 65 256 5280")
    parser.add_argument("--threads", type=int, nargs="+", help="default: 1 and all processors")
    parser.add_argument("--rounds", type=int, default=20, help="default 20")
    parsed = parser.parse_args(given)
    parsed.shape = parsed.shape or [65, 256, 5280]
    if len(parsed.shape) != 3 or min(parsed.shape) < 1:
        parser.error(f"a shape is three sizes of at least 1, ITERATIONS TOKENS HIDDEN; found {parsed.shape}")
    if parsed.rounds < 1:
        parser.error(f"--rounds is at least 1; found {parsed.rounds}")
    parsed.threads = parsed.threads or sorted({1, processors()})
    if min(parsed.threads) < 1:
        parser.error(f"--threads is at least 1; found {min(parsed.threads)}")
    return parsed


def processors():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def line(library, dtype, threads, size, seconds):
    best = min(seconds)
    return f"{library:<21}  {dtype:<5}  {threads:7d}  {best * 1e3:8.2f}  {statistics.median(seconds) * 1e3:9.2f}  {size / best / 1e9:5.1f}"


def main():
    chosen = arguments(sys.argv[1:])
    versions, missing = [f"Python {platform.python_version()}"], []
    for library in JOBS:
        try:
            versions.append(alone(installed, library))
        except ImportError as error:
            missing.append(library)
            print(f"{library} is not installed, its rows are missing: {error}")
    print(", ".join(versions))
    print(f"l2 and log10 of {chosen.shape} to the last iteration, best and median of {chosen.rounds} rounds\n")
    print("library                dtype  threads   best ms  median ms   GB/s")
    failed = False
    for threads in chosen.threads:
        for library in [library for library in JOBS if library not in missing]:
            if library == "numpy" and threads > 1:
                continue  # it computes this with one thread always
            for number in range(JOBS[library]):
                try:
                    name, dtype, size, seconds = alone(measure, library, number, chosen.shape, threads, chosen.rounds)
                    print(line(name, dtype, threads, size, seconds), flush=True)
                except Exception as error:  # whatever a library or its compiler throws, or a process that died
                    failed = True
                    print(f"{library}, job {number}, {threads} thread(s): failed: {type(error).__name__}: {str(error).strip()}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
