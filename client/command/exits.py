"""Exit codes of the `atelier` command, and the one place where an error becomes one.

0    done; every asset asked for succeeded
1    an asset failed or was cancelled, or something else went wrong
2    the command line was wrong
3    the policy blocked every variant
4    there is no such asset or image
5    the server refused the request
6    the server does not answer
130  interrupted; the work goes on
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
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
INTERRUPTED = 130

OF_STATE = {pb.Asset.STATE_SUCCEEDED: OK, pb.Asset.STATE_BLOCKED: BLOCKED}


def of_asset(asset: pb.Asset) -> int:
    """The exit code that a final asset stands for."""
    return OF_STATE.get(asset.state, FAILED)


def of_error(error: AtelierError) -> int:
    """The exit code that an error stands for."""
    if isinstance(error, NotFound):
        return NOT_FOUND
    if isinstance(error, Refused):
        return REFUSED
    return UNREACHABLE if isinstance(error, Unreachable) else FAILED


@contextmanager
def errors_exit() -> Iterator[None]:
    """Turn errors of the block into a line on stderr and an exit code."""
    try:
        yield
    except AtelierError as error:
        sys.stderr.write(f"atelier: {error}\n")
        sys.exit(of_error(error))
    except KeyboardInterrupt:
        sys.stderr.write("atelier: interrupted; what was accepted goes on\n")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has seen enough; Python would complain again when it closes stdout.
        sys.stdout = None
        sys.exit(OK)
