"""Exit codes of the `atelier` command, and the one place where an error becomes one.

0    done; every asset asked for succeeded
1    an asset failed or was cancelled, or something else went wrong
2    the command line was wrong
3    the policy blocked every variant
4    there is no such asset, image, brand style or policy
5    the server refused the request
6    the server does not answer
7    a person has to decide before the work goes on: see `atelier review`
8    a replay gave other pictures, although the model takes a seed
130  interrupted; what was accepted goes on
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from ..errors import AtelierError, NotFound, Refused, Unreachable

OK = 0
FAILED = 1
USAGE = 2
BLOCKED = 3
NOT_FOUND = 4
REFUSED = 5
UNREACHABLE = 6
NEEDS_REVIEW = 7
DIFFERS = 8
INTERRUPTED = 130

OF_STATE = {
    pb.Asset.STATE_SUCCEEDED: OK,
    pb.Asset.STATE_BLOCKED: BLOCKED,
    pb.Asset.STATE_NEEDS_REVIEW: NEEDS_REVIEW,
}
ADVICE = {
    "KEY_MISSING": "give --api-key or set ATELIER_CLIENT_API_KEY; `atelier keys create` makes one",
    "BUDGET_EXCEEDED": "`atelier usage` shows the budgets, and when they start anew",
    "KEY_REFUSED": "the key may be revoked; `atelier keys list` shows which are good",
}


def of_asset(asset: pb.Asset) -> int:
    """The exit code that an asset stands for which is final or waits for a review."""
    if pb.Replay.OUTCOME_DIFFERS in asset.replay.outcomes:
        return DIFFERS
    return OF_STATE.get(asset.state, FAILED)


def of_error(error: AtelierError) -> int:
    """The exit code that an error stands for."""
    if isinstance(error, NotFound):
        return NOT_FOUND
    if isinstance(error, Refused):
        return REFUSED
    return UNREACHABLE if isinstance(error, Unreachable) else FAILED


def say(message: str) -> None:
    """One line on stderr."""
    sys.stderr.write(f"atelier: {message}\n")


def explain(error: AtelierError) -> None:
    """Say what went wrong, and what to do where that is known."""
    if isinstance(error, Unreachable):
        say(f"{error}; `atelier doctor` finds out why")
        return
    advice = ADVICE.get(error.reason) if isinstance(error, Refused) else None
    limit = error.limit if isinstance(error, Refused) and error.limit not in error.message else ""
    say(f"{error}" + (f" (allowed: {limit})" if limit else "") + (f"; {advice}" if advice else ""))


@contextmanager
def errors_exit(goes_on: Callable[[], str] = lambda: "") -> Iterator[None]:
    """Turn errors of the block into a line on stderr and an exit code; `goes_on` names the asset being waited for."""
    try:
        yield
    except AtelierError as error:
        explain(error)
        sys.exit(of_error(error))
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            say(f"{error.filename or ''} {error.strerror or error}".strip())
            sys.exit(FAILED)
        _write_no_more()
        sys.exit(OK)
    except KeyboardInterrupt:
        name = goes_on()
        say(f"interrupted; the work goes on. To see it again:\n  atelier watch {name}" if name else "interrupted")
        sys.exit(INTERRUPTED)


@contextmanager
def written_out() -> Iterator[None]:
    """Write out at the end of the block what is still kept back; a reader that has seen enough is no error."""
    try:
        yield
    finally:
        try:
            # There is none where the command was started without one, as by `>&-`.
            if sys.stdout:
                sys.stdout.flush()
        except BrokenPipeError:
            _write_no_more()


def _write_no_more() -> None:
    """Let output go nowhere: Python would complain when it writes out the rest at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
