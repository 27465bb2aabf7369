"""Platforms that exist in tests alone."""
