"""Mutants of a budget that passes, each with the exit status that its mutation calls for."""
import collections
import re

from budget_text import Object, Raw, at, copy, members, read, write

PASS, BROKEN, UNUSABLE = 0, 1, 3
SIDES = ("max", "min", "regression")
UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1, "min": 60, "h": 3600,
         "kB": 1e3, "MB": 1e6, "GB": 1e9, "GiB": 2**30, "TB": 1e12, "mW": 1e-3, "W": 1, "kW": 1e3}
FAMILIES = {"time": ("ns", "us", "ms", "s", "min", "h"), "bytes": ("kB", "MB", "GB", "GiB", "TB"),
            "power": ("mW", "W", "kW")}
FAMILY_OF = {"ttft": "time", "tpot": "time", "e2e": "time", "memory": "bytes", "power": "power"}
KNOWN = set("""$schema version defaults targets baseline max_price_age name limits basis calibration
    warn_at max min regression severity message skip_until reason model hw tp pp dp ep replicas quant
    dtype kv_dtype kv-dtype batch isl osl context engine concurrency rate lengths poll_steps
    stream_interval waves prefix_hit prefill_chunk draft_tokens acceptance
    price utilization purchase life power_price pue ttft tpot e2e tokens_per_s memory gpus power
    usd_per_1k_output usd_per_1m_output usd_per_1m_input usd_per_month""".split())

Mutant = collections.namedtuple("Mutant", "kind what text right")


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def in_unit(metric, number):
    unit = {"time": "ms", "bytes": "GB", "power": "W"}.get(FAMILY_OF.get(metric))
    return number if unit is None else f"{number / UNITS[unit]:.12g}{unit}"


def widen(root):
    """Limits so far away that only what cannot be judged is no pass."""
    for target in root.get("targets"):
        for metric, limit in target.get("limits", Object()):
            limit[:] = [m for m in limit if m[0] not in SIDES]
            far = {"gpus": 1000000, "power": 1e9}.get(metric, 1e15)
            limit.append(["max", in_unit(metric, far)])


