"""Letters as PDF, and paper forms: A4, under the alliance's own head, leading back to the book."""
