"""What is kept: conversations with their answers, feedback, and the passages they cite."""
