#!/usr/bin/env python3
"""Puts hostile text wherever a user can name something, and holds every output to its rules.

    injected_text.py --roofline PATH [--only WORD]

The rules are written down in output_rules.py; roofline is not asked what is right. Renderers that
pass every text through as it is must be found out by the same payloads.
"""
import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import output_rules as rules

PAYLOADS = {
    "colour": "\x1b[4;38;5;77mX\x1b[8m", "title of a window": "\x1b]0;owned\x07", "C1": "\x9b31mX",
    "delete": "a\x7fb", "bell and backspace": "a\x07\x08b", "carriage return": "ok\rerror[E999]: X",
    "line": "a\n::error::X", "vertical": "a\x0b\x0c\x85b", "tab": "a\tb",
    "stop": "::stop-commands::k7", "mask": " \u00a0::add-mask::8", "old command": "x ##[add-mask]8",
    "wrapped": "w" * 66 + " ::stop-commands::k7" + " ::add-mask::8" * 12,
    "override": "a\u202egnp.exe", "isolates": "a\u2066b\u2069\u061c\u200e\u200f",
    "no width": "a\u200bb\u200c\u200d\u2060\ufeff", "separators": "a\u2028b\u2029c",
    "tags": "a\U000e0041\U000e007f", "no characters": "a\uffff\ufffe\U0001fffe",
    "fence": "```", "tildes": "~~~", "script": "</title></text><script>alert(1)</script>",
    "attributes": "\"' onload=x><b>&amp;<!-- ]]>", "entities": "&#64;octocat &lt;b&gt; &#x1b;",
    "mention": "@octocat/team", "link": "[a](http://e.x) ![b](http://e.x)",
    "formula": "=cmd|' /C calc'!A0", "bytes": "a\udcff\udcc0\udcafb",
}
CONFIG = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 4096,
          "intermediate_size": 14336, "num_hidden_layers": 32, "num_attention_heads": 32,
          "num_key_value_heads": 8, "vocab_size": 128256, "torch_dtype": "bfloat16"}
NEEDED = {"places": 60, "payloads": 25, "outputs": 15000}
TODAY = "1795305600"  # 2026-11-22
FORMS = {
    "table": (["--format", "table", "--color", "never"], rules.plain_faults),
    "colour": (["--format", "table", "--color", "always"], rules.coloured_faults),
    "ascii": (["--format", "table", "--ascii"], rules.plain_faults),
    "json": (["--format", "json"], rules.json_faults),
    "jsonl": (["--format", "jsonl"], rules.lines_faults),
    "csv": (["--format", "csv"], rules.csv_faults),
    "md": (["--format", "md"], rules.markdown_faults),
    "svg": (["--format", "svg"], rules.xml_faults),
}
REPORTS = {"junit": rules.xml_faults, "sarif": rules.json_faults, "codequality": rules.json_faults,
           "md": rules.markdown_faults}
places = {}


def place(function):
    places[function.__name__.replace("_", " ")] = function
    return function


def file_name(text, most=200):
    """`text` as a file may be called, as bytes go through a command line."""
    return text.replace("/", "|").replace("\0", "")[:most]


def budget(target=None, limit=None, root=None, limits=None):
    one = {"name": "t", "model": "llama-3.1-8b", "hw": "h100-sxm", "batch": 32, "context": 4096,
           "basis": "bound", **(target or {})}
    one["limits"] = limits or {"tpot": {"max": "9ms", **(limit or {})}}
    return {"version": 1, **(root or {}), "targets": [one]}


def check(budget_value, *words, files=None, **options):
    return {"files": {"budget.json": budget_value, **(files or {})}, "gate": True,
            "words": ["check", "budget.json", *words], **options}


def asked(*words, **options):
    return {"words": list(words), **options}


def of_budget(name, make):
    places[name] = lambda text: check(make(text))


for key in ("name", "model", "hw", "price", "quant", "basis", "engine", "kv_dtype", "lengths"):
    of_budget(f"{key} of a target", lambda text, key=key: budget({key: text}))
