"""The icons: one stroke, in a square of 24. Drawn for Heard; each is the `d` of one SVG path."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

PATHS = {
    "alert": "M12 4 2.5 20h19zM12 10v4.5M12 17.2v.01",
    "arrow-left": "M20 12H5m6-6-6 6 6 6",
    "arrow-right": "M4 12h15m-6-6 6 6-6 6",
    "bell": "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 21h4",
    "calendar": "M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8",
    "chat": "M4 5h16v11.5H11l-4.5 4v-4H4z",
    "check": "m4 12.5 5 5L20 6.5",
    "chevron-down": "m5 9 7 7 7-7",
    "chevron-up": "m5 15 7-7 7 7",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3.5 2",
    "eye": "M2.5 12C4 9 7 5.5 12 5.5S20 9 21.5 12C20 15 17 18.5 12 18.5S4 15 2.5 12z"
    "M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
    "eye-off": "m4 4 16 16M10 5.7a9.5 9.5 0 0 1 2-.2c5 0 8 3.5 9.5 6.5a14 14 0 0 1-2.7 3.6"
    "M6.3 7.5A14.5 14.5 0 0 0 2.5 12c1.5 3 4.5 6.5 9.5 6.5a9 9 0 0 0 4-.9"
    "M10.2 10.2a2.5 2.5 0 0 0 3.6 3.6",
    "feed": "M5 4.5c8.5 0 14.5 6 14.5 14.5M5 11c4.8 0 8 3.2 8 8M6 18v.01",
    "flag": "M6 21V4.5c4-2 7.5 2 12 0V14c-4.5 2-8-2-12 0",
    "flask": "M9 3.5h6M10 3.5V10L5 20h14l-5-10V3.5M7.8 14.5h8.4",
    "inbox": "M4 13 6 5h12l2 8v6H4zM4 13h5l1 2.5h4l1-2.5h5",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5M12 7.8v.01",
    "link": "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3"
    "a4 4 0 0 0 5.7 5.7l1-1",
    "list": "M9 6h11M9 12h11M9 18h11M4.5 6v.01M4.5 12v.01M4.5 18v.01",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "mail": "M3.5 6h17v12.5h-17zM4 7l8 6 8-6",
    "minus": "M5 12h14",
    "moon": "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
    "pen": "m4 20 1-4.5L16 4.5 19.5 8 8.5 19zM13.5 7l3.5 3.5",
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20c.8-3.8 3.8-5.5 7.5-5.5s6.7 1.7 7.5 5.5",
    "pin": "M9 3.5h6l-1 7 3.5 3V15h-11v-1.5l3.5-3zM12 15v6",
    "plus": "M12 5v14M5 12h14",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "question": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z"
    "M9.5 9.7a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.8-1.1 1.8M12 16.7v.01",
    "receipt": "M6 3.5V21l2-1.5 2 1.5 2-1.5 2 1.5 2-1.5 2 1.5V3.5zM9.5 8.5h5M9.5 12.5h5",
    "reply": "m10 6-6.5 6 6.5 6v-4c5 0 8 1 10.5 4.5C20.5 12.5 16 10 10 10z",
    "rise": "M12 20V5m-6.5 6.5L12 5l6.5 6.5",
    "ring": "M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z",
    "screen": "M3.5 5h17v11.5h-17zM9 20.5h6M12 16.5v4",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.3 15.3 20.5 20.5",
    "send": "M3.5 12 20.5 4l-4 16-5-6zM11.5 14l9-10",
    "shield": "m12 3.5 7 2.5v5.5c0 4.5-3 7.5-7 9.5-4-2-7-5-7-9.5V6z",
    "sliders": "M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5v5M8 14.5v5",
    "star": "m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z",
    "store": "M4.5 12v8h15v-8M3 9.5 5 4h14l2 5.5a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0z"
    "M10 20v-4.5h4V20",
    "sun": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2"
    "M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
    "tag": "M4 4h7.5l8.5 8.5-7.5 7.5L4 11.5zM8.3 8.3v.01",
    "thumb": "M7.5 20V10.5L11 3.5c1.6 0 2.5 1 2.5 2.5v3.5h5.8L18 18.5c-.2 1-.9 1.5-1.8 1.5z"
    "M7.5 10.5H4V20h3.5",
    "twins": "M6 3.5v4c0 4.5 6 4 6 8.5v4.5M18 3.5v4c0 4.5-6 4-6 8.5",
    "undo": "M8.5 4.5 4 9l4.5 4.5M4 9h9.5a5.3 5.3 0 0 1 0 10.5H8",
    "x": "M6 6l12 12M18 6 6 18",
}
OF_STATUS = {
    "open": "ring",
    "raised": "rise",
    "in-review": "eye",
    "planned": "calendar",
    "pilot": "flask",
    "done": "check",
    "declined": "x",
    "exists": "store",
    "duplicate": "twins",
    "withdrawn": "undo",
}
OF_STATE = {
    "against": "minus",
    "answered": "chat",
    "bad": "alert",
    "due": "clock",
    "for": "plus",
    "held": "clock",
    "hidden": "eye-off",
    "info": "info",
    "locked": "lock",
    "ok": "check",
    "overdue": "alert",
    "pinned": "pin",
    "replied": "chat",
    "solved": "check",
    "waiting": "clock",
    "warn": "alert",
}


def draw(path: str) -> SafeString:
    """The icon as inline SVG, without a name: the word beside it is its name."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">'
        '<path d="{}"/></svg>',
        path,
    )


ICONS: dict[str, SafeString] = {name: draw(path) for name, path in PATHS.items()}
ICONS |= {word: ICONS[name] for word, name in (OF_STATUS | OF_STATE).items()}
