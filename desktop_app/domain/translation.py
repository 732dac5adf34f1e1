"""Marking sentences for translation without depending on Qt."""


def QT_TRANSLATE_NOOP(context: str, source: str) -> str:  # noqa: N802
    """Return `source` unchanged; lupdate finds the call by this exact name and extracts the text.

    The context is what a screen passes to `QCoreApplication.translate` together with the text.
    """
    del context
    return source
