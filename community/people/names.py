"""Names that members choose: readable, their own, and nobody else's.

A name may hold no hidden or reversing signs, no check marks, no letters of two alphabets that look
alike, and nothing that sounds like the company or those who work for it: staff are known by the
mark on what they write, never by a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .lookalikes import outline, plain_letters, skeleton

USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
SIGNS = frozenset(" '’.-_·")
MAX_MARKS = 2
# What Unicode calls ignorable though it counts as letter, mark or sign.
INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)

# Never a part of a name, however it is joined on.
CLAIMS = (
    "official moderator administrator employee verified helpdesk customercare customerservice "
    "customersupport webmaster"
).split()
# Never a word of a name, nor a name made of such words alone.
STAFF_WORDS = (
    "admin admins administration support staff team mod mods sysadmin root system security service "
    "care help helper manager management ceo cfo cto executive director president reviewer lead "
    "approver answers answer desk community hq headquarters corporate company bot heard me new "
    "store stores everyone here anonymous deleted"
).split()
# Scripts that are written together; any two others in one name are a disguise.
TOGETHER = (
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA"},
    {"LATIN", "CJK", "HANGUL"},
    {"LATIN", "CJK", "BOPOMOFO"},
)
COMMON_SCRIPTS = {"DIGIT", "COMBINING", "MIDDLE", "IDEOGRAPHIC"}

Names = Callable[[], Iterable[str]]
_protected: list[Names] = [lambda: (settings.BRAND_COMPANY, settings.BRAND_NAME)]


def protected_names(names: Names) -> Names:
    """Register names that no member may bear, as those of the company's voices."""
    _protected.append(names)
    return names


def clean_username(text: str) -> str:
    """The username in lower case. Raises ValidationError with a sentence where it cannot be had."""
    username = text.strip().lower()
    if not 3 <= len(username) <= 30 or not USERNAME.fullmatch(username):
        raise ValidationError(
            _(
                "A username has 3 to 30 letters a–z, digits, - or _, "
                "and begins and ends with a letter or digit."
            )
        )
    _refuse_impersonation(username)
    return username


def clean_display_name(text: str) -> str:
    """The name in NFKC with single spaces. Raises ValidationError with a sentence."""
    _refuse_hidden_signs(text)
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if not name:
        return ""
    _refuse_hidden_signs(name)
    if len(name) > 60:
        raise ValidationError(_("A name has 60 characters at most."))
    if not any(sign.isalpha() for sign in name):
        raise ValidationError(_("A name has at least one letter."))
    _refuse_stacked_marks(name)
    _refuse_mixed_scripts(name)
    _refuse_impersonation(name)
    return name


def _refuse_hidden_signs(text: str) -> None:
    """Letters, marks, digits and a few signs: no zero widths, no turning marks, no pictures."""
    kinds = {sign: unicodedata.category(sign) for sign in text}
    is_plain = all(kind[0] in "LM" or kind == "Nd" or sign in SIGNS for sign, kind in kinds.items())
    if not is_plain or INVISIBLE.search(text):
        raise ValidationError(
            _(
                "A name holds letters, digits, spaces and ' . - _ only: "
                "no signs, pictures or hidden characters."
            )
        )


def _refuse_stacked_marks(name: str) -> None:
    """Two marks on a letter are a language; many are a scribble over the next line."""
    marks = 0
    for sign in unicodedata.normalize("NFD", name):
        marks = marks + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if marks > MAX_MARKS:
            raise ValidationError(_("A letter of a name bears two marks at most."))


def _refuse_mixed_scripts(name: str) -> None:
    scripts = {_script_of(sign) for sign in name if sign.isalpha()} - COMMON_SCRIPTS
    if len(scripts) > 1 and not any(scripts <= mix for mix in TOGETHER):
        raise ValidationError(_("A name is written in one alphabet."))


def _script_of(sign: str) -> str:
    """The script of a letter, as the first word of its Unicode name says."""
    first = unicodedata.name(sign, "UNKNOWN").split(" ")[0].split("-")[0]
    return "LATIN" if first in ("FEMININE", "MASCULINE", "FULLWIDTH", "MODIFIER") else first


def _refuse_impersonation(name: str) -> None:
    """Nothing that reads as the company, one of its voices, or those who work for it."""
    whole = skeleton(name)
    words = {skeleton(word) for word in re.split(r"[^\w]+|_", plain_letters(name)) if word}
    claims = {skeleton(claim) for claim in CLAIMS}
    brands = {skeleton(each) for names in _protected for each in names()} - {""}
    staff = {skeleton(word) for word in STAFF_WORDS}
    is_staff_word = bool(words & staff) or _is_made_of_staff_words(name)
    if is_staff_word or any(claim in whole for claim in claims | brands):
        raise ValidationError(
            _(
                "This name could be taken for the company's or for one of its staff. "
                "Please choose another."
            )
        )


def _is_made_of_staff_words(name: str) -> bool:
    """Whether the name is nothing but such words run together: `supportteam`, `a.d.m.i.n 1`."""
    words = "|".join(outline(word) for word in STAFF_WORDS)
    return bool(re.fullmatch(f"(?:{words})+", outline(name.rstrip("0123456789 .-_"))))
