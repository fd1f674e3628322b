"""What Certpath says, in files of other programs."""
