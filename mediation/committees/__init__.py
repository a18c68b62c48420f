"""A committee: who sits on it and by whose choice, its roll of mediators, and who of them may conduct a case."""
