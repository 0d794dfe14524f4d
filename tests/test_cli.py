"""The command line: what it prints, what it refuses, what it writes."""

from __future__ import annotations

import copy
import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pathway_modeller.analysis.measures.catalogue import find
from pathway_modeller.cli import opening, run_command_line
from pathway_modeller.paths import shipped
from tests.small_scenario import SMALL, write_small
from tests.terminal import interrupted

pytestmark = pytest.mark.usefixtures("prepared_engine")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_small(tmp_path)


def printed(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> str:
    assert run_command_line([str(argument) for argument in arguments]) == code
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """Returns the sentence about a mistake; nothing else may be printed."""
    assert run_command_line([str(argument) for argument in arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err.strip()


def validator() -> Draft202012Validator:
    schema = json.loads((shipped("resources") / "schema" / "results-1.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


# --- JSON ------------------------------------------------------------------------------------------------


def test_run_prints_one_object_as_its_schema_says(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(printed(capsys, "run", file, "--workers", 1, "--json"))
    validator().validate(document)
    assert "differences" not in document
    assert document["provenance"]["variants"] == [{"variant": "baseline", "name": "Baseline"}]
    assert document["provenance"]["replications"] == 4
    assert {row["variant"] for row in document["measures"]} == {"baseline"}


def test_what_each_measure_counts_is_in_the_object_on_request(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(printed(capsys, "run", file, "--workers", 1, "--json", "--explain"))
    validator().validate(document)
    told = {each["measure"]: each for each in document["explained"]}
    assert {find(row["measure"]).measure.id for row in document["measures"]} == set(told)
    assert told["wait.mean"]["title"] == "Mean waiting time"
    assert told["wait.mean"]["unit"] == "days"
    assert told["wait.mean"]["counts"].startswith("Flow: patients who were started and attended")


def test_what_each_measure_counts_is_under_the_tables_on_request(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = " ".join(printed(capsys, "compare", file, "--workers", 1).split())
    assert "What is counted" not in plain
    told = " ".join(printed(capsys, "compare", file, "--workers", 1, "--explain").split())
    before, _, explained = told.partition("What is counted")
    assert "Utilisation (%)" in explained
    assert "Open hours of the data collection period" in explained
    assert before.startswith(plain.partition("Counted:")[0].strip())


def test_compare_prints_differences_of_every_option(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(printed(capsys, "compare", file, "--workers", 1, "--json"))
    validator().validate(document)
    assert [row["variant"] for row in document["provenance"]["variants"]] == ["baseline", "same", "second"]
    whole = {
        (row["option"], row["measure"]): row
        for row in document["differences"]
        if not any(row[label] for label in ("element", "pool", "need_tier", "footprint", "setting"))
    }
    assert whole["second", "wait.mean"]["high"] < 0
    assert whole["second", "pool_cost"]["mean"] == 300 * 20
    assert whole["same", "wait.mean"]["mean"] == 0
    assert whole["second", "contacts"]["variance_reduction"] > 0.5


def test_compare_prints_claims_and_the_page_that_words_them(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(printed(capsys, "compare", file, "--workers", 1, "--json"))
    verdicts = {(each["option"], each["subject"]): each["verdict"] for each in document["claims"]}
    assert {verdicts["same", subject] for subject in ("cash", "wait", "care")} == {"same"}
    assert verdicts["second", "cash"] == "worse"
    page = document["first_page"]
    assert page["headline"] == "No option saves cash over the 20 days"
    assert [row["variant"] for row in page["rows"]] == ["baseline", "same", "second"]
    assert all(list(row["cells"]) == list(page["columns"]) for row in page["rows"])
    cash = page["rows"][2]["cells"]["cash"]
    assert cash["words"] == "no, £5,994 more over the 20 days"
    assert page["rows"][2]["cells"]["payers"]["words"] == "no payer named +£6,000 over the 20 days"
    assert (
        cash["full"] == next(each for each in document["savings"] if each["option"] == "second")["sentence"]
    )


def test_measures_and_differences_agree(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(printed(capsys, "compare", file, "--option", "second", "--workers", 1, "--json"))
    labels = ("measure", "element", "pool", "need_tier", "footprint", "setting", "unit")
    means = {(row["variant"], *(row[label] for label in labels)): row["mean"] for row in document["measures"]}
    checked = 0
    for row in document["differences"]:
        key = tuple(row[label] for label in labels)
        before, after = means["baseline", *key], means["second", *key]
        if None not in (before, after, row["mean"]):
            assert row["mean"] == pytest.approx(after - before, abs=1e-9)
            checked += 1
    assert checked > 50


def test_the_same_bytes_for_one_and_four_workers(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alone = printed(capsys, "compare", file, "--workers", 1, "--json")
    assert printed(capsys, "compare", file, "--workers", 4, "--json") == alone
    assert printed(capsys, "compare", file, "--workers", 1, "--json") == alone


def test_settings_on_the_command_line_take_the_place_of_the_files(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("--replications", 2, "--seed", 9, "--warm-up", 1.5, "--until", 4, "--engine", "simpy")
    document = json.loads(printed(capsys, "run", file, "--workers", 1, "--json", *given))
    provenance = document["provenance"]
    expected = {
        "replications": 2,
        "replications_asked": 2,
        "seed": 9,
        "warm_up": 1.5,
        "until": 4,
        "engine": "simpy",
        "start_date": "2025-04-01",
        "complete": True,
    }
    assert {name: provenance[name] for name in expected} == expected


def test_a_warm_up_period_is_found_and_holds_for_all_variants(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # One clinician, 8 patients a day, a tenth of a day each: the number inside settles within weeks (M/M/1).
    given = ("--option", "second", "--until", 250, "--workers", 1, "--replications", 2)
    assert (
        run_command_line([str(each) for each in ("compare", file, "--warm-up", "auto", "--json", *given)])
        == 0
    )
    out, err = capsys.readouterr()
    document = json.loads(out)
    validator().validate(document)
    said = re.fullmatch(
        r"Warm-up period found: ([\d.]+) days \(MSER-5, White 1997; mean number of patients inside over 5 "
        r"baseline replications\)\.",
        err.strip(),
    )
    assert said is not None
    assert document["provenance"]["warm_up"] == float(said[1])
    assert 0 < float(said[1]) < 130
    assert printed(capsys, "compare", file, "--warm-up", said[1], "--json", *given) == out
    text = printed(capsys, "run", file, "--warm-up", "auto", "--until", 250, "--workers", 1)
    assert text.startswith(said[0])


def test_the_pilot_leaves_out_the_time_in_which_an_empty_pathway_fills(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline = copy.deepcopy(SMALL["baseline"])
    baseline["pools"]["clinicians"]["units"] = 400
    week = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    bookings = [{"weekday": day, "time": "09:00", "patients": 8} for day in week]
    baseline["entry_points"]["referral"]["arrivals"] = {"kind": "booked", "bookings": bookings}
    baseline["activities"]["clinic"]["service_time"] = {"kind": "fixed", "value": 30, "unit": "days"}
    file = write_small(tmp_path, baseline=baseline, options={})
    given = ("--warm-up", "auto", "--until", 120, "--workers", 1, "--json", "--replications", 2)
    document = json.loads(printed(capsys, "run", file, *given))
    assert 30 <= document["provenance"]["warm_up"] <= 35, "it fills for 30 days and then stays as it is"


def test_a_pathway_that_never_settles_has_no_warm_up_period(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline = copy.deepcopy(SMALL["baseline"])
    baseline["activities"]["clinic"]["service_time"]["mean"] = 0.2
    said = refused(
        capsys, "run", write_small(tmp_path, baseline=baseline), "--warm-up", "auto", "--workers", 1
    )
    assert "No warm-up period was found: the pathway did not settle within 30 days" in said
    assert "Give a longer --until, or --warm-up in days" in said


def test_a_warm_up_period_is_not_found_for_todays_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_small(tmp_path, run={**SMALL["run"], "start": "today"})
    assert "starts from today's lists" in refused(capsys, "run", file, "--warm-up", "auto")


def test_a_missing_figure_is_null(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(printed(capsys, "run", file, "--workers", 1, "--json", "--replications", 1))
    validator().validate(document)
    row = next(row for row in document["measures"] if row["measure"] == "wait.mean")
    assert row["mean"] is not None
    assert row["low"] is None
    assert row["high"] is None


def test_one_option_can_be_run_alone(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(printed(capsys, "run", file, "--option", "second", "--workers", 1, "--json"))
    assert {row["variant"] for row in document["measures"]} == {"second"}


# --- for people ------------------------------------------------------------------------------------------


def test_a_run_shows_figures_with_units_and_intervals(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "run", file, "--workers", 1)
    figure = r"(\d+\.\d+) hours"
    waiting = re.search(rf"Mean waiting time +[A-Z]\w+ +{figure} +([\d.]+) to ([\d.]+)", text)
    assert waiting is not None
    mean, low, high = map(float, waiting.groups())
    assert low < mean < high
    assert re.search(r"Utilisation +Clinicians +\d\d\.\d%", text)
    assert "Counted: 11 April 2025 to 30 April 2025; mean of 4 replications" in text
    assert "Source: simulation of scenario “Small clinic”" in text


def test_a_comparison_says_no_where_nothing_is_saved(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "compare", file, "--workers", 1)
    assert "A second clinician against the baseline" in text
    ends = r"\(95% interval \+£[\d,]+ to \+£[\d,]+\)"
    assert re.search(rf"System cost: \+£5,9\d\d over the 20 days under “A second clinician” {ends}\.", text)
    assert re.search(r"Mean waiting time for Clinic: −[\d.]+ hours under “A second clinician”", text)
    assert "System cost: no change under “Nothing changes”." in text
    assert "Money: No saving: the system pays £5,994 more over the 20 days (95% interval" in text
    assert "Money: No saving: the system pays as much as under the baseline." in text
    assert not re.search(r"[Ww]aiting time +Whole pathway", text)


def test_a_comparison_begins_with_its_first_page(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "compare", file, "--workers", 1)
    assert text.startswith("No option saves cash over the 20 days.\n11 April 2025 to 30 April 2025 · 4 ")
    page, _, figures = text.partition("Nothing changes against the baseline")
    assert " ".join(re.findall(r"[A-Z]\w+ \w+\?", page)) == (
        "Saves cash? Pays back? Who waits? Who pays? Who loses? Hangs on?"
    )
    assert re.search(r"Nothing changes +no change +no change +no change +nobody more", page)
    assert re.search(r"A second +no, £5,994 more", page)
    assert "A second clinician against the baseline" in figures


# --- files -----------------------------------------------------------------------------------------------


def test_out_writes_tables_and_charts(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new" / "folder"
    text = printed(capsys, "compare", file, "--option", "second", "--workers", 1, "--out", out)
    told = text.partition("Written:\n")[2].splitlines()
    written = [
        Path(first).with_suffix(suffix)
        for first, _, others in (line.strip().partition(" ") for line in told)
        for suffix in (Path(first).suffix, *filter(None, others.strip("()").split(", ")))
    ]
    assert sorted(written) == sorted(out.iterdir())
    names = {path.name for path in written}
    assert {
        "results.json",
        "figures-baseline.csv",
        "figures-second.csv",
        "differences-second.csv",
        "over-time.csv",
        "levels.csv",
    } <= names
    assert any(name.endswith(".png") for name in names)
    assert any(name.endswith(".svg") for name in names)
    document = json.loads((out / "results.json").read_text("utf-8"))
    validator().validate(document)
    for name, entries in (("over-time", document["over_time"]["series"]), ("levels", document["levels"])):
        with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
            means = [float(row["mean"]) for row in csv.DictReader(lines)]
        assert means == [mean for each in entries for mean in each["mean"]]
    with (out / "differences-second.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {"measure", "unit", "mean", "low", "high", "variance_reduction"} <= set(rows[0])


def test_every_queue_and_pool_of_every_variant_is_in_the_json(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(printed(capsys, "compare", file, "--json", "--option", "second"))
    steps = len(document["over_time"]["days"])
    found = {
        (each["variant"], each["kind"], each["element"] or each["pool"]): each
        for each in document["over_time"]["series"]
    }
    for variant in ("baseline", "second"):
        for kind, key in (("queue", "clinic"), ("occupancy", "clinicians"), ("capacity", "clinicians")):
            assert len(found[variant, kind, key]["mean"]) == steps
    assert set(found["second", "capacity", "clinicians"]["mean"]) == {2.0}
    # Nothing is ever in use beyond what is open, and neither is any end of an interval.
    assert max(found["baseline", "occupancy", "clinicians"]["high"]) <= 1
    of_pools = {(each["variant"], each["pool"]): each for each in document["levels"]}
    assert of_pools["second", "clinicians"]["levels"] == [0, 1, 2]
    assert sum(of_pools["second", "clinicians"]["mean"]) == pytest.approx(1, abs=1e-4)


def test_which_pool_and_queue_charts_are_of_can_be_chosen(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    printed(capsys, "run", file, "--out", out, "--pool", "clinicians", "--queue", "clinic", "--workers", 1)
    names = {path.name for path in out.iterdir()}
    stems = ("occupancy-over-time-clinicians", "occupancy-distribution-clinicians", "queue-over-time-clinic")
    assert {f"{stem}{ending}" for stem in stems for ending in (".png", ".svg", ".csv")} <= names
    assert "occupancy-over-time.png" not in names


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (["--pool", "clinicans"], "There is no pool 'clinicans'; did you mean 'clinicians'?"),
        (["--pool", "clinicians/leigh"], "All footprints share the pool 'clinicians'; leave '/leigh' out."),
        (["--queue", "clinics"], "There is no activity 'clinics' to wait for; did you mean 'clinic'?"),
    ],
)
def test_a_pool_or_queue_that_is_not_there_is_refused(
    file: Path, tmp_path: Path, chosen: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["run", str(file), *chosen, "--out", str(tmp_path / "out")]) == 2
    assert sentence in capsys.readouterr().err
    assert run_command_line(["run", str(file), "--pool", "clinicians"]) == 2
    assert "name a folder for these with --out" in capsys.readouterr().err


def test_trace_writes_what_happened_with_ids(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "trace.csv"
    printed(capsys, "run", file, "--workers", 1, "--replications", 1, "--trace", place)
    first = place.read_bytes()
    with place.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {"arrive", "join", "start", "acquire", "release", "complete", "exit"} <= {
        row["event"] for row in rows
    }
    assert {row["element"] for row in rows} == {"", "referral", "clinic", "home"}
    assert {row["pool"] for row in rows} == {"", "clinicians"}
    times = [float(row["time"]) for row in rows]
    assert times == sorted(times)
    printed(capsys, "run", file, "--workers", 1, "--replications", 1, "--trace", place)
    assert place.read_bytes() == first


def test_the_schemas_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, title in (
        (["schema"], "scenario"),
        (["schema", "--results"], "Results"),
        (["schema", "--beds"], "Chance of delay"),
        (["schema", "--verification"], "A check of the two engines"),
    ):
        schema = json.loads(printed(capsys, *arguments))
        Draft202012Validator.check_schema(schema)
        assert "format" in schema["properties"]
        assert title in schema["title"]


# --- mistakes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["run", "{folder}/smal.json"], "There is no file '{folder}/smal.json'. Did you mean 'small.json'?"),
        (["run", "{folder}"], "'{folder}' is a folder; name a scenario file in it."),
        (
            ["schema", "--results", "--verification"],
            (
                "One schema at a time: give --results or --verification, not both. "
                "See 'pathway-modeller schema --help'."
            ),
        ),
        (
            ["run", "{file}", "--option", "secnd"],
            "The scenario has no option 'secnd'; did you mean 'second'?",
        ),
        (
            ["compare", "{file}", "--option", "xyz"],
            "The scenario has no option 'xyz'; there is same, second.",
        ),
        (["chekc", "{file}"], "There is no command 'chekc'; did you mean 'check'?"),
        (["run", "{file}", "--out", "{file}/in"], "'{file}/in' cannot be written to"),
        (["run", "{file}", "--trace", "{folder}"], "'{folder}' is a folder; name a file in it."),
        (["run", "{file}", "--trace", "{folder}/no/t.csv"], "There is no folder '{folder}/no'"),
        (["run", "{file}", "--until", "0"], "'0' is not a number of days, above 0"),
        (["run", "{file}", "--until", "inf"], "'inf' is not a number of days, above 0."),
        (["run", "{file}", "--warm-up", "-1"], "'-1' is not a number of days, 0 or more"),
        (["run", "{file}", "--warm-up", "week"], "'week' is not a number of days, 0 or more, nor auto."),
        (["run", "{file}", "--replications", "0"], "'0' is not a whole number, 1 to 100,000."),
        (["run", "{file}", "--seed", "x"], "'x' is not a whole number, 0 to 4,294,967,295."),
        (["run", "{file}", "--workers", "-2"], "'-2' is not a whole number, 0 or more."),
        (["run", "{file}", "--until", "1,5"], "'1,5' can be read as 1.5 or as 15: write 1.5 or 15."),
        (["run", "{file}", "--until", "3m"], "'3m' can be read as 3 minutes or as 3 months"),
        (["run", "{file}", "--until", "1e9999999"], "'1e9999999' is too large to be calculated with"),
        (["run", "{file}", "--replications", "1.000"], "'1.000' can be read as 1 or as 1,000"),
        (["beds", "{file}", "--at-most", "0.05"], "'0.05' can be read as 0.05% or as 5%"),
        (["run", "{file}", "--until", "x"], "'x' is not a number of days, above 0."),
        (["run", "{file}", "--until", "1e300"], "'1e300' days are more than 1,000 years; give fewer."),
        (["run", "{file}", "--warm-up", "1e9"], "'1e9' days are more than 1,000 years; give fewer."),
        (["run", "{file}", "--until", "1e-12"], "'1e-12' is not a number of days, above 0."),
        (["run", "{file}", "--out", ""], "'--out': it is empty; name a file or folder."),
        (["run", "{file}", "--out", "{file}"], "'{file}' is a file; name a folder."),
        (["compare", "{file}", "--trace", "{file}"], "'{file}' is the scenario itself; name another file."),
        (["check", ""], "it is empty; name a file or folder."),
        (["check", "{file}", "more"], "unexpected extra argument (more). See"),
        (["run", "{file}", "--engine", "steam"], "'steam' is not"),
        (["run", "{file}", "--jsn"], "No such option"),
        (["run"], "Missing argument 'FILE'"),
    ],
)
def test_a_mistake_gets_one_sentence(
    arguments: list[str], sentence: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {"folder": str(file.parent), "file": str(file)}
    said = refused(capsys, *(argument.format(**places) for argument in arguments))
    assert sentence.format(**places) in said
    assert "\n" not in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("command", ["check", "run"])
def test_a_pipe_is_refused_and_not_waited_for(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    assert run_command_line([command, str(pipe)]) == 2
    assert "is a pipe or device and no file" in "".join(capsys.readouterr())


def test_a_file_without_options_cannot_be_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_small(tmp_path, options={})
    assert "has no option to compare with its baseline" in refused(capsys, "compare", file)


def test_check_finds_no_problem_or_lists_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_small(tmp_path)
    assert "error" not in printed(capsys, "check", file).lower()
    file = write_small(tmp_path, name="", extra=1)
    lines = printed(capsys, "check", file, code=2).splitlines()
    assert len(lines) == 3
    assert lines[-1] == "2 errors."
    assert all(line.startswith("Error: ") for line in lines[:-1])
    assert refused(capsys, "run", file).splitlines() == lines


def test_a_file_that_ends_too_early_within_a_command_is_no_ctrl_c(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends(_: Path, *, as_json: bool) -> int:
        raise EOFError("Ran out of input")

    monkeypatch.setattr(opening, "check_file", ends)
    with pytest.raises(EOFError, match="Ran out of input"):
        run_command_line(["check", str(file)])
    assert "Stopped" not in capsys.readouterr().err


# --- a terminal ------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_progress_is_shown_and_ctrl_c_stops_with_what_is_finished(file: Path, workers: str) -> None:
    command = ["compare", str(file), "--json", "--replications", "5000", "--workers", workers]
    ended = interrupted(command, once=r"[1-9]\d/15000")
    assert ended.code == 130
    assert "Traceback" not in ended.shown
    assert "time left" in ended.shown
    document = json.loads(ended.out)
    validator().validate(document)
    finished = document["provenance"]["replications"]
    assert 3 <= finished < 5000
    assert document["provenance"]["complete"] is False
    assert f"Stopped: {finished} of 5000 replications are finished, and their figures follow." in ended.shown


def test_help_comes_without_loading_anything_heavy() -> None:
    heavy = {"numpy", "pandas", "scipy", "matplotlib", "PySide6", "pydantic", "simpy", "networkx", "rich"}
    code = (
        "import sys; from pathway_modeller.main import start; start(['--help']); start(['run', '--help']); "
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.endswith("[]\n")
    assert "compare" in answer.stdout
