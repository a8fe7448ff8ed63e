"""Registered by the app when it is ready."""
