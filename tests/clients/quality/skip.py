# SPDX-License-Identifier: GPL-3.0-or-later
"""Leaving out what this machine has no material for, with the reason."""

SKIPPED = 77


class Skip(Exception):
    """Nothing can be said about a subject here; the message says what is missing."""


class Unavailable(Exception):
    """A row can't be made, and what depends on it can't hold; the message says why."""