of_budget("a key of a budget", lambda text: budget(root={text: 1}))
of_budget("a key of a target", lambda text: budget({text: 1}))
of_budget("a limit that is none", lambda text: budget(limits={text: {"max": "9ms"}}))
of_budget("a key of a limit", lambda text: budget(limit={text: 1}))
of_budget("message", lambda text: budget(limit={"message": text}))
of_budget("message of a warning", lambda text: budget(
    limit={"message": text, "severity": "warning"}))
of_budget("message of a note", lambda text: budget(limit={"message": text, "severity": "info"}))
of_budget("reason", lambda text: budget(limits={"ttft": {"max": "1s"}, "tpot": {
    "max": "9ms", "skip_until": "2027-01-01", "reason": text}}))
of_budget("a value", lambda text: budget(limit={"max": "9ms" + text}))
of_budget("a day", lambda text: budget(limit={"skip_until": text, "reason": "known"}))
of_budget("a severity", lambda text: budget(limit={"severity": text}))
of_budget("version", lambda text: budget(root={"version": text}))
of_budget("a calibration that is not there", lambda text: budget({"calibration": text}))
of_budget("a baseline that is not there", lambda text: budget(
    root={"baseline": text}, limits={"tpot": {"regression": "5%"}}))


@place
def two_targets_of_a_name(text):
    value = budget({"name": text})
    return check({**value, "targets": value["targets"] * 2})


@place
def name_of_a_budget(text):
    name = file_name(text) + ".json"
    return {"files": {name: budget()}, "words": ["check", "./" + name], "gate": True}


@place
def folder_of_a_budget(text):
    name = file_name(text) + "/b.json"
    return {"files": {name: budget()}, "words": ["check", name], "gate": True}


@place
def name_near_a_budget(text):
    return {"files": {"budgets" + file_name(text): "{}"}, "words": ["check", "budget"]}


@place
def model_folder_of_a_target(text):
    name = "./m" + file_name(text)
    return check(budget({"model": name}), files={name + "/config.json": CONFIG})


@place
def name_of_a_baseline(text):
    name = "b" + file_name(text)
    return check(budget(root={"baseline": name}, limits={"tpot": {"regression": "5%"}}),
                 files={name: baseline({"t": {}})})


def baseline(targets):
    figures = {"basis": "bound", "load": {"batch": 32, "isl": 4096, "osl": 256, "context": 4096},
               "figures": {"tpot_s": 0.009}}
    return {"schema": "roofline/baseline/1", "roofline": "0.1.0",
            "targets": {name: {**figures, **other} for name, other in targets.items()}}


@place
def target_of_a_baseline(text):
    return check(budget(root={"baseline": "b"}, limits={"tpot": {"regression": "5%"}}),
                 files={"b": baseline({text: {}, "t" + text: {text: 1}})})


def profile(model="llama-3.1-8b", **other):
    scales = {"decode_step": 1.06, "interference": 1.0, "first_token": 0.99}
    return {"schema": "roofline/calibrate/1", "roofline": "0.1.0", "command": "calibrate",
            "inputs": {"file": "runs.csv"},
            "result": {"device": "h100-sxm", "model": model, "engine": "vllm", "rows": 6,
                       "scales": scales, **other}, "assumptions": [], "warnings": []}


@place
def name_of_a_calibration(text):
    name = "p" + file_name(text)
    return check(budget({"calibration": name, "basis": "expected"}), files={name: profile()})


@place
def model_of_a_calibration(text):
    return check(budget({"calibration": "p.json", "basis": "expected"}),
                 files={"p.json": profile(text)})


@place
def key_of_a_calibration(text):
    return check(budget({"calibration": "p.json", "basis": "expected"}),
                 files={"p.json": profile(**{"tpot": {text: 1}, text: 2})})


def prices(provider="House", source="our contract", **other):
    return {"schema": "roofline/prices/1", "collected": "2026-11-01", "sources": {"c": source},
            "rental": [{"provider": provider, "device": "h100-sxm", "mode": "on-demand",
                        "usd_per_device_hour": 2.1, "date": "2026-11-01", "source": "c",
                        "confidence": "primary", **other}]}


@place
def source_of_a_price(text):
    return check(budget({"price": "house"}), "--prices", "p.json",
                 files={"p.json": prices(source=text)})


