#!/usr/bin/env python3
"""Reads the reports of `roofline check` as CI systems do, and compares them with samples of theirs.

    read_reports.py --roofline PATH --samples FOLDER GOLDEN_FOLDER

Exit 77 when everything that could be compared is right, but samples or python3-jsonschema are missing.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from budget_text import read, write

sys.path.append(str(Path(__file__).parent.parent))
from golden_cases import cases_in  # noqa: E402

KINDS = ("junit", "sarif", "codequality", "md")
CASES = {"check/reports": ["budget.json"], "check/hostile-name-reports": ["budget.json"],
         "check/two-budgets": ["budget.json", "other.json"], "check/warnings": ["budget.json"],
         "check/input-over-misfit": ["budget.json"], "check/within": ["budget.json"]}
BUDGET = """{
  "version": 1,
  "targets": [{
    "name": "chat-8b", "model": "llama-3.1-8b", "hw": "h100-sxm", "batch": 32, "context": 4096,
    "basis": "bound", "price": "$2.95/h",
    "limits": { "tpot": { "max": "15ms" }, "usd_per_1m_output": { "max": 0.32 } }
  }]
}"""
# What no reader of budgets may take: a text of BUDGET, and what stands there instead.
REFUSED = (('"tpot"', '"tpott"'), ('"max": "15ms"', '"mx": "15ms"'), ('"batch"', '"bacth"'),
           ('"version"', '"verison"'), ('"15ms"', '"15GB"'), ('"15ms"', '"15"'), ('"15ms"', "15"),
           ("0.32", '"0.32"'), ("32, ", '"32", '), ('"15ms"', "null"), ('"15ms"', '"-15ms"'),
           ('{ "max": "15ms" }', "{}"), ('"version": 1,', ""), ('"version": 1', '"version": 2'),
           ('"15ms"', '"15m"'), ('"max": "15ms"', '"regression": 5'))
faults, skipped = [], set()


def expect(holds, what):
    if not holds:
        faults.append(what)


def reports_of(roofline, case, budgets):
    """The checks as JSON, the reports by kind, and GitHub's lines."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "case"
        case.place(folder)
        files = {kind: Path(scratch) / kind for kind in KINDS}
        environment = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": "1795305600",
                       "GITHUB_ACTIONS": "true"}
        run = subprocess.run(
            [roofline, "check", *budgets, "--json", "--report",
             ",".join(f"{kind}={path}" for kind, path in files.items())],
            cwd=folder, env=environment, capture_output=True, text=True, check=False)
        texts = {kind: path.read_text(encoding="utf-8") for kind, path in files.items()}
    return json.loads(run.stdout)["result"]["checks"], texts, run.stderr


def vocabulary(folder):
    """Which attributes each element has in the samples."""
    known = {}
    for path in sorted(folder.glob("*.xml")):
        for element in ElementTree.parse(path).iter():
            known.setdefault(element.tag, set()).update(element.attrib)
    return known


def check_junit(case, checks, text, known):
    root = ElementTree.fromstring(text)
    cases = list(root.iter("testcase"))
    if known:
        for element in root.iter():
            expect(element.tag in known, f"{case}: no sample has <{element.tag}>")
            strange = set(element.attrib) - known.get(element.tag, set())
            expect(not strange, f"{case}: no sample has {strange} in <{element.tag}>")
    expect(len(cases) == len(checks), f"{case}: {len(cases)} test cases of {len(checks)} checks")
    names = [element.get("name") for element in cases]
    expect(len(set(names)) == len(names), f"{case}: test names are not unique")
    for suite in [root, *root.iter("testsuite")]:
        inside = list(suite.iter("testcase"))
        expect(int(suite.get("tests")) == len(inside), f"{case}: tests do not add up")
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            count = sum(element.find(tag) is not None for element in inside)
            expect(int(suite.get(attribute)) == count, f"{case}: {attribute} do not add up")


def check_sarif(case, checks, text, schema):
    results = json.loads(text)["runs"][0]["results"]
    expect(len(results) == sum(c["status"] != "pass" for c in checks), f"{case}: SARIF results")
    if schema is None:
        return
    import jsonschema
    for error in jsonschema.Draft7Validator(schema).iter_errors(json.loads(text)):
        expect(False, f"{case}: SARIF: {error.message}")


def check_code_quality(case, checks, text):
    # What a run used stands beside the findings.
    findings = [f for f in json.loads(text) if f["check_name"] != "roofline/used"]
    broken = [c for c in checks if c["status"] in ("warn", "fail", "error")]
    expect([f["location"]["lines"]["begin"] for f in findings] == [c["line"] for c in broken],
           f"{case}: code quality does not name every finding's line")
    prints = {f["fingerprint"] for f in findings}
    expect(len(prints) == len(findings), f"{case}: two findings have one fingerprint")


