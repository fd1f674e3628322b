"""Question to understood question, evidence, draft and, through one gate, cited answer."""
