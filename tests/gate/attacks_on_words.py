"""Attacks with what a budget says: each must not pass, each control must."""
from attack_kit import LOOSE, TIGHT, budget, escaped, of_limit, of_target, target, text_case

BLANKS = ["", " ", "\\u00a0", "\\u200b", "\\ufeff", "\\u2003", "\\u3000", "\\u2060", "\\t\\n"]


def both_ways(first, second, around):
    yield around % f"{first}, {second}"
    yield around % f"{second}, {first}"


def duplicate_keys():
    yield of_limit(f'"tpot": {{"max": "{LOOSE}"}}', control=True)
    whole = budget(target(limits="%s"))
    for key in ("max", escaped("max", 2), escaped("max", 0), "m\\u0061x", "m\\u0061\\u0078"):
        for text in both_ways(f'"max": "{TIGHT}"', f'"{key}": "{LOOSE}"', '"tpot": {%s}'):
            yield of_limit(text)
    for key in ("tpot", escaped("tpot", 3), escaped("tpot", 0)):
        for text in both_ways(f'"tpot": {{"max": "{TIGHT}"}}', f'"{key}": {{"max": "{LOOSE}"}}', "%s"):
            yield text_case(text, whole % text)
    for key in ("limits", escaped("limits", 5), escaped("limits", 0)):
        for text in both_ways(f'"limits": {{"tpot": {{"max": "{TIGHT}"}}}}',
                              f'"{key}": {{"tpot": {{"max": "{LOOSE}"}}}}', "%s"):
            yield text_case(text, budget('{"name": "a", "model": "llama-3.1-8b", "hw": "h100", '
                                         f'"batch": 8, {text}}}'))
    for key in ("targets", escaped("targets", 6)):
        tight = target(limits='"tpot": {"max": "%s"}' % TIGHT)
        for text in both_ways(f'"targets": [{tight}]', f'"{key}": [{target()}]',
                              '{"version": 1, %s}'):
            yield text_case(text[:60], text)
    for first, second in (("kv_dtype", "kv-dtype"), ("prefix_hit", "prefix-hit"),
                          ("prefill_chunk", "prefill-chunk"), ("stream_interval", "stream-interval")):
        value = {"kv": '"fp8"', "pr": '"40%"', "st": "4"}[first[:2]]
        value = "512" if first == "prefill_chunk" else value
        yield of_target(f'"{first}": {value}, "{second}": {value},')
        yield of_target(f'"{second}": {value}, "{first}": {value},')
    for key in ("Max", "MAX", "max ", " max", "m\u0430x", "ma\u200bx", "\ufeffmax", "\uff4dax",
                "ma\\u00adx", "max\\u0000", "maximum", "limit", "<=", "max_"):
        yield of_limit(f'"tpot": {{"{key}": "{LOOSE}"}}')
        yield of_limit(f'"tpot": {{"max": "{TIGHT}", "{key}": "{LOOSE}"}}')
    for head in ('"defaults": {"batch": 8, "batch": 1},', '"defaults": {"hw": "h100", "h\\u0077": "l4"},',
                 '"version": 1,', '"max_price_age": "9000d", "max-price-age": "1d",',
                 '"defaults": {}, "default\\u0073": {},'):
        yield text_case(head, budget(head=head))


def numbers():
    yield of_limit('"gpus": {"max": 4}', control=True)
    yield of_limit('"tokens_per_s": {"min": 1.5e0}', control=True)
    wrong = ["NaN", "Infinity", "-Infinity", "nan", "1e400", "-1e400", "1e-400", "0e0", "-0", "0",
             "0x10", "0900", "+4", ".5", "5.", "1e", "1_000", '"4"', '"many"', "null", "true", "[4]",
             "{}", "1e308", "1e31", "5e-324", "1e-310", "-4", "4,5", "1 000", "1'000", "0b1", "1f",
             "4 // x", "--4", "1e+", "\u0664", '""', "1e309"]
    for text in wrong:
        for metric, side in (("gpus", "max"), ("tokens_per_s", "min")):
            yield of_limit(f'"{metric}": {{"{side}": {text}}}')
    for text in ("0.5", "1.5", "1e-29"):
        yield of_limit(f'"gpus": {{"max": {text}}}')
    for text in ("NaNms", "infs", "Infinitys", "1e400s", "-1s", "0s", "-0s", "1e308s", "1e-400s",
                 "1e31s", "0x10s", "+s", "s", ".s", "1e s", "1..5s", "1,5s", "1,000s", "- 1s"):
        yield of_limit(f'"tpot": {{"max": "{text}"}}')


