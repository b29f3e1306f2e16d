"""Attacks with the files a budget is, and names, and with what surrounds a run."""
import json

from attack_kit import CONFIG, HUGE, LOOSE, TIGHT, Case, budget, of_limit, of_target, target, text_case

TPOT = '"tpot": {"max": "%s"}'
LOOSE_TEXT, TIGHT_TEXT = budget(), budget(target(limits=TPOT % TIGHT))


def data_case(what, data, **more):
    return Case(what, {"budget.json": data}, **more)


def the_file():
    yield data_case("BOM", b"\xef\xbb\xbf" + LOOSE_TEXT.encode(), control=True)
    yield data_case("UTF-16", LOOSE_TEXT.encode("utf-16"), control=True)
    yield text_case("comments", "// a\r\n/* b */\n" + LOOSE_TEXT, control=True)
    for name in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-7"):
        yield data_case(f"tight in {name}", TIGHT_TEXT.encode(name))
    loose, tight = LOOSE_TEXT.encode(), TIGHT_TEXT.encode()
    for what, data in (("NUL between", loose + b"\0" + tight), ("NUL at the end", loose + b"\0"),
                       ("NUL first", b"\0" + loose), ("NULs", b"\0" * 9),
                       ("NUL in a comment", b"// \0\n" + loose),
                       ("NUL in a string", loose.replace(b"chat", b"ch\0at")),
                       ("NUL in a key", loose.replace(b"max", b"ma\0x")),
                       ("a second root", loose + tight), ("roots on lines", loose + b"\n" + tight),
                       ("Ctrl-Z between", loose + b"\x1a" + tight), ("form feed", loose + b"\x0c"),
                       ("no-break space", loose + "\u00a0".encode()),
                       ("a line separator", "\u2028".encode() + loose),
                       ("tail", loose + b"x"), ("a bracket more", loose + b"}"), ("cut", loose[:-1]),
                       ("half", loose[:40]), ("empty", b""), ("blank", b" \n\t"),
                       ("only BOM", b"\xef\xbb\xbf"),
                       ("only a comment", b"// none"), ("open comment", b"/* " + loose),
                       ("half a comment", loose + b"/"), ("hash", b"# a\n" + loose),
                       ("dashes", b"-- a\n" + loose),
                       ("single quotes", loose.replace(b'"', b"'")),
                       ("bare keys", loose.replace(b'"max"', b"max")),
                       ("bad UTF-8", loose.replace(b"chat", b"ch\xff\xfet")),
                       ("overlong", loose.replace(b"chat", b"\xc0\xaf")),
                       ("lone surrogate", loose.replace(b"chat", b"\\ud800")),
                       ("two commas", loose.replace(b", ", b",, ", 1)),
                       ("YAML", b"version: 1\ntargets: []\n"),
                       ("deep", b"[" * 100000), ("array around", b"[" + loose + b"]"),
                       ("a string of it", json.dumps(LOOSE_TEXT).encode())):
        yield data_case(what, data)
    for end, name in (("\r", "CR"), ("\u2028", "U+2028"), ("\u2029", "U+2029"), ("\n", "LF"),
                      ("\r\n", "CR LF")):
        yield of_limit(f'"gpus": {{"max": 4}}, // agreed:{end}{TPOT % TIGHT}\n', f"after a comment and {name}")
        yield of_limit(f'"gpus": {{"max": 4}}, // a{end}// b{end}{TPOT % TIGHT}\n', f"after two and {name}")
    yield of_limit(f'"gpus": {{"max": 4}}, /* a * / b */ {TPOT % TIGHT}', "after a block")
    yield of_limit(f'"gpus": {{"max": 4}}, "message": "/*", {TPOT % TIGHT}', "a comment in a string")
    for what, entry in (("a folder", ("folder",)), ("a pipe", ("pipe",)),
                        ("a dangling link", ("link", "none")),
                        ("a loop of links", ("link", "budget.json")), ("/dev/null", ("link", "/dev/null")),
                        ("/dev/zero", ("link", "/dev/zero")), ("a file below it", ("link", "budget.json/x"))):
        yield Case(what, {"budget.json": entry})
    yield Case("a link to a tight one", {"tight.json": TIGHT_TEXT, "budget.json": ("link", "tight.json")})
    yield Case("missing", {})


