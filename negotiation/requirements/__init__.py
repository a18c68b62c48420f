"""What an act requires: one function each, with its rule, the sentence shown when it fails, and what fixes it.

A requirement looks at the facts of the case on a day and answers `Unmet` with the values of its sentence, or None.
"""
