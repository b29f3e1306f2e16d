#!/usr/bin/env python3
"""Runs every golden command with two programs and says where they differ.

    python3 tests/compare_programs.py BEFORE AFTER [FOLDER] [--only TEXT] [--show N]

BEFORE and AFTER are two builds of roofline. FOLDER holds the commands, tests/golden when it is left
out: files of this repository's form (see tests/README.md), or folders with a file named `command` and
what it reads beside it, as versions before 0.2 had them. Every command runs in a scratch copy of its
files. Prints one line for each difference in stdout, stderr or exit status, and exits 1 when there
are any.
"""
import argparse
import concurrent.futures
import difflib
import pathlib
import shutil
import subprocess
import sys
import tempfile

ENVIRONMENT = {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1795305600"}


class Case:
    """A command and the files that it reads."""

    def __init__(self, name, command, files=None, folder=None):
        self.name, self.command, self.files, self.folder = name, command, files or {}, folder

    def place(self, scratch):
        if self.folder:
            shutil.copytree(self.folder, scratch, dirs_exist_ok=True)
            for told in ("command", "stdout", "stderr", "status"):
                (scratch / told).unlink(missing_ok=True)
        for name, content in self.files.items():
            path = scratch / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def case_of_file(root, path):
    """A file: `--- file NAME` sections, then `$ command` and `> more of it`."""
    files, command, at = {}, [], None
    for line in path.read_bytes().splitlines(keepends=True):
        if not command and line.startswith(b"--- file "):
            at = line[len("--- file "):].decode().rstrip("\n")
            files[at] = b""
        elif line.startswith(b"$ ") and not command:
            command.append(line[2:].decode())
        elif command and line.startswith(b"> "):
            command.append(line[2:].decode())
        elif command:
            break
        elif at is not None:
            files[at] += line
    return Case(str(path.relative_to(root)), "".join(command), files) if command else None


def cases_in(root):
    for path in sorted(root.rglob("*")):
        if path.name == "command":
            yield Case(str(path.parent.relative_to(root)), path.read_text(), folder=path.parent)
        elif path.is_file() and not any((up / "command").exists() for up in path.parents):
            case = case_of_file(root, path)
            if case:
                yield case


def answer(program_folder, case):
    with tempfile.TemporaryDirectory() as scratch:
        # The same name for both programs: messages may hold the path.
        place = pathlib.Path(scratch) / "case"
        place.mkdir()
        case.place(place)
        script = pathlib.Path(scratch) / "script"
        script.write_text(case.command.rstrip("\n") + "\n")
        path = f"{program_folder}:/usr/local/bin:/usr/bin:/bin"
        run = subprocess.run(["sh", str(script)], cwd=place, stdin=subprocess.DEVNULL,
                             capture_output=True, env={**ENVIRONMENT, "PATH": path}, timeout=120)
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
    cases = [c for c in cases_in(pathlib.Path(asked.folder)) if asked.only in c.name]
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
