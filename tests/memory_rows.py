#!/usr/bin/env python3
"""Asks for the memory of servers whose start was logged, and holds the answers against the logs.

    python3 tests/memory_rows.py ROWS.csv --roofline BINARY

ROWS.csv has a server in each row; those with plain = 1 are judged. Of each, the room for the cache
that the program says is held against the logged one, given the weights and the memory that were
logged, and whether it starts against whether it did. Cards that the catalog does not have are those
of a kin with the logged memory. Prints every row and a summary; exits 1 where a bound of the summary
is broken, and 77 where there are no rows.
"""
import argparse
import csv
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

SKIPPED = 77
GIB = 2.0 ** 30

MOST_MEAN_GIB = 0.45
MOST_MEDIAN_GIB = 0.1
MOST_WRONG = 1

DEVICES = pathlib.Path(__file__).resolve().parent.parent / "data" / "devices"
# Of the same maker and generation; the logged memory is put in its place.
KIN = {"rtx-4060": "rtx-4090", "rtx-4070-12gb": "rtx-4090", "": "t4"}
# The same shape under another name.
MODELS = {"mistral-small-3.2-24b": "mistral-small-24b-2501",
          "llava-1.6-mistral-7b": "mistral-7b-v0.3"}
FLAGS = {"mem-share": "share", "max-model-len": "max_model_len", "max-num-seqs": "max_num_seqs",
         "prefill-chunk": "max_num_batched_tokens", "tp": "tp", "quant": "weights",
         "kv-dtype": "kv_dtype"}


def engine_of(row):
    version = row["engine_version"]
    if "V1 engine" in row["note"]:
        version = "0.9"  # an early try of what became the default then
    backend = "/native" if "native sampler" in row["note"] else ""
    return f"{row['engine']}{backend}@{version}"


def device_of(row, folder):
    """The card's id, and the flags that make it known where the catalog does not have it."""
    name = row["hardware"]
    if (DEVICES / f"{name}.json").exists():
        return name, []
    card = json.loads((DEVICES / f"{KIN[name]}.json").read_text())
    card.update(id=f"card-of-{row['id']}", name=f"card of {row['id']}", aliases=[])
    dram = card["memory"]["dram"]
    reported = float(row["reported_bytes"])
    dram["capacity_gb"]["value"] = reported / 1e9
    dram["reported_bytes"] = {**dram["capacity_gb"], "value": reported}
    used = json.dumps({key: part for key, part in card.items() if key != "sources"})
    card["sources"] = {key: text for key, text in card["sources"].items()
                       if f'"source": "{key}"' in used}
    path = pathlib.Path(folder) / f"{row['id']}.json"
    path.write_text(json.dumps(card))
    return card["id"], ["--catalog", str(path)]


def command_of(row, roofline, folder):
    device, more = device_of(row, folder)
    gpus = int(row["tp"]) * int(row["pp"] or 1)
    command = [roofline, "analyze", MODELS.get(row["model"], row["model"]),
               "--hw", device if gpus == 1 else f"{device}x{gpus}", "--engine", engine_of(row),
               "--json"] + more
    for flag, column in FLAGS.items():
        if row[column]:
            command += [f"--{flag}", row[column]]
    if row["eager"] == "1":
        command.append("--eager")
    return command


def memory_of(row, roofline, folder):
    command = command_of(row, roofline, folder)
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    answer = json.loads(run.stdout or "{}")
    if "result" not in answer:
        sys.exit(f"{row['id']}: {' '.join(command)}\n{run.stdout}{run.stderr}")
    return answer["result"]["memory"]


def room_of(row, memory):
    """With the logged weights and memory in the place of the program's own, in GiB."""
    share = float(row["share"])
    reported = float(row["reported_bytes"] or memory["reported_bytes"])
    room = memory["room_bytes"] + memory["weights_bytes"] - float(row["weights_bytes"])
    return (room + share * (reported - memory["reported_bytes"])) / GIB


def judged(row, roofline, folder):
    memory = memory_of(row, roofline, folder)
    room, logged = room_of(row, memory), float(row["cache_room_bytes"]) / GIB
    started = "yes" if row["starts"] == "1" else "no"
    wrong = memory["starts"] not in (started, "marginal")
    print(f"{row['id']}  {row['model']:22} {engine_of(row):18} room {room:7.2f} logged {logged:7.2f}"
          f"  off {room - logged:+6.2f}  weights {memory['weights_bytes'] / GIB:6.2f} logged"
          f" {float(row['weights_bytes']) / GIB:6.2f}  starts {memory['starts']:8} logged {started}"
          f"{'  WRONG' if wrong else ''}")
    return abs(room - logged), memory["starts"], wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=pathlib.Path)
    parser.add_argument("--roofline", required=True)
    options = parser.parse_args()
    if not options.rows.exists():
        print(f"SKIPPED: there is no {options.rows}")
        return SKIPPED
    with options.rows.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["plain"] == "1"]
    with tempfile.TemporaryDirectory() as folder:
        results = [judged(row, options.roofline, folder) for row in rows]
    errors = [error for error, _, _ in results]
    mean, median = statistics.mean(errors), statistics.median(errors)
    wrong = sum(one for _, _, one in results)
    doubts = sum(starts == "marginal" for _, starts, _ in results)
    print(f"{len(rows)} rows: the room is off by {mean:.2f} GiB in the mean (at most"
          f" {MOST_MEAN_GIB}), {median:.2f} in the median (at most {MOST_MEDIAN_GIB}),"
          f" {max(errors):.2f} at most; {wrong} starts wrong (at most {MOST_WRONG}), {doubts} in"
          " doubt")
    kept = mean <= MOST_MEAN_GIB and median <= MOST_MEDIAN_GIB and wrong <= MOST_WRONG
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
