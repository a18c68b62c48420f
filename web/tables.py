"""Every table of the program: importing this module makes `metadata` whole."""
# ruff: noqa: F401

import congress.ballots.models
import congress.delegates.models
import congress.disclosure.models
import congress.joint.models
import congress.models
import congress.presence.models
import congress.proposals.models
import congress.rolls.models
import mediation.committees.models
import mediation.grievances.models
import mediation.models
import mediation.warnings.models
import negotiation.models
import web.accounts.models
import web.api.models
import web.nodes
import web.practice
import web.sending
import workflow.administration
import workflow.calendar
import workflow.deadlines
import workflow.documents.bundle
import workflow.documents.issue
import workflow.documents.style
import workflow.evidence
import workflow.joint
import workflow.journal
import workflow.law.overrides
import workflow.organisations
import workflow.outbox
import workflow.people
import workflow.statements
from workflow.database import metadata

__all__ = ["metadata"]
