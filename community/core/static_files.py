"""Style sheets and scripts: linked one by one while developing, joined and hashed when collected.

Cascade layers make the order of the sheets unimportant, save that `layers.css` names the layers
first. Every script is a module of its own; joined, each keeps its names in a block of its own.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

JOINED_SHEET = "heard.css"
JOINED_SCRIPT = "heard.js"
FIRST_SHEET = "css/layers.css"
HTMX = "django_htmx/htmx-2.min.js"

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENT = re.compile(r"\s*\n\s*")
SLACK = re.compile(r"\s*([{};,])\s*")
AFTER_NAME = re.compile(r"(?<=[a-z]): ")  # in a selector a colon has no space behind it
IMPORT = re.compile(r"^\s*(import|export)\b", re.MULTILINE)


def is_sheet(path: str) -> bool:
    return path.startswith("css/") and path.endswith(".css")


def is_script(path: str) -> bool:
    return path.startswith("js/") and path.endswith(".js")


def sheets(paths: Iterable[str]) -> list[str]:
    """The style sheets among the paths, in the order to link them."""
    return sorted(filter(is_sheet, paths), key=lambda path: (path != FIRST_SHEET, path))


def scripts(paths: Iterable[str]) -> list[str]:
    """htmx and our own scripts, in the order to load them."""
    return [HTMX, *sorted(filter(is_script, paths))]


@lru_cache
def found_paths() -> frozenset[str]:
    """Every static file, before it is collected. A file added later is seen after a restart."""
    return frozenset(path for finder in finders.get_finders() for path, _storage in finder.list([]))


def is_joined() -> bool:
    """Whether this process serves collected files. The storage is chosen when it starts."""
    return isinstance(staticfiles_storage, JoinedStaticFilesStorage)


def sheets_to_link() -> list[str]:
    """The one joined sheet where files are collected, otherwise each."""
    return [JOINED_SHEET] if is_joined() else sheets(found_paths())


def scripts_to_link() -> list[str]:
    """The one joined module where files are collected, otherwise each."""
    return [JOINED_SCRIPT] if is_joined() else scripts(found_paths())


def hue_sheet() -> str:
    """The operator's hue, for the tokens to work with."""
    return f"@layer base {{ :root {{ --hue: {settings.BRAND_HUE % 360}; }} }}"


def join_sheets(texts: Iterable[str]) -> str:
    """One sheet, without comments, indentation and the spaces that only people need."""
    return "\n".join(_packed(COMMENT.sub("", text)) for text in texts)


def _packed(text: str) -> str:
    text = SLACK.sub(r"\1", INDENT.sub("\n", text)).strip()
    return AFTER_NAME.sub(":", text).replace(";}", "}")


def join_scripts(texts: Iterable[str]) -> str:
    """One module; each script in a block, so that equal names do not meet."""
    texts = list(texts)
    if any(IMPORT.search(text) for text in texts):
        raise ImproperlyConfigured("A script that imports or exports cannot be joined.")
    return "\n".join(f"{{\n{text.strip()}\n}}" for text in texts)


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Adds the joined sheet and the joined module to what is collected, hashed and compressed."""

    def post_process(
        self, paths: dict[str, tuple[Storage, str]], dry_run: bool = False, **options: object
    ) -> Iterator[tuple[str, str, bool]]:
        """Join first, so that the joined files are hashed like any other."""
        if not dry_run:
            joined = {
                JOINED_SHEET: join_sheets([*_texts(sheets(paths), paths), hue_sheet()]),
                JOINED_SCRIPT: join_scripts(_texts(scripts(paths), paths)),
            }
            for name, text in joined.items():
                self.delete(name)
                paths[name] = (self, self.save(name, ContentFile(text.encode())))
        yield from super().post_process(paths, dry_run=dry_run, **options)


def _texts(names: Iterable[str], paths: dict[str, tuple[Storage, str]]) -> Iterator[str]:
    for name in names:
        storage, path = paths[name]
        with storage.open(path) as file:
            yield file.read().decode()
