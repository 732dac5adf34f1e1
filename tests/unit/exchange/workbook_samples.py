"""Small XLSX workbooks made part by part, so that they can be wrong in any way."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*targets: tuple[str, str]) -> str:
    """Return a part of relations: kind and target each, with the ids r1, r2 ..."""
    listed = "".join(
        f'<Relationship Id="r{place}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, start=1)
    )
    return f"<Relationships>{listed}</Relationships>"


def book(*sheets: str, properties: str = "") -> str:
    """Return a part "workbook"; each sheet as `name` or `name|state`."""
    listed = ""
    for place, sheet in enumerate(sheets, start=1):
        name, _, state = sheet.partition("|")
        said = f' state="{state}"' if state else ""
        listed += f'<sheet name="{name}" sheetId="{place}"{said} r:id="r{place}"/>'
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{properties}<sheets>{listed}</sheets>'
        "</workbook>"
    )


def sheet(rows: str, after: str = "", namespace: str = MAIN) -> str:
    """Return a part "worksheet" with the XML of its rows."""
    return f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def text_row(number: int, *texts: str) -> str:
    """Return the XML of a row of plain texts; "" makes no cell."""
    cells = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t xml:space="preserve">{text}</t>'
        "</is></c>"
        for place, text in enumerate(texts)
        if text
    )
    return f'<row r="{number}">{cells}</row>'


def styles(*formats: str) -> str:
    """Return a part "styles" in which the style n has the nth format, from 1; 0 is General."""
    own = "".join(
        f'<numFmt numFmtId="{200 + place}" formatCode="{code}"/>'
        for place, code in enumerate(formats)
    )
    used = "".join(f'<xf numFmtId="{200 + place}"/>' for place in range(len(formats)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts><cellStyleXfs><xf numFmtId="14"/>'
        f'</cellStyleXfs><cellXfs><xf numFmtId="0"/>{used}</cellXfs></styleSheet>'
    )


def write(
    path: Path,
    *sheets: str,
    names: tuple[str, ...] = ("Sheet1", "Sheet2", "Sheet3"),
    properties: str = "",
    more: Mapping[str, str | bytes] | None = None,
    slash: str = "/",
) -> Path:
    """Write a workbook of the given sheets, and return its path; `more` adds or replaces parts."""
    kinds = [("worksheet", f"worksheets/sheet{place}.xml") for place in range(1, len(sheets) + 1)]
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book(*names[: len(sheets)], properties=properties),
        "xl/_rels/workbook.xml.rels": relations(*kinds),
    }
    for (_, target), xml in zip(kinds, sheets, strict=True):
        parts[f"xl/{target}"] = xml
    parts |= more or {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("/", slash), content)
    return path
