"""Budgets as text and as trees in which a key can stand twice."""
import json
import re


class Object(list):
    """Members as [key, value] pairs."""

    def get(self, key, default=None):
        return next((value for name, value in self if name == key), default)


class Raw(str):
    """Text that is written as it is: NaN."""


def read(text):
    """JSON with // comments and trailing commas."""
    plain = re.sub(r'("(?:[^"\\]|\\.)*")|//[^\n]*', lambda m: m.group(1) or "", text)
    plain = re.sub(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', lambda m: m.group(1) or "", plain)
    return json.loads(plain, object_pairs_hook=lambda pairs: Object([k, v] for k, v in pairs))


def write(value):
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, Object):
        return "{" + ", ".join(f"{json.dumps(k)}: {write(v)}" for k, v in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(write(item) for item in value) + "]"
    return json.dumps(value)


def copy(value):
    if isinstance(value, Object):
        return Object([k, copy(v)] for k, v in value)
    return [copy(item) for item in value] if isinstance(value, list) else value


def members(value, path=()):
    """Every (path, container, place, key, value), outermost first."""
    if isinstance(value, Object):
        for i, (key, inner) in enumerate(value):
            yield path + (key,), value, i, key, inner
            yield from members(inner, path + (key,))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from members(inner, path + (i,))


def at(root, path):
    for step in path:
        root = root[step] if isinstance(step, int) else root.get(step)
    return root
