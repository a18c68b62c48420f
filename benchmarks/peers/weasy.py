"""The document on WeasyPrint: the same HTML with a style sheet that says what `gw.typ` says, and the same faces."""

import json
import sys
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from work import serve

SHEET = """
@font-face { font-family: fang; src: url(FandolFang-Regular.otf) } @font-face { font-family: kai; src: url(FandolKai-Regular.otf) }
@font-face { font-family: hei; src: url(GW-Hei.ttf) } @font-face { font-family: xbs; src: url(GW-XBS.ttf) }
@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-right { content: "— " counter(page) " —"; font: 14pt fang } }
article { font: 16pt/28.95pt fang } p { margin: 0; text-indent: 2em; text-align: justify }
h1 { font: 22pt/36pt xbs; text-align: center } h2 { font: 16pt/28.95pt hei; text-align: center; margin: 0; break-after: avoid }
b, th, caption { font-family: hei; font-weight: normal } table { width: 100%; border-collapse: collapse } td { vertical-align: top }
.titlenote, .number { text-align: center; text-indent: 0 } .titlenote { font-family: kai }
.grid td, .grid th { border: .5pt solid; font-size: 12pt; line-height: 17pt; text-align: center; padding: 4pt }
.sign, .grid { break-inside: avoid } .sign p { text-indent: 0 } .blank { display: block; border-bottom: .5pt solid }
footer { position: fixed; bottom: -10mm; font-size: 7.5pt } tr { break-inside: avoid }
"""


def main(content: str, fonts: str) -> None:
    html: str = json.loads(Path(content).read_text())["html"]
    faces = FontConfiguration()
    sheet = CSS(string=SHEET, base_url=f"{fonts}/", font_config=faces)
    serve(lambda: HTML(string=html).write_pdf(stylesheets=[sheet], font_config=faces) or b"")


if __name__ == "__main__":
    main(*sys.argv[1:])
