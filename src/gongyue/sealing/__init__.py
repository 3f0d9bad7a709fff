"""Sealed content: commitments and what opens them."""
