"""What `parkner rank` saves: annotating as it orders sentences beside annotating at random, simulated with the gold.

    OMP_NUM_THREADS=1 python benchmarks/active.py RUNS.jsonl PLOT.png

The training articles play the raw text, their gold the person. A seed draws the first sentences; then in each round the
model trained so far ranks the rest, the next ones are annotated, and a model learns from all there are. It has no
rules, as in a field of which they know nothing: beside ours nothing would be left to save. A run takes minutes and is a
line of RUNS.jsonl; what stands there is not run again.
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
    """The default config without rules: the model reads characters and pairs of them instead of hints."""
    config = load_config(CONFIGS / "ner.cfg")
    config["paths"]["rules"] = None
    config["system"]["seed"] = seed
    config["training"] |= {"max_steps": steps, "eval_frequency": steps // 4}
    recogniser = config["components"]["ner"]
    recogniser["hint_weight"] = 0.0
    recogniser["model"]["tok2vec"]["embed"] |= {"attrs": ["NORM", "LEMMA", "SHAPE"], "rows": [5000, 10000, 100]}
    return config


def learn(sentences: Sequence[Sentence], *, seed: int) -> Language:
    """A pipeline trained on the sentences, the longer the more there are; dev chooses the best of four, as always."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        in_order = sorted(sentences, key=lambda sentence: (sentence.article, sentence.number))
        write_sentences(folder / "gold" / "train" / "annotated.jsonl", in_order)
        write_sentences(folder / "gold" / "dev" / "dev.jsonl", read_sentences(GOLD / "dev"))
        convert(folder / "gold", folder)
        make_config(300 + len(sentences) // 5, seed=seed).to_disk(folder / "ner.cfg")
        return load_model(train(folder / "ner.cfg", folder / "model", data=folder))


def simulate(order: str, *, seed: int) -> Iterator[Round]:
    """Annotate in an order, round by round, and yield what came of each."""
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
    """Run what the file lacks, a line each."""
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