def units():
    yield of_limit('"tpot": {"max": "0.9 s"}, "memory": {"max": "79GB"}', control=True)
    for text in ("900", "900 m", "1M", "1Ms", "1MS", "9US", "9uS", "900%", "90%", "9kW", "9GB", "9$",
                 "9tokens/s", "\uff19s", "9\uff53", "9ms 9s", "9ms,9s", "9;s", "9sec", "9seconds",
                 "9msec", "9d", "9w", "9y", "9Min", "9MIN", "9 s s", "9s/token", "9s.",
                 "9\\u0000s", "9s\\u0000", "9\u200bs", "9\u202es", "s9", "one second", "PT9S",
                 "00:00:09", "9e", "9E3", "9/1s", "9*1s", "9^1s", "(9s)", "'9s'", "<9s", "9000\u00b5",
                 "9000\u03bcs", "9\u00a0s", "~9s"):
        yield of_limit(f'"tpot": {{"max": "{text}"}}')
    for text in ("80", "80G", "80Gb", "640gB/s", "80Tb", "80Mb", "200%", "101%", "-5%", "80GiBs",
                 "80gbit", "80B/s", "1", "80 G B", "80%%", "%", "0%", "1e400GB", "NaN%", "80 GB GB"):
        yield of_limit(f'"memory": {{"max": "{text}"}}')
    for text in ("700", "1mW", "1VA", "1kJ", "1kWh", "1K", "9s"):
        yield of_limit(f'"power": {{"max": "{text}"}}')


def loads():
    yield of_target('"kv_dtype": "fp8",', control=True)
    for value in ("0", "-1", "1.5", '"8"', '"x"', "null", "1e400", "true", "[]", "1e308", "-0", "0.5",
                  "1e-5"):
        yield text_case(f"batch {value}", budget(target(load=f'"batch": {value},')))
        yield text_case(f"concurrency {value}",
                        budget(target(load=f'"concurrency": {value}, "isl": 99, "osl": 99,')))
    for hw in ("h100x0", "h100xnan", "h100xinf", "h100x-1", "h100x1.5", "0xh100", "h100x1e400",
               "h100x99999999999999999999", "h100x", "xh100", "h100x2x2", "", " ", "h100,h100",
               "h100;h100", "h1000", "h100:9gb", "h100x 0"):
        yield text_case(f"hw {hw}", budget(target(hw=hw)))
    for own in ('"prefix_hit": "150%",', '"prefix_hit": 0.4,', '"pue": 0.5,', '"gpus": 1,',
                '"utilization": "0%",', '"utilization": "101%",', '"replicas": 1.5,', '"replicas": 0,',
                '"concurrency": 4,', '"rate": 1, "concurrency": 4,', '"isl": 0,', '"osl": 1.5,',
                '"lengths": "odd",', '"life": 4,', '"tp": 3,', '"tp": 0,', '"pp": -1,', '"ep": 7,',
                '"quant": "fp3",', '"quant": null,', '"engine": "own",', '"dtype": "int3",',
                '"context": -1,', '"acceptance": "200%",', '"tp": 1e30,'):
        yield of_target(own)


def no_answers():
    yield of_limit('"usd_per_1m_output": {"max": 900}', control=True,
                   load='"batch": 8, "context": 2048, "price": "$2.50/h",')
    for own, limits in (("", '"usd_per_1m_output": {"max": 900}'), ("", '"usd_per_month": {"max": 9e9}'),
                        ('"price": "\u20ac2/h",', '"usd_per_1m_output": {"max": 900}'),
                        ('"price": "nobody",', '"usd_per_1m_output": {"max": 900}'),
                        ('"price": "lambda/never",', '"usd_per_1m_output": {"max": 900}'),
                        ("", '"tpot": null'), ("", ""), ("", '"tpot": {}'), ("", '"tpot": []'),
                        ("", '"tpot": "900ms"'), ("", '"latency": {"max": "9s"}'),
                        ("", '"tpot": {"severity": "error"}'), ("", '"tpot": {"message": "x"}'),
                        ("", '"tpot": {"max": "9s", "min": "10s"}'), ("", '"ttft": {"max": "0s"}'),
                        ("", '"tpot": {"max": "9s", "severity": "none"}'),
                        ("", '"tpot": {"max": "9s", "severity": null}')):
        yield of_limit(limits, own + limits, own=own)
    for more in ({"model": "llama-3.1-70b", "hw": "l4"}, {"model": "llama-3.1-405b"},
                 {"load": '"rate": 1000000, "isl": 9000, "osl": 900,'}, {"model": "bge-m3"},
                 {"model": "llama-9"}, {"model": ""}, {"hw": "h101y"}, {"name": ""}):
        yield text_case(str(more), budget(target(**more)))
    for text in ('{"version": 2, "targets": []}', '{"version": "1", "targets": [%s]}' % target(),
                 '{"targets": [%s]}' % target(), '{"version": null, "targets": [%s]}' % target(),
                 '{"version": 1.5, "targets": [%s]}' % target(), '{"version": 1}',
                 '{"version": 1, "targets": {}}', '{"version": 1, "targets": []}',
                 '{"version": 1, "targets": null}', '{"version": 1, "targets": [null]}',
                 '{"version": 1, "targets": [[%s]]}' % target(), "[]", "null", '"x"', "1",
                 budget(head='"defaults": [],'), budget(head='"default": {},'),
                 budget(head='"defaults": {"limits": {}},'), budget(head='"defaults": {"tpot": {}},'),
                 budget(target(), target()), budget(head='"baseline": null,')):
        yield text_case(text[:70], text)


