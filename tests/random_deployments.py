#!/usr/bin/env python3
"""Asks random deployments of `roofline sweep`, a line each, on every basis.

    random_deployments.py --roofline PATH [--deployments 40000] [--seed 1]

Every figure is a finite number; bound <= expected <= pessimistic in time, the other way round in
throughput; and a device with a quarter more bandwidth is at best never slower. Where requests
arrive or people think, fewer are in flight on a faster device: tokens per second while it decodes
may fall there.
"""
import argparse
import collections
import csv
import json
import math
import random
import subprocess
import sys
import tempfile
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
DEVICES = ["h100-sxm", "h200-sxm", "b200-sxm", "a100-sxm-80gb", "l40s", "l4", "mi300x", "mi355x",
           "gaudi3", "rtx-4090", "jetson-agx-orin-64gb", "tpu-v5e", "gb200", "apple-m4-max",
           "xeon-8480plus"]
BASES = ["bound", "expected", "pessimistic"]
TIMES, RATES = ["ttft_s", "tpot_s", "e2e_s"], ["tokens_per_s"]
FIGURES = TIMES + RATES + ["memory_bytes", "gpus", "power_w", "usd_per_1m_output_tokens",
                           "usd_per_1m_input_tokens", "usd_per_month"]
MORE = 1.25
FASTER = "-with-more-bandwidth"
SLACK = 1e-9
SETTLED = 1e-3  # what is expected is the end of an iteration


def faster_device(name, folder):
    """A file of the device with more bandwidth, whose id ends in FASTER."""
    device = json.loads((DATA / "devices" / f"{name}.json").read_text("utf-8"))
    for key in ("id", "name"):
        device[key] += FASTER
    device.pop("aliases", None)
    for memory in device["memory"].values():
        if isinstance(memory, dict) and "bandwidth_gb_per_s" in memory:
            memory["bandwidth_gb_per_s"]["value"] *= MORE
    path = Path(folder) / f"{name}.json"
    path.write_text(json.dumps(device), "utf-8")
    return path


class Draw:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.models = sorted(path.stem for path in (DATA / "models").glob("*.json"))

    def power(self, most):
        return int(2 ** self.random.uniform(0, most))

    def some(self, share):
        return self.random.random() < share

    def load(self):
        kind = self.random.choice(["step", "concurrency", "concurrency", "rate", "users"])
        if kind == "step":
            return {"batch": self.power(9), "context": self.power(16)}
        load = {"isl": self.power(15), "osl": self.power(11) if self.some(0.7) else self.power(4)}
        if kind == "concurrency":
            load["concurrency"] = self.power(10)
        if kind == "rate":
            load["rate"] = round(10 ** self.random.uniform(-2, 2), 4)
        if kind == "users":
            load.update(users=self.power(10), think=f"{self.power(8)}s")
        for share, key, values in ((0.2, "lengths", ["equal", "varied"]),
                                   (0.1, "prefix-hit", ["40%", "90%"]),
                                   (0.1, "prefill-chunk", [64, 512, 2048, 8192]),
                                   (0.1, "stream-interval", [4, 20]),
                                   (0.1, "poll-steps", [2, 10]), (0.1, "waves", [1, 3, 10])):
            if self.some(share):
                load[key] = self.random.choice(values)
        if self.some(0.1):
            load.update({"draft-tokens": self.random.choice([1, 3, 7]), "acceptance": "70%"})
        return load

    def deployment(self):
        count = self.random.choice([1, 1, 2, 4, 8, 16])
        line = {"model": self.random.choice(self.models),
                "hw": self.random.choice(DEVICES) + (f"x{count}" if count > 1 else ""),
                **self.load()}
        if self.some(0.3) and count > 1:
            line["tp"] = self.random.choice([n for n in (2, 4, 8) if n <= count])
        for share, key, values in ((0.4, "engine", ["vllm", "sglang", "trtllm", "llama.cpp",
                                                    "generic"]),
                                   (0.4, "quant", ["bf16", "fp8", "int8", "int4", "nvfp4"]),
                                   (0.2, "kv-dtype", ["bf16", "fp8"]),
                                   (0.3, "price", ["$2.50/h"])):
            if self.some(share):
                line[key] = self.random.choice(values)
        return line


