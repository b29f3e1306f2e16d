#!/usr/bin/env python3
"""Runs the program with random arguments, true and broken, in a folder of files of both kinds.

    random_arguments.py --roofline PATH [--vectors 12000] [--seed 1] [--jobs 2]

The exit status is one of the documented ones and never that of a bug, JSON is strict whatever it
answers, and what took more than two seconds of CPU is listed; no time fails a run.
"""
import argparse
import collections
import json
import os
import random
import re
import resource
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# docs/ci.md, and what `--help` says; 130 and 143 are signals, 70 would be a bug.
STATUSES = {0, 1, 2, 3, 4, 74}
SLOW, MOST = 2, 60  # seconds of CPU: what is listed, and what is ended
MODELS = ["llama-3.1-8b", "llama-3.1-8b", "llama-3.1-70b", "qwen3-30b-a3b", "deepseek-v3", "gpt-oss-120b", "siglip-so400m-patch14-384",
          "nemotron-h-56b", "meta-llama/Llama-3.1-8B", "config.json", "folder", "nobody", "-", ""]
DEVICES = ["h100", "h100", "h200", "a100", "l4", "h100x8", "b200-sxmx2", "l40s", "rtx-4090", "gb200x72", "apple-m4-max:64gb",
           "epyc-9654", "jetson-agx-orin-64gb:15w", "h100x0", "h100xx", "h1000", "mi300x", "x", ""]
NUMBERS = ["0", "1", "2", "7", "32", "4k", "128k", "1M", "1e30", "1e-30", "1e308", "5e-324", "-1",
           "nan", "inf", "0x10", "1,5", "1..8", "8..1", "1..1000:+1", "1,2,4", "9" * 400, "", " "]
VALUES = NUMBERS + ["20ms", "90%", "101%", "$2.50/h", "2.5", "lambda", "coreweave/spot", "catalog",
                    "$30000", "€1/h", "16GiB", "400Gb/s", "700W", "30s", "90d", "fp8", "bf16",
                    "int4", "nvfp4", "vllm", "vllm@0.11", "sglang", "trtllm", "varied", "equal",
                    "bound", "expected", "pessimistic", "tpot", "ttft<500ms", "tpot=25ms",
                    "tokens_per_s", "usd_per_1m_output", "decode", "prefill,op", "1/3", "3/1",
                    "json", "csv", "md", "svg", "jsonl", "table", "always", "never", "result",
                    "result.decode", "inputs.hw", "out.json", "out.svg", "out.txt", "out.bad",
                    "junit=out.xml,md=out.md", "lines.jsonl", "rows.csv", "budget.json",
                    "config.json", "no/such/file.json", ".", "/dev/null", "broken.json",
                    "a\nb", "\x1b[31m", "\u202ex", "=cmd()", "::error::x", "x" * 3000, "\udcff"]
METRICS = ["tpot", "ttft", "e2e", "tokens_per_s", "memory", "usd_per_1m_output", "batch", "nope"]
NEEDED = {"kernel gemm": "64 4096 4096", "kernel work": "--flops 1TFLOP --bytes 1GB",
          "kernel attention": "--heads 32 --kv-heads 8 --head-dim 128 --q-len 1 --kv-len 4k",
          "kernel moe": "--tokens 64 --hidden 4096 --intermediate 1024 --experts 64 --active 8",
          "kernel allreduce": "1GB", "plan": "--slo tpot=50ms"}
SCENARIOS = ["llama-3.1-8b@h100 concurrency=32", "llama-3.1-70b@h100x4 quant=fp8 tp=4 batch=8",
             "llama-3.1-8b@l40s rate=2 price=lambda", "qwen3-30b-a3b@b200 concurrency=1..64",
             "saved.json", "@", "a@b c", "llama-3.1-8b@h100 tp=", "llama-3.1-8b@h100 nope=1"]
FILES = ["lines.jsonl", "rows.csv", "runs.csv", "budget.json", "broken.json", "saved.json",
         "device.json", "empty", "-", "nothing.csv", "folder"]
CONFIG = {"model_type": "llama", "hidden_size": 4096, "intermediate_size": 14336,
          "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
          "vocab_size": 128256, "torch_dtype": "bfloat16"}


