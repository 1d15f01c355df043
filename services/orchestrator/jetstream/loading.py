"""Filling the index from the headers of what is stored: once for everything, later only for what was missed."""

from __future__ import annotations

import asyncio

import orjson

from services.orchestrator.jetstream.client import Message
from services.orchestrator.jetstream.codec import read_headers
from services.orchestrator.jetstream.index import Index
from services.orchestrator.jetstream.streams import NANOSECONDS, asset_of
from services.orchestrator.jetstream.wire import Wire, status_of, unavailable

BATCH = 2000
FORGOTTEN_AFTER_S = 60
BATCH_TIMEOUT_S = 30.0


async def load(wire: Wire, stream: str, after: int, index: Index) -> None:
    """Put into the index what is stored after the place `after`; for 0 that is the last message of each asset.

    Raises:
        ApiError: the server has no consumer for us.
        ServiceError: STORE_UNAVAILABLE.
    """
    config: dict[str, object] = {
        "ack_policy": "none",
        "headers_only": True,
        "mem_storage": True,
        "num_replicas": 1,
        "inactive_threshold": FORGOTTEN_AFTER_S * NANOSECONDS,
        "deliver_policy": "last_per_subject",
        "filter_subject": ">",
    }
    if after:
        config |= {"deliver_policy": "by_start_sequence", "opt_start_seq": after + 1}
    answer = await wire.api(f"CONSUMER.CREATE.{stream}", {"stream_name": stream, "config": config})
    consumer = str(answer["name"])
    while await _load_batch(wire, f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}", index):
        pass
    await wire.api(f"CONSUMER.DELETE.{stream}.{consumer}")


async def _load_batch(wire: Wire, next_subject: str, index: Index) -> bool:
    """Load one batch; whether there may be more."""
    ended: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    count = 0

    def deliver(message: Message) -> None:
        nonlocal count
        status = status_of(message)
        if not status:
            _take_in(message, index)
            count += 1
        elif not ended.done() and status != "404":
            ended.set_exception(unavailable(f"ended a list ({status})"))
        if not ended.done() and (status == "404" or count == BATCH):
            ended.set_result(count == BATCH)

    inbox = wire.new_inbox()
    subscription = await wire.subscribe(inbox, deliver)
    try:
        await wire.publish(next_subject, orjson.dumps({"batch": BATCH, "no_wait": True}), inbox)
        return await wire.unless_broken(ended, BATCH_TIMEOUT_S)
    finally:
        await wire.unsubscribe(subscription)


def _take_in(message: Message, index: Index) -> None:
    # The reply subject ends in ...{deliveries}.{place in the stream}.{place for the consumer}.{time}.{pending}.
    place = int((message.reply or "").split(".")[-4])
    index.put(asset_of(message.subject), place, read_headers(message.headers))