def with_faster(line):
    device = next(name for name in DEVICES
                  if line["hw"] == name or line["hw"].startswith(name + "x"))
    return {**line, "hw": device + FASTER + line["hw"][len(device):]}


def rows_of(roofline, lines, basis, catalog, folder):
    """A row of figures by line; lines that are none have no figures."""
    path = Path(folder) / "lines.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    command = [roofline, "sweep", str(path), "--basis", basis, "--format", "csv"]
    for file in catalog:
        command += ["--catalog", str(file)]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"exit status {done.returncode}: {done.stderr.decode()[:500]}")
    rows = list(csv.DictReader(done.stdout.decode("utf-8").splitlines()))
    if len(rows) != len(lines):
        sys.exit(f"{len(rows)} rows of {len(lines)} lines")
    return [{key: float(row[key]) for key in FIGURES if row.get(key)} for row in rows], rows


def ordered(better, worse, slack, rates):
    """What of `worse` is better than what should be best."""
    for key in TIMES:
        if key in better and key in worse and better[key] > worse[key] * (1 + slack):
            yield f"{key} {better[key]:.6g} > {worse[key]:.6g}"
    for key in rates:
        if key in better and key in worse and better[key] < worse[key] * (1 - slack):
            yield f"{key} {better[key]:.6g} < {worse[key]:.6g}"


def check(lines, rows, faster, counts):
    """(kind, line, what) of everything that may not be."""
    for place, line in enumerate(lines):
        bound, expected, pessimistic = (rows[basis][place] for basis in BASES)
        counts["with figures"] += "tpot_s" in bound or "ttft_s" in bound
        for basis in BASES:
            for key, figure in rows[basis][place].items():
                counts["figures"] += 1
                if not math.isfinite(figure) or figure < 0:
                    yield "finite", line, f"{basis} {key} {figure}"
        for kind, pair, slack in (("bound <= expected", (bound, expected), SLACK),
                                  ("expected <= pessimistic", (expected, pessimistic), SLACK),
                                  ("bound <= pessimistic", (bound, pessimistic), SLACK),
                                  ("more bandwidth", (faster[place], bound), SETTLED)):
            if all("ttft_s" in one or "tpot_s" in one for one in pair):
                counts[kind] += 1
                own_load = kind == "more bandwidth" and ("rate" in line or "users" in line)
                for what in ordered(*pair, slack, () if own_load else RATES):
                    yield kind, line, what
            elif "tpot_s" in pair[1]:
                yield kind, line, "has no figures where what is worse has"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--roofline", required=True)
    parser.add_argument("--deployments", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20261122)
    arguments = parser.parse_args()
    draw = Draw(arguments.seed)
    lines = [draw.deployment() for _ in range(arguments.deployments)]
    counts, faults = collections.Counter(), collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        catalog = [faster_device(name, folder) for name in DEVICES]
        rows, refused = {}, 0
        for basis in BASES:
            rows[basis], raw = rows_of(arguments.roofline, lines, basis, [], folder)
            refused = sum(not row["fits"] for row in raw)
        faster, _ = rows_of(arguments.roofline, [with_faster(line) for line in lines], "bound",
                            catalog, folder)
    for kind, line, what in check(lines, rows, faster, counts):
        faults[kind].append((line, what))
    print(f"{len(lines)} deployments, {refused} refused, {counts['with figures']} with figures: "
          + ", ".join(f"{kind} {counts[kind]}" for kind in counts if kind != "with figures"))
    for kind, found in faults.items():
        print(f"{kind}: {len(found)} faults")
        for line, what in found[:5]:
            print(f"  {what}  {json.dumps(line)}")
    return 1 if faults or counts["with figures"] < len(lines) / 20 else 0


if __name__ == "__main__":
    sys.exit(main())
