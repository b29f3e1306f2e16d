#!/usr/bin/env python3
"""Runs every golden command with two programs and says where they differ.

    python3 tests/compare_programs.py BEFORE AFTER [FOLDER] [--only TEXT] [--show N]

BEFORE and AFTER are two builds of roofline. FOLDER holds the commands, tests/golden when it is left
out: files as tests/README.md has them, or folders with a file named `command` and
what it reads beside it, as early versions had them. Every command runs in a scratch copy of its
files. Prints one line for each difference in stdout, stderr or exit status, and exits 1 when there
are any.
"""
import argparse
import concurrent.futures
import difflib
import pathlib
import sys
import tempfile

from golden_cases import cases_in

def answer(program_folder, case):
    with tempfile.TemporaryDirectory() as scratch:
        # The same name for both programs: messages may hold the path.
        place = pathlib.Path(scratch) / "case"
        place.mkdir()
        run = case.run(program_folder, place)
        told = [text.replace(scratch.encode(), b"SCRATCH") for text in (run.stdout, run.stderr)]
        return {"stdout": told[0], "stderr": told[1], "status": b"%d\n" % run.returncode}


def difference(name, before, after, shown):
    lines = []
    for part in before:
        if before[part] == after[part]:
            continue
        lines.append(f"{name}: {part} differs")
        texts = [one[part].decode(errors="replace").splitlines() for one in (before, after)]
        diff = list(difflib.unified_diff(*texts, "before", "after", n=0, lineterm=""))[2:]
        lines += ["    " + line for line in diff[:shown]]
    return lines


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    arguments.add_argument("before")
    arguments.add_argument("after")
    arguments.add_argument("folder", nargs="?", default=pathlib.Path(__file__).parent / "golden")
    arguments.add_argument("--only", default="", help="cases whose name holds this")
    arguments.add_argument("--show", type=int, default=6, help="lines of each difference [6]")
    asked = arguments.parse_args()
    cases = [c for c in cases_in(asked.folder) if asked.only in c.name]
    with tempfile.TemporaryDirectory() as programs:
        folders = []
        for side in ("before", "after"):
            folder = pathlib.Path(programs) / side
            folder.mkdir()
            (folder / "roofline").symlink_to(pathlib.Path(getattr(asked, side)).resolve())
            folders.append(folder)

        # One after the other: commands may write to the same place outside their folder.
        def both(case):
            return [answer(folder, case) for folder in folders]

        differing = 0
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            for case, (before, after) in zip(cases, pool.map(both, cases)):
                lines = difference(case.name, before, after, asked.show)
                differing += bool(lines)
                if lines:
                    print("\n".join(lines))
    print(f"{len(cases)} commands, {differing} differ")
    return 1 if differing or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
