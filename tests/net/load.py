"""An outside client under whose load a network is cut: `python -m tests.net.load TARGET...`, one for each replica.

Prints "ended" for each asset that came to its end, and once it is terminated and everything has ended, "report" and
what was counted.
"""

from __future__ import annotations

import asyncio
import json
import random
import signal
import sys

from tests.chaos.check import check
from tests.chaos.load import Crowd

CLIENTS = 4
PATIENCE_S = 90.0


async def load(targets: list[str]) -> None:
    crowd = Crowd(
        f"ipv4:{','.join(targets)}",
        random.Random(),
        kinds=("plain",),
        heard=lambda story: print("ended", flush=True),  # noqa: T201
    )
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, crowd.stopping.set)
    await crowd.work(CLIENTS, PATIENCE_S)
    report = await check(crowd, [f"ipv4:{target}" for target in targets])
    print("report", json.dumps(vars(report)), flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(load(sys.argv[1:]))
