#!/usr/bin/env python3
"""Pages for people, of every golden command, at six widths; and every command that they print.

    pages.py --roofline PROGRAM [--verbose]

No line is wider than the page; a column that a wide page shows stands on a narrow one, is said once
for all rows, or is named as left out; no cell is cut while there is room; figures that a flag named
are never left out; a printed command is pasted into sh and runs.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS))
from golden_cases import ENVIRONMENT, cases_in  # noqa: E402

WIDTHS = (60, 72, 80, 100, 120, 200)
WIDE = 600
DIM = re.compile(r"^\x1b\[2m(.*)\x1b\[0m$")
ESCAPE = re.compile("\x1b\\[[0-9;]*m")
NO_PAGE = re.compile(r"\n.|&&|;|GITHUB|--(json|format|get|output|schema|width|init|help|version|report|ascii|color)|"
                     r" -[oh]\b|>|\||\bhelp\b")

# What a flag names, and the columns that must stay for it at any width.
PRICED = "--price '$2/h'"
ASKED = (
    (f"sweep llama-3.1-8b --hw h100-sxm --batch 1,8 {PRICED} --sort usd_per_1m_output --top 2",
     ["batch", "$ per 1M output"]),
    ("sweep llama-3.1-8b --hw h100-sxm --batch 1,8 --sort e2e --top 2", ["whole answer"]),
    ("sweep llama-3.1-8b --hw h100-sxm --batch 1,8 --where 'memory<70GB'", ["memory"]),
    ("sweep llama-3.1-8b --hw h100-sxm,b200 --batch 1..8 --pareto power,tpot",
     ["power", "per token"]),
    ("plan llama-3.1-8b --hw h100-sxm,l40s --slo e2e=20s,ttft=2s --concurrency 8 --price '$2/h'",
     ["whole answer", "first token", "$ per 1M output"]),
    ("sweep llama-3.1-8b --hw h100-sxm,l4 --batch 1,8 --price lambda",
     ["first token", "per token", "$ per 1M output"]),
)


class Runner:
    """Runs commands of golden cases in folders of their own."""

    def __init__(self, program, scratch):
        self.folder, self.scratch, self.count = program.parent, scratch, 0

    def run(self, case, command, width=None):
        self.count += 1
        place = self.scratch / str(self.count)
        text = command.rstrip("\n") + (f" --width {width} --color always" if width else "")
        return case.run(self.folder, place, text)


def plain(text):
    return ESCAPE.sub("", text)


def headers(page):
    """The titles of every table: dim lines of two columns or more, above a line that is not dim."""
    lines = page.split("\n")
    found = []
    for line, below in zip(lines, lines[1:]):
        dim = DIM.match(line)
        if dim and below and not DIM.match(below):
            titles = re.split(r"\s{2,}", dim.group(1).strip())
            if len(titles) > 1 and not dim.group(1).startswith(("  ", " *")):
                found.append(titles)
    return found


def left_out(page):
    """What the page says that it does not show, and what it says once for every row."""
    text = " ".join(line.strip() for line in plain(page).split("\n"))
    names = re.findall(r"more columns? with --width \d+: (.*?)(?: · |$)", text)
    return {name.strip() for one in names for name in one.split(", ")}, text


def is_said(title, text):
    return any(title in part for part in re.findall(r"every row: .*", text))


def page_faults(width, page, wide):
    faults = []
    for line in plain(page).split("\n"):
        if len(line) > width:
            faults.append(f"{len(line)} characters: {line}")
    hidden, text = left_out(page)
    shown = {title for titles in headers(page) for title in titles}
    for titles in headers(wide):
        for title in titles:
            cut = any(one.endswith("…") and title.startswith(one[:-1]) for one in shown)
            if not (title in shown or title in hidden or cut or is_said(title, text)):
                faults.append(f"'{title}' is gone without a word")
    for block in re.split(r"\n\s*\n", plain(page)):
        lines = block.split("\n")
        cut = [line for line in lines if "…" in line and line not in plain(wide)]
        if cut and max(map(len, lines)) < width:
            faults.append(f"cut though there is room: {cut[0]}")
    return faults


def asked_faults(width, page, titles):
    shown = {title for one in headers(page) for title in one}
    return [f"'{title}' was asked for and is not shown" for title in titles if title not in shown]


def printed_commands(text):
    """Commands on lines of their own, joined where they go on."""
    lines, commands = plain(text).split("\n"), []
    at = 0
    while at < len(lines):
        start = re.match(r"^\s+(?:\$ )?(roofline .*)$|^(roofline .*)$", lines[at])
        at += 1
        if not start:
            continue
        command = start.group(1) or start.group(2)
        while command.endswith("\\") and at < len(lines):
            command = command + "\n" + lines[at]
            at += 1
        commands.append(command)
    return commands


FILES = {
    "config.json": '{"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32, '
                   '"num_attention_heads": 32, "num_key_value_heads": 8, "vocab_size": 128256, '
                   '"intermediate_size": 14336, "max_position_embeddings": 131072, '
                   '"torch_dtype": "bfloat16", "tie_word_embeddings": false}',
    "scenarios.jsonl": '{"model": "llama-3.1-8b", "hw": "h100-sxm", "batch": 8}\n',
    "runs.csv": "concurrency,isl,osl,tpot_ms,ttft_ms\n1,1024,256,7.2,30\n8,1024,256,8.1,60\n",
}
MADE = {
    "base.json": "roofline estimate llama-3.1-8b --hw h100-sxm --concurrency 8 --json > base.json",
    "head.json": "roofline estimate llama-3.1-8b --hw h100-sxm --concurrency 8 --json > head.json",
    "sweep.csv": "roofline sweep llama-3.1-8b --hw h100-sxm,b200 --concurrency 1..8 --format csv "
                 "> sweep.csv",
    "roofline.budget.json": "roofline check --init --model llama-3.1-8b --hw h100-sxm "
                            "> roofline.budget.json",
}


def with_files(case, command):
    """The command, after the files that examples speak of were made where there are none."""
    lines = [f"[ -e {name} ] || cat > {name} <<'END'\n{text}\nEND\n" for name, text in FILES.items()
             if name in command and name not in case.files]
    lines += [f"[ -e {name} ] || {made}\n" for name, made in MADE.items()
              if name in command and name not in case.files]
    return "".join(lines) + command


def is_prose(command):
    """A usage line, a version, or a sentence that begins with the program's name."""
    return re.match(r"roofline (\d|[A-Z]|has a bug|[a-z ]+ \[?(MODEL|[A-Z]{2,})|[^ ]*:|budget)|"
                    r".*\[flags\]|.*(lists|prints|says more|draw)\b", command) is not None


