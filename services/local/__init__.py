"""The Workers AI stand-in: Cloudflare's REST API on this machine, answered by embedded engines."""

import os

# ONNX Runtime reports its use to its makers and keeps a database in the home directory, unless it is told not to before
# it is imported for the first time. Nobody who runs Atelier has asked for that.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
