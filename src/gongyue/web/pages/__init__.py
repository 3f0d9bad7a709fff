"""The public site, by matter: a function of the book, the day and the language alone."""
