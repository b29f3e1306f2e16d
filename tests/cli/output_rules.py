"""What may stand in each form that roofline writes, whoever named the things in it."""
import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree

OURS = re.compile("\x1b\\[(?:0|1|2|1;31|3[1-6])m")
COMMAND = re.compile(r"(error|warning|notice) file=[^:]*::")
SVG_TAGS = {"svg", "title", "desc", "style", "rect", "line", "polyline", "path", "text", "g"}


def is_hidden(character):
    """Controls, marks that reorder, what has no width, and what is no character."""
    code = ord(character)
    return (code < 0x20 and character not in "\n\t" or 0x7F <= code <= 0x9F
            or code == 0x61C or 0x200B <= code <= 0x200F or 0x2028 <= code <= 0x202E
            or 0x2060 <= code <= 0x206F or code == 0xFEFF or 0xE0000 <= code <= 0xE0FFF
            or code & 0xFFFE == 0xFFFE or 0xD800 <= code <= 0xDFFF)


def hidden_in(text):
    return sorted({f"U+{ord(c):04X}" for c in text if is_hidden(c)})


def text_faults(data):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return "", [f"no UTF-8: {fault}"]
    found = hidden_in(text)
    return text, [f"{', '.join(found)} stands raw"] if found else []


def plain_faults(data):
    return text_faults(data)[1]


def coloured_faults(data):
    return text_faults(OURS.sub("", data.decode("utf-8", "replace")).encode())[1]


def json_faults(data):
    text, faults = text_faults(data)
    try:
        json.loads(text, parse_constant=lambda word: 1 / 0)
    except (ValueError, ZeroDivisionError) as fault:
        faults.append(f"no JSON: {fault}")
    return faults


def lines_faults(data):
    faults = text_faults(data)[1]
    for line in data.splitlines():
        faults += json_faults(line)
    return faults


def csv_faults(data):
    text, faults = text_faults(data)
    rows = list(csv.reader(io.StringIO(text), strict=True))
    if len({len(row) for row in rows}) > 1:
        faults.append("rows of different lengths")
    if any(cell[:1] in ("=", "@") for row in rows for cell in row):
        faults.append("a formula")
    return faults


def xml_faults(data):
    text, faults = text_faults(data)
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as fault:
        return faults + [f"no XML: {fault}"]
    for element in root.iter():
        tag = element.tag.split("}")[-1]
        if root.tag.endswith("svg") and (
                tag not in SVG_TAGS or any(name.startswith("on") or "href" in name
                                           for name in element.attrib)):
            faults.append(f"<{tag} {list(element.attrib)}>")
    return faults


def outside_of_fences(text):
    """The lines that are read as Markdown, and whether every fence that is open is closed."""
    lines, fence = [], ""
    for line in text.split("\n"):
        mark = re.match(r" {0,3}(`{3,}|~{3,})(.*)$", line)
        if fence:
            if mark and mark.group(1).startswith(fence) and not mark.group(2).strip():
                fence = ""
        elif mark and "`" not in mark.group(2):
            fence = mark.group(1)
            if mark.group(2) not in ("text", "sh"):
                lines.append(f"(a fence that is not ours: {line})")
        else:
            lines.append(line)
    return lines, not fence


# What roofline itself writes, a line each; no payload spells one of them.
OWN_HTML = {"<!-- roofline:check -->", "<!-- roofline:compare -->", "</details>",
            "<details><summary>What this rests on</summary>"}


def markdown_faults(data):
    text, faults = text_faults(data)
    lines, closed = outside_of_fences(text)
    if not closed or any(line.startswith("(a fence") for line in lines):
        faults.append("a fence")
    for line in (line for line in lines if line not in OWN_HTML):
        bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", line)
        bare = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", bare)
        if re.search(r"<[A-Za-z/!?]", bare):
            faults.append(f"HTML: {line[:80]}")
        if re.search(r"(?<!\w)@\w", bare, re.ASCII) or "&#64;" in bare:
            faults.append(f"somebody is mentioned: {line[:80]}")
        if re.search(r"\[[^\]]*\]\(", bare):
            faults.append(f"a link: {line[:80]}")
    return faults


def runner_faults(data):
    """As GitHub's runner reads a stream: any line may be a command, after any white space."""
    text, faults = text_faults(OURS.sub("", data.decode("utf-8", "replace")).encode())
    started = False
    for line in re.split(r"\r\n|\n|\r", text):
        command = line.lstrip()
        if command.startswith("::"):
            if not COMMAND.match(command[2:]) or started:
                faults.append(f"a command: {command[:60]}")
        elif line:
            started = True
        if "##[" in line:
            faults.append(f"a command: {line[line.find('##['):][:60]}")
    return faults
