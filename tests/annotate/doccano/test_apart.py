from annotate.doccano.apart import name_files
from annotate.doccano.shelf import Shelf


def test_a_hidden_file_is_nobodys(tmp_path):
    for name in ("li.jsonl", "._li.jsonl", ".li.jsonl.x7k2"):
        (tmp_path / name).touch()
    assert name_files(tmp_path, Shelf()) == {"li": tmp_path / "li.jsonl"}
