#!/usr/bin/env python3
"""Turns flat measurement records into rows for `roofline validate`.

    rows_of_measurements.py measurements.json                     rows as CSV, counts on stderr
    rows_of_measurements.py measurements.json --roofline BINARY   the table of docs/accuracy.md
        --at-least N                                              fails below N predicted records

A record becomes one row with one measured figure, or is counted under the reason why not. Nothing
but names, sizes and units is looked at: a record's value decides neither.
"""

import argparse
import collections
import csv
import io
import json
import os
import subprocess
import sys
import tempfile

SKIPPED = 77

COLUMNS = ["id", "group", "hardware", "gpus", "tp", "pp", "dp", "ep", "engine", "model", "weights",
           "dtype", "kv_bytes", "concurrency", "batch", "equal_lengths", "waves", "input_tokens",
           "output_tokens", "ttft_ms", "tpot_ms", "e2e_ms", "output_tokens_per_s"]

# What a record calls the device, by the whole words where hw_id says too little.
DEVICES_BY_NAME = {
    "NVIDIA GH200 Grace Hopper Superchip 144GB": "gh200-144gb",
    "NVIDIA GH200 Grace Hopper Superchip 96GB": "gh200-96gb",
    "A10G 24GB": "a10g",
    "A30": "a30",
    "Tesla V100": "v100-sxm2",
}
DEVICES = {
    "A100-PCIe-80": "a100-pcie-80gb",
    "A100-SXM-80": "a100-sxm-80gb",
    "Arc-B580": "arc-b580",
    "B200": "b200-sxm",
    "GB200": "gb200",
    "H100-NVL": "h100-nvl",
    "H100-PCIe": "h100-pcie",
    "H100-SXM": "h100-sxm",
    "H200-SXM": "h200-sxm",
    "Inf2": "inferentia2",
    "L40S": "l40s",
    "M1": "apple-m1",
    "M1-Max": "apple-m1-max",
    "M1-Pro": "apple-m1-pro",
    "M1-Ultra": "apple-m1-ultra",
    "M2": "apple-m2",
    "M2-Max": "apple-m2-max",
    "M2-Pro": "apple-m2-pro",
    "M2-Ultra": "apple-m2-ultra",
    "M3": "apple-m3",
    "M3-Max": "apple-m3-max",
    "M3-Pro": "apple-m3-pro",
    "M3-Ultra": "apple-m3-ultra",
    "M4-Max": "apple-m4-max",
    "M4-Pro": "apple-m4-pro",
    "MI300X": "mi300x",
    "Orin-AGX": "jetson-agx-orin-64gb",
    "RTX-3090": "rtx-3090",
    "RTX-4090": "rtx-4090",
    "RTX-5090": "rtx-5090",
    "RTX-6000-Ada": "rtx-6000-ada",
    "RTX-PRO-6000": "rtx-pro-6000",
    "RX-7900XTX": "rx-7900-xtx",
    "Ryzen-AI-Max-395": "strix-halo",
    "T4": "t4",
    "TPU-v5e": "tpu-v5e",
    "TPU-v6e": "tpu-v6e",
    "TPU7x": "tpu-v7",
    "Thor": "jetson-agx-thor-t5000",
    "Trn1": "trainium1",
}
# Several devices of the catalog could be meant, or a variant that it does not hold.
UNCLEAR_DEVICES = {
    "A100 80GB",
    "A100 40GB",
    "A100 80GB (HBM2e; SXM/PCIe not stated)",
    "Jetson AGX Orin",
    "Apple M1 7\u2011Core GPU 8GB",
    "RTX PRO 6000 Blackwell Max-Q 96GB (300 W)",
}