def model_files():
    def of(model, files, what=None, control=False, path="budget.json"):
        return Case(what or model, {path: budget(target(model=model)), **files}, budget=path, control=control)
    config, huge = json.dumps(CONFIG), json.dumps(HUGE)
    yield of("./models/llama-3.1-8b", {"models/llama-3.1-8b/config.json": config}, control=True)
    yield of("org/llama-3.1-8b", {}, control=True)
    files = {"models/llama-3.1-8b/config.json": huge}
    for model in ("./models/llama-3.1-8b", "models/llama-3.1-8b", "models/llama-3.1-8b/", "./models/../models/llama-3.1-8b",
                  "models//llama-3.1-8b", "./models/llama-3.1-8b/config.json", "@/models/llama-3.1-8b",
                  "models/./llama-3.1-8b", ".//models/llama-3.1-8b", "models/llama-3.1-8b/."):
        yield of(model, files)
        yield of(model, files, f"{model} from below", path="below/../budget.json")
    for model in ("./none/llama-3.1-8b", "/no/such/folder/llama-3.1-8b", "../none/llama-3.1-8b", "none/x/llama-3.1-8b",
                  "none/llama-3.1-8b/", "~/llama-3.1-8b", "file:///llama-3.1-8b", " ./llama-3.1-8b", "llama-3.1-8b.json",
                  "LLAMA-3.1-8B.JSON", "./llama-3.1-8b", ".", "..", "-", "/dev/stdin", "/dev/zero", "/dev/null",
                  "none\0/llama-3.1-8b", "llama-3.1-8b\0", "./\u2028/llama-3.1-8b", "$HOME/llama-3.1-8b"):
        yield of(model, {})
    for what, entry in (("NUL", config + "\0" + huge), ("two keys", config[:-1] + ', "hidden_size": 1}'),
                        ("empty", ""),
                        ("an array", "[]"), ("cut", config[:-9]),
                        ("beyond", config.replace("4096", "1e308", 1)),
                        ("negative", config.replace("4096", "-4096", 1)),
                        ("null", config.replace("4096", "null", 1)),
                        ("NaN", config.replace("4096", "NaN", 1)), ("a pipe", ("pipe",)),
                        ("/dev/zero", ("link", "/dev/zero")),
                        ("a dangling link", ("link", "none")), ("a folder", ("folder",))):
        yield of("./m", {"m/config.json": entry}, f"config: {what}")
        yield of("./m.json", {"m.json": entry}, f"file: {what}")
    yield Case("a link lies where its models do", {"real/m.json": config, "real/budget.json": budget(target(model="./m.json")),
                                                   "m.json": huge, "budget.json": ("link", "real/budget.json")})


