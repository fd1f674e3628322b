"""Question sets, and what is measured with them."""
