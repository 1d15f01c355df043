"""The HTTP door: assets by POST, events as server-sent events, pictures by GET."""
