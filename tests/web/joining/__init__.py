"""Whoever wants to join and has no account."""
