#!/usr/bin/env python3
"""Attacks `roofline check`: of some hundred budgets, files and runs that must not pass none may.

    gate_attacks.py --roofline PATH

A group has a control that must pass, so that not everything is refused. Then gates that are broken
on purpose must let attacks through: an attack that no broken gate would pass proves nothing.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attacks_on_files
import attacks_on_words
from attack_kit import TODAY

NEEDED = 340
SECONDS = 60
ANSWERS = {0, 1, 2, 3, 4}


def lay_out(folder, files, falsify):
    for name, entry in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(entry, tuple):
            {"link": lambda: path.symlink_to(entry[1]), "pipe": lambda: os.mkfifo(path),
             "folder": path.mkdir}[entry[0]]()
        else:
            data = entry if isinstance(entry, bytes) else entry.encode("utf-8", "surrogatepass")
            path.write_bytes(falsify(data.replace(b"@/", f"{folder}/".encode())))


def status_of(roofline, case, falsify=lambda data: data):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder, case.files, falsify)
        environment = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": TODAY, **case.env}
        if case.budget and ".." in case.budget:
            (folder / case.budget.split("/")[0]).mkdir(exist_ok=True)
        try:
            return subprocess.run([roofline, "check", case.budget, *case.flags], cwd=folder, check=False,
                                  env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                                  timeout=SECONDS).returncode
        except subprocess.TimeoutExpired:
            return "never"


def up_to_nul(data):
    return data.split(b"\0")[0]


def last_key_wins(data):
    try:
        return json.dumps(json.loads(data)).encode()
    except (ValueError, RecursionError):
        return data


def comment_past_its_line(data):
    return data.replace(b"\r", b"").replace("\u2028".encode(), b"") if b"//" in data else data


BROKEN_GATES = {"a file ends at its first NUL": up_to_nul, "the last of equal keys wins": last_key_wins,
                "a comment goes on past its line": comment_past_its_line}


def is_wrong(case, status):
    return status != 0 if case.control else status == 0 or status not in ANSWERS | {74}


def attack(roofline, cases, falsify=lambda data: data):
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return list(pool.map(lambda case: status_of(roofline, case, falsify), cases))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--roofline", required=True)
    roofline = str(Path(parser.parse_args().roofline).resolve())
    attacks, wrong, blind = [], [], []
    for group, make in {**attacks_on_words.GROUPS, **attacks_on_files.GROUPS}.items():
        cases = list(make())
        found = [(c, s) for c, s in zip(cases, attack(roofline, cases)) if is_wrong(c, s)]
        controls = sum(case.control for case in cases)
        attacks += [case for case in cases if not case.control]
        passed = sum(s == 0 for c, s in found if not c.control)
        print(f"{len(cases) - controls:6} attacks, {passed} passed, {controls} controls: {group}")
        blind += [] if controls else [group]
        wrong += [(group, case, status) for case, status in found]
    print(f"{len(attacks):6} attacks in all")
    for group, case, status in wrong:
        right = "0" if case.control else "another"
        print(f"exit {status}, right is {right}: {group}: {case.what}")
    for name, falsify in BROKEN_GATES.items():
        passed = attack(roofline, attacks, falsify).count(0)
        print(f"{passed:6} pass a gate where {name}")
        blind += [] if passed else [name]
    few = len(attacks) < NEEDED
    sys.exit(f"wrong: {len(wrong)}, blind: {blind}, needed: {NEEDED}" if wrong or blind or few else 0)


if __name__ == "__main__":
    main()
