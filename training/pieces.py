"""Splits long articles into pieces, so that a book takes no more memory than a page and fits spaCy's limit."""

from collections.abc import Iterable, Iterator

from annotate.errors import ParknerError
from annotate.sentence import Sentence, group_articles, locate

PIECE = 100_000  # characters
LONGEST = 1_000_000  # the most characters that spaCy reads at once (`nlp.max_length`)


def group_pieces(sentences: Iterable[Sentence], size: int = PIECE) -> Iterator[list[Sentence]]:
    """Yield the sentences of each article, a long article in pieces of at most `size` characters.

    A sentence longer than `size` is a piece alone. Raises ParknerError for a sentence that is too long for spaCy.

    >>> [len(piece) for piece in group_pieces([Sentence("光谷见。", article="a", number=n) for n in range(5)], size=9)]
    [2, 2, 1]
    """
    for article in group_articles(sentences):
        piece: list[Sentence] = []
        length = 0
        for sentence in article:
            if len(sentence.text) > LONGEST:
                raise ParknerError(
                    f"{locate(sentence)}: {len(sentence.text)} characters in a line, more than {LONGEST}: split it"
                )
            length += len(sentence.text)
            if piece and length > size:
                yield piece
                piece, length = [], len(sentence.text)
            piece.append(sentence)
        yield piece
