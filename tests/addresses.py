"""Every address of the product, and what it answers to whom.

A new route needs a line here: tests/architecture/test_addresses.py asks each of them as each role,
and the journeys look at each page that a role may open. A path may name things of tests/world.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass

ROLES = ("signed_out", "customer", "owner", "moderator", "reviewer", "admin")
MEMBERS = ROLES[1:]
SIGN_IN = "sign-in"  # a redirect to the sign-in page

Answer = int | str


@dataclass(frozen=True)
class Address:
    """A sample path of a route, and the answer to each role; with `fields` it is asked by POST."""

    path: str
    answers: Mapping[str, Answer]
    fields: Mapping[str, str] | None = None


def everyone(path: str, answer: Answer = 200, *, post: Mapping[str, str] | None = None) -> Address:
    """The same answer for all."""
    return Address(path, dict.fromkeys(ROLES, answer), post)


def members(path: str, answer: Answer = 200, *, post: Mapping[str, str] | None = None) -> Address:
    """Whoever is signed in; others are asked to sign in."""
    return Address(path, {"signed_out": SIGN_IN} | dict.fromkeys(MEMBERS, answer), post)


def only(
    *roles: str, path: str, answer: Answer = 200, post: Mapping[str, str] | None = None
) -> Address:
    """These roles; other members may not, and who is signed out is asked to sign in."""
    refused = {"signed_out": SIGN_IN} | dict.fromkeys(MEMBERS, 403)
    return Address(path, refused | dict.fromkeys(roles, answer), post)


def strangers(path: str, answer: Answer = 200) -> Address:
    """A page of the way in; whoever is in already is led on."""
    return Address(path, {"signed_out": answer} | dict.fromkeys(MEMBERS, 302))


def reviewers(path: str, answer: Answer = 200) -> Address:
    """A page of corporate review."""
    return only("reviewer", "admin", path=path, answer=answer)


def answerers(path: str, answer: Answer = 200) -> Address:
    """A page of corporate review that has a part for a department's owner."""
    return only("owner", "reviewer", "admin", path=path, answer=answer)


def of_a_case(path: str, answer: Answer = 200) -> Address:
    """What stands on a case: reviewers open it; a department's owner sees their own only."""
    return Address(path, {**reviewers(path, answer).answers, "owner": 404})


def drafter(path: str, answer: Answer = 200) -> Address:
    """A decision that is not published yet: nobody but who drafted it sees it."""
    return Address(path, {**of_a_case(path).answers, "reviewer": answer, "admin": 404})


def moderators(path: str, answer: Answer = 200) -> Address:
    """A page of those who keep the place clean."""
    return only("moderator", "admin", path=path, answer=answer)


ACCOUNTS = {
    "account_login": strangers("/accounts/login/"),
    "account_signup": everyone("/accounts/signup/", SIGN_IN),
    "account_logout": Address(
        "/accounts/logout/", {"signed_out": 302} | dict.fromkeys(MEMBERS, 200)
    ),
    "account_inactive": everyone("/accounts/inactive/"),
    "account_reauthenticate": members("/accounts/reauthenticate/", 403),
    "account_email": members("/accounts/email/"),
    "account_email_verification_sent": members("/accounts/confirm-email/", 302),
    "account_change_password": members("/accounts/password/change/", 302),
    "account_set_password": members("/accounts/password/set/"),
    "account_reset_password": everyone("/accounts/password/reset/"),
    "account_reset_password_done": everyone("/accounts/password/reset/done/"),
    "account_reset_password_from_key": everyone("/accounts/password/reset/key/1-set-password/"),
    "account_reset_password_from_key_done": everyone("/accounts/password/reset/key/done/"),
    "account_confirm_login_code": strangers("/accounts/login/code/confirm/", SIGN_IN),
    "held": everyone("/held/{held.token}/"),
    "drafts": everyone("/drafts/", 302),
    "me": members("/me/"),
    "my-ideas": members("/me/ideas/"),
    "my-ideas-seen": members("/me/ideas/seen/"),
    "person": everyone("/people/{author.username}/"),
}

