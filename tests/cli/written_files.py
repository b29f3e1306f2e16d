#!/usr/bin/env python3
"""Holds every way of writing a file to what it may do to the files that are there.

    written_files.py --roofline PATH

Each case makes a folder of its own. What needs root or a mount is skipped aloud where there is none;
so are the inputs that are not in the repository.
"""
import argparse
import concurrent.futures
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CONFIG = """{"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 4096,
 "intermediate_size": 14336, "num_hidden_layers": 32, "num_attention_heads": 32,
 "num_key_value_heads": 8, "vocab_size": 128256, "torch_dtype": "bfloat16",
 "max_position_embeddings": 131072, "tie_word_embeddings": false}
"""
ROWS = ["sweep", "llama-3.1-8b", "--hw", "h100-sxm"]
ENDLESS = [*ROWS, "--batch", "1..100000000:+1", "--format", "csv", "--threads", "1"]
LIST = ["hw", "list", "--format", "csv"]
BROKEN_USE, CANNOT_WRITE = 2, 74


class Skipped(Exception):
    pass


class Folder:
    """A folder to run in, and what may be asked of it afterwards."""

    def __init__(self, roofline, path):
        self.roofline, self.path = roofline, Path(path)

    def run(self, *words, **options):
        return subprocess.run([self.roofline, *map(str, words)], cwd=self.path, text=True,
                              capture_output=True, check=False, timeout=120, **options)

    def write(self, name, text):
        (self.path / name).write_text(text, encoding="utf-8")
        return self.path / name

    def read(self, name):
        return (self.path / name).read_text(encoding="utf-8")

    def names(self):
        return sorted(os.listdir(self.path))


def expect(condition, words):
    if not condition:
        raise AssertionError(words)


def is_list(text):
    return text.startswith("id,") or text.count("\n") > 20


def model_of_a_line(folder):
    """1: a file that only a line of a sweep names is an input like any other."""
    folder.write("my.json", CONFIG)
    folder.write("lines.jsonl", '{"model": "./my.json", "hw": "h100-sxm"}\n')
    run = folder.run("sweep", "lines.jsonl", "--format", "csv", "-o", "my.json")
    expect(run.returncode == BROKEN_USE, f"exit {run.returncode}: {run.stderr}")
    expect(folder.read("my.json") == CONFIG, "the model was overwritten")
    expect(folder.names() == ["lines.jsonl", "my.json"], f"left: {folder.names()}")
    os.link(folder.path / "my.json", folder.path / "other.json")
    run = folder.run("sweep", "lines.jsonl", "--format", "csv", "-o", "other.json")
    expect(run.returncode == BROKEN_USE and folder.read("my.json") == CONFIG, "by its other name")
    run = folder.run("sweep", "lines.jsonl", "--format", "csv", "-o", "rows.csv")
    expect(run.returncode == 0 and folder.read("rows.csv").count("\n") == 2, "elsewhere it may")


def links_that_wait(folder):
    """2: what stands under a name that a draft may take is never written to."""
    folder.write("precious", "precious\n")
    shell = ("for p in '' .new .tmp .$$ .$$.new .$$.tmp; do ln -s precious out.csv$p; done; "
             "rm out.csv; exec \"$0\" hw list --format csv -o out.csv")
    run = subprocess.run(["bash", "-c", shell, folder.roofline], cwd=folder.path, check=False,
                         capture_output=True, text=True)
    expect(run.returncode == 0, run.stderr)
    expect(folder.read("precious") == "precious\n", "a link was followed")
    expect(not (folder.path / "out.csv").is_symlink() and is_list(folder.read("out.csv")), "rows")


def one_pid_twice(folder):
    """3: two processes with the same number write one file: it is one of the two answers."""
    alone = ["unshare", "--pid", "--fork", "--mount-proc"]
    if shutil.which("unshare") is None or subprocess.run(
            [*alone, "true"], capture_output=True, check=False).returncode != 0:
        raise Skipped("a process cannot have a number of its own here (unshare needs root)")

    def sweep(context, name="rows.csv"):
        return subprocess.run([*alone, folder.roofline, *ROWS, "--batch", "1..2000:+1", "--context",
                               context, "--format", "csv", "-o", name], cwd=folder.path,
                              capture_output=True, text=True, check=False)
    answers = []
    for context in ("1k", "2k"):
        sweep(context, "alone.csv")
        answers.append(folder.read("alone.csv"))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for _ in range(8):
            runs = list(pool.map(sweep, ["1k", "2k"]))
            expect(all(run.returncode == 0 for run in runs), runs[0].stderr + runs[1].stderr)
            expect(folder.read("rows.csv") in answers, "rows of both")
    expect(folder.names() == ["alone.csv", "rows.csv"], f"left: {folder.names()}")


