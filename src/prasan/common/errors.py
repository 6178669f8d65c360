"""The base of every refusal: a code for programs, a message in Thai and in English for people."""


class Refused(Exception):
    """An act was refused. Each room subclasses it beside the act as `UnableTo…`."""

    def __init__(self, code: str, message_th: str, message_en: str) -> None:
        super().__init__(f"{code}: {message_en}")
        self.code = code
        self.message_th = message_th
        self.message_en = message_en
