"""What a name looks like to a reader in a hurry: look-alike letters folded to plain ones.

The table is a selection of Unicode's confusables (UTS 39) towards the Latin alphabet, for the
scripts whose letters pass for it: Cyrillic, Greek, Armenian, Cherokee, Lisu, and Latin's own.
"""

import unicodedata

# Each letter, and what passes for it or for its capital, as case folding leaves it.
SAME = {
    "a": "аɑαᎪ4@ᴀꓮ",
    "b": "ЬьƅᏏвβϐʙꓐɓ",
    "c": "сϲᏟⅽᴄƈςꓚ",
    "d": "ԁɗᏧᎠᴅꓓ",
    "e": "еҽɛεєᎬ3ᴇэꓰ",
    "f": "ƒϝᖴꜰꓝ",
    "g": "ɡցɢԍ9ᏀƓꓖɠ",
    "h": "һհнηᎻʜꓧ",
    "i": "іιɩıӏᎥ1!|ɪլꓲɩ",
    "j": "јϳᎫᴊʝꓙ",
    "k": "κкᏦᴋƙқꓗ",
    "l": "ⅼʟᏞƖꓡɭł",
    "m": "мᎷᴍμꓟ",
    "n": "ոппռɴνҋꓠɲƞŋ",
    "o": "оοσօ0ᴏøοөꓳɵ",
    "p": "рρᏢᴘþꓑ",
    "q": "ԛգ",
    "r": "гᎡʀᴦɼягꓣ",
    "s": "ѕ5$ꜱʂꓢ",
    "t": "тτᎢᴛ7ŧꓔ",
    "u": "υսᴜцʋμꓴ",
    "v": "ѵνᴠᏙꓦ",
    "w": "ԝωѡᎳᴡɯшщꓪ",
    "x": "хχ×ꓫ",
    "y": "уγүʏყуϒꓬ",
    "z": "ᴢᏃʐ2ƶꓜ",
}
FOLDED = {ord(like): plain for plain, alike in SAME.items() for like in alike}
PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("nn", "m"))


def plain_letters(text: str) -> str:
    """The text in lower case without accents, each look-alike letter as the plain one."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    without_marks = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return without_marks.translate(FOLDED)


def outline(text: str) -> str:
    """What names share when they look the same: only for comparing, never to be shown.

    Letters and digits alone; `l` and `i` are one, and pairs that look like one letter are it.
    """
    letters = "".join(sign for sign in plain_letters(text) if sign.isalnum())
    for pair, single in PAIRS:
        letters = letters.replace(pair, single)
    return letters.replace("l", "i")


def skeleton(text: str) -> str:
    """The outline with runs of one letter as one letter: what stretched names share."""
    letters = outline(text)
    return "".join(sign for at, sign in enumerate(letters) if letters[at - 1 : at] != sign)
