from pathlib import Path

import pytest

from annotate.errors import ParknerError
from annotate.pages.bulk import find_bulk
from annotate.pages.page_files import SUFFIXES, find_pages
from annotate.records import find_records
from annotate.wrong_file_kinds import NO_PAGES, NO_RAW, NO_RECORDS


@pytest.mark.parametrize(
    ("find", "suffixes"),
    [(find_records, [".jsonl"]), (find_pages, SUFFIXES), (find_bulk, [*SUFFIXES, ".txt.xz"])],
    ids=["records", "pages", "raw"],
)
def test_what_is_read_is_of_no_wrong_kind(find, suffixes, tmp_path: Path) -> None:
    files = [tmp_path / f"a{suffix}" for suffix in suffixes]
    for file in files:
        file.touch()
    assert list(find(files)) == files


@pytest.mark.parametrize(
    ("find", "others"),
    [(find_records, NO_RECORDS), (find_pages, NO_PAGES), (find_bulk, NO_RAW)],
    ids=["records", "pages", "raw"],
)
def test_a_wrong_kind_is_told_with_the_way_to_the_right_one(find, others, tmp_path: Path) -> None:
    for suffix, advice in others.items():
        for path in (tmp_path / f"a{suffix}", tmp_path / f"A{suffix.upper()}"):
            path.touch()
            with pytest.raises(ParknerError) as caught:
                list(find([path]))
            kind, _, way = str(caught.value).removeprefix(f"{path}: ").partition(": ")
            assert f"{kind}: {way}" == advice
            assert way


def test_a_table_is_a_document_for_those_who_want_pages_only() -> None:
    told = [others[".csv"].partition(":")[0] for others in (NO_RECORDS, NO_PAGES, NO_RAW)]
    assert told == ["a table, not records", "a document", "a document"]