def lay_files(folder):
    (folder / "folder").mkdir()
    (folder / "folder" / "config.json").write_text(json.dumps(CONFIG))
    (folder / "config.json").write_text(json.dumps(CONFIG))
    (folder / "lines.jsonl").write_text('{"model": "llama-3.1-8b", "hw": "h100", "concurrency": 8}\n'
                                        '{"model": "nobody", "hw": "h100"}\n{"mod')
    (folder / "rows.csv").write_text("hw,batch,tpot_s\nh100,1,0.01\nh100,2,0.02\nb200,1,0.005\n")
    (folder / "runs.csv").write_text("hardware,model,concurrency,input_tokens,output_tokens,tpot_ms\n"
                                     "h100,llama-3.1-8b,8,1000,200,9.5\n")
    (folder / "budget.json").write_text(
        (ROOT / "data/examples/chat-70b-b200.budget.json").read_text("utf-8"))
    (folder / "broken.json").write_text('{"version": 1, "targets": [{"name": "a", }]')
    (folder / "saved.json").write_text('{"inputs": {"model": "llama-3.1-8b", "hw": "h100", "batch": 4}}')
    (folder / "device.json").write_text((ROOT / "data/devices/l4.json").read_text("utf-8"))
    (folder / "empty").write_text("")


def commands_of(roofline):
    """Each command and its flags, with whether they take a value, as its help lists them."""
    commands = {}
    words = re.findall(r"^  ((?:hw|models|prices|kernel) [a-z]+|[a-z]+)  +", helped(roofline, []), re.M)
    for words in words:
        text = helped(roofline, words.split())
        flags = re.findall(r"^  (?:-\w,|   ) (--[a-z][a-z0-9-]*)( \S+)?", text, re.M)
        commands[words] = sorted({(flag, bool(value)) for flag, value in flags} - {("--help", False)})
    return commands


def helped(roofline, words):
    return subprocess.run([roofline, *words, "--help"], capture_output=True, text=True,
                          check=False).stdout


class Draw:
    def __init__(self, seed, commands):
        self.random, self.commands = random.Random(seed), commands

    def pick(self, values):
        return self.random.choice(values)

    def value(self, flag):
        if self.random.random() < 0.1:
            return self.pick(VALUES)
        likely = {"--hw": DEVICES, "--model": MODELS, "--format": ["json", "csv", "md", "jsonl"],
                  "--catalog": ["device.json", "broken.json"], "--prices": FILES,
                  "--calibration": FILES, "--basis": ["bound", "expected", "pessimistic"],
                  "--width": ["20", "80", "300", "0"], "--price": ["lambda", "$2/h", "vast"],
                  "--quant": ["bf16", "fp8", "int4"], "--dtype": ["bf16", "fp8"],
                  "--kv-dtype": ["bf16", "fp8"], "--engine": ["vllm", "sglang@0.5", "trtllm"],
                  "--color": ["always", "never"], "--get": ["result", "inputs.hw", "result.x"],
                  "--output": ["out.json", "out.csv", "out.txt", "out.bad", "/dev/null"],
                  "--only": ["chat", "nobody"], "--report": ["junit=out.xml,md=out.md"],
                  "--slo": ["ttft=500ms,tpot=25ms", "tpot=1us", "tpot"],
                  "--sort": METRICS, "--pareto": METRICS, "--metric": METRICS, "--x": METRICS,
                  "--y": METRICS, "--where": ["ttft<500ms", "memory<=90%", "tpot"],
                  "--lengths": ["varied", "equal"], "--think": ["30s", "1"],
                  "--purchase": ["$30000", "catalog"], "--power": ["700W", "1"],
                  "--power-price": ["$0.12/kWh", "$1"], "--network": ["400Gb/s", "50GB/s"],
                  "--baseline": FILES, "--max-price-age": ["90d", "1"], "--shard": ["1/2", "3/2"],
                  "--window": ["4k"], "--life": ["4"], "--pue": ["1.2"]}
        if flag in likely:
            return self.pick(likely[flag])
        if self.random.random() < 0.5:
            return self.pick(["1", "2", "4", "8", "32", "64", "1k", "4k", "90%"])
        return self.pick(VALUES if self.random.random() < 0.5 else NUMBERS)

    def positionals(self, command):
        if command in ("compare", "plot"):
            return [self.pick(SCENARIOS + FILES) for _ in range(self.random.randint(0, 3))]
        if command in ("check", "validate", "calibrate") or command == "hw validate":
            return [self.pick(FILES) for _ in range(self.random.randint(0, 2))]
        if command == "hw show":
            return [self.pick(DEVICES)]
        if command.startswith(("hw", "ridge", "prices", "kernel")) or command == "models list":
            return []
        if command == "sweep" and self.random.random() < 0.3:
            return [self.pick(FILES)]
        return [self.pick(MODELS)] if self.random.random() < 0.95 else []

    def vector(self):
        command = self.pick(sorted(self.commands))
        words = command.split() + self.positionals(command)
        flags = dict(self.commands[command])
        if "--hw" in flags and self.random.random() < 0.8:
            words += ["--hw", self.pick(DEVICES)]
            flags.pop("--hw")
        if self.random.random() < 0.9:
            words += NEEDED.get(command, "").split()
        for flag in self.random.sample(sorted(flags), self.random.choice([0, 0, 1, 1, 2, 3, 5])):
            words += [flag, self.value(flag)] if flags[flag] else [flag]
        if self.random.random() < 0.4 and "--json" not in words:
            words.append("--json")
        if self.random.random() < 0.1:  # a broken word somewhere
            words.insert(self.random.randint(0, len(words)), self.pick(VALUES + ["--", "--nope", "-x"]))
        if self.random.random() < 0.1 and words:
            words.pop(self.random.randrange(len(words)))
        return [word.replace("\0", "") for word in words]


