"""Canonical form, Merkle tree, signed notes, checkpoints, tiles and proofs: bytes only, no law."""
