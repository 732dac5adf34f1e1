"""What a reading process says, and what is not believed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.extraction import RefusalCode
from desktop_app.domain.records import NoText, Page, TextHealth
from desktop_app.pdf.messages import (
    BadMessage,
    Done,
    Headline,
    Message,
    Opened,
    Ready,
    Refused,
    decode,
    encode,
)

PAGE = Page(3, "iii", "الاستدعاء\n«x»", None, "ar", TextHealth.REPAIRED, "pdfium")


@pytest.mark.parametrize(
    "message",
    [
        PAGE,
        Page(1, "1", "", NoText.BLANK),
        Opened(7, {"Title": "ä"}),
        Headline("كلمة"),
        Refused(RefusalCode.FALSE_PAGE_COUNT, {"claimed": 9, "size": 8, "x": "y"}),
        Ready(),
        Done(),
    ],
)
def test_every_message_comes_back_as_it_was(message: Message) -> None:
    assert decode(encode(message)) == message


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x80\x04\x95pickle",
        b"\xff\xfe{}",
        b"null",
        b"[]",
        b"{}",
        b'{"is": "other"}',
        b'{"is": []}',
        b'{"is": "opened", "count": "3", "properties": {}}',
        b'{"is": "opened", "count": 3, "properties": {"Title": 4}}',
        b'{"is": "opened", "count": 3, "properties": []}',
        b'{"is": "headline", "text": null}',
        b'{"is": "refused", "code": "no such", "fields": {}}',
        b'{"is": "refused", "code": "locked", "fields": {"x": [1]}}',
        b"[" * 100_000,
    ],
)
def test_nonsense_is_not_believed(data: bytes) -> None:
    with pytest.raises(BadMessage):
        decode(data)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("number", "3"),
        ("text", None),
        ("label", 3),
        ("health", "splendid"),
        ("no_text", "no reason"),
        ("language", ["ar"]),
        ("engine", {}),
    ],
)
def test_page_with_a_wrong_field_is_not_believed(name: str, value: object) -> None:
    body = json.loads(encode(PAGE))
    body[name] = value
    with pytest.raises(BadMessage):
        decode(json.dumps(body).encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_not_believed(data: bytes) -> None:
    try:
        message = decode(data)
    except BadMessage:
        return
    assert decode(encode(message)) == message
