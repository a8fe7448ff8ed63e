"""What community/settings.py reads from the environment, found by reading its source."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "community" / "settings.py"


def names_read() -> set[str]:
    """Environment variables: in `env.kind("NAME")` and in `"NAME" in env.ENVIRON`."""
    return set(_names(ast.parse(SOURCE.read_text())))


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="env")),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield name
            case ast.Call(func=ast.Name(id="env"), args=[ast.Constant(value=str(name)), *_]):
                yield name
            case ast.Compare(
                left=ast.Constant(value=str(name)), comparators=[ast.Attribute(attr="ENVIRON")]
            ):
                yield name
