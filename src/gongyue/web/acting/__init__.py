"""Acting: drafts of acts, shown in full, tried, signed and handed to the office."""
