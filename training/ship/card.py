"""The model card and spaCy's meta.json of a packaged pipeline."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import metadata
from string import Template
from typing import Any

from spacy.language import Language

from annotate.quality.intervals import Interval
from annotate.quality.score import Score
from annotate.quality.stats import Counts
from annotate.settings import Label, load_labels


def to_labels(nlp: Language) -> list[Label]:
    """List the labels that any component of the pipeline can give, in the order of `configs/labels.toml`."""
    given = {label for labels in nlp.pipe_labels.values() for label in labels}
    return [label for label in load_labels() if label.name in given]


def to_meta(nlp: Language, scores: Mapping[str, Score], intervals: Mapping[str, Interval]) -> dict[str, Any]:
    """Make the pipeline's meta.json for a package, with its name, parkner's version and licence, and these scores."""
    parkner = metadata("parkner")
    return {
        **nlp.meta,
        "lang": nlp.lang,  # not the stored one, which may be anything: the file names use it
        "name": "parkner",
        "version": parkner["Version"],
        "description": "Entities of Chinese news about parks: " + ", ".join(label.name for label in to_labels(nlp)),
        "license": parkner["License-Expression"],
        "performance": to_performance(scores, intervals),
    }


def to_performance(scores: Mapping[str, Score], intervals: Mapping[str, Interval]) -> dict[str, Any]:
    """Return scores under spaCy's names, 0 to 1, each F1 with its interval.

    >>> value, interval = Score(0.5, 1.0, 0.75, 4), Interval(0.6, 0.9)
    >>> to_performance({"PARK": value, "micro": value}, {"PARK": interval, "micro": interval})["ents_per_type"]
    {'PARK': {'p': 0.5, 'r': 1.0, 'f': 0.75, 'f_interval': [0.6, 0.9]}}
    """
    values = {
        name: {"p": value.precision, "r": value.recall, "f": value.f1, "f_interval": [*intervals[name]]}
        for name, value in scores.items()
    }
    micro = {f"ents_{measure}": value for measure, value in values["micro"].items()}
    return micro | {"ents_per_type": {name: row for name, row in values.items() if name not in ("micro", "macro")}}


def to_model_card(template: str, meta: Mapping[str, Any], **sections: str) -> str:
    """Make the model card: fill `$name`, `$labels` … in a template from meta.json and the sections.

    Raises KeyError for an unknown placeholder, ValueError for a single `$`.

    >>> to_model_card("# $name $version", {"lang": "zh", "name": "parkner", "version": "0.1.0", "pipeline": ["ner"]})
    '# zh_parkner 0.1.0'
    """
    named = {"name": f"{meta['lang']}_{meta['name']}", "pipeline": ", ".join(meta["pipeline"])}
    return Template(template).substitute({**meta, **named, **sections})


def to_label_rows(labels: Iterable[Label]) -> str:
    """Make a Markdown table of the labels and their meanings."""
    return to_markdown(("label", "meaning"), [(label.name, label.meaning) for label in labels])


def to_data_rows(counts: Mapping[str, Counts]) -> str:
    """Make a Markdown table of the articles, sentences and spans in each part of the data."""
    labels = [label.name for label in load_labels()]
    rows = [
        (part, len(held.articles), held.sentences, *(held.surfaces[label].total() for label in labels))
        for part, held in counts.items()
    ]
    return to_markdown(("", "articles", "sentences", *labels), rows)


def to_score_rows(scores: Mapping[str, Score], intervals: Mapping[str, Interval]) -> str:
    """Make a Markdown table of precision, recall and F1 in percent, the interval of F1, and the spans in the gold.

    >>> print(to_score_rows({"PARK": Score(0.5, 1.0, 0.75, 4)}, {"PARK": Interval(0.6, 0.9)}))
    | label | P | R | F1 | 95% interval of F1 | spans |
    |---|---|---|---|---|---|
    | PARK | 50.0 | 100.0 | 75.0 | 60.0–90.0 | 4 |
    """
    rows = [
        (
            name,
            *(f"{100 * value:.1f}" for value in measures),
            "–".join(f"{100 * b:.1f}" for b in intervals[name]),
            support,
        )
        for name, (*measures, support) in scores.items()
    ]
    return to_markdown(("label", "P", "R", "F1", "95% interval of F1", "spans"), rows)


def to_markdown(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Make a Markdown table.

    >>> print(to_markdown(("label", "spans"), [("PARK", 12)]))
    | label | spans |
    |---|---|
    | PARK | 12 |
    """
    lines = [f"| {' | '.join(map(str, cells))} |" for cells in [headings, *rows]]
    return "\n".join([lines[0], "|" + "---|" * len(headings), *lines[1:]])
