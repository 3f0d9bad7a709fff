"""A member unit at work."""
