"""A file of another site comes in by its good lines, once, with its dates and its numbers."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command

from community.notifications.models import Mail, Notification
from community.people.models import User
from community.search.finding import find
from forum.models import Board, Post, Topic
from ideas.models import Escalation, Idea, IdeaStatusChange, ImportedIdea, ImportRun, Vote
from ideas.search import ideas_for
from tests import make

HEADER = "external_id,title,body,author,created,votes,status,tags,board,comments\n"
COMMENTS = [
    {"author": "Ben", "created": "2024-03-02", "body": "Every clinic *has* one."},
    {"author": "Ana", "created": "2024-03-01T10:00:00Z", "body": "Yes please."},
]


def line(key="1", **fields):
    """One line of CSV; what is not said is harmless."""
    fields = {
        "title": "Free wi-fi in the waiting room",
        "body": "One bar in there.",
        "author": "Ana",
        "created": "2024-02-29",
        "votes": "312",
        "status": "open",
        "tags": "wi-fi; waiting",
        "board": "stores",
        "comments": json.dumps(COMMENTS),
    } | fields
    quoted = ['"' + str(each).replace('"', '""') + '"' for each in (key, *fields.values())]
    return ",".join(quoted) + "\n"


@pytest.fixture
def bring(db, tmp_path, capsys):
    """Run the command over a text or bytes; answer what it said, faults last."""
    make.board()

    def run(content, *options, name="ideas.csv"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        fault = ""
        try:
            call_command("import_ideas", str(file), *options)
        except CommandError as error:
            fault = str(error)
        said = capsys.readouterr()
        return said.out + said.err + fault

    return run


def test_an_idea_comes_in_whole(bring):
    bring(HEADER + line())

    idea = Idea.objects.get()
    assert (idea.imported_votes, idea.vote_count, idea.heat) == (312, 0, 0)
    assert (idea.status, idea.board.slug, str(idea.created_at.date())) == (
        "open",
        "stores",
        "2024-02-29",
    )
    assert sorted(idea.topic.tags.names()) == ["waiting", "wi-fi"]
    posts = list(idea.topic.posts.order_by("no"))
    assert [post.author.name for post in posts] == ["Ana", "Ana", "Ben"]
    assert "<em>has</em>" in posts[2].html
    assert str(posts[2].created_at.date()) == "2024-03-02"
    kinds = list(idea.timeline.values_list("kind", flat=True))
    assert kinds == ["posted", "imported"]


def test_a_second_run_changes_nothing(bring):
    bring(HEADER + line())
    before = [list(model.objects.order_by("pk").values()) for model in (Idea, Topic, Post, User)]

    said = bring(HEADER + line())

    assert "0 ideas are new, 1 were known" in said
    after = [list(model.objects.order_by("pk").values()) for model in (Idea, Topic, Post, User)]
    assert after == before


def test_a_longer_file_adds_what_is_new(bring):
    bring(HEADER + line())
    more = [*COMMENTS, {"author": "Cleo", "created": "2024-02-28", "body": "First!"}]

    bring(HEADER + line(comments=json.dumps(more), votes=400) + line("2", title="Sunday hours"))

    assert Idea.objects.count() == 2
    idea = Idea.objects.get(imported__external_id="1")
    assert idea.imported_votes == 400
    assert sorted(idea.topic.posts.values_list("text", flat=True)) == sorted(
        ["One bar in there.", "Yes please.", "Every clinic *has* one.", "First!"]
    )
    assert idea.topic.reply_count == 3


def test_the_same_key_of_another_site_is_another_idea(bring):
    bring(HEADER + line(), "--source", "old-desk")
    bring(HEADER + line(), "--source", "older-desk")

    assert ImportedIdea.objects.count() == 2
    assert User.objects.filter(display_name="Ana").count() == 2


def test_what_is_imported_counts_for_no_rule_and_moves_no_list(bring):
    make.rule(votes=3)
    ours = make.idea("Lockers", votes=2)
    bring(HEADER + line(votes=30_000))
    call_command("sweep")

    assert Escalation.objects.count() == 0
    assert (Idea.objects.hottest().first(), Idea.objects.most_wanted().first()) == (ours, ours)
    assert not Vote.objects.exclude(idea=ours).exists()


def test_nobody_is_told_and_nobody_can_sign_in(bring, customer):
    comment = {"author": "Ben", "created": "2024-03-01", "body": f"Ask @{customer.username}."}
    bring(HEADER + line(body=f"@{customer.username} knows.", comments=json.dumps([comment])))
    call_command("sweep")

    assert (Mail.objects.count(), Notification.objects.count()) == (0, 0)
    for author in User.objects.filter(username__startswith="imported-"):
        assert not author.is_active
        assert not author.has_usable_password()
        assert author.email.endswith(".invalid")
    assert f"/people/{customer.username}" not in Post.objects.first().html


def test_the_counters_are_what_a_recount_says(bring, capsys):
    more = [*COMMENTS, {"author": "Cleo", "created": "2024-02-28", "body": "First!"}]
    bring(HEADER + line() + line("2"))
    bring(HEADER + line(comments=json.dumps(more)))

    call_command("reconcile")

    assert "drift" not in capsys.readouterr().out.lower().replace("no drift", "")


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("Completed", "done"),
        ("declined", "declined"),
        ("already exists", "exists"),
        ("Planned", "open"),
        ("in-review", "open"),
        ("withdrawn", "withdrawn"),
        ("", "open"),
    ],
)
def test_a_status_becomes_one_of_ours(bring, there, here):
    bring(HEADER + line(status=there))

    brought = IdeaStatusChange.objects.get(kind="imported")
    assert Idea.objects.get().status == brought.status == here
    assert brought.data["called"] == there


def test_every_fault_is_said_with_its_line_and_good_lines_come_in(bring):
    said = bring(
        HEADER
        + line("1")
        + line("", title="")
        + line("3", status="quantum", votes="many", created="2199-01-01")
        + line("1", title="Again")
        + line("5", board="moon", comments="not json", tags="x" * 31)
        + line("6", status="duplicate")
        + line("7", body="two\nlines")
        + line("8", created="yesterday", body="x" * 1_000_000)
        + line("9", title="a\x00b")
    )

    assert set(ImportedIdea.objects.values_list("external_id", flat=True)) == {"1", "7"}
    for words in (
        "line 3: external_id",
        "line 3: title",
        "line 4: status: “quantum” is no status",
        "line 4: votes",
        "line 4: created: 2199-01-01 is still to come",
        "line 5: external_id: “1” stands in line 2",
        "line 6: board: There is no board of ideas called “moon”",
        "line 6: comments",
        "line 6: tags",
        "line 7: status",
        "line 10: created: “yesterday” is no date",
        "line 10: body: This text is too long",
        "line 11: title",
        "7 of 9 lines have faults",
    ):
        assert words in said


def test_all_or_nothing_writes_nothing(bring):
    said = bring(HEADER + line() + line("2", status="quantum"), "--all-or-nothing")

    assert "Nothing was written" in said
    assert (Idea.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_a_dry_run_says_the_same_and_writes_nothing(bring):
    said = bring(HEADER + line() + line("2", status="quantum"), "--dry-run")

    assert "1 ideas could come in, with 2 comments" in said
    assert "line 3: status" in said
    assert (Idea.objects.count(), User.objects.filter(is_active=False).count()) == (0, 0)


def test_json_lines_come_in_as_well(bring):
    good = {"external_id": 7, "title": "Bike racks", "votes": 12, "tags": ["bikes"]}
    nested = {"id": "8", "title": "Shade", "author": {"name": "Dee"}, "board": {"name": "Stores"}}
    text = "\n".join([json.dumps(good), "", "{broken", json.dumps(nested), "[" * 100_000, "{}"])

    said = bring(text, "--board", "stores", name="ideas.jsonl")

    assert Idea.objects.count() == 2
    assert Idea.objects.get(imported__external_id="8").topic.author.name == "Dee"
    assert "line 3: This line is no JSON" in said
    assert "line 5: This line is no JSON" in said
    assert "line 6: title: It is empty" in said


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_usual_delimiter_and_mark_is_read(bring, delimiter, encoding):
    text = delimiter.join(["ID", "Title", "Votes"]) + "\r\n" + delimiter.join(["1", "Süß", "3"])

    bring(text.encode(encoding), "--board", "stores")

    idea = Idea.objects.get()
    assert (idea.topic.title, idea.imported_votes) == ("Süß", 3)


def test_bytes_of_another_encoding_are_refused_by_line_or_read_when_named(bring):
    text = (HEADER + line() + line("2", title="Süßes an der Kasse")).encode("cp1252")

    said = bring(text)
    assert "line 3: title" in said
    assert Idea.objects.count() == 1

    bring(text, "--encoding", "cp1252")
    assert Topic.objects.filter(title="Süßes an der Kasse").exists()


@pytest.mark.parametrize(
    "content", ["", "   \n", "title\n", "[1", '{"title"', "\xff\xfe\x00", "no header at all"]
)
def test_a_file_that_is_none_is_refused_in_a_sentence(bring, content):
    said = bring(content.encode("latin-1"))

    assert said.strip()
    assert "Traceback" not in said
    assert Idea.objects.count() == 0


def test_what_was_done_there_claims_no_telling_here(bring, client):
    bring(HEADER + line(status="Completed"))

    page = client.get(Idea.objects.get().get_absolute_url()).text

    assert "It had its answer on the site before this one." in page
    assert "was told" not in page


def test_a_file_of_another_map_is_refused_with_its_columns(bring):
    said = bring("Idea ID,Idea Title,Voters Count\n1,Wi-fi,3\n2,Lockers,4\n", "--map", "heard")

    assert "The columns are: idea_id, idea_title, voters_count." in said
    assert Idea.objects.count() == 0


def test_a_long_title_is_cut_and_kept_in_the_text(bring):
    title = "Please " + "really " * 40
    bring(HEADER + line(title=title))

    topic = Topic.objects.get()
    assert len(topic.title) <= 120
    assert topic.posts.get(no=1).text.startswith(title.strip())


def test_a_name_that_could_be_ours_is_not_shown(bring):
    bring(HEADER + line(author="Northline Support", comments="[]"))

    assert Topic.objects.get().author.name.startswith("imported-")


def test_a_board_is_chosen_for_lines_that_name_none(bring):
    assert "board: It is empty" in bring(HEADER + line(board=""))
    bring(HEADER + line(board=""), "--board", "stores")

    assert Board.objects.get(slug="stores").ideas.count() == 1
    assert "There is no board of ideas “moon”" in bring(HEADER + line(), "--board", "moon")


def test_what_was_imported_is_found_and_read(bring, client):
    bring(HEADER + line(status="Planned"))
    idea = Idea.objects.get()

    page = client.get(idea.get_absolute_url()).text
    assert "0 votes and 312 brought from the old site" in page
    assert "It was “Planned” there" in page
    assert "Posted by Ana" in " ".join(page.split())
    assert "/people/imported-" not in page
    assert client.get(f"/ideas/{idea.pk}.json").json()["imported_votes"] == 312
    assert [hit.pk for hit in find("waiting room", ideas_for(AnonymousUser())).hits] == [idea.pk]