MODELS = {
    "CodeLlama 34B": "codellama-34b",
    # Llama 2 13B with 16 words more.
    "CodeLlama-13b-hf": "llama-2-13b",
    "DeepSeek-R1-0528": "deepseek-r1",
    # Distilled into Llama 3.3 70B.
    "DeepSeek-R1-Distill 70B": "llama-3.3-70b",
    "Falcon 180B": "falcon-180b",
    "LLaMA 70B": "llama-2-70b",
    # The first Llama has the shapes of the second.
    "LLaMA 7B": "llama-2-7b",
    "Llama 2 13B": "llama-2-13b",
    "Llama 2 70B": "llama-2-70b",
    "Llama 2 7B": "llama-2-7b",
    "Llama 3 70B": "llama-3-70b",
    "Llama 3 8B": "llama-3-8b",
    "Llama 3.1 405B": "llama-3.1-405b",
    "Llama 3.1 70B": "llama-3.1-70b",
    "Llama 3.1 8B": "llama-3.1-8b",
    "Llama 3.2 3B": "llama-3.2-3b",
    "Llama 3.3 70B": "llama-3.3-70b",
    "Llama-2-13b": "llama-2-13b",
    "Llama-2-70b": "llama-2-70b",
    "Llama-2-7b": "llama-2-7b",
    "Llama-3-70B": "llama-3-70b",
    "Llama-3-8B": "llama-3-8b",
    # v0.3 has 768 words more than v0.1 and v0.2.
    "Mistral 7B": "mistral-7b-v0.3",
    "Mistral-7B-Instruct-v0.2": "mistral-7b-v0.3",
    "Mixtral 8x22B": "mixtral-8x22b-v0.1",
    "Mixtral 8x7B": "mixtral-8x7b-v0.1",
    "Qwen2.5-Coder-7B": "qwen2.5-7b",
    "Qwen3 32B": "qwen3-32b",
    "Qwen3 4B": "qwen3-4b",
    "Qwen3 8B": "qwen3-8b",
    "Qwen3-235B-A22B": "qwen3-235b-a22b",
    "Qwen3-30B-A3B": "qwen3-30b-a3b",
    "Qwen3-32B": "qwen3-32b",
    "Qwen3-Coder-30B-A3B": "qwen3-coder-30b-a3b",
    "Qwen3-Coder-480B-A35B": "qwen3-coder-480b-a35b",
    "Qwen3.5-397B-A17B": "qwen3.5-397b-a17b",
    "gpt-oss-120b": "gpt-oss-120b",
    "gpt-oss-20b": "gpt-oss-20b",
}

WEIGHTS = {
    "bf16": "bf16",
    "fp16": "fp16",
    "fp8": "fp8",
    # The FP4 checkpoints of NVIDIA's ModelOpt.
    "fp4": "nvfp4",
    "fp8 (qwix)": "fp8",
    "gguf f16": "fp16",
    "gguf mxfp4": "mxfp4_moe",
    "gguf q4_0": "q4_0",
    "gguf q4_k_m": "q4_k_m",
    "gguf q8_0": "q8_0",
    "int4": "int4",
    "int4 w4a16": "int4",
    "int4 w4a16 (RedHatAI quantized.w4a16 in the tutorial)": "int4",
    "int8": "int8",
    "mxfp4": "mxfp4",
    "mxfp4 (col. labelled FP8)": "mxfp4",
    "nvfp4": "nvfp4",
}
# Models whose FP8 edition is scaled in blocks.
BLOCK_SCALED = {"deepseek-r1"}
# Formats that are made for integer products; a record that says 16-bit arithmetic means it.
INTEGER_WEIGHTS = {"int8", "q8_0", "q4_k_m", "q4_0", "mxfp4_moe"}
WIDE = {"f16": "fp16", "fp16": "fp16", "bf16": "bf16"}

CACHE_BYTES = {
    "": "",
    "bf16": 2,
    "f16": 2,
    "fp16": 2,
    "fp16 (latency run has no --kv-cache-dtype)": 2,
    "fp16/bf16": 2,
    "fp8": 1,
    "int8": 1,
}

ENGINES = [("llama.cpp", "llama.cpp"), ("TensorRT-LLM", "trtllm"), ("vLLM", "vllm"),
           ("SGLang", "sglang")]

NOT_A_DEPLOYMENT = {
    "allreduce": "a link, not a deployment",
    "attention_kernel": "a kernel, not a deployment",
    "disagg_moe": "prompts and answers on separate devices",
    "gemm_fp8": "a kernel, not a deployment",
    "gemm_fp8_grouped": "a kernel, not a deployment",
    "gemm_peak": "a kernel, not a deployment",
    "jetstream_serving": "lengths are not published",
    "link": "a link, not a deployment",
    "mlperf_offline": "load or lengths are not published",
    "mlperf_server": "load or lengths are not published",
    "mlperf_singlestream": "load or lengths are not published",
    "stream": "a kernel, not a deployment",
    "vla_latency": "robot models are not in the catalog",
}


class Uncovered(Exception):
    """Why a record is no row."""


def found(table, key, reason):
    if key not in table:
        raise Uncovered(reason)
    return table[key]


def count(value, reason="lengths are not published"):
    if not isinstance(value, (int, float)):
        raise Uncovered(reason)
    return value


