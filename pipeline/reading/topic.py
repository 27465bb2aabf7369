"""What one topic reader hands back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.models import Claim


@dataclass(slots=True)
class Topic:
    """Fields of Reading by name, and the claims that carry their quotes."""

    values: dict[str, Any] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
