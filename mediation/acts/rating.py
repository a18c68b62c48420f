"""What the parties say of the mediation when it is over."""

from mediation import forms
from mediation.acts.registry import Now, does, number_of, role_of
from mediation.models import MediationRating


@does("rate")
def rate(now: Now, form: forms.Rate) -> None:
    role = role_of(now)
    assert role is not None
    now.perform(satisfaction=form.satisfaction)
    now.db.add(MediationRating(case_id=number_of(now), role=role, satisfaction=form.satisfaction, words=form.words, on=now.on))
