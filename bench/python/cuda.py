#!/usr/bin/env python3
"""What PyTorch on a CUDA device takes for the job of `java -jar benchmarks.jar cuda`: the l2 distance of every state
to the last iteration of its token, and the log10 of it. States on the device, and copied there from pinned memory.

    python3 bench/python/cuda.py [ITERATIONS TOKENS HIDDEN [ROUNDS]]

Says so and ends where there is no PyTorch, or no device. Nothing was run on a device yet: see src/site/markdown/cuda.md.
"""

import statistics
import sys

WARM_UP_ROUNDS = 20


def loop(torch, states):
    """An iteration at a time, in float32 (float64 for float64), so that no temporary is as large as the states."""
    wide = torch.float64 if states.dtype == torch.float64 else torch.float32
    last = states[-1].to(wide)
    distances = torch.stack([torch.linalg.vector_norm(state.to(wide) - last, dim=-1) for state in states])
    return distances.double().cpu(), torch.log10(distances).double().cpu()


def whole(torch, states):
    """In one expression, in the states' own type."""
    distances = torch.linalg.vector_norm(states - states[-1], dim=-1)
    return distances.double().cpu(), torch.log10(distances).double().cpu()


def milliseconds(torch, rounds, work):
    times = []
    for turn in range(-WARM_UP_ROUNDS, rounds):
        begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        begin.record()
        work()
        end.record()
        torch.cuda.synchronize()
        if turn >= 0:
            times.append(begin.elapsed_time(end))
    return statistics.median(times)


def main(arguments):
    try:
        import torch
    except ImportError:
        print("PyTorch was not measured on a GPU: it is not installed")
        return
    if not torch.cuda.is_available():
        print(f"PyTorch was not measured on a GPU: PyTorch {torch.__version__} finds no device")
        return
    numbers = [int(a) for a in arguments] or [65, 256, 5280]
    shape, rounds = numbers[:3], (numbers[3:] or [40])[0]
    print(f"PyTorch {torch.__version__}, {torch.cuda.get_device_name()}, {shape}")
    print("dtype      expression  there ms  copied ms")
    for name, dtype in (("bf16", torch.bfloat16), ("f16", torch.float16), ("f32", torch.float32), ("f64", torch.float64)):
        host = (torch.rand(shape, dtype=torch.float64) + 0.5).to(dtype).pin_memory()
        there = host.cuda()
        for job in (loop, whole):
            resident = milliseconds(torch, rounds, lambda: job(torch, there))
            copied = milliseconds(torch, rounds, lambda: job(torch, host.to("cuda", non_blocking=True)))
            print(f"{name:<10} {job.__name__:<10} {resident:9.3f} {copied:10.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
