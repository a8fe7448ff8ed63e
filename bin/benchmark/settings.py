"""The product's own settings, and one more address: the constant string to compare with."""

from community.settings import *  # noqa: F403

ROOT_URLCONF = "bin.benchmark.urls"
