"""Search: embedding, Chroma, BM25, their fusion, and the generations they are published in."""
