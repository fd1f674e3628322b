"""Certpath: a cited answer for every step of the road to ISO/IEC 20000-1 certification."""

__version__ = "0.1.0"
