"""特別調整: exit-stage support for prison leavers who are elderly or disabled and have no home."""
