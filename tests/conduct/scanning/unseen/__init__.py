"""Evaluation sets written apart from what the scanner was tuned on; each is scored once before its errors are looked at."""
