"""Every component on one page, with believable content: /dev/styleguide/, with DEBUG only."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ..forms import PlainForm

SHOWN = ("parts", "idea", "topic", "form", "review", "home", "confirm", "empty")
VERDICTS = {
    "do_it": ("Do it", "Shows as a promise with an owner and a date"),
    "pilot": ("Try it in some stores", "Name the stores and the day it ends"),
    "exists": ("It already exists", "Say where customers find it"),
    "decline": ("Say no", "Needs a reason that customers will read"),
    "needs_more": ("Needs more", "Comes back on the date, with your question"),
    "not_now": ("Not now", "Comes back on the date by itself"),
}


class IdeaForm(PlainForm):
    """A form that shows each kind of field."""

    title = forms.CharField(
        label="Your idea in one line", help_text="One idea a post.", min_length=10, max_length=120
    )
    body = forms.CharField(
        label="What happens today, and what would be better?",
        help_text="Do not include order numbers, phone numbers or addresses.",
        widget=forms.Textarea,
    )
    board = forms.ChoiceField(label="Topic", choices=[("stores", "Stores"), ("site", "Website")])
    tags = forms.CharField(label="Tags", help_text="Up to five, with commas.", required=False)
    told = forms.BooleanField(
        label="Tell me what becomes of it", help_text="One e-mail when it is decided."
    )


class DecisionForm(PlainForm):
    """What a reviewer fills in."""

    decision = forms.ChoiceField(
        label="Decision",
        choices=[(slug, label) for slug, (label, _hint) in VERDICTS.items()],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Answer to the 1,284 people who voted", widget=forms.Textarea)
    date = forms.DateField(label="By when", widget=forms.DateInput(attrs={"type": "date"}))


def sheet(request: HttpRequest, shown: str = "parts") -> HttpResponse:
    """One sheet of components; `parts` shows the small ones, the others are whole pages."""
    if not settings.DEBUG or shown not in SHOWN:
        raise Http404
    if "message" in request.GET:
        messages.success(request, "Your vote counts. We will tell you.", extra_tags="undo:/undo/")
    return render(request, f"components/styleguide/{shown}.html", believable())


def believable() -> dict[str, Any]:
    """The content: one idea on its way, seen by everyone it concerns."""
    now = timezone.now()
    decision_form = DecisionForm(initial={"decision": "do_it"})
    decision_form.fields["decision"].choice_hints = {  # type: ignore[attr-defined]
        slug: hint for slug, (_label, hint) in VERDICTS.items()
    }
    return {
        "now": now,
        "posted": now - timedelta(days=24),
        "good_form": IdeaForm(),
        "bad_form": IdeaForm({"title": "Wi-fi", "body": "", "board": "stores"}),
        "decision_form": decision_form,
        "events": [
            {
                "title": "In review",
                "status": "in-review",
                "now": True,
                "when": "Decided by 6 June",
                "text": "Dana, Store experience",
            },
            {
                "title": "Sent to head office",
                "status": "raised",
                "at": now - timedelta(days=8),
                "text": "By itself, at 500 votes",
            },
            {
                "title": "3 similar ideas joined",
                "status": "duplicate",
                "at": now - timedelta(days=15),
                "text": "They brought 173 votes",
            },
            {"title": "Posted", "status": "pen", "at": now - timedelta(days=24)},
        ],
        "chart": _chart(),
        "told": [("Voters", 1284), ("Followers", 61), ("Commenters", 38)],
    }


def _chart() -> dict[str, Any]:
    """Two quarters as bars."""
    heights = {"2026 Q3": (120, 40), "2026 Q4": (160, 70)}
    groups = [
        {
            "label": label,
            "words": [str(height) for height in pair],
            "bars": [
                {
                    "series": series,
                    "words": f"{label}: {height}",
                    "x": 110.0 + 300 * number + 40 * (series - 1),
                    "y": 160.0 - height,
                    "width": 34.0,
                    "height": float(height),
                }
                for series, height in enumerate(pair, start=1)
            ],
        }
        for number, (label, pair) in enumerate(heights.items())
    ]
    words = {"key": "asked", "title": "Asked and decided", "most": "160"}
    return words | {"series": ["Ideas", "Decisions"], "groups": groups, "width": 600, "height": 160}
