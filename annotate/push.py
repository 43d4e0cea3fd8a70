"""Sentences to doccano: the project with its labels and guidelines, the upload, and a look at what arrived."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from doccano_client import DoccanoClient

from annotate.corpus import Sentence, to_row
from annotate.doccano_client import address, export, find_project, wait_for_task
from annotate.doccano_rows import is_shifted, locate, to_sentence, to_upload
from annotate.errors import ParknerError
from annotate.settings import CONFIGS, load_labels

GUIDELINES = CONFIGS.parent / "docs" / "guidelines.md"


class Pushed(NamedTuple):
    """Where the sentences are now, and a line for each that a person cannot correct there without an error."""

    where: str
    warnings: list[str]


def push(client: DoccanoClient, name: str, sentences: Sequence[Sentence], *, timeout: float) -> Pushed:
    """Add sentences to the project of this name, which is made if there is none.

    Labels that an older project lacks are added; its other labels and its guidelines stay. Sentences that are there
    already come a second time. `timeout` is what doccano's worker may take for a task, in seconds. Raises ParknerError
    when what the server then holds is not what was sent.
    """
    project = find_project(client, name) or create_project(client, name)
    where = address(client, project)
    if not project["collaborative_annotation"]:
        raise ParknerError(
            f"{where}: only you would see the labels: switch on 'Share annotations across all users' in its settings"
        )
    add_labels(client, project)
    known = {row["id"] for row in export(client, project, timeout=timeout)["all"]}
    started = client.post_doc_upload_binary(project["id"], files=[("sentences.jsonl", to_upload(sentences))])
    result = wait_for_task(client, started["task_id"], timeout=timeout)
    for error in result["error"]:
        raise ParknerError(f"{where}: doccano refuses line {error.get('line')} of the upload: {error['message']}")
    rows = export(client, project, timeout=timeout)["all"]
    compare(sentences, [to_sentence(row) for row in rows if row["id"] not in known], where=where)
    shifted = [sentence for sentence in sentences if is_shifted(sentence.text, by_grapheme=project["grapheme_mode"])]
    return Pushed(where, [f"{locate(sentence)}: doccano's page shows its labels shifted" for sentence in shifted])


def create_project(client: DoccanoClient, name: str) -> dict[str, Any]:
    """Make a project in which everybody sees and corrects the same spans."""
    settings = {
        "name": name,
        "description": ", ".join(f"{label.name}: {label.meaning}" for label in load_labels()),
        "guideline": GUIDELINES.read_text("utf-8"),
        "project_type": "SequenceLabeling",
        "resourcetype": "SequenceLabelingProject",
        "collaborative_annotation": True,
        "grapheme_mode": True,  # else the page counts in UTF-16 units, and labels shift after a character such as 𠮷
    }
    project: dict[str, Any] = client.post("v1/projects", json=settings)
    return project


def add_labels(client: DoccanoClient, project: Mapping[str, Any]) -> None:
    """Add those of our labels that the project lacks, without the shortcut key where another label has it."""
    endpoint = f"v1/projects/{project['id']}/span-types"
    present = client.get(endpoint)
    names, keys = {label["text"] for label in present}, {label["suffix_key"] for label in present}
    for label in load_labels():
        if label.name not in names:
            key = {} if label.key in keys else {"suffix_key": label.key}
            colours = {"background_color": label.colour, "text_color": "#ffffff"}
            client.post(endpoint, json={"text": label.name, **colours, **key})


def compare(sent: Sequence[Sentence], stored: Sequence[Sentence], *, where: str) -> None:
    """Raise ParknerError unless the sentences stored are those sent, with all their spans and keys.

    >>> compare([Sentence("甲。", article="a", number=1)], [], where="here")
    Traceback (most recent call last):
    annotate.errors.ParknerError: here: sent 1 sentences, 0 spans; stored 0 sentences, 0 spans; see article a, number 1
    """
    wanted, found = Counter(map(_print, sent)), Counter(map(_print, stored))
    if wanted != found:
        odd = next(sentence for sentence in (*sent, *stored) if wanted[_print(sentence)] != found[_print(sentence)])
        raise ParknerError(f"{where}: sent {_count(sent)}; stored {_count(stored)}; see {locate(odd)}")


def _print(sentence: Sentence) -> str:
    """All that the record says, as one string."""
    return json.dumps(to_row(sentence.with_spans(sentence.spans)), sort_keys=True)


def _count(sentences: Sequence[Sentence]) -> str:
    return f"{len(sentences)} sentences, {sum(len(sentence.spans) for sentence in sentences)} spans"
