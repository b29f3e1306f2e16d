#!/usr/bin/env python3
"""Runs every target of roofline_fuzz from its seeds, and prints what came of each.

    run_fuzz.py PROGRAM [--seconds 20] [--only NAME,...] [--work FOLDER] [--jobs 1]

What is found is kept in FOLDER/findings, and ends the run with 1. Seeds are tests/fuzz/seeds, the
examples and files of data, and the files and scenarios of the golden cases.
"""
import argparse
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent
SHORT = {"quantities": 64, "money": 64, "dates": 32, "words": 128, "printable": 256, "markdown": 256,
         "workflow": 128, "numbers": 32, "conditions": 128, "range": 96, "scenario": 256}
LARGEST = 4096  # bytes of an input whose target is not named above


def golden_parts():
    """Files and commands of the golden cases."""
    for case in sorted(TESTS.glob("golden/*/*")):
        if not case.is_file():
            continue
        name, lines = None, []
        for line in case.read_text("utf-8", "surrogateescape").split("\n") + ["--- end"]:
            if line.startswith("--- ") or line.startswith("$ "):
                if name and lines:
                    yield name, "\n".join(lines) + "\n"
                name, lines = line[9:] if line.startswith("--- file ") else None, []
                if line.startswith("$ "):
                    yield "$", line[2:]
            else:
                lines.append(line)


def targets_of(name, text):
    """The targets that a file of this name and content is a seed of."""
    if name == "$":
        return []
    if name.endswith(".csv"):
        return ["csv", "plot", "lines", "measured"]
    if name.endswith(".jsonl"):
        return ["lines"]
    found = ["json"]
    for mark, more in (("roofline/device/", ["catalog", "device"]),
                       ("roofline/model/", ["catalog", "model"]),
                       ("roofline/prices/", ["catalog", "prices"]),
                       ("roofline/engine/", ["catalog"]), ("roofline/kernels/", ["catalog"]),
                       ("roofline/efficiency/", ["catalog"]), ("roofline/biases/", ["catalog"]),
                       ("roofline/baseline/", ["baseline"]),
                       ("roofline/calibrate/", ["calibration"]),
                       ('"targets"', ["budget"]), ('"inputs"', ["saved"]),
                       ("model_type", ["config"])):
        if mark in text:
            found += more
    return found


def seeds():
    """(target, bytes) of every seed; a first byte chooses columns of a plot, a dialect of JSON."""
    for path in sorted((TESTS / "fuzz" / "seeds").glob("*/*")):
        yield path.parent.name, path.read_bytes()
    files = [(path.name, path.read_text("utf-8")) for folder in
             ("examples", "devices", "models", "prices", "engines", "efficiency")
             for path in sorted((ROOT / "data" / folder).glob("*.json*"))]
    for name, text in files + list(golden_parts()):
        for target in targets_of(name, text):
            data = text.encode("utf-8", "surrogateescape")
            yield target, {"plot": b"\x01", "json": b"1"}.get(target, b"") + data
        if name == "$":
            for word in re.findall(r"'([^']*@[^']*)'", text):
                yield "scenario", word.encode("utf-8", "surrogateescape")


def run(program, target, arguments):
    corpus = arguments.work / "corpus" / target
    findings = arguments.work / "findings"
    command = [program, corpus, f"-max_total_time={arguments.seconds}", "-print_final_stats=1",
               f"-max_len={SHORT.get(target, LARGEST)}", "-timeout=20", "-rss_limit_mb=4096",
               f"-dict={TESTS / 'fuzz' / 'words.dict'}", f"-artifact_prefix={findings}/{target}-"]
    # The sanitizer would end the process where memory ends; the program answers it.
    environment = {**os.environ, "ROOFLINE_FUZZ": target,
                   "ASAN_OPTIONS": "allocator_may_return_null=0:detect_leaks=1"}
    done = subprocess.run([str(word) for word in command], env=environment, cwd=arguments.work,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    text = done.stdout.decode("utf-8", "replace")
    executions = re.findall(r"stat::number_of_executed_units:\s*(\d+)", text)
    coverage = re.findall(r"cov: (\d+)", text)
    return {"target": target, "executions": int(executions[-1]) if executions else 0,
            "coverage": int(coverage[-1]) if coverage else 0, "found": done.returncode != 0,
            "text": text}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=Path)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--only", default="")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "fuzz" / "runs")
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    program = arguments.program.resolve()
    arguments.work = arguments.work.resolve()
    (arguments.work / "findings").mkdir(parents=True, exist_ok=True)
    listed = subprocess.run([program], env={**os.environ, "ROOFLINE_FUZZ": "list"}, check=True,
                            stdout=subprocess.PIPE, text=True).stdout.split()
    chosen = arguments.only.split(",") if arguments.only else listed
    for target in chosen:
        if target not in listed:
            sys.exit(f"there is no target {target}: {', '.join(listed)}")
        (arguments.work / "corpus" / target).mkdir(parents=True, exist_ok=True)
    for number, (target, data) in enumerate(seeds()):
        if target in chosen and len(data) <= 4 * LARGEST:
            (arguments.work / "corpus" / target / f"seed-{number}").write_bytes(data)
    with ThreadPoolExecutor(arguments.jobs) as pool:
        results = []
        for result in pool.map(lambda target: run(program, target, arguments), chosen):
            results.append(result)
            print(f"{result['target']:>15} {result['executions']:>11,} executions  "
                  f"cov {result['coverage']:>6}  {'FOUND' if result['found'] else 'nothing found'}",
                  flush=True)
            if result["found"]:
                print(result["text"][-4000:], flush=True)
    found = [result["target"] for result in results if result["found"]]
    print(f"{sum(result['executions'] for result in results):,} executions of "
          f"{len(results)} targets, {len(found)} with findings {', '.join(found)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
