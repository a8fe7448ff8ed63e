"""Taking a topic's row, so that changes of its posts follow one another."""

from django.db.models import F

from ..copies import hold_copies
from ..models import Topic


def hold_topic(topic: Topic) -> Topic:
    """The topic as it stands now; its row is ours until the commit.

    By an UPDATE, which is the same on both databases: SQLite has no row locks. An idea's row comes
    before its topic's, as in a decision, so that of two acts one waits for the other and never
    both.
    """
    if topic.is_idea:
        hold_copies(topic.pk)
    Topic.objects.filter(pk=topic.pk).update(highest_no=F("highest_no"))
    return Topic.objects.get(pk=topic.pk)
