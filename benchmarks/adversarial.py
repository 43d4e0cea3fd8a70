"""Lines that may make a pattern slow: repeated characters, numbers, separators and words of every class."""

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import permutations

from annotate.normalise import normalise
from annotate.rules.file import Rule, Rules
from annotate.rules.find import prelabel
from annotate.sentence import Sentence

SIZE = 100_000  # bytes of a line in UTF-8
SHORT = SIZE // 50
TOGETHER = "prelabel"
PIECES = """岫 岫昱 A 1 12 123,456 0.5 , . ( ) （ ， 。 - — ~ 至 / : % ‰ + · “ ” 年 月 日 号 2023 2023年 5月 3日 19:28
  周一 二〇二三年 一 三千 亿 万 几 多 余 半 元 家 个 级 kW 第 约 近 以上 分之 成 农历 世纪 期 东区 局 委 办 院 所 厂 司
  公司 来源: 据 由 报 网 不代表 工信部 中国( 自贸试验区 谷 (简称 http:// GB/T 醫(yī)"""


def find_units(rules: Rules) -> Iterator[str]:
    """Yield the units that lines consist of: the pieces, a blank, and a word of each class and each list of names."""
    yield from [*PIECES.split(), " "]
    for gazetteer in (rules.lexicon.words, rules.names):
        for meaning in dict.fromkeys(gazetteer.meanings):
            names = [name for name, other in zip(gazetteer.names, gazetteer.meanings, strict=True) if other == meaning]
            yield next((name for name in names if set(rules.lexicon.mark(name * 3)) == {meaning}), names[0])


def repeat(unit: str, size: int = SIZE) -> str:
    """Repeat the unit up to `size` bytes.

    >>> repeat("青谷", 12)
    '青谷青谷'
    """
    return unit * (size // len(unit.encode()))


def match(rule: Rule, line: str, rules: Rules) -> int:
    """Match one rule everywhere in a line and count the matches.

    A rule with `after` normally starts only where a mention ends. Here it starts at every place, the worst case.
    """
    plain = normalise(line).text
    view = plain if rule.view == "text" else rules.lexicon.mark(plain)
    if rule.after:
        return sum(bool(rule.pattern.match(view, start)) for start in range(len(view)))
    return sum(1 for _ in rule.pattern.finditer(view))


def measure(line: str, rules: Rules) -> dict[str, float]:
    """Measure the seconds of CPU time that each rule, by its name, and `prelabel` take for a line."""
    seconds = {rule.name: _time(partial(match, rule, line, rules)) for rule in rules.patterns}
    return seconds | {TOGETHER: _time(lambda: list(prelabel([Sentence(line)], rules)))}


def _time(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def find_slowest(units: Iterable[str], rules: Rules) -> dict[str, tuple[float, str]]:
    """Find, for each rule, the seconds of its slowest line of 100 kB and the unit of that line.

    A line is made of every single unit, and of the two pairs of units that are slowest for each rule in lines of 2 kB.
    """
    singles = list(units)
    pairs = ["".join(pair) for pair in permutations(singles, 2)]
    short = {pair: measure(repeat(pair, SHORT), rules) for pair in pairs}
    slow = {pair for name in short[pairs[0]] for pair in sorted(pairs, key=lambda pair: -short[pair][name])[:2]}
    full = {unit: measure(repeat(unit), rules) for unit in [*singles, *sorted(slow)]}
    return {name: max((full[unit][name], unit) for unit in full) for name in short[pairs[0]]}
