"""What several tests need: processes, cases, other programs."""
