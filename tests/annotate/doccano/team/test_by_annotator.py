from annotate.doccano.reading_store import ReadingStore
from annotate.doccano.team.by_annotator import name_files


def test_a_hidden_file_is_nobodys(tmp_path):
    for name in ("li.jsonl", "._li.jsonl", ".li.jsonl.x7k2"):
        (tmp_path / name).touch()
    assert name_files(tmp_path, ReadingStore()) == {"li": tmp_path / "li.jsonl"}