def limited():
    resource.setrlimit(resource.RLIMIT_CPU, (MOST, MOST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(roofline, vector, folder):
    """(status, seconds of CPU, stdout, stderr)"""
    words = [os.fsencode(roofline), *(word.encode("utf-8", "surrogateescape") for word in vector)]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                   cwd=folder, preexec_fn=limited)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return process.returncode, used.ru_utime + used.ru_stime, out.read(), err.read()


def refuse_constant(word):
    raise ValueError(f"{word} is no JSON")


def faults_of(vector, status, out, err):
    if status not in STATUSES and status != -24:  # SIGXCPU
        yield f"exit status {status}: {err[-300:]!r}"
    if b"Sanitizer" in err or b"runtime error" in err:
        yield f"a sanitizer: {err[-2000:]!r}"
    if b"has a bug" in err or b"has a bug" in out:
        yield f"a bug: {err[-300:]!r}"
    other = {"--get", "--help", "-h", "--version", "-V", "--init", "--schema", "--format", "-o", "--output", "--"}
    if "--json" in vector and not other & set(vector) and out and out[:1] == b"{":
        try:
            json.loads(out.decode("utf-8"), parse_constant=refuse_constant)
        except ValueError as fault:
            yield f"JSON: {fault}: {out[:200]!r}"
    if "--json" in vector and status in (2, 3) and not other & set(vector) and out and out[:1] != b"{":
        yield f"no JSON of an error: {out[:200]!r}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--roofline", required=True)
    parser.add_argument("--vectors", type=int, default=300)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    roofline = str(Path(arguments.roofline).resolve())
    commands = commands_of(roofline)
    if len(commands) < 15 or not any(value for flags in commands.values() for _, value in flags):
        sys.exit(f"help names {len(commands)} commands")
    draw = Draw(arguments.seed, commands)
    vectors = [draw.vector() for _ in range(arguments.vectors)]
    statuses, faults, slow, documents = collections.Counter(), [], [], 0
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(arguments.jobs) as pool:
        folders = []
        for job in range(arguments.jobs):
            folders.append(Path(name) / str(job))
            folders[-1].mkdir()
        def batch(job):
            results = []
            for place in range(job, len(vectors), arguments.jobs):
                if place // arguments.jobs % 50 == 0:  # runs write files over those that are there
                    for path in sorted(folders[job].rglob("*"), reverse=True):
                        path.rmdir() if path.is_dir() else path.unlink()
                    lay_files(folders[job])
                results.append((vectors[place], *run(roofline, vectors[place], folders[job])))
            return results
        for results in pool.map(batch, range(arguments.jobs)):
            for vector, status, seconds, out, err in results:
                statuses[status] += 1
                documents += "--json" in vector and out[:1] == b"{"
                faults += [(vector, fault) for fault in faults_of(vector, status, out, err)]
                if seconds > SLOW:
                    slow.append((seconds, vector))
    print(f"{len(vectors)} runs of {len(commands)} commands: "
          + ", ".join(f"{count} with {status}" for status, count in sorted(statuses.items()))
          + f"; {documents} documents of JSON; {len(slow)} over {SLOW} s of CPU")
    for seconds, vector in sorted(slow, reverse=True)[:10]:
        print(f"  {seconds:.1f} s: {shlex.join(vector)[:300]!r}")
    for vector, fault in faults[:20]:
        print(f"FAULT {fault}\n  {shlex.join(vector)[:300]!r}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
