"""The program itself as one of those measured by `benchmarks.documents`: reads how many documents to make, answers with the seconds of each."""

import json
import sys
from pathlib import Path

from benchmarks.peers.work import serve
from tests.documents.papers import AT
from workflow.documents.docx import docx
from workflow.documents.pdf import pdf

MAKERS = {"pdf": pdf, "docx": docx}


def main(format: str, content: str) -> None:
    html: str = json.loads(Path(content).read_text())["html"]
    serve(lambda: MAKERS[format](html, AT))


if __name__ == "__main__":
    main(*sys.argv[1:])
