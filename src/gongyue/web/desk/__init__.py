"""The desk of the executive body."""
