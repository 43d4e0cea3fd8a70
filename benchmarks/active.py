"""Simulates with the gold what `parkner rank` saves: annotation in its order, compared with random order.

    OMP_NUM_THREADS=1 python benchmarks/active.py RUNS.jsonl PLOT.png

The training articles act as raw text, their gold as a person's work. A seed draws the first sentences. In each round
the current model ranks the other sentences, the next ones are annotated, and a new model learns from all of them. The
model has no rules, as in a field that the rules do not know: with our rules nothing would be left to save. A run takes
minutes and is one line of RUNS.jsonl; runs in that file are not repeated.
"""

import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from savings import ORDERS, Round, print_savings, read_runs, to_curves
from spacy.language import Language
from spacy.util import load_config

from annotate.quality.score import score
from annotate.records import read_sentences, write_sentences
from annotate.rules.file import load_rules
from annotate.sentence import Sentence
from annotate.settings import CONFIGS
from training.data.convert import convert
from training.measure.plot import write_png
from training.measure.rank import add_uncertainty, rank
from training.model.predict import load_model, predict
from training.model.train import train

GOLD = Path("corpus/gold")
SIZES = (250, 500, 1000, 1500, 2000, 3000, 4500)  # sentences annotated after each round
SEEDS = range(3)


def make_config(steps: int, *, seed: int) -> Any:
    """Make the default config without rules: the model reads characters and character pairs instead of hints."""
    config = load_config(CONFIGS / "ner.cfg")
    config["paths"]["rules"] = None
    config["system"]["seed"] = seed
    config["training"] |= {"max_steps": steps, "eval_frequency": steps // 4}
    recogniser = config["components"]["ner"]
    recogniser["hint_weight"] = 0.0
    recogniser["model"]["tok2vec"]["embed"] |= {"attrs": ["NORM", "LEMMA", "SHAPE"], "rows": [5000, 10000, 100]}
    return config


def learn(sentences: Sequence[Sentence], *, seed: int) -> Language:
    """Train a pipeline on the sentences, longer for more sentences; dev selects the best of four states, as always."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        in_order = sorted(sentences, key=lambda sentence: (sentence.article, sentence.number))
        write_sentences(folder / "gold" / "train" / "annotated.jsonl", in_order)
        write_sentences(folder / "gold" / "dev" / "dev.jsonl", read_sentences(GOLD / "dev"))
        convert(folder / "gold", folder)
        make_config(300 + len(sentences) // 5, seed=seed).to_disk(folder / "ner.cfg")
        return load_model(train(folder / "ner.cfg", folder / "model", data=folder))


def simulate(order: str, *, seed: int) -> Iterator[Round]:
    """Annotate in the given order, round by round, and yield the result of each round."""
    dev, rules, pool = list(read_sentences(GOLD / "dev")), load_rules(), list(read_sentences(GOLD / "train"))
    drawn = random.Random(seed).sample(pool, len(pool))
    for size in [len(pool)] if order == "all" else SIZES:
        nlp = learn(drawn[:size], seed=seed)
        characters, spans = (sum(len(getattr(one, what)) for one in drawn[:size]) for what in ("text", "spans"))
        yield Round(size, characters, spans, 100 * score(dev, predict(dev, nlp))["micro"].f1)
        if order == "ranked":
            annotated = {(one.article, one.number) for one in drawn[:size]}
            rest = [one for one in pool if (one.article, one.number) not in annotated]
            drawn[size:] = rank(add_uncertainty(rest, nlp, rules))


def add_runs(path: Path) -> None:
    """Run the simulations that the file lacks and append a line for each."""
    done = {(run.order, run.seed) for run in read_runs(path)}
    for order, seed in ((order, seed) for seed in SEEDS for order in ORDERS):
        if (order, seed) not in done:
            rounds = list(simulate(order, seed=seed))
            with path.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps([order, seed, rounds]) + "\n")


def main() -> None:
    runs, plot = map(Path, sys.argv[1:3])
    add_runs(runs)
    label = f"micro F1 (%) on dev, seeds: {len(SEEDS)}, bars: standard deviation"
    for warning in write_png(plot, to_curves(read_runs(runs)), x_label="sentences annotated (%)", y_label=label):
        print(f"Warning: {warning}", file=sys.stderr)
    print_savings(read_runs(runs))


if __name__ == "__main__":
    main()
