"""Comments and text boxes that lie over the cells of a sheet: decisions are often written there."""

import zipfile

from prasan.exchange.reading.grid import Marks, place_of
from prasan.exchange.reading.parts import parse, read_part, relations


def read_notes(archive: zipfile.ZipFile, part: str, marks: Marks) -> None:
    """Read the comments and text boxes that lie over a sheet."""
    threads: list[tuple[int, int, str]] = []
    for kind, path in relations(archive, part).values():
        if kind == "comments":
            marks.comments += _comments(read_part(archive, path), "comment", "t")
        elif kind == "threadedComment":
            threads += _comments(read_part(archive, path), "threadedComment", "text")
        elif kind == "drawing":
            marks.boxes += _boxes(read_part(archive, path))
    if threads:
        places = {place[:2] for place in threads}
        marks.comments = [note for note in marks.comments if note[:2] not in places] + threads


def _comments(data: bytes, element: str, word: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    state = {"ref": "", "tag": ""}
    words: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        state["tag"] = tag
        if tag == element:
            state["ref"] = attributes.get("ref", "")
            words.clear()

    def text(piece: str) -> None:
        if state["tag"] == word:
            words.append(piece)

    def end(tag: str) -> None:
        state["tag"] = ""
        if tag == element and state["ref"]:
            found.append((*place_of(state["ref"].partition(":")[0]), " ".join("".join(words).split())))

    if data:
        parse(data, start, end, text)
    return found


def _boxes(data: bytes) -> list[tuple[int, int, str]]:
    """Give the text of each shape with the cell its upper left corner lies on."""
    found: list[tuple[int, int, str]] = []
    path: list[str] = []
    corner = {"row": "0", "col": "0"}
    words: list[str] = []

    def start(tag: str, _: dict[str, str]) -> None:
        path.append(tag)
        if tag.endswith("Anchor"):
            words.clear()
            corner.update(row="0", col="0")

    def text(piece: str) -> None:
        if path[-1:] == ["t"]:
            words.append(piece)
        elif len(path) > 1 and path[-2] == "from" and path[-1] in corner:
            corner[path[-1]] = piece.strip()

    def end(tag: str) -> None:
        path.pop()
        if tag == "p" and words:
            words.append(" ")
        if tag.endswith("Anchor") and (box := " ".join("".join(words).split())):
            found.append((int(corner["row"]), int(corner["col"]), box))

    if data:
        parse(data, start, end, text)
    return found
