"""Atelier's gRPC services, what they share, and the embedded stand-in for Workers AI."""
