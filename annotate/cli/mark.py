"""The commands for gold that people write and edit as text with marked entities."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import readable, writable, writable_folder
from annotate.cli.outputs import check_apart
from annotate.files import open_output
from annotate.pages.markup import to_gold, to_marked_line
from annotate.pages.page_files import find_pages, find_sources, read_articles
from annotate.records import find_records, read_records, write_sentences


def mark(
    files: Annotated[
        list[Path], typer.Argument(callback=readable(find_records), help="Records of one article, as .jsonl files.")
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", callback=writable(".txt"), help="The .txt file to write, or - for standard output."
        ),
    ],
) -> None:
    """Write records as text with marked entities, for people to edit.

    Each sentence is a line. A marked entity is `[光谷](PARK)`.

    Example: parkner mark gold.jsonl -o gold.txt
    """
    check_apart(output, find_records(files))
    with open_output(output) as stream:
        stream.writelines(to_marked_line(sentence, address=address) for address, sentence in read_records(*files))


def unmark(
    pages: Annotated[
        list[Path],
        typer.Argument(callback=readable(find_pages), help="Pages with marked entities: .txt files, one per article."),
    ],
    gold: Annotated[Path, typer.Option(callback=writable_folder, help="The folder for the records.")],
    articles: Annotated[Path, typer.Option(callback=writable_folder, help="The folder for the raw pages.")],
) -> None:
    """Turn pages with marked entities into raw pages and gold records.

    If one mark is wrong, nothing is written.

    Example: parkner unmark marked --articles pages --gold gold
    """
    for path, name in find_sources(pages, find_pages):
        check_apart(articles / f"{name}.txt", [path])
    golds = [(marked.name, *to_gold(marked)) for marked in read_articles(pages)]
    for name, page, sentences in golds:
        with open_output(articles / f"{name}.txt") as stream:
            stream.write(page)
        write_sentences(gold / f"{name}.jsonl", sentences)
