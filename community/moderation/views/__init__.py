"""Reporting, and the moderators' pages."""
