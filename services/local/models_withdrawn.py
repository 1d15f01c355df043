"""Models that Cloudflare has withdrawn, with the day: asking for one is answered with code 5028."""

from __future__ import annotations

_AUTUMN_2025 = (
    "@hf/thebloke/llamaguard-7b-awq",
    "@hf/thebloke/mistral-7b-instruct-v0.1-awq",
    "@hf/thebloke/zephyr-7b-beta-awq",
    "@hf/thebloke/deepseek-coder-6.7b-base-awq",
    "@hf/thebloke/deepseek-coder-6.7b-instruct-awq",
    "@hf/thebloke/llama-2-13b-chat-awq",
    "@hf/thebloke/neural-chat-7b-v3-1-awq",
    "@hf/thebloke/openhermes-2.5-mistral-7b-awq",
    "@hf/nexusflow/starling-lm-7b-beta",
    "@cf/thebloke/discolm-german-7b-v1-awq",
    "@cf/deepseek-ai/deepseek-math-7b-instruct",
    "@cf/fblgit/una-cybertron-7b-v2-bf16",
    "@cf/openchat/openchat-3.5-0106",
    "@cf/qwen/qwen1.5-0.5b-chat",
    "@cf/qwen/qwen1.5-1.8b-chat",
    "@cf/qwen/qwen1.5-7b-chat-awq",
    "@cf/qwen/qwen1.5-14b-chat-awq",
    "@cf/tiiuae/falcon-7b-instruct",
    "@cf/tinyllama/tinyllama-1.1b-chat-v1.0",
)
_SPRING_2026 = (
    "@cf/meta/llama-3-8b-instruct",
    "@cf/meta/llama-3-8b-instruct-awq",
    "@cf/meta/llama-3.1-8b-instruct",
    "@cf/meta/llama-3.1-8b-instruct-awq",
    "@cf/meta/llama-3.1-70b-instruct",
    "@cf/meta/llama-2-7b-chat-fp16",
    "@cf/meta/llama-2-7b-chat-int8",
    "@cf/mistral/mistral-7b-instruct-v0.1",
    "@hf/mistral/mistral-7b-instruct-v0.2",
    "@hf/google/gemma-7b-it",
    "@cf/google/gemma-3-12b-it",
    "@hf/nousresearch/hermes-2-pro-mistral-7b",
    "@cf/microsoft/phi-2",
    "@cf/defog/sqlcoder-7b-2",
    "@cf/unum/uform-gen2-qwen-500m",
    "@cf/facebook/bart-large-cnn",
    "@cf/moonshotai/kimi-k2.5",
)

WITHDRAWN: dict[str, str] = dict.fromkeys(_AUTUMN_2025, "2025-10-01") | dict.fromkeys(_SPRING_2026, "2026-05-30")
"""Name to day, ISO 8601."""
