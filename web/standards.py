"""The standard documents of every procedure by name."""

from collections.abc import Mapping
from typing import Any

from congress.documents import CATALOGUE as OF_CONGRESS
from mediation.documents import CATALOGUE as OF_MEDIATION
from mediation.warnings.documents import CATALOGUE as OF_WARNINGS
from negotiation.documents import CATALOGUE as OF_NEGOTIATION
from workflow.documents.catalogue import Standard

STANDARDS: Mapping[str, Standard[Any, Any]] = {**OF_NEGOTIATION, **OF_CONGRESS, **OF_MEDIATION, **OF_WARNINGS}
