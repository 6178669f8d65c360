"""Makes a PDF small: the thousands of little objects of a tagged book are pressed together (PDF 1.5, object streams).

Typst writes each cell's tag, for people who listen to a book, as an object of its own and does not press them: half
the file. Nothing is taken out, and objects keep their numbers.
"""

import re
import zlib

_TOGETHER = 200  # objects in one stream: a reader opens a whole stream for one object
_stream_ends = re.compile(rb"endstream\s*endobj\s*$")
_begins = re.compile(rb"\s*(\d+) 0 obj\b\s*")
_ends = re.compile(rb"\s*endobj\s*$")


def packed(pdf: bytes) -> bytes:
    """Give the same document with its objects pressed; a file of another build is given back as it is."""
    offsets, trailer = _cross_reference(pdf)
    if not offsets:
        return pdf
    ordered = sorted(offsets.items(), key=lambda item: item[1])
    ends = [offset for _, offset in ordered[1:]] + [pdf.rindex(b"xref", 0, pdf.rindex(b"startxref"))]
    out = bytearray(pdf[: ordered[0][1]])
    entries: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    small: list[tuple[int, bytes]] = []
    for (number, offset), end in zip(ordered, ends, strict=True):
        whole = pdf[offset:end]
        if _stream_ends.search(whole):
            entries[number] = (1, len(out), 0)
            out += whole
        else:
            small.append((number, _ends.sub(b"", _begins.sub(b"", whole, count=1))))
    free = max(offsets) + 1
    for first in range(0, len(small), _TOGETHER):
        chunk = small[first : first + _TOGETHER]
        entries[free] = (1, len(out), 0)
        entries |= {number: (2, free, place) for place, (number, _) in enumerate(chunk)}
        out += _object_stream(free, chunk)
        free += 1
    entries[free] = (1, len(out), 0)
    start = len(out)
    return bytes(out + _reference_stream(free, entries, trailer)) + b"startxref\n%d\n%%%%EOF\n" % start


def _cross_reference(pdf: bytes) -> tuple[dict[int, int], bytes]:
    """Read the table of offsets and the entries of the trailer; empty where the file has no plain table."""
    found = re.search(
        rb"\nxref\s+0 (\d+)\s*\n(.*?)trailer\s*<<(.*)>>\s*startxref", pdf[pdf.rfind(b"\nxref") :], re.DOTALL
    )
    if not found:
        return {}, b""
    lines = re.findall(rb"(\d{10}) (\d{5}) ([nf])", found[2])
    if len(lines) != int(found[1]) or any(line[2] == b"n" and line[1] != b"00000" for line in lines):
        return {}, b""
    offsets = {number: int(line[0]) for number, line in enumerate(lines) if line[2] == b"n"}
    return offsets, re.sub(rb"/Size\s+\d+", b"", found[3]).strip()


def _object_stream(number: int, objects: list[tuple[int, bytes]]) -> bytes:
    index, body = [], bytearray()
    for inner, content in objects:
        index.append(b"%d %d" % (inner, len(body)))
        body += content + b"\n"
    head = b" ".join(index) + b"\n"
    pressed = zlib.compress(head + bytes(body), 9)
    traits = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d" % (len(objects), len(head), len(pressed))
    return b"%d 0 obj\n<<%b>>\nstream\n%b\nendstream\nendobj\n" % (number, traits, pressed)


def _reference_stream(number: int, entries: dict[int, tuple[int, int, int]], trailer: bytes) -> bytes:
    rows = (entries.get(n, (0, 0, 65535)) for n in range(number + 1))
    table = b"".join(kind.to_bytes(1) + place.to_bytes(4) + last.to_bytes(2) for kind, place, last in rows)
    pressed = zlib.compress(table, 9)
    traits = b"/Type/XRef/Size %d/W[1 4 2]/Filter/FlateDecode/Length %d" % (number + 1, len(pressed))
    return b"%d 0 obj\n<<%b %b>>\nstream\n%b\nendstream\nendobj\n" % (number, traits, trailer, pressed)
