"""Workbooks written by hand, part by part, so that every part can be wrong."""

import io
import zipfile
from collections.abc import Mapping
from html import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

Part = str | bytes


def sheet(rows: str) -> str:
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def row(number: int, *cells: str) -> str:
    """Cells as texts in their places: row(1, "name", "mail")."""
    return f'<row r="{number}">{"".join(text(f"{chr(65 + i)}{number}", cell) for i, cell in enumerate(cells))}</row>'


def text(at: str, written: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{written}</t></is></c>'


def number(at: str, written: str, style: int = 0) -> str:
    return f'<c r="{at}" s="{style}"><v>{written}</v></c>'


def styles(*codes: str) -> str:
    """Style 1 shows the first code, style 2 the second …"""
    formats = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{escape(code)}"/>' for i, code in enumerate(codes))
    cells = "".join(f'<xf numFmtId="{164 + i}"/>' for i in range(len(codes)))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs><xf numFmtId="0"/>{cells}</cellXfs></styleSheet>'


def strings(*items: str) -> str:
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def workbook(names: Mapping[str, str], properties: str = "") -> str:
    """{sheet name: state}."""
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{i}" state="{state}" r:id="rId{i}"/>'
        for i, (name, state) in enumerate(names.items(), 1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{properties}<sheets>{sheets}</sheets></workbook>'


def book(*sheets: Part, names: Mapping[str, str] | None = None, properties: str = "", **parts: Part) -> bytes:
    """A package of these sheets. parts: styles, strings, workbook, links replace or add a part."""
    names = names if names is not None else {f"Sheet{i}": "visible" for i in range(1, len(sheets) + 1)}
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{LINKS}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(names) + 1)
    )
    links += f'<Relationship Id="s1" Type="{LINKS}/styles" Target="styles.xml"/>' if "styles" in parts else ""
    links += (
        f'<Relationship Id="s2" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>' if "strings" in parts else ""
    )
    files: dict[str, Part] = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{LINKS}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": parts.get("workbook", workbook(names, properties)),
        "xl/_rels/workbook.xml.rels": parts.get("links", f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'),
    }
    files |= {f"xl/worksheets/sheet{i}.xml": part for i, part in enumerate(sheets, 1)}
    files |= {
        f"xl/{name}": parts[key]
        for key, name in (("styles", "styles.xml"), ("strings", "sharedStrings.xml"))
        if key in parts
    }
    return packed(files)


def packed(files: Mapping[str, Part], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files, the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = method
            archive.writestr(info, data)
    return out.getvalue()
