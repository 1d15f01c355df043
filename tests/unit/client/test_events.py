"""The client reads every event in a process that has loaded nothing else."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
from client.events import ServerSentEvent, asset_event
event = asset_event(ServerSentEvent("message", '''%s''', "4"))
print(event.step_retried.error.message)
"""
DATA = (
    '{"asset": "assets/x", "sequence": "4", "stepRetried": {"error": {"code": 14, "message": "away", "details": ['
    '{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "MODEL_UNREACHABLE", "domain": "atelier"}]}}}'
)


def test_an_event_with_error_details_is_read() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT % DATA], capture_output=True, text=True, check=False)
    assert done.stdout == "away\n", done.stderr
