"""Binding 条款绑定: the clauses of any covenant, bound by people to what rules carry out."""