class Budget:
    """`figures` are what the tool says of the budget as it is, by target and metric."""

    def __init__(self, name, text, figures):
        self.name, self.root, self.figures = name, read(text), figures

    def mutants(self):
        for part in (self.moved_limits, self.keys, self.removed, self.values, self.units):
            yield from part()

    def changed(self, kind, what, right, path, change):
        """A mutant whose container at `path` went through `change`."""
        root = copy(self.root)
        change(at(root, path), root)
        return Mutant(kind, f"{self.name}: {'.'.join(map(str, path))}: {what}", write(root), right)

    def replaced(self, kind, path, place, value, right):
        def change(container, _):
            container[place][1] = value
        key = at(self.root, path)[place][0]
        return self.changed(kind, f"{key} = {write(value)}", right, path, change)

    def limits(self):
        """Every (path of the limit, metric, limit, figure, status when it is broken)."""
        for i, target in enumerate(self.root.get("targets")):
            for metric, limit in target.get("limits"):
                broken = BROKEN if limit.get("severity", "error") == "error" else PASS
                yield (("targets", i, "limits", metric), metric, limit,
                       self.figures[target.get("name"), metric], broken)

    def moved_limits(self):
        for path, metric, _, figure, broken in self.limits():
            for side in ("max", "min"):
                for factor in (0.5, 0.9, 0.999, 1.001, 1.1, 2):
                    moved = figure * factor
                    if metric == "gpus":
                        moved = int(figure + round((factor - 1) * 10))
                        if moved == figure or moved < 1:
                            continue
                    kept = moved > figure if side == "max" else moved < figure

                    def change(limit, _, side=side, moved=moved, metric=metric):
                        limit[:] = [m for m in limit if m[0] not in SIDES]
                        limit.append([side, in_unit(metric, moved)])
                    yield self.changed("loosened" if kept else "tightened",
                                       f"{side} {factor} x the figure", PASS if kept else broken,
                                       path, change)

    def keys(self):
        for path, _, place, key, value in members(self.root):
            parent = path[:-1]
            for wrong in sorted({key + "x", key[:-1], key[1] + key[0] + key[2:], key.upper()}):
                if wrong in KNOWN:
                    continue

                def rename(container, _, place=place, wrong=wrong):
                    container[place][0] = wrong
                yield self.changed("misspelt", f"{key} -> {wrong}", UNUSABLE, parent, rename)
            for where in (place + 1, len(at(self.root, parent))):
                def double(container, _, where=where, key=key, value=value):
                    container.insert(where, [key, copy(value)])
                yield self.changed("doubled", key, UNUSABLE, parent, double)

    def removed(self):
        for path, container, place, key, _ in members(self.root):
            right, far = self.without(path, container, key)

            def change(inside, root, place=place, far=far):
                del inside[place]
                if far:
                    widen(root)
            yield self.changed("removed", key, right, path[:-1], change)

    @staticmethod
    def without(path, container, key):
        """The status without a key, and whether limits must move out of the way first: what is
        asked then is another question, whose figures no rule knows."""
        if len(path) == 1:
            needed = key in ("version", "targets") or (
                key == "defaults" and any(k in ("model", "hw", "price") for k, _ in container.get(key)))
            return (UNUSABLE if needed else PASS), False
        if path[0] == "defaults":
            return (UNUSABLE if key in ("model", "hw", "price") else PASS), True
        if len(path) == 3:
            money = any(metric.startswith("usd") for metric, _ in container.get("limits"))
            needed = ("name", "model", "hw", "limits") + (("price",) if money else ())
            return (UNUSABLE if key in needed else PASS), key not in needed
        if len(path) == 4:
            return (PASS if len(container) > 1 else UNUSABLE), False
        sides = [name for name, _ in container if name in SIDES]
        vital = (key in SIDES and len(sides) == 1) or key in ("skip_until", "reason")
        return (UNUSABLE if vital else PASS), False

    def values(self):
        for path, _, place, _, value in members(self.root):
            parent = path[:-1]
            yield self.replaced("null", parent, place, None, UNUSABLE)
            if is_number(value):
                for text in (str(value), "many"):
                    yield self.replaced("string", parent, place, text, UNUSABLE)
                for text in ("NaN", "Infinity", "-Infinity"):
                    yield self.replaced("nan", parent, place, Raw(text), UNUSABLE)
                for number in (-value, -1e-9, -1e300):
                    yield self.replaced("negative", parent, place, number, UNUSABLE)
            elif isinstance(value, str) and re.fullmatch(r"[$]?[\d.]+\D*", value):
                digits = re.search(r"[\d.]+", value).group()
                yield self.replaced("nan", parent, place, value.replace(digits, "NaN"), UNUSABLE)
                yield self.replaced("negative", parent, place, value.replace(digits, "-" + digits),
                                    UNUSABLE)
                if path[-1] not in ("isl", "osl", "context"):  # tokens are bare numbers too
                    yield self.replaced("string", parent, place, float(digits), UNUSABLE)

    def units(self):
        for path, metric, limit, figure, broken in self.limits():
            for place, (side, value) in enumerate(limit):
                if side not in ("max", "min") or not isinstance(value, str):
                    continue
                number = float(re.match(r"[\d.]+", value).group())
                for unit in [*UNITS, "", "%", "tokens/s", "$"]:
                    moved = number * UNITS.get(unit, 0)
                    kept = moved >= figure if side == "max" else moved <= figure
                    right = UNUSABLE
                    if unit in FAMILIES[FAMILY_OF[metric]]:
                        right = PASS if kept else broken
                    if value == f"{number:g}{unit}" or (unit == "%" and metric == "memory"):
                        continue
                    yield self.replaced("unit", path, place, f"{number:g}{unit}", right)
