"""What an interpretation's prose says of a clause that is bound: whether any number, base, start or bound in it differs."""
