"""What attacks on the gate are made of: a budget that passes, and cases in a folder of their own."""
import json

TODAY = "1795305600"  # 2026-11-22
LOOSE, TIGHT = "900ms", "1us"

CONFIG = {"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32,
          "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336,
          "vocab_size": 128256, "torch_dtype": "bfloat16"}
HUGE = {**CONFIG, "hidden_size": 16384, "num_hidden_layers": 126, "num_attention_heads": 128,
        "intermediate_size": 53248}


class Case:
    """Files by name: text, bytes, or ("link", to), ("pipe",), ("folder",). `budget` is what is
    checked, None for none; a control must pass, an attack must not."""

    def __init__(self, what, files=None, budget="budget.json", flags=(), env=None, control=False):
        self.what, self.files, self.budget = what, files or {}, budget
        self.flags, self.env, self.control = list(flags), env or {}, control


def target(own="", limits='"tpot": {"max": "%s"}' % LOOSE, name="chat", model="llama-3.1-8b",
           hw="h100", load='"batch": 8, "context": 2048,'):
    return (f'{{"name": "{name}", "model": {json.dumps(model)}, "hw": {json.dumps(hw)}, {load} '
            f'{own} "limits": {{{limits}}}}}')


def budget(*targets, head=""):
    return '{"version": 1, %s "targets": [%s]}' % (head, ", ".join(targets or [target()]))


def text_case(what, text, control=False, **more):
    return Case(what, {"budget.json": text, **more.pop("files", {})}, control=control, **more)


def of_limit(limits, what=None, control=False, **more):
    return text_case(what or limits, budget(target(limits=limits, **more)), control)


def of_target(own, what=None, control=False, **more):
    return text_case(what or own, budget(target(own=own, **more)), control)


def escaped(key, place):
    return key[:place] + f"\\u{ord(key[place]):04x}" + key[place + 1:]
