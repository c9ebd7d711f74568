import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from pipeline.errors import UsageError
from pipeline.model import Candidate, Catalog, Issue, Notice, Paper, Resolution, Retired, Version
from pipeline.outputs import catalog as catalog_json
from tests.outputs.invented import HOSTILE, INFO, LANTERNS, catalog, paper

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "catalog.schema.json").read_text(encoding="utf-8"))
FULL = catalog(
    LANTERNS,
    paper(
        key="okafor2031lanternsa",
        retracted=True,
        notices=(Notice(kind="retraction", doi="10.5555/notice", date="2033-02"),),
        versions=(Version(kind="preprint", doi="10.48550/arxiv.3101.00001", year=2031),),
        resolution=Resolution(candidates=(Candidate(doi="10.5555/other", title="Ölmoos", score=0.61),)),
        issues=(Issue(rule="retracted", line=7, message="It was retracted."),),
    ),
    retired=(Retired(key="gone2030moss", title="Gone", last_seen="2032-01-04"),),
)


def test_what_is_rendered_reads_back_as_the_same_catalog() -> None:
    assert catalog_json.read(catalog_json.render(FULL), "catalog.json") == FULL


def test_the_schema_accepts_what_is_rendered() -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(catalog_json.render(FULL)))


def test_the_schema_itself_is_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("key", "two words", id="a key with a blank"),
        pytest.param("venue", "", id="an empty string for an absent value"),
        pytest.param("authors", None, id="null for an array"),
        pytest.param("status", "resolved", id="an unknown status"),
        pytest.param("ids", {"doi": "10.5555/moss.1"}, id="an object without its other keys"),
        pytest.param("month", 13, id="a thirteenth month"),
        pytest.param("date", "May 2031", id="a date in words"),
        pytest.param("stale_since", "2032", id="a day without month"),
        pytest.param("surprise", 1, id="a key that does not exist"),
    ],
)
def test_the_schema_refuses(field: str, value: object) -> None:
    document = json.loads(catalog_json.render(FULL))
    document["papers"][0][field] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(document)


@pytest.mark.parametrize("doi", ["10.5555/Moss.1", "https://doi.org/10.5555/moss.1", "10.5555/", "doi:10.5555/a"])
def test_the_schema_wants_dois_bare_and_lower_case(doi: str) -> None:
    document = json.loads(catalog_json.render(FULL))
    document["papers"][0]["ids"]["doi"] = doi
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(document)


def test_schema_and_model_name_the_same_fields_in_the_same_order_with_the_same_types() -> None:
    _, generated = msgspec.json.schema_components([Catalog], ref_template="#/$defs/{name}")
    written = SCHEMA["$defs"] | {"Catalog": {key: value for key, value in SCHEMA.items() if key != "$defs"}}
    assert written.keys() == generated.keys()
    for name, component in generated.items():
        assert written[name]["required"] == list(component["properties"])
        assert list(written[name]["properties"]) == list(component["properties"])
        for field, spec in component["properties"].items():
            assert _read_types(written[name]["properties"][field], field) == _read_types(spec, field), (name, field)


def _read_types(spec: dict[str, Any], field: str) -> Any:
    """Reduce two ways to write a schema to the types that it allows."""
    if "$ref" in spec:
        return spec["$ref"]
    if "anyOf" in spec:
        return {kind for choice in spec["anyOf"] for kind in _read_types(choice, field)}
    if "enum" in spec and field == "status" and "gold" in spec["enum"]:
        return {"string", "null"}  # the one enumeration that the model leaves to the source
    if "enum" in spec:
        return {"null" if value is None else value for value in spec["enum"]}
    if spec.get("type") == "array":
        return ["array", _read_types(spec["items"], field)]
    kinds = spec["type"]
    return {kinds} if isinstance(kinds, str) else set(kinds)


def test_keys_stand_in_the_order_of_the_struct() -> None:
    document = json.loads(catalog_json.render(FULL))
    assert list(document) == ["schema", "list", "papers", "retired"]
    assert list(document["papers"][0]) == [field.name for field in msgspec.structs.fields(Paper)]


def test_the_text_is_indented_by_two_ends_in_one_newline_and_is_not_escaped() -> None:
    text = catalog_json.render(FULL)
    assert text.startswith('{\n  "schema": 2,\n  "list": {\n')
    assert text.endswith("\n}\n")
    assert '"Ölmoos"' in text
    assert '"affiliations": []' in text


def test_equal_catalogs_are_equal_bytes_whatever_order_their_sources_were_noted_in() -> None:
    first = catalog(paper(sources={"title": "crossref", "authors": "crossref"}))
    second = catalog(paper(sources={"authors": "crossref", "title": "crossref"}))
    assert catalog_json.render(first) == catalog_json.render(second)


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_survive_to_the_letter(title: str) -> None:
    text = catalog_json.render(catalog(paper(title=title)))
    assert catalog_json.read(text, "catalog.json").papers[0].title == title


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "truncated", id="an empty file"),
        pytest.param("{}", "schema", id="an empty object"),
        pytest.param('{"schema": 1, "list": {"path": "x"}, "retired": []}', "papers", id="no papers at all"),
        pytest.param(
            '{"schema": 3, "list": {"path": "x"}, "papers": [], "retired": []}', "schema", id="a later version"
        ),
        pytest.param("[" * 100_000, "catalog.json", id="a nest of brackets"),
        pytest.param('{"schema": 1,\n<<<<<<< ours\n', "line 2", id="a merge conflict"),
        pytest.param(
            '{"schema": 1, "list": {"path": 3}, "papers": [], "retired": []}', "$.list.path", id="a wrong type"
        ),
    ],
)
def test_a_broken_catalog_is_refused_with_its_name_and_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UsageError, match=r"catalog\.json cannot be read") as caught:
        catalog_json.read(text, "catalog.json")
    assert reason in str(caught.value)


def test_a_catalog_of_schema_1_is_lifted_with_its_keys() -> None:
    new = {"editors", "series", "institution", "degree"}
    document = json.loads(catalog_json.render(catalog(LANTERNS, paper(type="inproceedings", issn=("0302-9743",)))))
    document["schema"] = 1
    document["papers"] = [{n: v for n, v in row.items() if n not in new} for row in document["papers"]]
    article, chapter = catalog_json.read(json.dumps(document), "catalog.json").papers
    assert article == LANTERNS
    assert (chapter.key, chapter.series) == (LANTERNS.key, "Lecture Notes in Computer Science")


def test_an_empty_catalog_is_a_catalog() -> None:
    empty = Catalog(list=INFO)
    assert catalog_json.read(catalog_json.render(empty), "catalog.json") == empty
