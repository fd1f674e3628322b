"""Named steps from an empty database to today's tables, applied when the server starts."""