def baselines():
    head = '"baseline": "base.json",'
    text = budget(target(limits='"tpot": {"regression": "5%"}'), head=head)
    good = {"schema": "roofline/baseline/1", "roofline": "0", "targets": {"chat": {
        "basis": "expected", "load": {"batch": 8, "isl": 2048, "osl": 256, "context": 2048},
        "figures": {"tpot_s": 0.9}}}}

    def of(what, data, control=False, with_text=text):
        return Case(what, {"budget.json": with_text, "base.json": data}, control=control)

    def changed(what, change, control=False):
        tree = json.loads(json.dumps(good))
        change(tree["targets"]["chat"], tree)
        return of(what, json.dumps(tree), control)
    yield changed("as it was", lambda t, r: None, control=True)
    for value in (0, -1, None, "0.9", True, [], {}, 1e308, 1.7e308, 1e-310, 5e-324, 1e31, 1e-31, float("nan"), float("inf")):
        yield changed(f"tpot_s {value}", lambda t, r, value=value: t["figures"].update(tpot_s=value))
    for what, change in (("no figure", lambda t, r: t["figures"].clear()),
                         ("other load", lambda t, r: t["load"].update(batch=9)),
                         ("no load", lambda t, r: t["load"].clear()),
                         ("a load more", lambda t, r: t["load"].update(osl=9)),
                         ("other basis", lambda t, r: t.update(basis="bound")),
                         ("no basis", lambda t, r: t.update(basis="best")),
                         ("other name", lambda t, r: r["targets"].update(b=r["targets"].pop("chat"))),
                         ("unknown figure", lambda t, r: t["figures"].update(speed=1)),
                         ("unknown key", lambda t, r: r.update(x=1)),
                         ("other schema", lambda t, r: r.update(schema="roofline/baseline/2")),
                         ("no schema", lambda t, r: r.pop("schema")),
                         ("targets in a list", lambda t, r: r.update(targets=[]))):
        yield changed(what, change)
    plain = json.dumps(good)
    for what, data in (("NUL", plain + "\0"), ("two roots", plain + plain), ("cut", plain[:-3]),
                       ("a comment", "// x\n" + plain),
                       ("a comma more", plain[:-1] + ",}"), ("empty", ""),
                       ("two figures", plain.replace('"tpot_s"', '"tpot_s": 1e-9, "tpot_s"')),
                       ("two targets", plain.replace('"chat":', '"chat": {}, "ch\\u0061t":')),
                       ("a folder", ("folder",)),
                       ("a pipe", ("pipe",)), ("/dev/null", ("link", "/dev/null")),
                       ("/dev/zero", ("link", "/dev/zero"))):
        yield of(what, data)
    for share in ('"500%"', '"-5%"', "5", "0.05", '"5"', "null", '"5 percent"', '"NaN%"', '"1e400%"'):
        yield of(f"regression {share}", plain, with_text=text.replace('"5%"', share))
    for path in ("none.json", "-", ".", "", "base\\u0000.json", "/dev/stdin"):
        yield of(f"baseline {path}", plain, with_text=text.replace("base.json", path))


def catalogs_and_calibrations():
    def calibration(scales, **more):
        return json.dumps({"schema": "roofline/calibrate/1", "result": {
            "scales": {"decode_step": 1, "interference": 1, "first_token": 1, **scales}, "device": "h100-sxm",
            "model": "llama-3.1-8b", "engine": "vllm", "rows": 3, **more}})

    def of(what, data, limit=LOOSE, control=False):
        text = budget(target(own='"calibration": "c.json",', limits=TPOT % limit))
        return Case(f"calibration: {what}", {"budget.json": text, "c.json": data}, control=control)
    yield of("as it is", calibration({}), control=True)
    for value in (1e-9, 1e-30, 0.001):
        yield of(f"no faster than the bound, {value}", calibration({"decode_step": value}), TIGHT)
    for value in (0, -1, None, "1", [], 1e308, 1e-310, float("nan"), float("inf"), 1e31):
        yield of(str(value), calibration({"decode_step": value}))
    for what, data in (("NUL", calibration({}) + "\0"), ("two roots", calibration({}) * 2), ("empty", ""),
                       ("[]", "[]"),
                       ("schema", calibration({}).replace("calibrate/1", "calibrate/2")),
                       ("a pipe", ("pipe",)),
                       ("a folder", ("folder",)), ("/dev/zero", ("link", "/dev/zero")),
                       ("no rows", calibration({}, rows=0)),
                       ("two scales", calibration({}).replace('"interference"', '"decode_step": 2, "interference"'))):
        yield of(what, data)
    for path in ("-", "none.json", "..", "c\\u0000.json", "/dev/stdin"):
        yield of_target(f'"calibration": "{path}",')
    prices = {"schema": "roofline/prices/1", "collected": "2026-11", "sources": {"s": "x"}, "rental": [
        {"provider": "acme", "device": "h100-sxm", "mode": "on-demand", "usd_per_device_hour": 2, "date": "2026-11-01",
         "source": "s", "confidence": "primary"}]}

    def priced(what, change=None, price="acme", head='"max_price_age": "90d",', control=False, raw=None):
        tree = json.loads(json.dumps(prices))
        if change:
            tree["rental"][0].update(change)
        text = budget(target(own=f'"price": "{price}",', limits='"usd_per_1m_output": {"max": 900}'), head=head)
        return Case(f"prices: {what}", {"budget.json": text, "p.json": raw or json.dumps(tree)},
                    env={"ROOFLINE_CATALOG": "p.json"}, control=control)
    yield priced("as they are", control=True)
    for provider in ("acme/eu", "1cme", "a,b", "a@b", "", "-", "a`b", "a\0b"):
        yield priced(f"provider {provider!r}", {"provider": provider}, price=provider.replace("\0", "\\u0000"))
        yield priced(f"asked beside {provider!r}", {"provider": provider}, price="lamda")
    for date in ("2026-08-23", "2026-08", "2025", "2026-11-24", "2030", "2026-13", "2026-02-30", "", "now", "0000"):
        yield priced(f"date {date}", {"date": date})
    for rate in (0, -1, None, "2", 1e308, 1e-310, float("nan")):
        yield priced(f"rate {rate}", {"usd_per_device_hour": rate})
    for age in ('"0d"', '"-1d"', '"90"', "90", '"1y"', '"NaNd"', '"1e400d"', "null", '""', '"d"', '"20d"'):
        yield priced(f"age {age}", head=f'"max_price_age": {age},')
    yield priced("NUL", raw=json.dumps(prices) + "\0")
    yield priced("none", raw="{}")


