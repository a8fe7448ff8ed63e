"""How many reports a review has, counted again."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F

from community.core.counters import Drift, counter

from .models import Review


@counter("review.report_count")
def count_reports(repair: bool) -> Iterator[Drift]:
    """Each review whose stored number is not that of its reports."""
    counted = Review.objects.annotate(true=Count("reports")).exclude(report_count=F("true"))
    for pk, stored, true in counted.values_list("pk", "report_count", "true").iterator():
        if repair:
            Review.objects.filter(pk=pk).update(report_count=true)
        yield Drift(f"review {pk}", stored, true)
