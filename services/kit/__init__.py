"""What every process shares: configuration, errors, serving, channels, telemetry. No domain words."""
