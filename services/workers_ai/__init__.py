"""The only speaker of Workers AI's REST API; import what you need from its modules, `client` first."""
