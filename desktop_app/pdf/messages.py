"""What a reading process tells its parent: JSON, checked, never pickles.

The process has read hostile input, so that nothing it says is taken on trust.
"""

import json
from dataclasses import dataclass, field
from typing import Any, TypeVar

from desktop_app.domain.extraction import RefusalCode
from desktop_app.domain.records import NoText, Page, TextHealth


class BadMessage(Exception):
    """A message that no sound reading process sends."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The process has begun and waits for files."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The file is open; its pages follow."""

    page_count: int
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline, as far as it is known."""

    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The file can't be read."""

    code: RefusalCode
    fields: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """All pages were sent."""


Value = TypeVar("Value")
Message = Ready | Opened | Headline | Refused | Done | Page


def encode(message: Message) -> bytes:
    """Return a message as bytes."""
    match message:
        case Page():
            body: dict[str, Any] = {
                "is": "page",
                "number": message.number,
                "label": message.label,
                "text": message.text,
                "no_text": message.no_text,
                "language": message.language,
                "health": message.health,
                "engine": message.engine,
            }
        case Opened():
            body = {"is": "opened", "count": message.page_count, "properties": message.properties}
        case Headline():
            body = {"is": "headline", "text": message.text}
        case Refused():
            body = {"is": "refused", "code": message.code, "fields": message.fields}
        case Ready():
            body = {"is": "ready"}
        case Done():
            body = {"is": "done"}
    return json.dumps(body, ensure_ascii=False).encode("utf-8")


def decode(data: bytes) -> Message:
    """Return the message in `data`.

    Raises:
        BadMessage: it is not one that `encode` makes.
    """
    try:
        body = json.loads(data)
        return _message(body)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadMessage from error


def _message(body: dict[str, Any]) -> Message:
    match body["is"]:
        case "page":
            no_text = body["no_text"]
            return Page(
                number=_checked(body["number"], int),
                label=_checked(body["label"], str),
                text=_checked(body["text"], str),
                no_text=None if no_text is None else NoText(no_text),
                language=_checked(body["language"], str),
                health=TextHealth(body["health"]),
                engine=_checked(body["engine"], str),
            )
        case "opened":
            properties = _checked(body["properties"], dict)
            return Opened(
                _checked(body["count"], int),
                {name: _checked(value, str) for name, value in properties.items()},
            )
        case "headline":
            return Headline(_checked(body["text"], str))
        case "refused":
            fields = _checked(body["fields"], dict)
            return Refused(
                RefusalCode(body["code"]),
                {
                    name: value if isinstance(value, int) else _checked(value, str)
                    for name, value in fields.items()
                },
            )
        case "ready":
            return Ready()
        case "done":
            return Done()
    raise BadMessage


def _checked(value: object, kind: type[Value]) -> Value:
    if not isinstance(value, kind):
        raise BadMessage
    return value
