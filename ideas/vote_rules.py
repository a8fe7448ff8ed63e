"""By which rule votes are taken out of the count: accounts, networks, mail domains, a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from ipaddress import IPv4Network, IPv6Network, ip_network
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from community.people.models import User

from .models import Idea, Vote

if TYPE_CHECKING:
    from .models.votes import TargetedVotes

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class VoteRule:
    """What all of the votes have in common; of several accounts, networks or domains any one.

    What is left empty leaves it open. Domains are without "@", and meant with what stands below
    them. `until` is the first moment that is too late.
    """

    accounts: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    mail_domains: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return self == VoteRule()

    def to_json(self) -> dict[str, Any]:
        """As it is kept; what is left open is left out."""
        kept: dict[str, Any] = {
            "accounts": list(self.accounts),
            "networks": list(self.networks),
            "mail_domains": list(self.mail_domains),
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
        }
        return {name: value for name, value in kept.items() if value}


def votes_by(rule: VoteRule, idea: Idea | None = None) -> TargetedVotes:
    """The votes that the rule names and that were not taken out yet, with their `target`.

    Of one idea and those joined to it, or of all. A rule that names nothing names no vote.
    """
    votes = Vote.objects.for_family([idea.pk]) if idea else Vote.objects.all()
    votes = votes.filter(invalidation=None)
    if rule.is_empty:
        return votes.none().with_target()
    if rule.since:
        votes = votes.filter(at__gte=rule.since)
    if rule.until:
        votes = votes.filter(at__lt=rule.until)
    if people := _people(rule):
        votes = votes.filter(Exists(User.objects.filter(people, pk=OuterRef("voter"))))
    if rule.networks:
        votes = votes.filter(network__in=_stored_networks(votes, rule.networks))
    return votes.with_target()


def read_network(text: str) -> Network:
    """An address or a range, `203.0.113.0/24`, as a network. Raises ValueError for anything else.

    Addresses are kept to /24 and /48 only, so what is narrower stands for all of its network.
    """
    network = ip_network(text.strip(), strict=False)
    finest = 24 if network.version == 4 else 48
    return network.supernet(new_prefix=finest) if network.prefixlen > finest else network


def _people(rule: VoteRule) -> Q:
    """Whose votes they are; nothing where anybody's."""
    people = Q()
    if rule.accounts:
        people &= Q(pk__in=_named(rule.accounts))
    if rule.mail_domains:
        ends = [Q(email__endswith=f"@{name}") for name in rule.mail_domains]
        below = [Q(email__contains="@", email__endswith=f".{name}") for name in rule.mail_domains]
        people &= reduce(or_, ends + below)
    return people


def _named(names: tuple[str, ...]) -> QuerySet[User, Any]:
    wanted = [name.lower() for name in names]
    members = User.objects.get_queryset().alias(lower_name=Lower("username"))
    return members.filter(lower_name__in=wanted).values("pk")


def _stored_networks(votes: QuerySet[Vote], wanted: tuple[str, ...]) -> list[str]:
    """The networks of these votes that lie within the ranges."""
    ranges = [read_network(text) for text in wanted]
    stored = votes.exclude(network="").order_by().values_list("network", flat=True).distinct()
    return [text for text in stored if _is_within(ip_network(text), ranges)]


def _is_within(network: Network, ranges: list[Network]) -> bool:
    return any(
        network.version == wide.version and network.subnet_of(wide)  # type: ignore[arg-type]
        for wide in ranges
    )
