"""Anyone's check of a published book: bytes, signatures, lawfulness."""