def faults_of(runner, case, verbose):
    faults, commands = [], []
    first = runner.run(case, case.command)
    text = (first.stdout + first.stderr).decode("utf-8", "replace")
    commands += [(case, one) for one in printed_commands(text) if not is_prose(one)]
    if first.returncode in (0, 1, 4) and not NO_PAGE.search(case.command.strip()):
        wide = runner.run(case, case.command, WIDE).stdout.decode("utf-8", "replace")
        for width in WIDTHS:
            page = runner.run(case, case.command, width).stdout.decode("utf-8", "replace")
            faults += [f"{case.name} at {width}: {one}" for one in page_faults(width, page, wide)]
            commands += [(case, one) for one in printed_commands(page) if not is_prose(one)]
    if verbose:
        print(case.name)
    return faults, commands


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--roofline", required=True, type=pathlib.Path)
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    faults, commands = [], {}
    with tempfile.TemporaryDirectory() as scratch:
        runner = Runner(arguments.roofline.resolve(), pathlib.Path(scratch))
        cases = list(cases_in(TESTS / "golden"))
        pages = 0
        with ThreadPoolExecutor(2) as pool:
            for more, printed in pool.map(
                    lambda case: faults_of(runner, case, arguments.verbose), cases):
                faults += more
                for case, command in printed:
                    commands.setdefault(re.sub(r"\s*\\\n\s*", " ", command), (case, command))
        empty = cases[0].__class__("asked", "")
        for question, titles in ASKED:
            for width in WIDTHS:
                page = runner.run(empty, f"roofline {question}", width)
                text = page.stdout.decode("utf-8", "replace")
                if page.returncode != 0:
                    faults.append(f"{question}: status {page.returncode}")
                faults += [f"{question} at {width}: {one}"
                           for one in asked_faults(width, text, titles)]
        for case, command in commands.values():
            done = runner.run(case, with_files(case, command))
            names_a_group = len(command.split()) <= 3 and done.returncode == 2  # a list of names
            if done.returncode not in (0, 1) and not names_a_group:
                faults.append(f"{case.name} prints `{command}`: status {done.returncode}, "
                              f"{done.stderr.decode('utf-8', 'replace').strip()[:200]}")
        pages = runner.count
    for fault in faults:
        print(fault)
    print(f"{pages} runs at {len(WIDTHS)} widths, {len(commands)} printed commands: "
          f"{len(faults)} faults")
    return 1 if faults or not commands else 0


if __name__ == "__main__":
    sys.exit(main())
