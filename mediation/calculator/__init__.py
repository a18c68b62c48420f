"""What a claim comes to under the law, reckoned before the parties talk about it. Nothing that is typed here is kept."""
