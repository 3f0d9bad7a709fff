"""The desk of the executing body."""
