"""Webhooks: the events of an asset, sent to an address of the client's choice, signed, in order and at least once."""
