"""Drafts: private until signed."""
