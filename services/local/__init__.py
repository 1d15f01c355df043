"""The Workers AI stand-in: Cloudflare's REST API on this machine, answered by embedded engines."""
