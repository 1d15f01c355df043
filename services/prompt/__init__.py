"""The prompt service: content becomes text-to-image prompts with alt text."""
