"""Corpus files to checked entities, statements and relations; what follows from them. Pure."""