@place
def provider_of_a_price(text):
    return check(budget({"price": text}), "--prices", "p.json", files={"p.json": prices(text)})


@place
def provider_near_a_price(text):
    return check(budget({"price": "hause"}), "--prices", "p.json",
                 files={"p.json": prices("house" + text.replace("/", "|"))})


@place
def name_of_a_price_file(text):
    name = "p" + file_name(text)
    return check(budget({"price": "house"}), "--prices", name, files={name: prices()})


@place
def name_of_a_catalog_file(text):
    name = "p" + file_name(text).replace(":", "")
    return check(budget({"price": "house"}), files={name: prices()},
                 environment={"ROOFLINE_CATALOG": name})


@place
def list_of_prices(text):
    return asked("prices", "list", "--hw", "h100-sxm", "--prices", "p.json",
                 files={"p.json": prices(text, text, region=text)})


@place
def key_of_a_price_file(text):
    return asked("hw", "validate", "p.json", files={"p.json": {**prices(), text: {text: 1}}})


def device(**other):
    return {"schema": "roofline/device/1", "id": "mine", "name": "Mine", "vendor": "v",
            "class": "gpu", **other}


@place
def id_of_a_device(text):
    return asked("hw", "validate", "d.json", files={"d.json": device(id=text)})


@place
def name_of_a_device(text):
    return asked("hw", "show", "mine", "--catalog", "d.json",
                 files={"d.json": device(name=text, aliases=[text])})


for name, words in {
        "hardware that is none": ["estimate", "llama-3.1-8b", "--hw", "{}"],
        "model that is none": ["estimate", "{}", "--hw", "h100-sxm"],
        "engine that is none": ["estimate", "llama-3.1-8b", "--hw", "h100", "--engine", "{}"],
        "price that is none": ["cost", "llama-3.1-8b", "--hw", "h100-sxm", "--price", "{}"],
        "path of a value": ["estimate", "llama-3.1-8b", "--hw", "h100", "--get", "{}"],
        "path near a value": ["estimate", "llama-3.1-8b", "--hw", "h100", "--get", "result.{}"],
        "file that cannot be written": ["hw", "list", "-o", "no/{}"],
        "condition": ["sweep", "llama-3.1-8b", "--hw", "h100-sxm", "--batch", "1..2:+1",
                      "--where", "{}"],
        "order": ["sweep", "llama-3.1-8b", "--hw", "h100-sxm", "--batch", "1..2:+1", "--sort",
                  "{}"],
        "range": ["sweep", "llama-3.1-8b", "--hw", "h100-sxm", "--batch", "{}"],
        "command that is none": ["{}"], "flag that is none": ["hw", "list", "--{}"],
        "data type": ["kernel", "gemm", "64", "64", "64", "--hw", "h100", "--dtype", "{}"],
        "device that is none": ["hw", "show", "{}"], "scenario": ["compare", "{}", "{}"],
        "metric": ["compare", "llama-3.1-8b@h100-sxm", "llama-3.1-8b@h200-sxm", "--metric", "{}"],
        "title of a roofline": ["plot", "llama-3.1-8b@h100-sxm batch=32 context=4k", "--title",
                                "{}"]}.items():
    places[name] = lambda text, words=words: asked(
        *[word.replace("{}", text.replace("\0", "")) for word in words])


@place
def model_file(text):
    name = "./m" + file_name(text) + ".json"
    return asked("estimate", name, "--hw", "h100-sxm", files={name: CONFIG})


@place
def model_of_a_get(text):
    name = "./m" + file_name(text) + ".json"
    return asked("estimate", name, "--hw", "h100-sxm", "--get", "inputs.model",
                 files={name: CONFIG}, bare=True)


@place
def model_that_does_not_fit(text):
    name = "./m" + file_name(text) + ".json"
    return asked("estimate", name, "--hw", "rtx-4090", "--get", "result.tpot_s", bare=True,
                 files={name: {**CONFIG, "num_hidden_layers": 500}})


@place
def file_near_a_model(text):
    return asked("models", "show", "e/configX.json", files={f"e/config{file_name(text)}X.json": ""})


