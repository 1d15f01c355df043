from __future__ import annotations

from services.workers_ai.record import CallRecord


def test_a_record_becomes_the_published_message() -> None:
    record = CallRecord("@cf/x/y", 1.25, 2, 30, 40, 8.81, "local/scribe")
    call = record.to_proto()
    assert (call.model, call.attempts, call.input_tokens, call.output_tokens) == ("@cf/x/y", 2, 30, 40)
    assert call.duration.ToMilliseconds() == 1250
    assert (call.neurons, call.engine) == (8.81, "local/scribe")


def test_several_calls_of_one_step_add_up() -> None:
    total = CallRecord("a", 1.0, 1, 10, 20, 0.5).plus(CallRecord("b", 2.0, 3, 1, 2, 0.25, "local/scribe"))
    assert total == CallRecord("b", 3.0, 4, 11, 22, 0.75, "local/scribe")


def test_implausible_sums_still_fit_the_message() -> None:
    huge = CallRecord("a", input_tokens=2**31 - 1, output_tokens=2**31 - 1)
    assert huge.plus(huge).to_proto().input_tokens == 2**31 - 1
