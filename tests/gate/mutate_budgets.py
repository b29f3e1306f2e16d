#!/usr/bin/env python3
"""Mutates budgets that pass and holds `roofline check` to what each mutation must come to.

    mutate_budgets.py --roofline PATH BUDGET.json ...

The exit status that is right is written down from the rule of the mutation: a limit below the figure
is broken, a misspelt key is no budget. The tool is asked beforehand only for the figures of the
budgets as they are. Then gates that are broken on purpose must be found out by the same mutants.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from budget_mutants import KNOWN, PASS, Budget
from budget_text import Object, read, write

NEEDED = {"in all": 500, "of each kind": 30, "that must pass": 100}
TODAY = "1795305600"  # 2026-11-22


class Gate:
    """`roofline check` on a text; `falsify` is how a broken one reads it."""

    def __init__(self, roofline, falsify=lambda text: text):
        self.roofline, self.falsify = roofline, falsify
        self.environment = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": TODAY}

    def run(self, text, *flags):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "budget.json"
            path.write_text(self.falsify(text), encoding="utf-8")
            return subprocess.run([self.roofline, "check", path, *flags], capture_output=True,
                                  text=True, env=self.environment, check=False)


def budget_at(path, gate):
    text = Path(path).read_text(encoding="utf-8")
    answer = gate.run(text, "--json")
    if answer.returncode != PASS:
        sys.exit(f"{path} does not pass as it is: {answer.stdout}{answer.stderr}")
    checks = json.loads(answer.stdout)["result"]["checks"]
    return Budget(Path(path).name, text, {(c["target"], c["metric"]): c["value"] for c in checks})


def tree_or_none(text):
    try:
        return read(text)
    except ValueError:
        return None


def turned_round(text):
    swap = {"max": "min", "min": "max"}
    return re.sub(r'"(max|min)":', lambda m: f'"{swap[m.group(1)]}":', text)


def without_unknown_keys(text):
    def known(value):
        if isinstance(value, Object):
            return Object([k, known(v)] for k, v in value if k in KNOWN)
        return [known(item) for item in value] if isinstance(value, list) else value
    root = tree_or_none(text)
    return text if root is None else write(known(root))


def without_last_target(text):
    root = tree_or_none(text)
    if root is None or not isinstance(root.get("targets"), list):
        return text
    if len(root.get("targets")) > 1:
        root.get("targets").pop()
    return write(root)


BROKEN_GATES = {"the comparison turned round": turned_round,
                "unknown keys ignored": without_unknown_keys,
                "the last target skipped": without_last_target}


def wrongly_judged(gate, mutants):
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        statuses = pool.map(lambda mutant: gate.run(mutant.text).returncode, mutants)
        return [(m, status) for m, status in zip(mutants, statuses) if status != m.right]


def too_few(mutants):
    kinds = collections.Counter(mutant.kind for mutant in mutants)
    passing = sum(mutant.right == PASS for mutant in mutants)
    for kind, count in sorted(kinds.items()):
        print(f"{count:6} {kind}")
    print(f"{len(mutants):6} in all, {passing} of them must pass")
    return (len(mutants) < NEEDED["in all"] or min(kinds.values()) < NEEDED["of each kind"]
            or passing < NEEDED["that must pass"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--roofline", required=True)
    parser.add_argument("budgets", nargs="+")
    arguments = parser.parse_args()
    gate = Gate(arguments.roofline)
    mutants = [m for path in arguments.budgets for m in budget_at(path, gate).mutants()]
    if too_few(mutants):
        sys.exit(f"too few mutants; needed are {NEEDED}")
    wrong = wrongly_judged(gate, mutants)
    for mutant, status in wrong[:40]:
        print(f"exit {status}, right is {mutant.right}: {mutant.kind}: {mutant.what}")
    print(f"{len(wrong):6} judged wrong")
    blind = 0
    for name, falsify in BROKEN_GATES.items():
        found = len(wrongly_judged(Gate(arguments.roofline, falsify), mutants))
        print(f"{found:6} judged wrong by a gate with {name}")
        blind += found == 0
    sys.exit(1 if wrong or blind else 0)


if __name__ == "__main__":
    main()
