"""The `atelier` command: one module a group of subcommands, and `app`, which puts them together."""
