"""The orchestrator: durable jobs that turn content into moderated images, told as a stream of events."""
