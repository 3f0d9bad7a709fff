"""What the covenant says, as predicates a lawyer can check: one module per matter."""
