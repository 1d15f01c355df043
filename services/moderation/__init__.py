"""The moderation service: a text becomes a verdict under the content policy."""
