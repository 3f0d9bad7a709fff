"""The vault: documents behind salted commitments, each under a key of its own, outside the books (decision 0041)."""