OPERATIONS = {
    "healthz": everyone("/healthz"),
    "readyz": everyone("/readyz"),
    "theme": everyone("/theme/", 303, post={"theme": "dark"}),
    "brand-hue": everyone("/theme/hue.css"),
    "styleguide": everyone("/dev/styleguide/", 404),
    "styleguide-sheet": everyone("/dev/styleguide/idea/", 404),
    "dev-mail": everyone("/dev/mail/", 404),
    "dev-mail-message": everyone("/dev/mail/1.eml/", 404),
    "dev-mail-html": everyone("/dev/mail/1.eml/html/", 404),
    "admin:index": only("admin", path="/admin/"),
    "metrics": everyone("/metrics", 404),  # for who knows the token
    "robots": everyone("/robots.txt"),
    "favicon": everyone("/favicon.ico", 302),
}

PLAIN = {
    "home": everyone("/"),
    "search": everyone("/search/?q=wifi"),
    "about": everyone("/about/"),
    "house-rules": everyone("/house-rules/"),
    "accessibility": everyone("/accessibility/"),
}

NOTICES = {
    "notifications": members("/notifications/"),
    "notifications-read": members("/notifications/read/", 303, post={}),
    "preferences": members("/me/preferences/"),
    "watch": everyone("/watch/?kind=topic&id={question.pk}"),
    "unsubscribe": everyone("/unsubscribe/{unsubscribe}/"),
}

FORUM = {
    "forum": everyone("/forum/"),
    "forum-topics": everyone("/forum/t/"),
    "forum-unanswered": everyone("/forum/t/unanswered/"),
    "forum-ask": everyone("/forum/ask/"),
    "forum-similar": everyone("/forum/ask/similar/", 302),
    "board": everyone("/forum/{question.board.slug}/"),
    "topic-short": everyone("/forum/t/{question.pk}/", 302),
    "topic": everyone("/forum/t/{question.pk}-{question.slug}/"),
    "topic-post": everyone("/forum/t/{question.pk}-{question.slug}/2/"),
    "topic-reply": everyone("/forum/t/{question.pk}/reply/"),
    "topic-me-too": everyone("/forum/t/{question.pk}/me-too/"),
    "topic-solve": members("/forum/t/{question.pk}/2/solve/", 403),
    "post-helpful": everyone("/forum/t/{question.pk}/2/helpful/"),
    "post-edit": members("/forum/t/{question.pk}/2/edit/", 403),
    "post-history": everyone("/forum/t/{question.pk}/2/history/"),
    "answers": everyone("/answers/"),
    "answers-feed": everyone("/answers/feed.atom"),
}

IDEAS = {
    "ideas": everyone("/ideas/"),
    "ideas-feed": everyone("/ideas/feed.atom"),
    "ideas-own-feed": everyone("/ideas/own/feed.atom?key={own_feed}"),
    "ideas-csv": everyone("/ideas/list.csv"),
    "idea-new": everyone("/ideas/new/"),
    "idea-similar": everyone("/ideas/new/similar/", 302),
    "ideas-numbers": everyone("/ideas/numbers/"),
    "ideas-numbers-csv": everyone("/ideas/numbers.csv"),
    "ideas-decided": everyone("/ideas/decided/"),
    "ideas-decided-feed": everyone("/ideas/decided/feed.atom"),
    "ideas-roadmap": everyone("/ideas/roadmap/"),
    "ideas-roadmap-feed": everyone("/ideas/roadmap/feed.atom"),
    "idea-short": everyone("/ideas/{idea.pk}/", 302),
    "idea-json": everyone("/ideas/{idea.pk}.json"),
    "idea-vote": everyone("/ideas/{idea.pk}/vote/"),
    "idea-vote-withdraw": members("/ideas/{idea.pk}/vote/withdraw/"),
    "idea-vote-customer": only(
        "owner", "moderator", "reviewer", "admin", path="/ideas/{idea.pk}/vote/customer/"
    ),
    "idea-votes": moderators("/ideas/{idea.pk}/votes/"),
    "votes-restore": moderators("/ideas/votes/{removed.pk}/restore/"),
    "vote-recorded": everyone("/ideas/recorded/{recorded}/"),
    "idea-same": Address(
        "/ideas/{idea.pk}/same/",
        {"signed_out": SIGN_IN, "moderator": 302, "admin": 302}
        | dict.fromkeys(("customer", "owner", "reviewer"), 200),
    ),
    "idea-join": moderators("/ideas/{idea.pk}/join/"),
    "idea-part": moderators("/ideas/{joined.pk}/part/"),
    "idea-comments": everyone("/ideas/{idea.pk}/comments/"),
    "idea-side": members("/ideas/{idea.pk}/comments/2/side/", 404),
    "idea-authors": members("/ideas/{idea.pk}/authors/", 403),
    "idea-edit": members("/ideas/{idea.pk}/edit/", 403),
    "idea-history": everyone("/ideas/{idea.pk}/history/"),
    "idea-withdraw": members("/ideas/{idea.pk}/withdraw/", 403),
    "idea-follow": everyone("/ideas/{idea.pk}/follow/", 303),
    "idea-told": everyone("/ideas/{promise.topic_id}/told/", 303),
    "idea": everyone("/ideas/{idea.pk}-{idea.topic.slug}/"),
}

