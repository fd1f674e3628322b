"""What does not exist has neighbours that do."""

import pytest

from assistant.knowledge.model import Knowledge
from assistant.knowledge.nearest import nearest


@pytest.mark.parametrize(
    ("unknown", "expected"),
    [
        ("8.9", ("8.7", "8.6", "8")),
        ("8.2.9", ("8.2.6", "8.2.5", "8.2")),
        ("8.2.4.1", ("8.2.4",)),
        ("8.9.1", ("8.7", "8.6", "8")),
        ("4.5", ("4.4", "4.3", "4")),
        ("11.3", ("10", "9", "8")),
        ("S14", ("S13", "S12", "S11")),
        ("S3.9", ("S3.6", "S3.5", "S3")),
        ("C13", ("C12", "C11", "C10")),
    ],
)
def test_nearest_are_siblings_and_the_whole(
    unknown: str, expected: tuple[str, ...], knowledge: Knowledge
) -> None:
    assert nearest(unknown, knowledge.entities) == expected


def test_nearest_role_is_a_role(knowledge: Knowledge) -> None:
    found = nearest("R-99", knowledge.entities)
    assert len(found) == 3
    assert {knowledge.entities[role].kind for role in found} == {"role"}
