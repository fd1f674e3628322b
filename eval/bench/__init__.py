"""How fast, how much and how soon: ``python -m eval.bench`` prints one table."""
