"""A post is found by its number through the index of its topic, not by walking the whole table."""

import pytest
from django.db import connection

from forum.models import Post
from ideas.actions.asking import ask_department
from ideas.actions.raising import raise_due
from ideas.models import DepartmentNote, Escalation
from tests import make
from tests.counting import queries

DAY = make.NOON.date()
BY_ID = 'ORDER BY "forum_post"."id" ASC LIMIT 1'


def test_it_is_the_one_of_the_topic(db):
    topic, other = make.question(), make.question("Another one that is asked here")
    reply = make.post(topic)
    make.post(other)

    assert topic.posts.numbered(reply.no).first() == reply
    assert topic.posts.numbered(7).first() is None


@pytest.mark.django_db
def test_the_database_reads_the_index_of_the_topic():
    topic = make.question()
    found = Post.objects.filter(topic=topic).numbered(1)[:1]

    with connection.cursor() as cursor:
        sql, params = found.query.sql_with_params()
        assert 'forum_post"."id" ASC' not in sql
        cursor.execute(sql, params)
        assert cursor.fetchone()


def test_the_pages_of_review_ask_so(as_reviewer, as_owner, reviewer, owner):
    make.rule(votes=3)
    make.idea(votes=3, at=make.NOON)
    raise_due(make.NOON)
    case = Escalation.objects.get()
    department = make.department(owner=owner)
    ask_department(case, department, question="How?", due_on=DAY, by=reviewer)
    note = DepartmentNote.objects.get()

    for client, page in ((as_reviewer, case), (as_owner, note)):
        asked = queries(client, page.get_absolute_url())
        assert not [sql for sql in asked if BY_ID in str(sql)]
