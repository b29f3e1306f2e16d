#!/usr/bin/env python3
"""Reads the SVG pictures of `roofline plot` as a browser would, and compares them with its JSON.

    read_pictures.py --roofline PATH GOLDEN_FOLDER
"""
import argparse
import json
import re
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent))
from golden_cases import cases_in  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"
FONT = {"small": 13}
USUAL_FONT = 15
WIDEST_CHARACTER = 0.55  # em, of the mean of a word
faults = []


def expect(holds, what):
    if not holds:
        faults.append(what)


def answers(roofline, case):
    """The picture of one golden case, where there is one, and its JSON answer."""
    texts = []
    for command in (case.command, case.command.replace("--format svg", "--json")):
        with tempfile.TemporaryDirectory() as scratch:
            run = case.run(Path(roofline).resolve().parent, Path(scratch) / "case", command)
        if run.returncode != 0:
            return None, None
        texts.append(run.stdout.decode("utf-8"))
    return texts[0], json.loads(texts[1])["result"]


def points_of(result):
    """Names and numbers; operators may be joined, and are named in the title of their point then."""
    if "points" in result:
        return [(point["point"] if "share_of_step" in point else None,
                 point["intensity_flop_per_byte"], point["attained_flop_per_s"])
                for point in result["points"]]
    return [(None, point["x"], point["y"])
            for series in result["series"] for point in series["points"]]


def names(number, text):
    """Whether `text` has the number, in some unit of a power of a thousand."""
    for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text):
        value = float(found.replace(",", ""))
        if any(abs(value * 1000.0 ** k - number) <= 0.006 * number for k in range(-4, 6)):
            return True
    return False


def check_safety(case, root):
    for element in root.iter():
        tag = element.tag.removeprefix(SVG)
        expect(tag in ("svg", "title", "desc", "style", "rect", "line", "polyline", "path", "text"),
               f"{case}: <{tag}> has no place in a picture")
        for name in element.attrib:
            expect(not name.lower().startswith("on") and "href" not in name,
                   f"{case}: attribute {name}")
    style = root.find(f"{SVG}style").text
    expect("prefers-color-scheme:dark" in style, f"{case}: one theme only")
    expect("url(" not in style and "@import" not in style, f"{case}: style from elsewhere")


def check_head(case, root):
    expect(root.tag == f"{SVG}svg" and root.get("role") == "img", f"{case}: no role")
    expect([child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"],
           f"{case}: title and desc do not come first")
    expect(all(root.find(SVG + tag).text for tag in ("title", "desc")), f"{case}: empty title")


def check_points(case, root, result):
    titles = [element.find(f"{SVG}title") for element in root.iter()
              if "point" in element.get("class", "").split()]
    points = points_of(result)
    words = " ".join(text.text for text in root.iter(f"{SVG}text") if text.text)
    joinable = any(name is not None for name, _, _ in points)
    expect(len(titles) == len(points) or joinable and len(titles) < len(points),
           f"{case}: {len(titles)} points of {len(points)}")
    texts = [title.text if title is not None else "" for title in titles]
    for name, x, y in points:
        expect(any(names(x, text) and names(y, text) for text in texts)
               or name is not None and re.search(f"operators[^;]*: [^;]*{re.escape(name)}", words),
               f"{case}: no point names {x} and {y}")
    expect(all(texts), f"{case}: a point has no title")


def check_bands(case, root, result):
    """A band or a bar for each series with ranges; every number of a shape is inside."""
    ranged = [series for series in result.get("series", [])
              if any("y_low" in point for point in series["points"])]
    for series in ranged:
        for point in series["points"]:
            if "y_low" in point:
                expect(point["y_low"] <= point["y"] <= point["y_high"],
                       f"{case}: {point} is outside of its range")
    shapes = [path for path in root.iter(f"{SVG}path")
              if {"band", "whisker"} & set(path.get("class", "").split())]
    expect(bool(ranged) == bool(shapes), f"{case}: {len(shapes)} bands of {len(ranged)}")
    _, _, width, height = map(float, root.get("viewBox").split())
    for path in root.iter(f"{SVG}path"):
        corners = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path.get("d"))
        expect(corners, f"{case}: a path without corners: {path.get('d')}")
        for x, y in corners:
            expect(0 <= float(x) <= width and 0 <= float(y) <= height,
                   f"{case}: {x}, {y} is outside")


def check_limits(case, root, result):
    """As many lines as limits, but for those that the footnote says are outside."""
    lines = [line for line in root.iter(f"{SVG}line") if line.get("class") == "limit"]
    words = " ".join(text.text for text in root.iter(f"{SVG}text") if text.text)
    limits = result.get("limits", [])
    outside = len(re.findall(r"is (?:above|below|left of|right of) the picture", words))
    expect(len(lines) + outside == len(limits),
           f"{case}: {len(lines)} lines and {outside} outside of {len(limits)} limits")


def box_of(text):
    size = next((FONT[name] for name in text.get("class", "").split() if name in FONT), USUAL_FONT)
    width = len(text.text) * size * WIDEST_CHARACTER
    left = float(text.get("x")) - width * {"middle": 0.5, "end": 1}.get(text.get("text-anchor"), 0)
    bottom = float(text.get("y"))
    return left, bottom - 0.75 * size, left + width, bottom + 0.2 * size


def check_texts(case, root):
    """No text over text, and none outside."""
    _, _, width, height = map(float, root.get("viewBox").split())
    boxes = [(text.text, box_of(text)) for text in root.iter(f"{SVG}text") if text.text]
    for i, (text, box) in enumerate(boxes):
        expect(box[0] >= 0 and box[2] <= width + 1 and box[1] >= 0 and box[3] <= height,
               f"{case}: '{text}' is outside")
        for other_text, other in boxes[:i]:
            apart = (box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1]
                     or other[3] <= box[1])
            expect(apart, f"{case}: '{text}' is over '{other_text}'")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--roofline", required=True)
    parser.add_argument("golden", type=Path)
    arguments = parser.parse_args()
    pictures = 0
    for case in cases_in(arguments.golden):
        if "--format svg" not in case.command or not case.name.startswith("plot/"):
            continue
        picture, result = answers(arguments.roofline, case)
        if picture is None:
            continue
        pictures += 1
        root = ElementTree.fromstring(picture)
        check_head(case.name, root)
        check_safety(case.name, root)
        check_points(case.name, root, result)
        check_bands(case.name, root, result)
        check_limits(case.name, root, result)
        check_texts(case.name, root)
    expect(pictures >= 5, "there are no pictures")
    for line in faults:
        print(line)
    print(f"{pictures} pictures read, {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
