"""The case of an idea as it stands: shown live at `/review/`, frozen into a digest."""

from .gather import dossiers_of, heads_of
from .shape import Dossier, Voice

__all__ = ["Dossier", "Voice", "dossiers_of", "heads_of"]
