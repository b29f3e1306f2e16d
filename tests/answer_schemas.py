#!/usr/bin/env python3
"""Holds every JSON answer to the schema of its command in data/schema.

    answer_schemas.py --roofline PATH [--write]

Every run of the golden cases is asked again as JSON, and so are runs below. `--write` makes the
schemas anew from the answers: read the difference, since what no run answered is not in them. Exit
77 without jsonschema.
"""
import argparse
import collections
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from golden_cases import ENVIRONMENT, cases_in

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "data" / "schema"
ADDRESS = "https://example.com/roofline/schema"
LEAST_ANSWERS = 600
# Stands for roofline in the scripts of golden cases, and keeps what the same run answers as JSON.
SHIM = """#!/bin/sh
timeout 3 "$REAL" "$@" --json --color never > "$KEPT/$$.json" 2>/dev/null < /dev/null
exec "$REAL" "$@"
"""
MODELS = ["llama-3.1-8b", "qwen3-30b-a3b", "deepseek-v3", "gpt-oss-120b", "nemotron-h-56b",
          "siglip-so400m-patch14-384"]
DEVICES = ["h100-sxm", "h100-sxmx8", "b200-sxmx8", "mi300x", "l40s", "apple-m4-max",
           "jetson-agx-orin-64gb", "xeon-8480plus", "tpu-v5e"]
LOADS = ["", "--batch 32 --context 8k", "--concurrency 16 --isl 2k --osl 256",
         "--rate 0.5 --isl 1k --osl 128", "--users 20 --think 30s --price '$2/h'",
         "--concurrency 64 --engine sglang --lengths equal --price 2€/h --explain",
         "--concurrency 4 --draft-tokens 3 --acceptance 70% --prefix-hit 40% --purchase '$20000' "
         "--power 700W --power-price '$0.1/kWh'", "--quant int4 --kv-dtype fp8 --tp 2 --explain"]


def more_runs():
    """Questions beside the golden ones: what answers look like elsewhere."""
    for model in MODELS:
        yield f"models show {model}"
        for device in DEVICES:
            for load in LOADS:
                yield f"analyze {model} --hw {device} {load}"
                yield f"estimate {model} --hw {device} {load}"
            yield f"cost {model} --hw {device} --concurrency 8 --price '$2/h'"
            yield f"plan {model} --hw {device} --concurrency 8 --slo tpot=50ms"
            yield f"compare '{model}@{device}' 'llama-3.1-8b@h100-sxm concurrency=8'"
            yield f"sweep {model} --hw {device} --batch 1..64"
            yield f"plot {model} --hw {device}"
    for path in sorted((ROOT / "data" / "devices").glob("*.json")):
        yield f"hw show {path.stem}"
        yield f"ridge --hw {path.stem}"
    for path in sorted((ROOT / "data" / "models").glob("*.json")):
        yield f"models show {path.stem}"


