"""Kinds of files that a command cannot read, by suffix: what they are, and how to turn them into what it reads."""

PAGES = (".txt", ".html", ".htm")
DOCUMENTS = (".docx", ".doc", ".pdf", ".rtf", ".odt", ".wps", ".xlsx", ".xls", ".csv", ".tsv")
ARCHIVES = (".zip", ".gz", ".xz", ".bz2", ".tgz", ".tar", ".7z", ".rar")

NO_PAGES = {
    **dict.fromkeys(DOCUMENTS, "a document: save it as .txt or .html first"),
    **dict.fromkeys(ARCHIVES, "an archive: unpack it first"),
    ".json": "JSON: put each article on its own line in a .jsonl file",
}
NO_RAW = {suffix: advice for suffix, advice in NO_PAGES.items() if suffix != ".xz"}
NO_RECORDS = {
    **dict.fromkeys(PAGES, "a page, not records: run `parkner split` on it first"),
    **dict.fromkeys(DOCUMENTS, "a document: save it as .txt or .html and run `parkner split` on it first"),
    **dict.fromkeys(ARCHIVES, "an archive: unpack it first"),
    ".csv": "a table, not records: `split`, `prelabel` and `apply` write records into a .jsonl file",
    ".spacy": "spaCy's training data: give the records that `parkner convert` made it from",
}
