"""What Word files hold: their parts, their words before and after the tracked changes, and their pages as LibreOffice lays them out."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree
from openxml_audit import OpenXmlValidator

from workflow.documents import FONTS
from workflow.documents.docx_parts import FANG, HEI, KAI, LATIN, MAIN, SONG, XBS

W = f"{{{MAIN}}}"
OURS = {FANG: "FandolFang R", KAI: "FandolKai", HEI: "GW Hei", XBS: "GW XBS", SONG: "GW Song", LATIN: "GW Latin"}
"""The faces of Windows, and the shipped ones that stand for them here, so that pages are the same on every machine."""


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def names(data: bytes) -> list[str]:
    with ZipFile(BytesIO(data)) as archive:
        return archive.namelist()


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    """The file with another content of one part."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(made, "w") as other:
        for entry in archive.namelist():
            other.writestr(entry, content if entry == name else archive.read(entry))
    return made.getvalue()


def faults(data: bytes, folder: Path) -> list[str]:
    """What the rules of ISO/IEC 29500 and of Word have against a file. A theme, which the validator misses, is optional (part 1, 14.2.7)."""
    path = folder / "checked.docx"
    path.write_bytes(data)
    found = OpenXmlValidator().validate(path).errors
    return [f"{one.part_uri} {one.path}: {one.description}" for one in found if "relationships/theme'" not in one.description]


def words(element: etree._Element) -> str:
    """All words of a part as they stand, with what was deleted."""
    return "".join(one.text or "" if one.tag != f"{W}tab" else "\t" for one in element.iter(f"{W}t", f"{W}delText", f"{W}tab"))


def accepted(data: bytes) -> list[str]:
    return resolved(data, gone="del", kept="ins")


def rejected(data: bytes) -> list[str]:
    return resolved(data, gone="ins", kept="del")


def resolved(data: bytes, gone: str, kept: str) -> list[str]:
    """The paragraphs that are left when every change is decided, without those that hold nothing.

    With the mark of a paragraph what remains of it joins the next; a row that goes takes its cells along.
    """
    lines, carried = list[str](), ""
    for paragraph in part(data).iter(f"{W}p"):
        if any(row.find(f"{W}trPr/{W}{gone}") is not None for row in paragraph.iterancestors(f"{W}tr")):
            continue
        for run in paragraph.iter(f"{W}r"):
            if not any(True for _ in run.iterancestors(f"{W}{gone}")):
                carried += "".join(one.text or "" for one in run if one.tag in (f"{W}t", f"{W}delText"))
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is None:
            lines.append(carried)
            carried = ""
    assert not carried
    assert all(one.tag != f"{W}{kept}" or len(one) for one in part(data).iter(f"{W}p"))
    return [line for line in lines if line]


def printed(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The PDF that LibreOffice makes of each file, all in one start of it."""
    office = shutil.which(os.environ.get("SOFFICE", "soffice"))
    assert office is not None, "LibreOffice Writer is needed: apt install libreoffice-writer-nogui"
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    (folder / "fonts.conf").write_text(font_settings(folder))
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            *(folder / f"{name}.docx" for name in files),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


def font_settings(folder: Path) -> str:
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{theirs}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{ours}</string></edit></match>'
        for theirs, ours in OURS.items()
    )
    return f'<?xml version="1.0"?><fontconfig><dir>{FONTS}</dir><cachedir>{folder}/cache</cachedir>{rules}</fontconfig>'
