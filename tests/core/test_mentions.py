"""@names of members are links to them: in words, never in code, links or mail addresses."""

import pytest

from community.core.markdown import render

MEMBERS = {"mara": "/people/mara/", "quiet-heron-4821": "/people/quiet-heron-4821/"}


def pages(names: set[str]) -> dict[str, str]:
    return {name: MEMBERS[name] for name in names if name in MEMBERS}


@pytest.mark.parametrize(
    "text",
    [
        "@mara",
        "Thanks @mara!",
        "(@mara)",
        "@Mara, look",
        "**@mara**",
        "- @mara",
        "> @mara",
        "|a|\n|-|\n|@mara|",
        "@quiet-heron-4821.",
        "@mara's",
        "“@mara”",
    ],
)
def test_a_member_is_linked(text):
    rendered = render(text, link_mentions=pages)

    assert rendered.html.count('class="mention"') == 1
    assert len(rendered.mentions) == 1


@pytest.mark.parametrize(
    "text",
    [
        "`@mara`",
        "```\n@mara\n```",
        "    @mara",
        "[@mara](/x)",
        "[see @mara here](https://example.com)",
        "https://example.com/@mara",
        "jon@mara",
        "jon.@mara",
        "@mara@example.com",
        "@@mara",
        "/@mara",
        "<jon@mara.example>",
        "![@mara](/x.png)",
        "\\@mara",
        "&#64;mara",
        "@nobody",
        "@",
    ],
)
def test_what_is_no_mention_is_none(text):
    rendered = render(text, link_mentions=pages)

    assert "mention" not in rendered.html
    assert rendered.mentions == frozenset()


def test_the_link_keeps_the_words_as_they_were_typed():
    shown = render("Hi @MARA and @nobody", link_mentions=pages).html

    assert shown == '<p>Hi <a href="/people/mara/" class="mention">@MARA</a> and @nobody</p>\n'


def test_everybody_is_looked_up_once_and_together():
    asked = []

    render("@mara @Mara @jon\n\n@mara", link_mentions=lambda names: asked.append(names) or {})

    assert asked == [{"mara", "jon"}]


def test_nobody_is_looked_up_for_a_text_without_names():
    render("a@b.example", link_mentions=lambda names: 1 / 0)


def test_a_crowd_is_not_called_together():
    asked = []
    crowd = " ".join(f"@member{number}" for number in range(200))

    render(crowd, link_mentions=lambda names: asked.extend(names) or {})

    assert len(asked) == 50


def test_without_a_directory_the_names_are_known_and_nothing_is_linked():
    rendered = render("@mara and @nobody")

    assert rendered.mentions == {"mara", "nobody"}
    assert rendered.html == "<p>@mara and @nobody</p>\n"
