"""The protocol congress-ballot/1 as docs/congress-ballot-1.md describes it: pure functions over bytes.

Frozen: whatever changes a byte here is another protocol, with another name and other vectors.
"""
