from rich.console import Console

from annotate.quality.score import Score
from tests.tables import to_rows
from training.measure.tables import to_table

RULES = {
    "PARK": Score(1.0, 0.5, 2 / 3, 4),
    "DATE": Score(0.25, 1.0, 0.4, 2),
    "micro": Score(0.5, 0.5, 0.5, 6),
    "macro": Score(0.625, 0.75, 8 / 15, 6),
}
MODEL = {label: Score(0.0, 0.0, 0.0, score.support) for label, score in RULES.items()}


def test_each_system_has_its_columns_and_the_spans_stand_once():
    table = to_table({"rules": RULES, "model": MODEL}, title="dev")
    assert to_rows(table) == [
        ["PARK", "100.0", "50.0", "66.7", "0.0", "0.0", "0.0", "4"],
        ["DATE", "25.0", "100.0", "40.0", "0.0", "0.0", "0.0", "2"],
        ["micro", "50.0", "50.0", "50.0", "0.0", "0.0", "0.0", "6"],
        ["macro", "62.5", "75.0", "53.3", "0.0", "0.0", "0.0", "6"],
    ]
    with (console := Console(width=120)).capture() as shown:
        console.print(table)
    headings = [cell.strip() for cell in shown.get().splitlines()[2].split("┃")[1:-1]]
    systems = [f"{system} {measure}" for system in ("rules", "model") for measure in ("P", "R", "F1")]
    assert headings == ["label", *systems, "spans"]
    assert "dev" in shown.get().splitlines()[0]


def test_only_f1_is_bold_and_a_line_stands_before_the_averages():
    table = to_table({"rules": RULES, "model": MODEL}, title="dev")
    assert [number for number, column in enumerate(table.columns) if column.style == "bold"] == [3, 6]
    assert [row.end_section for row in table.rows] == [False, True, False, False]
