"""No member's name can be taken for the company's, for its staff's, or for something it is not."""

import pytest
from django.core.exceptions import ValidationError

from community.people.names import clean_display_name, clean_username
from community.people.usernames import random_username
from community.voices.models import Voice

pytestmark = pytest.mark.django_db

THE_COMPANY = """Northline
N0rthline
Nоrthline
nοrthline
Ｎｏｒｔｈｌｉｎｅ
𝐍𝐨𝐫𝐭𝐡𝐥𝐢𝐧𝐞
North line
N o r t h l i n e
N.o.r.t.h.l.i.n.e
N-o-r-t-h-l-i-n-e
Northl1ne
NorthIine
Northlíne
Nörthline
Norrthlinee
Ɲorthline
ꓠꓳꓣꓔꓧꓡꓲꓠꓰ
NORTHLINE
Northline Support
Northline Community
Team Northline
My Northline
norТhline
Nοᴦτhline
Northline's Bob""".splitlines()
ITS_STAFF = """Official Bob
0fficial
Officiаl
OFFICIAL
offıcial
0ff1c1al
Offícíal
𝓞𝓯𝓯𝓲𝓬𝓲𝓪𝓵
Admin
adm1n
A.d.m.i.n
admin1
Admin 2
Ａｄｍｉｎ
admın
ᴀᴅᴍɪɴ
Administrаtor
Administrator
SysAdmin
Moderator
m0derat0r
rnoderator
Modеrator
The Mods
Staff
The Staff
5taff
ѕtaff
STΑFF
Support
supportteam
Support-Team
Support Team 24
Customer Care
CustomerService
customer.support
Help Desk
he1pdesk
Store Manager
Verified Bob
vеrified
Employee 12
CEO
Head Office Answers
Heard
Security Team
Community Manager
Team Leader Support
root
webmaster
Anonymous
Deleted""".splitlines()
SIGNS = [
    "Bob ✓",
    "Bob ✔",
    "Bob ☑️",
    "Bob ✅",
    "Bob √",
    "Bob 🗸",
    "✪ Bob",
    "⭐ Bob",
    "Bob™",
    "Bob®",
    "Bob 🛡",
    "ⓃⓄⓇⓉⒽ",
    "Bob @home",
    "bob@example.com",
    "https://bob",
    "<b>Bob</b>",
    "Bob & Ann",
    "Bob|Ann",
]
HIDDEN = [
    "North\u200bline",
    "Bob\u200c",
    "Bob\u200d",
    "Bob\u2060",
    "Bob\ufeff",
    "Bob\u00ad",
    "B\u034fob",
    "Bob\u202egnp",
    "\u202dBob",
    "Bob\u2066",
    "Bob\u2069",
    "\u200fBob",
    "\u061cBob",
    "Bob\u180e",
    "\u115f\u1160",
    "\u3164",
    "\uffa0",
    "\u2800",
    "Bob\ufe0f",
    "Bob\U000e0041",
    "Bob\x00",
    "Bob\x07",
    "Bob\ue000",
    "Bob\ud800",
    "Bob\U000e0001",
]
DISGUISED = [
    "Mаria",
    "Вob",
    "Ροse",
    "Bοb",
    "Аnna",
    "Z̷̡̢a̶̛l̵g̸o",
    "Bo\u0301\u0302\u0303\u0304b",
    "Ꭺnna",
    "Bօb",
]
OWN = """Maria
José Ñandú
O'Brien
Jean-Luc
Anna Müller
Øyvind
Łukasz
Нина
Ελένη
山田太郎
さくら
김철수
محمد
राज
Bob 99
Stafford
Theodora
Wilma
Lee
Ng
Priya Patel
Zoë
Đặng Thị
Nguyễn Văn Ế
R2D2
Carey Price
Modesto
Helpern
Northrop
Linus
Clare
Vivienne
Annabel
สมชาย
ქეთევან
Արամ
שרה
Fernanda
Cornelia
Bobby Nelson
Leader
Storey
Dr. Who""".splitlines()


@pytest.mark.parametrize("name", [*THE_COMPANY, *ITS_STAFF, *SIGNS, *HIDDEN, *DISGUISED])
def test_a_name_that_misleads_is_refused_with_a_sentence(name):
    with pytest.raises(ValidationError) as refused:
        clean_display_name(name)

    assert refused.value.messages[0].endswith(".")


@pytest.mark.parametrize("name", OWN)
def test_people_may_bear_their_own_names(name):
    assert clean_display_name(f"  {name} ") == name


def test_a_voice_of_the_company_is_no_members_name():
    assert clean_display_name("Tech Bench") == "Tech Bench"
    Voice.objects.create(name="Tech Bench")

    for name in ("Tech Bench", "Tесh Bеnсh", "T3ch-B3nch", "Tech Bench Ann"):
        with pytest.raises(ValidationError):
            clean_display_name(name)


def test_a_name_is_kept_in_one_form():
    assert clean_display_name("Ａｎｎａ   Ｍｕ\u0308ller") == "Anna Müller"


@pytest.mark.parametrize(
    "username",
    [
        "ab",
        "a" * 31,
        "-ann",
        "ann-",
        "ann b",
        "änn",
        "аnn",
        "ann.b",
        "ann/b",
        "admin",
        "northline_help",
        "n0rthline",
        "support-team",
        "official_ann",
        "me",
        "new",
        "",
        "ann\u200b",
        "mod-1",
        "rnoderator",
    ],
)
def test_a_username_that_misleads_or_breaks_addresses_is_refused(username):
    with pytest.raises(ValidationError):
        clean_username(username)


@pytest.mark.parametrize(
    "username", ["ann", "Ann_B", "quiet-heron-48", "r2d2", "stafford", "x" * 30]
)
def test_a_username_is_kept_in_lower_case(username):
    assert clean_username(username) == username.lower()


def test_the_usernames_we_give_are_ones_that_may_be_chosen():
    for _ in range(500):
        username = random_username()
        assert clean_username(username) == username
