"""Several officers at the same moment: acts in connections of their own, and what each got or was refused."""

import threading
from collections.abc import Callable, Sequence

from django.db import connection

from prasan.common.errors import Refused


def at_once(acts: Sequence[Callable[[], object]]) -> tuple[list[object], list[Refused]]:
    """Start all acts together; what those gave that went through, and the refusals of the others."""
    start = threading.Barrier(len(acts))
    done: list[object] = []
    refused: list[Refused] = []
    broken: list[BaseException] = []

    def officer(act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            done.append(act())
        except Refused as refusal:
            refused.append(refusal)
        except BaseException as error:  # a test must not lose what went wrong in another thread
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=officer, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not broken, broken
    return done, refused
