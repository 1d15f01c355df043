"""The image service: makes pictures with one model, checks them, keeps their bytes and gives them back."""
