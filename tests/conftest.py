"""Hypothesis: the same examples every time; with HYPOTHESIS_PROFILE=fresh, new and more of them."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)
"""The first network of a shape waits for sympy."""

settings.register_profile(
    "ci", derandomize=True, deadline=None, max_examples=60, suppress_health_check=SLOW
)
settings.register_profile(
    "fresh", deadline=None, max_examples=600, suppress_health_check=SLOW, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
