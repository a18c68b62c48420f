"""The sentences of the rules and of the index of laws, for the catalogues of other languages.

Babel calls `extract` for every TOML file: `text`, `effect`, `note` and `bound` of a rule and `status` of a law are msgids.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO

_SAID = re.compile(r'(?:text|effect|note|bound|status) = (".*")')


def extract(
    fileobj: BinaryIO, keywords: Mapping[str, object], comment_tags: Collection[str], options: Mapping[str, object]
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Line, no function, sentence, no comments: the shape that Babel asks of an extraction method."""
    for number, line in enumerate(fileobj, start=1):
        found = _SAID.fullmatch(line.decode("utf-8").rstrip("\n"))
        if found and (sentence := json.loads(found[1])):
            yield number, None, sentence, []