def modes(folder):
    """4: the mode of the old file, the umask for a new one, and the owner and other names."""
    for mode in (0o600, 0o640, 0o644, 0o755):
        old = folder.write(f"{mode:o}.csv", "old")
        old.chmod(mode)
        expect(folder.run(*LIST, "-o", old).returncode == 0, "it is written")
        now = stat.S_IMODE(old.stat().st_mode)
        expect(now == mode and is_list(old.read_text()), f"{mode:o} became {now:o}")
    before = os.umask(0o027)
    folder.run(*LIST, "-o", "new.csv")
    os.umask(before)
    now = stat.S_IMODE((folder.path / "new.csv").stat().st_mode)
    expect(now == 0o640, f"umask 027 gives {now:o}")
    first = folder.write("first.csv", "old")
    os.link(first, folder.path / "second.csv")
    expect(folder.run(*LIST, "-o", "first.csv").returncode == 0, "a file with two names")
    expect(folder.read("second.csv") == first.read_text() != "old", "the other name was left")
    if os.geteuid() == 0:
        os.chown(first, 12345, 54321)
        os.unlink(folder.path / "second.csv")
        folder.run(*LIST, "-o", "first.csv")
        expect((first.stat().st_uid, first.stat().st_gid) == (12345, 54321), "another owner")
    expect(not [name for name in folder.names() if name.startswith(".")], "a draft is left")


def closed_folder(folder):
    """5: a file that may be written in a folder that may not is written in place."""
    closed = folder.path / "closed"
    closed.mkdir()
    file = folder.write("closed/rows.csv", "old")
    file.chmod(0o666)
    closed.chmod(0o555)
    folder.path.chmod(0o755)
    nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    try:
        done = folder.run(*LIST, "-o", file, **nobody)
    except PermissionError as why:
        raise Skipped("nobody may not run roofline where it is") from why
    expect(done.returncode == 0 and is_list(file.read_text()), done.stderr)
    expect(os.listdir(closed) == ["rows.csv"], f"left: {os.listdir(closed)}")
    done = folder.run(*LIST, "-o", "closed/new.csv", **nobody)
    expect(done.returncode == CANNOT_WRITE, f"a new file there: exit {done.returncode}")


def mount_point(folder):
    """5: a file that is mounted is written in place."""
    folder.write("source", "old")
    folder.write("mounted.csv", "")
    mount = ["mount", "--bind", "source", "mounted.csv"]
    if os.geteuid() != 0 or subprocess.run(mount, cwd=folder.path, capture_output=True,
                                           check=False).returncode != 0:
        raise Skipped("nothing can be mounted here (it needs root)")
    try:
        run = folder.run(*LIST, "-o", "mounted.csv")
        expect(run.returncode == 0 and is_list(folder.read("source")), run.stderr)
        expect(folder.names() == ["mounted.csv", "source"], f"left: {folder.names()}")
    finally:
        subprocess.run(["umount", "mounted.csv"], cwd=folder.path, check=True)


def full_disk(folder):
    """5: where the disk is full the old file stays, and no draft."""
    disk = folder.path / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4M", "none", disk],
                                           capture_output=True, check=False).returncode != 0:
        raise Skipped("nothing can be mounted here (it needs root)")
    try:
        rows = [*ROWS, "--batch", "1..4000:+1", "--format", "csv", "-o"]
        folder.run(*rows, "size.csv")
        size = (folder.path / "size.csv").stat().st_size
        room = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        for names, free in ((["one"], 0.5), (["two", "names"], 0.5), (["two", "names"], 1.5)):
            (disk / "rest").write_bytes(b"x" * int(room - free * size))
            (disk / names[0]).write_text("as it was")
            for name in names[1:]:
                os.link(disk / names[0], disk / name)
            done = folder.run(*rows, f"disk/{names[0]}")
            expect(done.returncode == CANNOT_WRITE, f"{names} {free}: exit {done.returncode}")
            expect((disk / names[0]).read_text() == "as it was", f"{names} {free}: the file")
            expect(sorted(os.listdir(disk)) == sorted([*names, "rest"]), f"left: {names} {free}")
            for name in [*names, "rest"]:
                os.unlink(disk / name)
    finally:
        subprocess.run(["umount", disk], check=True)