def read(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


def answer_of(roofline, words):
    run = subprocess.run([roofline, *shlex.split(words), "--json"], capture_output=True, text=True,
                         env={**ENVIRONMENT, "PATH": os.environ["PATH"]}, check=False)
    return words, read(run.stdout)


def golden_answers(roofline):
    """(name, answer) of each run of roofline in the golden cases that answers JSON."""
    with tempfile.TemporaryDirectory() as scratch:
        shims = Path(scratch) / "bin"
        shims.mkdir()
        (shims / "roofline").write_text(SHIM, encoding="utf-8")
        (shims / "roofline").chmod(0o755)
        for number, case in enumerate(cases_in(ROOT / "tests" / "golden")):
            if "timeout" in case.command:
                continue  # it never ends
            kept = Path(scratch) / f"kept{number}"
            kept.mkdir()
            prefix = f"export KEPT={kept} REAL={roofline}\n"
            run = case.run(shims, Path(scratch) / f"case{number}", prefix + case.command)
            texts = [path.read_text("utf-8", "replace") for path in sorted(kept.glob("*.json"))]
            for text in [*texts, run.stdout.decode("utf-8", "replace")]:
                yield case.name, read(text)


def answers(roofline):
    """Documents by the name of their schema: analyze, hw-list, error."""
    found = collections.defaultdict(list)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        others = pool.map(lambda words: answer_of(roofline, words), more_runs())
        for name, answer in [*golden_answers(roofline), *others]:
            schema = str(answer.get("schema", "")) if isinstance(answer, dict) else ""
            if schema == "roofline/error/1" or (schema and "command" in answer):
                found[schema.split("/")[1]].append((name, answer))
    return {name: found[name] for name in sorted(found)}


TYPES = {bool: "boolean", int: "number", float: "number", str: "string", type(None): "null",
         list: "array", dict: "object"}
# Objects whose keys are names, of formats or metrics or of what rows are sorted by: how many deep.
MAPS = {"dense_peaks": 1, "breaks": 1, "libraries": 1, "by": 2}
# What is said of a deployment: any of its fields may be.
FIELDS = {"inputs", "ranges", "points"}
# Alike in every answer.
SHARED = ("assumptions", "warnings", "derivations")
MONEY = re.compile(r"(^|_)(usd|eur)(_|$)")


class Shapes:
    """What answers look like, taken together."""

    def __init__(self, documents):
        self.shared = {key: [item for document in documents for item in document.get(key, [])]
                       for key in SHARED}
        self.nullable = set()
        for document in documents:
            self.note_nulls(document)
        budget = json.loads((SCHEMAS / "budget-1.json").read_text(encoding="utf-8"))
        fields = budget["properties"]["defaults"]["properties"]
        self.fields = {key: {"type": ["number", "string", "boolean", "null"]} for key in fields}

    def note_nulls(self, value):
        inside = value if isinstance(value, list) else []
        if isinstance(value, dict):
            self.nullable.update(key for key, inner in value.items() if inner is None)
            inside = value.values()
        for inner in inside:
            self.note_nulls(inner)

    def of_object(self, objects, key, path, deep):
        if deep:
            inside = [value for one in objects for value in one.values()]
            return {"additionalProperties": self.of(inside, "", path, deep - 1)}
        keys = list(dict.fromkeys(name for one in objects for name in one))
        inner = {name: self.of([one[name] for one in objects if name in one], name, (*path, name))
                 for name in keys}
        required = [name for name in keys if all(name in one for one in objects)]
        schema = {}
        if key in FIELDS:
            inner = {**self.fields, **inner}
            required = [name for name in required if name not in self.fields]
        if "cost" in path:  # in whatever currency
            schema["patternProperties"] = {
                "^" + MONEY.sub(r"\1[a-z]{3}\3", name) + "$": inner.pop(name)
                for name in [name for name in keys if MONEY.search(name)]}
            required = [name for name in required if name in inner]
        schema["properties"] = inner
        if required:
            schema["required"] = required
        return {**schema, "additionalProperties": False}

    def of(self, values, key="", path=(), deep=None):
        """The narrowest schema of this kind that all of them have."""
        if key in SHARED and len(path) == 1:
            return {"type": "array", "items": self.of(self.shared[key], "", (*path, "item"))}
        kinds = {TYPES[type(value)] for value in values}
        if key in self.nullable:
            kinds.add("null")
        if kinds <= {"null"}:
            return {}  # no answer has told what else it may be
        kinds = sorted(kinds)
        schema = {"type": kinds[0] if len(kinds) == 1 else kinds}
        objects = [value for value in values if isinstance(value, dict)]
        items = [item for value in values if isinstance(value, list) for item in value]
        if objects:
            deep = MAPS.get(key, 0) if deep is None else deep
            schema.update(self.of_object(objects, key, path, deep))
        if items:
            schema["items"] = self.of(items, key, (*path, "item"))
        return schema


def schema_of(name, documents, shapes):
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema",
              "$id": f"{ADDRESS}/{name}-1.json",
              "title": "an error of roofline, version 1" if name == "error"
              else f"answer of roofline {name.replace('-', ' ')}, version 1"}
    schema.update(shapes.of(documents))
    if name != "error":  # where it was asked how figures were worked out
        schema["properties"]["derivations"] = shapes.of([[]], "derivations", ("derivations",))
    schema["properties"]["schema"] = {"const": f"roofline/{name}/1"}
    return schema


def faults_in(found, roofline, jsonschema):
    """What an answer has that its schema does not know, and schemas that are not printed."""
    for name, documents in found.items():
        path = SCHEMAS / f"{name}-1.json"
        if not path.exists():
            yield f"{name}: there is no {path}"
            continue
        text = path.read_text(encoding="utf-8")
        validator = jsonschema.Draft202012Validator(json.loads(text))
        for run, document in documents:
            for error in validator.iter_errors(document):
                yield f"{name}: {run}: {'/'.join(map(str, error.absolute_path))}: {error.message[:160]}"
                break
        # A document with another key, or without one, is none.
        known = documents[0][1]
        for strange in ({**known, "more": 1}, {k: v for k, v in known.items() if k != "schema"}):
            if validator.is_valid(strange):
                yield f"{name}: the schema takes anything"
        if name == "error":
            continue
        command = [*name.replace("-", " ").split(" "), "--schema", *(["--json"] if name == "check" else [])]
        printed = subprocess.run([roofline, *command], capture_output=True, text=True, check=False)
        if printed.stdout != text:
            yield f"roofline {' '.join(command)} does not print {path.name}: {printed.stderr}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--roofline", required=True)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    arguments.roofline = str(Path(arguments.roofline).resolve())  # runs are in folders of their own
    try:
        import jsonschema
    except ImportError:
        print("SKIPPED: there is no python3-jsonschema")
        sys.exit(77)
    found = answers(arguments.roofline)
    if arguments.write:
        shapes = Shapes([document for documents in found.values() for _, document in documents])
        for name, documents in found.items():
            schema = schema_of(name, [document for _, document in documents], shapes)
            (SCHEMAS / f"{name}-1.json").write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n",
                                                    encoding="utf-8")
    faults = list(faults_in(found, arguments.roofline, jsonschema))
    count = sum(len(documents) for documents in found.values())
    if count < LEAST_ANSWERS:
        faults.append("too few answers to say anything")
    print(*faults, f"{count} answers of {len(found)} kinds, {len(faults)} faults", sep="\n")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