for key in ("architectures", "model_type", "torch_dtype", "hidden_size", "quantization_config"):
    def with_config(text, key=key):
        value = {"architectures": [text], "quantization_config": {"quant_method": text}}
        return asked("models", "show", "./c.json",
                     files={"c.json": {**CONFIG, key: value.get(key, text)}})
    places[f"{key} of a configuration"] = with_config


@place
def key_of_a_configuration(text):
    return asked("models", "show", "./c.json", files={"c.json": {
        **CONFIG, text: text, "rope_scaling": {text: 1}}})


@place
def line_of_a_sweep(text):
    return asked("sweep", "l.jsonl", files={"l.jsonl": json.dumps(
        {"model": text, "hw": "h100-sxm"}) + "\n" + json.dumps({text: 1}) + "\n"})


@place
def column_of_a_sweep(text):
    return asked("sweep", "l.csv", files={"l.csv": row("model", "hw", text) + row(
        "llama-3.1-8b", "h100-sxm", text)})


def row(*cells):
    return ",".join('"' + str(cell).replace('"', '""') + '"' for cell in cells) + "\n"


def plot(x, y, series, cell, *words, **options):
    return asked("plot", "s.csv", "--x", x, "--y", y, *words, picture=True, files={
        "s.csv": row(series, x, y) + row(cell, 1, 1) + row(cell + "2", 2, 3)}, **options)


places["axis of a picture"] = lambda text: plot(text, "tpot_s", "hw", "a")
places["height of a picture"] = lambda text: plot("batch", text, "hw", "a")
places["both axes"] = lambda text: plot(text, text + "y", text + "s", text)
places["column of series"] = lambda text: plot("batch", "tpot_s", text, "a", "--series", text)
places["name of a series"] = lambda text: plot("batch", "tpot_s", "hw", text, "--series", "hw")
places["title of a picture"] = lambda text: plot("batch", "tpot_s", "hw", "a", "--title", text)
places["column that is none"] = lambda text: asked(
    "plot", "s.csv", "--x", "bach", "--y", "tpot_s",
    files={"s.csv": row("hw", "bach" + text, "tpot_s") + row("a", 1, 1)})

RUNS = ("hardware,tp,engine,model,weights,kv_bytes,concurrency,input_tokens,output_tokens,ttft_ms,"
        "tpot_ms")


def measured(command, column, text):
    names = RUNS.split(",")
    cells = ["h100-sxm", 1, "vllm", "llama-3.1-8b", "bf16", 2, 32, 1024, 256, 90, 10]
    other = [text if name == column else cell for name, cell in zip(names, cells)]
    header = [*names, text] if column == "" else names
    rows = [cells + ["x"] * (column == "")] * 5 + [other + ["x"] * (column == "")]
    return asked(command, "r.csv", *(["--by", "model"] if command == "validate" else []),
                 files={"r.csv": row(*header) + "".join(row(*one) for one in rows)})


for column in ("hardware", "model", "engine", "weights", "tpot_ms", ""):
    places[f"{column or 'another'} column of runs"] = \
        lambda text, column=column: measured("validate", column, text)
places["model of runs to calibrate with"] = lambda text: measured("calibrate", "model", text)


