"""The only writer of the index."""
