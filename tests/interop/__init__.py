"""Checkers written from docs/formats.md alone, which agree with ours."""
