"""Every table of the program: importing this module makes `metadata` whole."""

from workflow.database import metadata

__all__ = ["metadata"]
