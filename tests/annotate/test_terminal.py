from annotate.terminal import console, show_progress, show_status


def test_what_is_said_goes_to_standard_error_whole_and_as_it_is(capsys):
    line = "[青芦湾医药港] gold.jsonl:100: " + "石桥药业" * 100
    console.print(line)
    assert capsys.readouterr() == ("", line + "\n")


def test_where_nobody_watches_items_pass_in_silence_and_one_by_one(capsys):
    taken = []
    items = iter(show_progress((taken.append(number) or number for number in range(3)), "reading"))
    assert (next(items), taken) == (0, [0])
    assert list(items) == [1, 2]
    with show_status("waiting") as change:
        change("still [waiting]")
    assert capsys.readouterr() == ("", "")
