"""The worker's side of review: woken by a vote or a publication, and harmless to repeat."""

from celery import shared_task

from community.core.wake import wake

from .actions.raising import raise_if_crossed
from .actions.telling import tell as tell_news
from .actions.unraising import unraise_if_below
from .importing.runs import carry_on


@shared_task(name="ideas.raise_idea")
def raise_idea(idea_id: int) -> None:
    """Raise the idea by the rules it has crossed."""
    raise_if_crossed(idea_id)


@shared_task(name="ideas.unraise_idea")
def unraise_idea(idea_id: int) -> None:
    """Take back the cases of the idea that its votes no longer carry."""
    unraise_if_below(idea_id)


@shared_task(name="ideas.tell")
def tell(news: str, decision_id: int) -> None:
    """Tell people for a while, and call for a successor while there are more."""
    if tell_news(news, decision_id):
        wake("ideas.tell", news, decision_id)


@shared_task(name="ideas.import")
def import_ideas(run_id: int) -> None:
    """Go on with an import for a while, and call for a successor while there is more."""
    if carry_on(run_id):
        wake("ideas.import", run_id)
