"""How much there is at each scale: `a` is a big retailer's first three years."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Size:
    """The figures of one scale; `posts` are those of questions, their openings among them."""

    members: int
    employees: int
    answering: int
    ideas: int
    votes: int
    most_votes: int
    comments: int
    questions: int
    posts: int
    most_comments: int = 520
    longest_question: int = 500

    def times(self, factor: float) -> Size:
        """The same model so many times as big; the longest pages stay as long."""
        kept = ("most_comments", "longest_question")
        grown = {name: round(of * factor) for name, of in vars(self).items() if name not in kept}
        return replace(self, **grown)


A = Size(
    members=300_000,
    employees=180_000,
    answering=3_000,
    ideas=15_000,
    votes=1_000_000,
    most_votes=30_000,
    comments=110_000,
    questions=65_000,
    posts=260_000,
)
SIZES = {"small": A.times(0.01), "a": A, "b": A.times(10)}
