"""What a PDF says of itself beside its text: document information ("Title") and XMP ("dc:title").

XMP properties have their usual names. Where one has several values, each stands in a line.
"""

from collections.abc import Mapping


def property_lines(properties: Mapping[str, str], *names: str) -> list[str]:
    """Return the values of these properties, in the order of `names`, each once."""
    lines = (line.strip() for name in names for line in properties.get(name, "").split("\n"))
    return list(dict.fromkeys(filter(None, lines)))
