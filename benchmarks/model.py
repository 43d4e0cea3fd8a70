"""Measures speed and memory of the trained pipeline, compared with spaCy's default pipeline for the same labels.

    python benchmarks/model.py models/ner/model-best

It prints characters per second of CPU time on one core, and the trained pipeline's peak memory in MB. Each pipeline
runs in its own process. spaCy's pipeline is `spacy.blank("zh")` with its `ner`: one token per character, no rules. It
trains for a hundred steps, so that it finds about as many entities as there are.
"""

import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training import Example
from spacy.util import minibatch

from annotate.records import read_sentences
from annotate.sentence import Sentence, group_articles, join_sentences
from training.model.predict import load_model

GOLD = Path("corpus/gold")
STEPS = 100
ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
ROUNDS = 3


def read_articles(partition: str) -> list[Sentence]:
    return [join_sentences(article) for article in group_articles(read_sentences(GOLD / partition))]


def train_default() -> Language:
    """Train spaCy's own pipeline for Chinese for a hundred steps on the training articles, one sentence per example."""
    nlp = spacy.blank("zh")
    nlp.add_pipe("ner")
    random.seed(0)
    sentences = random.sample(list(read_sentences(GOLD / "train")), 16 * STEPS)
    examples = [
        Example.from_dict(nlp.make_doc(sentence.text), {"entities": [tuple(span) for span in sentence.spans]})
        for sentence in sentences
    ]
    optimizer = nlp.initialize(lambda: examples)
    for batch in minibatch(examples, 16):
        nlp.update(batch, sgd=optimizer)
    return nlp


def measure(nlp: Language) -> float:
    """Measure characters per second of CPU time, the best of several rounds over the articles of dev."""
    texts = [article.text for article in read_articles("dev")]
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        found = sum(len(doc.ents) for doc in nlp.pipe(texts))
        seconds.append(time.process_time() - start)
    print(f"{found} entities, ", end="")
    return sum(map(len, texts)) / min(seconds)


def find_peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    if sys.argv[1] == "--default":
        print(f"{measure(train_default()):,.0f} characters/s")
    elif sys.argv[1] == "--apply":
        print(f"{measure(load_model(Path(sys.argv[2]))):,.0f} characters/s, peak {find_peak():,.0f} MB")
    else:
        for name, *arguments in (("spaCy's default", "--default"), ("the model", "--apply", sys.argv[1])):
            print(f"{name}: ", end="", flush=True)
            subprocess.run([sys.executable, __file__, *arguments], check=True, env=os.environ | ONE_CORE)


if __name__ == "__main__":
    main()
