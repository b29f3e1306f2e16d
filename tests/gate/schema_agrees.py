#!/usr/bin/env python3
"""Whether the schema of budgets and their reader agree, over budgets that are broken and sound.

    schema_agrees.py --roofline PATH

What the tool passes the schema must pass, and what is sound both. Of what is broken the schema may
take some: names that a catalog may add, and rules that it cannot say. Exit 77 without jsonschema.
"""
import argparse
import copy
import json
import subprocess
import sys
import tempfile
from pathlib import Path

SOUND = {
    "version": 1,
    "defaults": {"model": "llama-3.1-8b", "quant": "fp8"},
    "targets": [
        {"name": "a", "hw": "h100-sxm", "batch": 32, "price": "$2/h",
         "limits": {"tpot": {"max": "1s"}, "memory": {"max": "90%"}, "gpus": {"max": 4},
                    "usd_per_1m_output": {"max": 50}}},
        {"name": "b", "hw": "h100-sxmx2", "concurrency": 8,
         "limits": {"tokens_per_s": {"min": 1}, "ttft": {"max": "10s"}}}]}


def changed(path, value):
    """SOUND with `value` at the path of keys; None takes the key away."""
    budget = copy.deepcopy(SOUND)
    *way, last = path
    place = budget
    for key in way:
        place = place[key]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return budget


A, B, LIMITS = ("targets", 0), ("targets", 1), ("targets", 0, "limits")
BROKEN = {
    "version 2": changed(("version",), 2),
    "version as text": changed(("version",), "1"),
    "no version": changed(("version",), None),
    "no targets": changed(("targets",), None),
    "empty targets": changed(("targets",), []),
    "targets as an object": changed(("targets",), {}),
    "unknown key": changed(("budget",), 1),
    "unknown key of a target": changed((*A, "bacth"), 1),
    "no name": changed((*A, "name"), None),
    "empty name": changed((*A, "name"), ""),
    "name as a number": changed((*A, "name"), 1),
    "two of a name": changed((*B, "name"), "a"),
    "no limits": changed(LIMITS, None),
    "empty limits": changed(LIMITS, {}),
    "unknown metric": changed((*LIMITS, "tpott"), {"max": "1s"}),
    "limit without a side": changed((*LIMITS, "tpot"), {}),
    "unknown side": changed((*LIMITS, "tpot"), {"most": "1s"}),
    "time without unit": changed((*LIMITS, "tpot"), {"max": "25"}),
    "time as a number": changed((*LIMITS, "tpot"), {"max": 25}),
    "time in bytes": changed((*LIMITS, "tpot"), {"max": "25GB"}),
    "time of 0": changed((*LIMITS, "tpot"), {"max": "0ms"}),
    "time below 0": changed((*LIMITS, "tpot"), {"max": "-1ms"}),
    "memory above 100 %": changed((*LIMITS, "memory"), {"max": "120%"}),
    "memory of 0": changed((*LIMITS, "memory"), {"max": "0%"}),
    "money of 0": changed((*LIMITS, "usd_per_1m_output"), {"max": 0}),
    "money as text": changed((*LIMITS, "usd_per_1m_output"), {"max": "$5"}),
    "half a GPU": changed((*LIMITS, "gpus"), {"max": 1.5}),
    "regression above 100 %": changed((*LIMITS, "tpot"), {"max": "1s", "regression": "150%"}),
    "regression as a number": changed((*LIMITS, "tpot"), {"max": "1s", "regression": 5}),
    "skip without a reason": changed((*LIMITS, "tpot"), {"max": "1s", "skip_until": "2027-01-01"}),
    "reason without a skip": changed((*LIMITS, "tpot"), {"max": "1s", "reason": "so"}),
    "day of no calendar": changed((*LIMITS, "tpot"),
                                  {"max": "1s", "reason": "so", "skip_until": "2027-13-01"}),
    "unknown severity": changed((*LIMITS, "tpot"), {"max": "1s", "severity": "fatal"}),
    "min above max": changed((*LIMITS, "tpot"), {"max": "1s", "min": "2s"}),
    "batch beside concurrency": changed((*A, "concurrency"), 4),
    "two loads": changed((*B, "rate"), 4),
    "unknown format": changed((*A, "kv_dtype"), "fp7"),
    "unknown weights": changed((*A, "quant"), "int7"),
    "unknown engine": changed((*B, "engine"), "vlm"),
    "unknown device": changed((*A, "hw"), "h1000"),
    "unknown model": changed((*A, "model"), "llama-9"),
    "no device": changed((*A, "hw"), None),
    "no model": changed(("defaults", "model"), None),
    "batch as text": changed((*A, "batch"), "32"),
    "limits in the defaults": changed(("defaults", "limits"), {}),
    "unknown basis": changed((*A, "basis"), "best"),
}
GOOD = {
    "as it is": SOUND,
    "other names": changed((*A, "quant"), "FP8"),
    "a count and an alias": changed((*A, "hw"), "H100x2"),
    "a skip": changed((*LIMITS, "tpot"),
                      {"max": "1s", "skip_until": "2027-01-01", "reason": "known"}),
    "all of it": changed((*LIMITS, "memory"), {"max": "100%", "min": "1%"}),
    "a load of its own": changed((*B, "engine"), "vllm@0.11"),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--roofline", required=True)
    roofline = parser.parse_args().roofline
    try:
        import jsonschema
    except ImportError:
        print("SKIPPED: there is no python3-jsonschema")
        sys.exit(77)
    printed = subprocess.run([roofline, "check", "--schema"], capture_output=True, check=True)
    schema = jsonschema.Draft202012Validator(json.loads(printed.stdout))
    agree, faults = 0, []
    with tempfile.TemporaryDirectory() as folder:
        for name, budget in [*BROKEN.items(), *GOOD.items()]:
            (Path(folder) / "b.json").write_text(json.dumps(budget), encoding="utf-8")
            run = subprocess.run([roofline, "check", "b.json"], cwd=folder, capture_output=True,
                                 text=True, check=False)
            tool, takes = run.returncode in (0, 1, 4), schema.is_valid(budget)
            agree += tool == takes
            if name in GOOD and not tool:
                faults.append(f"{name}: the tool refuses it: {run.stderr}")
            if name in BROKEN and tool:
                faults.append(f"{name}: the tool takes it")
            if tool and not takes:
                faults.append(f"{name}: the schema refuses what the tool takes")
            if takes and not tool:
                print(f"the schema takes what the tool refuses: {name}")
    total = len(BROKEN) + len(GOOD)
    if agree < total - 6:
        faults.append("they agree too seldom")
    print(*faults, f"{agree} of {total} agree, {len(faults)} faults", sep="\n")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
