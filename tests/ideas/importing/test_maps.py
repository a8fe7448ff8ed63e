"""Exports of other sites come in as their makers write them."""

import json

import pytest
from django.core.management import CommandError, call_command

from ideas.importing.texts import words_of_html
from ideas.models import Idea
from tests import make


@pytest.fixture
def bring(db, tmp_path):
    """Import a text by a map, with a second file of comments where there is one."""
    make.board()

    def run(map_name, content, comments=""):
        file, second = tmp_path / "export", tmp_path / "comments"
        file.write_text(content)
        second.write_text(comments)
        more = ["--comments", str(second)] if comments else []
        call_command("import_ideas", str(file), "--map", map_name, "--board", "stores", *more)
        return Idea.objects.order_by("pk")

    return run


def test_uservoice_with_a_line_for_each_voter_and_comments_apart(bring):
    header = (
        "Idea ID,Idea Title,Idea Description,Idea Creator Name,Forum Name,Labels,"
        "Public Status Name,Public Status Update Message,Voters Count,Created Timestamp,User Name\n"
    )
    one = '17,Wi-fi,"<p>One <b>bar</b>.</p><ul><li>Aisle 4</li></ul>",Ana,Shops,"wi-fi, free",'
    one += "started,We are on it.,312,2021-07-21 03:37:03"
    two = "18,Lockers,Outside.,Ben,Shops,,completed,,9,2021-08-01 00:00:00,Zed\n"
    comments = (
        "Idea ID,Text,Creator Name,Created Timestamp\n"
        "17,<p>Yes &amp; please</p>,Cleo,2021-08-02 10:00:00\n99,Nobody's,Dee,\n"
    )

    ideas = bring("uservoice", header + f"{one},Xi\n{one},Yo\n" + two, comments)

    wifi, lockers = ideas
    assert (wifi.imported_votes, wifi.status, lockers.status) == (312, "open", "done")
    assert wifi.topic.posts.get(no=1).text == "One bar.\n\n- Aisle 4"
    assert wifi.topic.posts.get(no=2).text == "Yes & please"
    assert wifi.created_at.isoformat() == "2021-07-21T03:37:03+00:00"
    assert sorted(wifi.topic.tags.names()) == ["free", "wi-fi"]
    assert wifi.timeline.get(kind="imported").note == "We are on it."


def test_canny_objects_of_its_api(bring):
    post = {
        "id": "553c3ef8b8cdcd1501ba1238",
        "title": "Dark mode",
        "details": "My eyes.",
        "author": {"id": "1", "name": "Ana", "email": "ana@example.com"},
        "board": {"id": "2", "name": "Stores"},
        "status": "in progress",
        "score": 9,
        "tags": [{"id": "3", "name": "app"}],
        "created": "2016-03-07T05:24:40.340Z",
    }
    comments = [{"postID": post["id"], "value": "Mine too.", "author": {"name": "Ben"}}]

    idea = bring("canny", json.dumps([post]), json.dumps(comments)).get()

    assert (idea.imported_votes, idea.status, idea.topic.author.name) == (9, "open", "Ana")
    assert list(idea.topic.tags.names()) == ["app"]
    assert idea.topic.posts.get(no=2).author.name == "Ben"
    assert "example.com" not in idea.topic.author.email


def test_fider_as_it_exports_itself(bring):
    header = (
        "number,title,description,created_at,created_by,votes_count,comments_count,status,"
        "responded_by,responded_at,response,original_number,original_title,tags\n"
    )
    good = '7,Bike racks,Two.,2018-04-02T20:31:00Z,Ana,12,3,declined,Bo,2018-05-01T00:00:00Z,"No, '
    good += 'sorry.",,,"bikes, outside"\n'
    joined = "8,Racks for bikes,,2018-04-03T20:31:00Z,Ana,1,0,duplicate,,,,7,Bike racks,\n"

    with pytest.raises(CommandError, match="1 of 2 lines"):
        bring("fider", header + good + joined)

    idea = Idea.objects.get()
    assert (idea.status, idea.imported_votes, idea.topic.reply_count) == ("declined", 12, 0)
    assert idea.timeline.get(kind="imported").note == "No, sorry."


def test_salesforce_counts_ten_points_a_vote(bring):
    header = (
        '"Id","Title","Body","CreatedBy.Name","CreatedDate","VoteTotal","Status","Categories"\n'
    )
    one = '"0871","Shade","<div>Over the <i>carts</i></div>","Ana","2019-01-05T10:00:00.000+0000",'
    one += '"480.0","Under Consideration","Parking;Outside"\n'
    comments = (
        '"IdeaId","CommentBody","CreatedBy.Name","CreatedDate"\n'
        '"0871","Yes","Ben","2019-02-05T10:00:00.000+0000"\n'
    )

    idea = bring("salesforce", header + one, comments).get()

    assert (idea.imported_votes, idea.status) == (48, "open")
    assert idea.topic.posts.get(no=1).text == "Over the carts"
    assert sorted(idea.topic.tags.names()) == ["Outside", "Parking"]
    assert idea.topic.reply_count == 1


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("2 < 3 and 4 > 1", "2 < 3 and 4 > 1"),
        ("<p>a</p><script>alert(1)</script><p>b</p>", "a\n\nb"),
        ('<a href="https://example.com/x">here</a>', "here (https://example.com/x)"),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ("<p>&lt;img src=x onerror=alert(1)&gt;</p>", "<img src=x onerror=alert(1)>"),
        ("<p>" * 20_000, ""),
    ],
)
def test_html_becomes_words(html, words):
    assert words_of_html(html) == words


def test_mark_up_in_an_imported_text_is_made_safe_as_every_text(bring):
    text = "<p>&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1))</p>"
    rows = "Id,Title,Body\n1,<b>Bold</b> claim," + text + "\n"

    idea = bring("salesforce", rows).get()

    html = idea.topic.posts.get(no=1).html
    assert "<script" not in html
    assert 'href="javascript' not in html