def device_of(record):
    name = record["hardware"]
    if name in UNCLEAR_DEVICES:
        raise Uncovered("which variant of the device is not clear")
    if name in DEVICES_BY_NAME:
        return DEVICES_BY_NAME[name]
    return found(DEVICES, record["hw_id"], "device is not in the catalog")


def arithmetic_of(record, weights):
    """What the weights were multiplied in, where it is not what they are made for."""
    return WIDE.get(record["activation_dtype"], "") if weights in INTEGER_WEIGHTS else ""


def engine_of(record):
    for name, engine in ENGINES:
        if record["software"].startswith(name):
            return engine
    return "generic"


def layout_of(record):
    """Devices are chips: where tp counts their cores, all chips share a layer."""
    gpus = count(record["gpus"], "number of devices is not published")
    layout = {"gpus": gpus, "tp": min(record["tp"] or 1, gpus), "pp": record.get("pp") or 1,
              "dp": 1, "ep": 1}
    notes = record["notes"] or ""
    if "layer split" in notes:
        layout.update(tp=1, pp=gpus)
    if "; DEP" in notes:
        layout.update(tp=1, dp=gpus, ep=gpus)
    return layout


def single_stream(record, row):
    """A batch without a server: llama-bench, first-token and whole-batch benchmarks."""
    metric, value = record["metric"], record["value"]
    batch = count(record["batch_or_concurrency"], "load is not published")
    prompt, answer = count(record["isl"]), count(record["osl"])
    filled = record.get("depth") or 0
    row["batch"] = batch
    if metric in ("prefill_tokens_per_s", "ttft_ms"):
        if filled:
            raise Uncovered("a prompt behind a filled cache")
        # The first token does not depend on the answer after it.
        row.update(input_tokens=prompt, output_tokens=1)
        rate = metric == "prefill_tokens_per_s"
        row["ttft_ms"] = 1000 * batch * prompt / value if rate else value
        return
    # Generation out of nothing starts from one token.
    row.update(input_tokens=max(prompt, filled, 1), output_tokens=answer)
    # llama-batched-bench counts the decode phase alone.
    decode_only = record["group"] == "llamacpp_batched"
    if metric == "tokens_per_s_per_user":
        row["tpot_ms"] = 1000 / value
    elif metric == "output_tokens_per_s" and decode_only:
        row["tpot_ms"] = 1000 * batch / value
    elif metric == "output_tokens_per_s":
        row["output_tokens_per_s"] = value
    elif metric == "itl_ms":
        row["tpot_ms"] = value
    elif metric == "latency_ms":
        row["e2e_ms"] = value


def served(record, row):
    metric, value = record["metric"], record["value"]
    load = record["batch_or_concurrency"]
    if isinstance(load, str) and load.startswith("max_num_seqs "):
        # As many requests as sequences, all at once.
        load = int(load.split()[1])
        row.update(waves=1, equal_lengths=1)
    row["concurrency"] = count(load, "load is not published")
    prompt, answer = count(record["isl"]), count(record["osl"])
    row.update(input_tokens=prompt, output_tokens=answer)
    if metric == "output_tokens_per_s":
        row["output_tokens_per_s"] = value
    elif metric == "total_tokens_per_s":
        row["output_tokens_per_s"] = value * answer / (prompt + answer)
    elif metric == "tokens_per_s_per_user":
        row["tpot_ms"] = 1000 / value
    elif metric == "itl_ms":
        row["tpot_ms"] = value
    elif metric == "ttft_ms":
        row["ttft_ms"] = value


# Sequences that TensorRT-LLM lets into a step unless told otherwise (max_batch_size).
MOST_SEQUENCES = 2048


def saturated(record, row):
    """All requests are queued, and as many are in flight as memory and the engine allow."""
    row.update(concurrency=MOST_SEQUENCES * row["dp"], equal_lengths=1,
               input_tokens=count(record["isl"]), output_tokens=count(record["osl"]),
               output_tokens_per_s=record["value"])


LOADS = {
    "decode_bs1_multigpu": single_stream,
    "llamacpp_batched": single_stream,
    "llamacpp_batched_pp": single_stream,
    "llamacpp_depth_sweep": single_stream,
    "llamacpp_pp": single_stream,
    "llamacpp_pp2048": single_stream,
    "llamacpp_pp512": single_stream,
    "llamacpp_tg": single_stream,
    "llamacpp_tg128": single_stream,
    "neuron_static": single_stream,
    "prefill_sweep": single_stream,
    "trtllm_inflight_max_load": saturated,
    "trtllm_ftl": single_stream,
    "trtllm_ftl_bs1": single_stream,
    "trtllm_static_throughput": single_stream,
    "vllm_edge": served,
    "vllm_offline_throughput": served,
    "vllm_serving": served,
    "vllm_static_latency": single_stream,
}