def long_names(folder):
    """6: a name may be as long as the file system takes."""
    for length in (200, 245, 255):
        name = "n" * (length - 4) + ".csv"
        run = folder.run("hw", "list", "-o", name)
        expect(run.returncode == 0 and is_list(folder.read(name)), f"{length}: {run.stderr}")
    run = folder.run("hw", "list", "-o", "n" * 252 + ".csv")
    expect(run.returncode == CANNOT_WRITE, f"256 bytes: exit {run.returncode}")
    expect(len(folder.names()) == 3, f"left: {folder.names()}")


def signals(folder):
    """7: no signal that can be caught leaves a draft, and the old file stays."""
    folder.write("rows.csv", "as it was\n")
    for number, twice in [(number, twice) for twice in (False, True) for number in
                          (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGPIPE)]:
        with subprocess.Popen([folder.roofline, *ENDLESS, "-o", "rows.csv"], cwd=folder.path,
                              stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            until = time.monotonic() + 60
            while len(folder.names()) < 2 and time.monotonic() < until and process.poll() is None:
                time.sleep(0.01)
            expect(len(folder.names()) == 2, f"no draft was seen: {process.poll()}")
            process.send_signal(number)
            if twice:
                process.send_signal(number)
            process.communicate(timeout=60)
            expect(process.returncode in (-number, 128 + number), f"{number}: {process.returncode}")
        expect(folder.names() == ["rows.csv"], f"{number} leaves {folder.names()}")
        expect(folder.read("rows.csv") == "as it was\n", f"{number}: the file")


def baselines(folder):
    """8: figures replace figures, and nothing else."""
    folder.write("budget.json", '{"version": 1, "baseline": "kept", "targets": [{"name": "t", '
                 '"model": "llama-3.1-8b", "hw": "h100-sxm", "concurrency": 8, '
                 '"limits": {"tpot": {"regression": "5%"}}}]}')
    write = ["check", "budget.json", "--write-baseline"]
    for text in ("my notes\n", "{}", '{"schema": "roofline/prices/1"}', "[1, 2]", " "):
        folder.write("kept", text)
        run = folder.run(*write)
        expect(run.returncode == BROKEN_USE and folder.read("kept") == text, f"replaced: {text!r}")
    os.unlink(folder.path / "kept")
    expect(folder.run(*write).returncode == 0, "a new one is written")
    first = folder.read("kept")
    folder.write("kept", '{"schema": "roofline/baseline/0", "figures": []}')
    expect(folder.run(*write).returncode == 0 and folder.read("kept") == first, "an older one")
    expect(folder.run("check", "budget.json").returncode == 0, "it reads back")


def escapes(folder):
    """9: no name reaches the terminal as more than text."""
    (folder.path / "e").mkdir()
    folder.write("e/config\x1b[31mX\u202e\u200b\x9b.json", "{}")
    for colour in ("never", "always"):
        run = folder.run("models", "show", "e/configX.json", "--color", colour)
        ours = run.stderr
        for sequence in ("\x1b[1;31m", "\x1b[36m", "\x1b[0m"):
            ours = ours.replace(sequence, "")
        expect("configX" in ours and not set("\x1b\x9b\u202e\u200b") & set(ours), repr(ours))


def loops(folder):
    """And a link that leads nowhere is refused, not replaced."""
    (folder.path / "a.csv").symlink_to("b.csv")
    (folder.path / "b.csv").symlink_to("a.csv")
    run = folder.run(*LIST, "-o", "a.csv")
    expect(run.returncode == CANNOT_WRITE and (folder.path / "a.csv").is_symlink(), run.stderr)
    (folder.path / "link.csv").symlink_to("there.csv")
    run = folder.run(*LIST, "-o", "link.csv")
    expect(run.returncode == 0 and is_list(folder.read("there.csv")), "what a link points to")
    expect((folder.path / "link.csv").is_symlink(), "the link stays")


CASES = [model_of_a_line, links_that_wait, one_pid_twice, modes, mount_point, closed_folder,
         full_disk, long_names, signals, baselines, escapes, loops]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--roofline", required=True)
    roofline = os.path.abspath(parser.parse_args().roofline)
    counts = {"kept": 0, "broken": 0, "skipped": 0}
    for case in CASES:
        title = case.__doc__.split("\n", maxsplit=1)[0]
        with tempfile.TemporaryDirectory() as path:
            try:
                case(Folder(roofline, path))
                counts["kept"] += 1
            except Skipped as why:
                counts["skipped"] += 1
                print(f"SKIPPED {title} {why}")
            except AssertionError as fault:
                counts["broken"] += 1
                print(f"BROKEN  {title} {fault}")
    print(", ".join(f"{count} {word}" for word, count in counts.items()))
    sys.exit(counts["broken"] > 0)


if __name__ == "__main__":
    main()
