"""Joining without an account: the conditions, an application made and signed in the browser, and how it stands (articles 2, 4, 23)."""
