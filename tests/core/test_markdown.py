"""A text in Markdown becomes HTML that is safe wherever it stands."""

import pytest

from community.core.markdown import render


def html(text: str) -> str:
    return render(text).html.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**bold** *thin* `code`", "<p><strong>bold</strong> <em>thin</em> <code>code</code></p>"),
        ("~~gone~~", "<p><s>gone</s></p>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("3. three", '<ol start="3">\n<li>three</li>\n</ol>'),
        ("- one", "<ul>\n<li>one</li>\n</ul>"),
        ("---", "<hr>"),
        ("```\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("&amp; &copy;", "<p>&amp; ©</p>"),
    ],
)
def test_it_is_commonmark_with_strikethrough(text, expected):
    assert html(text) == expected


def test_a_table_says_its_alignment_without_an_inline_style():
    table = html("|a|b|c|\n|:-|:-:|-:|\n|1|2|3|")

    assert '<th data-align="left">a</th>' in table
    assert '<td data-align="center">2</td>' in table
    assert '<td data-align="right">3</td>' in table
    assert "style" not in table


def test_headings_stand_below_those_of_the_page():
    text = "\n\n".join(f"{'#' * rank} x" for rank in range(1, 7))

    assert [line[:3] for line in html(text).splitlines()] == [
        "<h3",
        "<h4",
        "<h5",
        "<h6",
        "<h6",
        "<h6",
    ]
    assert html("x\n===") == "<h3>x</h3>"


@pytest.mark.parametrize(
    "raw",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b>bold</b>",
        "<!-- hidden -->",
        "<iframe src='//evil.example'>",
        "<svg/onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<style>*{display:none}</style>",
    ],
)
def test_raw_html_shows_as_text(raw):
    shown = html(raw)

    assert "&lt;" in shown
    assert shown.replace("<p>", "").replace("</p>", "").count("<") == 0


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "java&#10;script:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "data:image/svg+xml;base64,x",
        "file:///etc/passwd",
        "tel:112",
        "blob:x",
        "http://[::1",
    ],
)
def test_a_link_leads_only_where_links_may(address):
    for text in (f"[x]({address})", f"![x]({address})", f"<{address}>", f"[x]: {address}\n\n[x]"):
        assert "href" not in html(text)
        assert "src" not in html(text)


@pytest.mark.parametrize(
    "address",
    ["https://example.com/", "http://example.com/", "//example.com/x", "HTTPS://EXAMPLE.com"],
)
def test_a_link_that_leads_away_is_marked(address):
    assert 'rel="nofollow ugc noopener"' in html(f"[x]({address})")


@pytest.mark.parametrize(
    "address", ["/ideas/7/", "#post-3", "?at=3", "ideas/", "http://127.0.0.1:8000/x"]
)
def test_a_link_that_stays_here_is_not(settings, address):
    settings.SITE_URL = "http://127.0.0.1:8000"

    assert html(f"[x]({address})") == f'<p><a href="{address}">x</a></p>'


def test_who_pretends_to_be_this_site_is_elsewhere(settings):
    settings.SITE_URL = "https://heard.example"

    for address in ("https://heard.example@evil.example/", "https://heard.example.evil.example/"):
        assert "nofollow" in html(f"[x]({address})")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see https://example.com/a_(b).", "https://example.com/a_(b)"),
        ("see http://example.com, please", "http://example.com"),
        ("(www.example.com/x?y=1)", "https://www.example.com/x?y=1"),
        ("<https://example.com>", "https://example.com"),
        ("https://例え.jp/店", "https://xn--r8jz45g.jp/%E5%BA%97"),
    ],
)
def test_a_bare_address_is_a_link(text, address):
    assert f'href="{address}"' in html(text)


@pytest.mark.parametrize(
    "text",
    [
        "run main.py",
        "it is slow.It hangs",
        "mara@example.com",
        "ftp://x.de/",
        "//x.de",
        "www.",
        "http://",
    ],
)
def test_what_only_looks_like_an_address_is_no_link(text):
    assert "<a" not in html(text)


def test_no_address_is_a_link_in_code_or_in_a_link():
    assert "<a" not in html("`https://example.com`")
    assert html("[https://a.example](/b)").count("<a") == 1


def test_a_picture_is_loaded_late_and_described():
    assert html('![A till](https://example.com/till.jpg "Till 4")') == (
        '<p><img src="https://example.com/till.jpg" alt="A till" title="Till 4"'
        ' loading="lazy" decoding="async"></p>'
    )
    assert 'src="/media/till.jpg"' in html("![](/media/till.jpg)")
    assert 'alt=""' in html("![](/media/till.jpg)")


@pytest.mark.parametrize("address", ["http://example.com/x.png", "//example.com/x.png"])
def test_a_picture_that_would_come_unencrypted_is_its_description(address):
    assert html(f"![A till]({address})") == "<p>A till</p>"


@pytest.mark.parametrize("info", ["html", 'x" onclick="alert(1)', "<b>", "x y"])
def test_what_stands_beside_a_fence_cannot_break_out(info):
    shown = html(f"```{info}\ncode\n```")

    assert shown.count("<") == 4
    assert "onclick=" not in shown.replace("onclick=&quot;", "")


def test_the_excerpt_is_the_words_without_marks_and_code():
    text = "# Wi-fi\n\n*Free* [wi-fi](/x), ![pic](/y.png) please:\n`now`\n\n```\ncode\n```\n\n- one"

    assert render(text).excerpt == "Wi-fi Free wi-fi, pic please: now one"


def test_an_empty_text_is_empty():
    assert (html(""), render("").excerpt, render("").mentions) == ("", "", frozenset())