def lay_out(folder, files):
    for name, content in files.items():
        path = os.path.join(os.fsencode(folder), name.encode("utf-8", "surrogateescape"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if not isinstance(content, str):
            content = json.dumps(content, ensure_ascii=False)
        with open(path, "wb") as file:
            file.write(content.encode("utf-8", "surrogateescape"))


class Program:
    """roofline in a folder; every output comes with the rule that it has to keep."""

    def __init__(self, roofline):
        self.roofline = os.path.abspath(roofline)

    def run(self, case, folder, *more, **environment):
        words = [os.fsencode(word.encode("utf-8", "surrogateescape"))
                 for word in (*case["words"], *more)]
        environment = {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": TODAY, **environment,
                       **case.get("environment", {})}
        environment = {key: value.encode("utf-8", "surrogateescape")
                       for key, value in environment.items()}
        return subprocess.run([self.roofline, *words], cwd=folder, env=environment, check=False,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60)

    def outputs(self, case):
        with tempfile.TemporaryDirectory() as folder:
            lay_out(folder, case.get("files", {}))
            forms = FORMS if case.get("picture") else {k: v for k, v in FORMS.items() if k != "svg"}
            for form, (flags, rule) in forms.items():
                done = self.run(case, folder, *flags)
                yield f"status of {form}", done.returncode, \
                    lambda status: [f"ends with {status}"] * (status < 0 or status == 70)
                yield f"stderr of {form}", done.stderr, \
                    rules.coloured_faults if form == "colour" else rules.plain_faults
                bare = case.get("bare") and form != "colour"
                if done.stdout:
                    yield form, done.stdout, rules.plain_faults if bare else rule
            for form in ("table", "md", "csv", "json"):
                done = self.run(case, folder, *FORMS[form][0], GITHUB_ACTIONS="true",
                                GITHUB_STEP_SUMMARY="summary.md")
                yield f"{form} before a runner", done.stdout, rules.runner_faults
                yield f"stderr of {form} before a runner", done.stderr, rules.runner_faults
                if form == "json" and done.stdout:
                    yield "json before a runner, read", done.stdout, rules.json_faults
            yield from self.gate_outputs(case, folder)

    def gate_outputs(self, case, folder):
        if not case.get("gate"):
            return
        files = {kind: Path(folder) / ("report-" + kind) for kind in REPORTS}
        self.run(case, folder, "--report", ",".join(f"{k}={p}" for k, p in files.items()))
        for kind in ("junit", "md"):
            done = self.run(case, folder, "-o", "answer", "--report", f"{kind}=/dev/stdout",
                            GITHUB_ACTIONS="true")
            yield f"{kind} on stdout before a runner", done.stdout, rules.runner_faults
        for kind, path in [*files.items(), ("md", Path(folder) / "summary.md")]:
            if path.exists():
                yield f"report {path.name}", path.read_bytes(), REPORTS[kind]


def faults_of(program, name, title, payload):
    found, count = [], 0
    for form, data, rule in program.outputs(places[name](payload)):
        count += 1
        found += [f"{name} / {title} / {form}: {fault}" for fault in rule(data)]
    return count, found


def raw_renderings(payload):
    """What renderers would write that take a text as it is; each with its rule."""
    data = payload.encode("utf-8", "surrogateescape")
    yield b"a table: " + data, rules.plain_faults
    yield data + b"\n", rules.runner_faults
    yield b'{"a": "' + data.replace(b'"', b'\\"') + b'"}', rules.json_faults
    yield b"<svg><text>" + data + b"</text></svg>", rules.xml_faults
    yield b"| " + data + b" |\n```text\n" + data + b"\nx\n```\n", rules.markdown_faults
    yield b"name\n" + data + b",2\n", rules.csv_faults


def undetected():
    """Payloads that no rule finds when they are written raw; a tab alone is harmless."""
    return [title for title, payload in PAYLOADS.items()
            if title != "tab" and not any(rule(data) for data, rule in raw_renderings(payload))]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--roofline", required=True)
    parser.add_argument("--only", default="", help="places or payloads with this word")
    arguments = parser.parse_args()
    program = Program(arguments.roofline)
    jobs = [(name, title) for name in places for title in PAYLOADS
            if arguments.only in f"{name} / {title}"]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda job: faults_of(program, *job, PAYLOADS[job[1]]), jobs))
    counts = {"places": len(places), "payloads": len(PAYLOADS),
              "outputs": sum(count for count, _ in results)}
    faults = [fault for _, found in results for fault in found]
    print(", ".join(f"{count} {word}" for word, count in counts.items()), end="; ")
    print(f"{len(faults)} faults")
    for fault in faults[:60]:
        print("BROKEN ", ascii(fault)[1:-1])
    for form, count in collections.Counter(
            fault.split(" / ", 2)[2].split(":")[0] for fault in faults).most_common():
        print(f"{count:6} in {form}")
    missed = undetected()
    print(f"written raw, {len(PAYLOADS) - 1 - len(missed)} of {len(PAYLOADS) - 1} are found")
    few = [] if arguments.only else [word for word, least in NEEDED.items() if counts[word] < least]
    for word in few:
        print(f"BROKEN  fewer {word} than {NEEDED[word]}")
    sys.exit(bool(faults or missed or few))


if __name__ == "__main__":
    main()
