"""Nobody finds a member's mail address: in no page, feed, JSON or header, and in no log."""

import json
import re
import urllib.error
import urllib.request
from collections import deque
from dataclasses import dataclass, field

import pytest

from tests.faults.load import logs_of
from tests.site import Site

pytestmark = pytest.mark.server

PAGES = 150  # for each reader: every kind of page many times over
KINDS = re.compile(r"\d+(-[\w-]+)?")  # of addresses that differ only in what they are about
EACH_KIND = 12
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w")
LINKS = re.compile(r'(?:href|src|action|hx-get)="(/[^"#]*)')
BEGINNINGS = ["/", "/ideas/", "/forum/", "/answers/", "/ideas/feed.atom", "/ideas/decided/"]
NOT_FOLLOWED = ("/dev/mail/", "/accounts/logout/", "/static/")  # the first is the outbox, for DEBUG

FACTS = """
import json
from bin.storm import session_of
from community.people.models import User
from ideas.models import Idea
stranger = User.objects.get(email="stranger@example.com")
addresses = sorted(User.objects.exclude(pk=stranger.pk).values_list("email", flat=True))
ideas = list(Idea.objects.values_list("pk", flat=True))
names = list(User.objects.values_list("username", flat=True))
print(json.dumps([session_of(stranger), addresses, ideas, names]))
"""


@dataclass
class Crawler:
    """Follows the links of a site as one reader, a dozen times for each kind of page."""

    url: str
    cookie: str
    secrets: set[str]
    seen: set[str] = field(default_factory=set)
    kinds: dict[str, int] = field(default_factory=dict)
    found: dict[str, set[str]] = field(default_factory=dict)

    def crawl(self, beginnings: list[str]) -> None:
        waiting = deque(beginnings)
        while waiting and len(self.seen) < PAGES:
            path = waiting.popleft()
            if self.is_wanted(path):
                waiting.extend(self.read(path))

    def is_wanted(self, path: str) -> bool:
        kind = KINDS.sub("N", path)
        if path in self.seen or path.startswith(NOT_FOLLOWED):
            return False
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        return self.kinds[kind] <= EACH_KIND

    def read(self, path: str) -> list[str]:
        """Look through one answer, headers and all; its links."""
        self.seen.add(path)
        headers = {"Cookie": self.cookie} if self.cookie else {}
        request = urllib.request.Request(self.url + path, headers=headers)
        try:
            answer = urllib.request.urlopen(request, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            text = f"{answer.headers}\n{answer.read().decode(errors='replace')}"
        if leaked := addresses_in(text) & self.secrets:
            self.found[path] = leaked
        return [link.replace("&amp;", "&") for link in LINKS.findall(text)]


def addresses_in(text: str) -> set[str]:
    return set(map(str.lower, ADDRESS.findall(text)))


def test_no_reader_meets_an_address_of_a_member(site: Site) -> None:
    session, addresses, ideas, names = json.loads(site.manage("shell", "-v0", "-c", FACTS))
    secrets = set(map(str.lower, addresses))
    beginnings = [*BEGINNINGS, *(f"/ideas/{pk}.json" for pk in ideas[:20])]
    beginnings += [f"/people/{name}/" for name in names[:40]]
    strangers = Crawler(site.url, "", secrets)
    members = Crawler(site.url, f"sessionid={session}", secrets)

    strangers.crawl(beginnings)
    members.crawl([*beginnings, "/notifications/", "/me/", "/me/preferences/"])

    assert len(addresses) > 100
    assert len(strangers.seen) > 100
    assert "/accounts/login/" not in members.seen, "the member is signed out"
    assert strangers.found == members.found == {}
    assert addresses_in(logs_of(site)) & secrets == set()