def row_of(record):
    group = record["group"]
    if group in NOT_A_DEPLOYMENT:
        raise Uncovered(NOT_A_DEPLOYMENT[group])
    load = found(LOADS, group, "a kind of record that is not known")
    row = {"id": record["id"], "group": f"{record['source']} {group}", "engine": engine_of(record)}
    row["hardware"] = device_of(record)
    row["model"] = found(MODELS, record["model"], "model is not in the catalog")
    row["weights"] = found(WEIGHTS, record["weight_dtype"],
                           "weight format is not published or not known")
    if row["weights"] == "fp8" and row["model"] in BLOCK_SCALED:
        row["weights"] = "fp8_block"
    row["dtype"] = arithmetic_of(record, row["weights"])
    row["kv_bytes"] = found(CACHE_BYTES, record["kv_dtype"] or "", "cache format is not known")
    row.update(layout_of(record))
    load(record, row)
    if not any(row.get(name) for name in COLUMNS[COLUMNS.index("ttft_ms"):]):
        raise Uncovered(f"{record['metric']} is no figure of a deployment")
    return row


def rows_and_reasons(records):
    rows, reasons = [], collections.Counter()
    for record in records:
        try:
            rows.append(row_of(record))
        except Uncovered as reason:
            reasons[str(reason)] += 1
    return rows, reasons


def csv_of(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


# Kinds of what `validate` says of rows that it cannot predict.
REFUSALS = [("does not divide the heads", "the number of devices does not divide the heads"),
            ("is too many", "tensor parallelism over more devices than NVLink joins"),
            ("was made for", "longer than the model's context")]


def kind_of(refusal):
    return next((words for part, words in REFUSALS if part in refusal), refusal)


def validated(roofline, rows):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(csv_of(rows))
        run = subprocess.run([roofline, "validate", path, "--by", "group", "--json"],
                             stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)["result"]


FIGURES = [("ttft", "time to first token"), ("tpot", "time per token"),
           ("e2e", "whole answer"), ("tokens_per_s", "tokens/s")]


def error_lines(answer):
    yield "| source | group | figure | n | median | bias |"
    yield "|---|---|---|--:|--:|--:|"
    for name, errors in sorted(answer["by"]["group"].items()):
        source, group = name.split(" ")
        for key, words in FIGURES:
            of = errors[key]
            if of["n"]:
                bias = f"{100 * of['bias']:+.0f} %".replace("-", "\u2212")
                yield (f"| {source} | {group} | {words} | {of['n']:.0f} | "
                       f"{100 * of['median_ape']:.0f} % | {bias} |")


def reason_lines(reasons):
    yield "| records | why they are not predicted |"
    yield "|--:|---|"
    for reason, number in sorted(reasons.items(), key=lambda item: (-item[1], item[0])):
        yield f"| {number} | {reason} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("measurements")
    parser.add_argument("--roofline", help="the binary to predict the rows with")
    parser.add_argument("--at-least", type=int, default=1, metavar="N")
    arguments = parser.parse_args()
    if not os.path.exists(arguments.measurements):
        print(f"SKIPPED: {arguments.measurements} is not there")
        return SKIPPED
    with open(arguments.measurements, encoding="utf-8") as file:
        records = json.load(file)
    rows, reasons = rows_and_reasons(records)
    if not arguments.roofline:
        sys.stdout.write(csv_of(rows))
        print("\n".join(reason_lines(reasons)), file=sys.stderr)
        return 0
    answer = validated(arguments.roofline, rows)
    for skipped in answer["skipped"]:
        reasons[kind_of(skipped["reason"])] += int(skipped["rows"])
    predicted = sum(int(errors[key]["n"]) for errors in [answer["summary"]] for key, _ in FIGURES)
    counted = sum(reasons.values())
    print("\n".join(error_lines(answer)))
    print("\n".join(["", *reason_lines(reasons), ""]))
    print(f"{predicted} of {len(records)} records predicted, {counted} counted by reason")
    if predicted + counted != len(records):
        print("some records are neither", file=sys.stderr)
        return 1
    return 0 if predicted >= arguments.at_least else 1


if __name__ == "__main__":
    sys.exit(main())
