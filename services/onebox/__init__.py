"""All services of Atelier in one process, on their own ports, calling each other without the wire."""
