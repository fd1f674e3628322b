"""Certpath over HTTP: the API, its errors, and the page."""