def skips():
    def skipped(day, reason="agreed", severity=""):
        return (f'"tpot": {{"max": "{TIGHT}", "skip_until": {day}, "reason": "{reason}"{severity}}}, '
                '"gpus": {"max": 4}')
    yield of_limit(skipped('"2026-11-23"'), control=True)
    yield of_limit(skipped('"9999-12-31"'), control=True)
    for day in ('"2026-11-22"', '"2026-11-21"', '"1970-01-01"', '"2027-13-01"', '"2027-02-30"',
                '"2027-02-29"', '"2027-1-1"', '"27-01-01"', '"2027-01"', '"2027"', '"01.02.2027"',
                '"2027/01/01"', '"2027-01-01T00:00"', '"2027-01-01 "', '" 2027-01-01"', '"never"', '"+1y"',
                '"12027-01-01"', '"-2027-01-01"', '"\uff12027-01-01"', '"2027-01-0\u0661"', '""', "null",
                "20270101", "true", '"2027-00-10"', '"2027-10-00"', '"2027-01-32"', '"0000-00-00"'):
        yield of_limit(skipped(day))
    for blank in BLANKS:
        yield of_limit(skipped('"2027-01-01"', blank), f"reason {blank!r}")
    yield of_limit(f'"tpot": {{"max": "{TIGHT}", "skip_until": "2027-01-01"}}, "gpus": {{"max": 4}}')
    yield of_limit(f'"tpot": {{"max": "{LOOSE}", "reason": "so"}}')
    yield of_limit(f'"tpot": {{"max": "{LOOSE}", "skip_until": "2027-01-01", "reason": "so"}}')
    yield of_limit(skipped('"2027-01-01"'), "does not fit beside it", hw="l4", model="llama-3.1-70b")


def second_spellings():
    tight = f'"tpot": {{"max": "{TIGHT}"}}'
    yield of_limit(f'"tpot": {{"max": "{LOOSE}"}}', control=True, hw="H100 SXM", model="Llama 3.1 8B")
    for hw in ("H100", "h100-sxm", "h_100 sxm", "H100x1", "h100 x 1", "h100x8", "mi300x", "MI300Xx1"):
        yield of_limit(tight, f"tight on {hw}", hw=hw)
    for model in ("LLAMA-3.1-8B", "llama 3.1 8b", "meta-llama/Llama-3.1-8B", "Llama_3.1_8B"):
        yield of_limit(tight, f"tight of {model}", model=model)
    for price in ('"free"', '"$0/h"', '"0"', '"-1"', '"$1e-31/h"', '"$2.50/month"', '"2,50"', "2.5",
                  "null", '""', '"USD"', '"$"', '"$2.50/h/h"', '"$2.50 EUR/h"', '"1e400"', '"NaN"'):
        yield of_limit('"usd_per_1m_output": {"max": 900}', f"price {price}", own=f'"price": {price},')
    for own in ('"basis": "Bound",', '"basis": "best",', '"basis": null,', '"warn_at": 0.9,',
                '"warn_at": "190%",', '"warn_at": null,', '"calibration": null,', '"calibration": "",',
                '"purchase": "$30000",', '"price": "$2/h", "purchase": "$30000",',
                '"purchase": "$1", "power_price": "\u20ac0.1/kWh",', '"name": "b",', '"kv_dtyp": "fp8",',
                '"_comment": "x",', '"$schema": "x",', '"version": 1,', '"skip": true,',
                '"enabled": false,', '"severity": "info",', '"skip_until": "2027-01-01",'):
        yield of_target(own)
    for head in ('"defaults": {"batch": null},', '"defaults": {"name": "x"},', '"skip": true,',
                 '"defaults": {"hw": null},', '"severity": "info",', '"exit_zero": true,',
                 '"only": ["x"],', '"$schema": 1,', '"$schema": "",'):
        yield text_case(head, budget(head=head))
    yield text_case("the last of many is tight", budget(
        *[target(name=f"t{i}") for i in range(60)], target(limits=tight)))


GROUPS = {"duplicate keys": duplicate_keys, "numbers": numbers, "units": units, "loads": loads,
          "no answers": no_answers, "skips": skips, "second spellings": second_spellings}
