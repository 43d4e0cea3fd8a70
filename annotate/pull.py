"""Sentences back from doccano: the export of everybody's work as one list of records."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from doccano_client import DoccanoClient

from annotate.corpus import Sentence, find_problems
from annotate.doccano_client import address, export, find_project, list_all
from annotate.doccano_rows import locate, to_sentence
from annotate.errors import ParknerError
from annotate.spans import keep_first

Versions = dict[str, dict[str, Any]]
"""The exported rows of one example, by user."""


class Pulled(NamedTuple):
    """What came: the sentences, how many of them are confirmed, and a line for each thing that a person should see."""

    sentences: list[Sentence]
    confirmed: int
    warnings: list[str]


def pull(client: DoccanoClient, name: str, *, everything: bool = False, timeout: float) -> Pulled:
    """Fetch the confirmed sentences of the project of this name, or everything.

    Articles come in the order in which they were pushed, the sentences of each by number. Where every user has labels
    of their own (no collaborative project) `join_versions` makes one sentence of them, and confirmed is what anybody
    has confirmed. `timeout` is what doccano's worker may take for a task, in seconds.
    """
    project = find_project(client, name)
    if project is None:
        names = ", ".join(sorted(other["name"] for other in list_all(client, "v1/projects"))) or "none"
        raise ParknerError(f"{client.baseurl}: no project is called {name} (there are: {names})")
    confirmed = _group_by_example(export(client, project, confirmed_only=True, timeout=timeout))
    examples = _group_by_example(export(client, project, timeout=timeout)) if everything else confirmed
    if not examples:
        state = "is empty" if everything else "has no confirmed sentence; --all takes the others too"
        raise ParknerError(f"{address(client, project)}: the project {state}")
    sentences, warnings = [], []
    for number in sorted(examples):  # in the order of the upload
        try:
            sentence, remark = join_versions({user: to_sentence(row) for user, row in examples[number].items()})
        except ValueError as error:
            raise ParknerError(f"{address(client, project)}: example {number}: {error}") from error
        sentences.append(sentence)
        warnings += [f"{locate(sentence)}: {text}" for text in (*remark, *find_remarks(sentence, examples[number]))]
    warnings += find_repeats(sentences)
    return Pulled(sort_sentences(sentences), len(confirmed), warnings)


def _group_by_example(exported: Mapping[str, list[dict[str, Any]]]) -> dict[int, Versions]:
    examples: dict[int, Versions] = defaultdict(dict)
    for user, rows in exported.items():
        for row in rows:
            examples[row["id"]][user] = row
    return examples


def join_versions(versions: Mapping[str, Sentence]) -> tuple[Sentence, list[str]]:
    """One sentence of what several users made of it, and a remark where they differ.

    It gets every user's spans; of two that overlap, that of the user whose name comes first. A user without a span
    in the sentence is taken not to have worked on it.

    >>> from annotate.spans import Span
    >>> li, wang = Sentence("光谷见", (Span(0, 2, "PARK"),)), Sentence("光谷见", (Span(0, 3, "ORG"),))
    >>> sentence, remarks = join_versions({"wang": wang, "li": li, "zhao": Sentence("光谷见")})
    >>> sentence.spans, remarks
    ((Span(start=0, end=2, label='PARK'),), ['li and wang differ; left out: [0, 3, ORG]'])
    """
    users = sorted(user for user in versions if versions[user].spans)
    spans = [span for user in users for span in versions[user].spans]
    joined = next(iter(versions.values())).with_spans(keep_first(spans))
    if len({frozenset(versions[user].spans) for user in users}) < 2:
        return joined, []
    lost = ", ".join(str(span) for span in sorted(set(spans) - set(joined.spans))) or "nothing"
    return joined, [f"{' and '.join(users)} differ; left out: {lost}"]


def find_remarks(sentence: Sentence, versions: Versions) -> Iterator[str]:
    """Yield the problems of a sentence, and the comments on it, which the record has no room for."""
    yield from find_problems(sentence)
    for row in versions.values():
        yield from (f"comment left in doccano: {comment}" for comment in row.get("Comments") or [])


def find_repeats(sentences: list[Sentence]) -> Iterator[str]:
    """Yield the place of each sentence that is there more than once, as after a second push.

    >>> list(find_repeats([Sentence("甲。", article="a", number=1)] * 2))
    ['article a, number 1: 2 times in the project']
    """
    for place, times in Counter(locate(sentence) for sentence in sentences if sentence.article).items():
        if times > 1:
            yield f"{place}: {times} times in the project"


def sort_sentences(sentences: list[Sentence]) -> list[Sentence]:
    """The sentences by article, in the order in which the articles first come, and by number within.

    >>> sentences = [Sentence("3", (), "b", 2), Sentence("1", (), "a", 1), Sentence("2", (), "b", 1)]
    >>> [sentence.text for sentence in sort_sentences(sentences)]
    ['2', '3', '1']
    """
    ranks: dict[str, int] = {}
    for sentence in sentences:
        ranks.setdefault(sentence.article, len(ranks))
    return sorted(sentences, key=lambda sentence: (ranks[sentence.article], sentence.number))