def decoded(text, escapes):
    for mark, escape in escapes:
        text = text.replace(escape, mark)
    return text.replace("%25", "%")


def check_annotations(case, checks, text):
    """As GitHub's runner takes a line apart."""
    broken = [c for c in checks if c["status"] in ("warn", "fail", "error")]
    lines = [line for line in text.splitlines() if line.startswith("::")]
    expect(len(lines) == len(broken), f"{case}: {len(lines)} annotations of {len(broken)} findings")
    data = [("\r", "%0D"), ("\n", "%0A")]
    for line, check in zip(lines, broken):
        command, _, message = line[2:].partition("::")
        level, _, properties = command.partition(" ")
        values = dict(part.split("=", 1) for part in properties.split(","))
        values = {k: decoded(v, [*data, (":", "%3A"), (",", "%2C")]) for k, v in values.items()}
        name = check["target"].replace("\x1b", "\\x1b")
        expect(level in ("error", "warning", "notice"), f"{case}: '{level}' is no command")
        expect(values["title"] == f"{name} {check['metric']}", f"{case}: title {values['title']!r}")
        expect(values["file"] == check["file"], f"{case}: file {values['file']!r}")
        expect(values["line"] == str(check["line"]), f"{case}: line {values['line']!r}")
        expect(decoded(message, data).startswith(f"{name} {check['metric']}: {check['why']}"),
               f"{case}: message {message!r}")


def check_markdown(case, text):
    expect("\x1b" not in text and "\n::" not in text, f"{case}: Markdown holds a command")
    expect(not re.search(r"(?<!\\)<script", text), f"{case}: Markdown holds a live <script>")


def check_schema(roofline, root):
    """The schema that is printed accepts the examples and refuses what the reader refuses."""
    try:
        import jsonschema
    except ImportError:
        return
    printed = subprocess.run([roofline, "check", "--schema"], capture_output=True, check=True)
    schema = jsonschema.Draft202012Validator(json.loads(printed.stdout))
    examples = sorted((root / "data" / "examples").glob("*.budget.json"))
    expect(len(examples) >= 2, "there are no example budgets")
    texts = {path.name: path.read_text(encoding="utf-8") for path in examples}
    texts["BUDGET"] = BUDGET
    for name, text in texts.items():
        expect(schema.is_valid(json.loads(write(read(text)))), f"the schema refuses {name}")
    for wrong in (BUDGET.replace(was, becomes) for was, becomes in REFUSED):
        expect(not schema.is_valid(json.loads(wrong)), f"the schema takes {wrong}")
        with tempfile.TemporaryDirectory() as scratch:
            (Path(scratch) / "b.json").write_text(wrong, encoding="utf-8")
            run = subprocess.run([roofline, "check", "b.json"], cwd=scratch, capture_output=True,
                                 check=False)
            expect(run.returncode == 3, f"check takes {wrong}")


def sarif_schema(samples):
    path = samples / "ci_sarif" / "sarif-schema-2.1.0.json"
    try:
        import jsonschema  # pylint: disable=unused-import
        return json.loads(path.read_text(encoding="utf-8"))
    except ImportError:
        skipped.add("SARIF against its schema: there is no python3-jsonschema")
    except OSError:
        skipped.add(f"SARIF against its schema: there is no {path}")
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--roofline", required=True)
    parser.add_argument("--samples", required=True, type=Path)
    parser.add_argument("golden", type=Path)
    arguments = parser.parse_args()
    known, schema = vocabulary(arguments.samples / "ci_junit"), sarif_schema(arguments.samples)
    if not known:
        skipped.add(f"JUnit against samples: there are none in {arguments.samples}")
    golden = {case.name: case for case in cases_in(arguments.golden)}
    for case, budgets in CASES.items():
        checks, texts, annotations = reports_of(arguments.roofline, golden[case], budgets)
        check_junit(case, checks, texts["junit"], known)
        check_sarif(case, checks, texts["sarif"], schema)
        check_code_quality(case, checks, texts["codequality"])
        check_annotations(case, checks, annotations)
        check_markdown(case, texts["md"])
    check_schema(arguments.roofline, arguments.golden.resolve().parent.parent)
    for line in [*sorted(skipped), *faults]:
        print(line)
    print(f"{len(CASES)} runs read, {len(faults)} faults")
    sys.exit(1 if faults else 77 if skipped else 0)


if __name__ == "__main__":
    main()
