"""The link in a letter that removes a recorded vote: who and what, signed, kept nowhere."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from .models import Vote

_signer = Signer(sep=".", salt="ideas.recorded")


def removal_path(vote: Vote) -> str:
    """The address of the page with the button, as a path of this site."""
    return reverse("vote-recorded", args=[_signer.sign(f"{vote.pk}.{vote.voter_id}")])


def recorded_vote(token: str) -> tuple[int, Vote | None] | None:
    """Whose vote the token names, and the vote while it is there; None where it is none of ours."""
    try:
        pk, voter = map(int, _signer.unsign(token).split("."))
    except (BadSignature, ValueError):
        return None
    votes = Vote.objects.select_related("idea__topic", "idea__board", "voter")
    return voter, votes.filter(pk=pk, voter=voter).first()
