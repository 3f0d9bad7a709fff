"""The institution as a fold: one module per matter, and the institution that owns what they share."""