def around_the_run():
    tight = {"budget.json": TIGHT_TEXT}
    yield Case("as it is", {"budget.json": LOOSE_TEXT}, env={"LC_ALL": "de_DE.UTF-8"}, control=True)
    for env in ({"LC_ALL": "de_DE.UTF-8"}, {"LANG": "tr_TR"}, {"NO_COLOR": "1"}, {"COLUMNS": "0"}, {"COLUMNS": "-1"}, {"TERM": ""},
                {"GITHUB_ACTIONS": "true"}, {"CI": "true"}, {"GITLAB_CI": "true"}, {"ROOFLINE_EXIT_ZERO": "1"}, {"HOME": ""},
                {"TZ": "Pacific/Kiritimati"}, {"SOURCE_DATE_EPOCH": "0"}, {"SOURCE_DATE_EPOCH": "253402300799"},
                {"ROOFLINE_CATALOG": "none.json"}, {"ROOFLINE_CATALOG": "budget.json"}, {"ROOFLINE_CATALOG": "/dev/null"},
                {"ROOFLINE_CATALOG": ":::none:"}):
        yield Case(f"tight with {env}", tight, env=env)
    dated = budget(target(limits=f'"gpus": {{"max": 4}}, "tpot": {{"max": "{TIGHT}", "skip_until": "2027-01-01", "reason": "x"}}'))
    for epoch in ("x", "-1", "1e9", "1795305600x", " 1", "253402300800", "99999999999999999999", "1893456000"):
        yield Case(f"a skip at {epoch}", {"budget.json": dated}, env={"SOURCE_DATE_EPOCH": epoch})
    for flags in (["--only", "none"], ["--only", ""], ["--only", ","], ["--only", "chat,none"], ["--max-price-age", "90"],
                  ["--report", "none=x"], ["--report", "junit"], ["--report", "junit=none/x"], ["--report", "junit="],
                  ["--baseline", "none.json"], ["--exit-zer"], ["--exitzero"], ["-z"], ["--dry-run"], ["--basis", "bound"],
                  ["--batch", "1"], ["--hw", "h100"], ["--init"], ["--write-baseline"], ["budget.json"], ["./none.json"],
                  ["--only", "Chat"], ["--json", "--only", "none"], ["--format", "svg"], ["--get", "result.none"],
                  ["--calibration", "c.json"], ["--exit-zero", "--only", "none"]):
        yield Case(f"flags {flags}", {"budget.json": LOOSE_TEXT}, flags=flags)
    for flags in (["--json"], ["--format", "md"], ["--report", "junit=j.xml,md=m.md"], ["--only", "chat"], ["--max-price-age", "9000d"],
                  ["-o", "out.json"], ["--get", "result.checks.0.status"]):
        yield Case(f"tight with {flags}", tight, flags=flags)
    many = [target(name=f"t{i}") for i in range(2000)]
    yield text_case("2001 targets, the last is tight", budget(*many, target(limits=TPOT % TIGHT)))
    yield Case("a tight one beside", {"budget.json": LOOSE_TEXT, "b.json": TIGHT_TEXT}, flags=["b.json"])


GROUPS = {"the file": the_file, "model files": model_files, "baselines": baselines,
          "catalogs and calibrations": catalogs_and_calibrations, "around the run": around_the_run}
