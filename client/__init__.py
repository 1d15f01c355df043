"""What runs on the caller's side: the demonstration command."""