REVIEW = {
    "review": answerers("/review/"),
    "review-brief": only("admin", path="/review/brief/"),
    "review-brief-read": only("admin", path="/review/brief/read/"),
    "review-brief-say": only("admin", path="/review/brief/{case.pk}/say/"),
    "review-brief-hand": only("admin", path="/review/brief/{case.pk}/hand-over/"),
    "review-digest-csv": reviewers("/review/digests/{digest.number}.csv"),
    "review-digests": reviewers("/review/digests/"),
    "review-close": reviewers("/review/digests/close/"),
    "review-digest": reviewers("/review/digests/{digest.number}/"),
    "review-case": of_a_case("/review/escalations/{case.pk}/"),
    "review-take": of_a_case("/review/escalations/{case.pk}/take/", 303),
    "review-decide": of_a_case("/review/escalations/{case.pk}/decide/", 303),
    "review-reopen": reviewers("/review/escalations/{decided.pk}/reopen/"),
    "review-assign": reviewers("/review/escalations/{case.pk}/assign/"),
    "review-ask": reviewers("/review/escalations/{case.pk}/ask/"),
    "review-scores": reviewers("/review/escalations/{case.pk}/scores/"),
    "review-score": only(
        "reviewer", path="/review/escalations/{case.pk}/score/"
    ),  # whoever was asked, and nobody else
    "review-notes": answerers("/review/notes/"),
    "review-note": answerers("/review/notes/{note.pk}/"),
    "review-sign-offs": reviewers("/review/sign-offs/"),
    "review-sign-off": reviewers("/review/sign-offs/{sign_off.pk}/"),
    "review-ask-sign-off": drafter("/review/decisions/{draft.pk}/sign-off/", 303),
    "review-agree": drafter("/review/decisions/{draft.pk}/agree/", 303),
    "review-schedule": drafter("/review/decisions/{draft.pk}/schedule/", 303),
    "review-unschedule": drafter("/review/decisions/{draft.pk}/unschedule/", 303),
    "review-decision": drafter("/review/decisions/{draft.pk}/"),
    "review-publish": drafter("/review/decisions/{draft.pk}/publish/", 303),
    "promise-keep": reviewers("/review/promises/{promise.pk}/keep/"),
    "promise-miss": reviewers("/review/promises/{promise.pk}/miss/"),
}

MODERATION = {
    "report": everyone("/report/?kind=post&id={answer.pk}"),
    "moderation": moderators("/moderation/"),
    "moderation-review": moderators("/moderation/reviews/{review.pk}/"),
    "hide-post": moderators("/moderation/posts/{answer.pk}/hide/"),
    "publish-post": moderators("/moderation/posts/{answer.pk}/publish/"),
    "restore-post": moderators("/moderation/posts/{answer.pk}/restore/"),
    "lock-topic": moderators("/moderation/topics/{idea.pk}/lock/"),
    "unlock-topic": moderators("/moderation/topics/{idea.pk}/unlock/"),
    "moderate-person": moderators("/moderation/people/{author.username}/"),
    "moderation-log": moderators("/moderation/log/"),
}

ADDRESSES: dict[str, Address] = {
    **ACCOUNTS,
    **OPERATIONS,
    **PLAIN,
    **NOTICES,
    **FORUM,
    **IDEAS,
    **REVIEW,
    **MODERATION,
}
