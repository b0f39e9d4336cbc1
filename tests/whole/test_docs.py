"""The documents' examples run, their links lead somewhere, and the glossary has both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.places import ROOT

PAGES = [
    *(
        ROOT / name
        for name in (
            "README.md",
            "README.ja.md",
            "CHANGELOG.md",
            "benchmarks/README.md",
            "tests/README.md",
        )
    ),
    *sorted((ROOT / "docs").rglob("*.md")),
]
EXAMPLES = [page for page in PAGES if "```python" in page.read_text("utf-8")]


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", EXAMPLES, ids=name)
def test_examples_run(page: Path) -> None:
    namespace: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.S):
        exec(compile(block, name(page), "exec"), namespace)


@pytest.mark.parametrize("page", EXAMPLES, ids=name)
def test_examples_can_be_pasted_at_a_prompt(page: Path) -> None:
    """Where what is indented ends with a blank line."""
    text = page.read_text("utf-8")
    for block in re.findall(r"```py(?:thon)?\n(.*?)```", text, re.S):
        assert not re.search(r"\n .*\n(?!else|elif|except|finally|case)\w", block)


def test_readme_and_tutorial_have_examples() -> None:
    assert {"README.md", "README.ja.md", "docs/tutorial.md"} <= set(map(name, EXAMPLES))


def test_links_lead_somewhere() -> None:
    links = [(page, link) for page in PAGES
             for link in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))]  # fmt: skip
    assert len({page for page, _ in links}) > 40
    assert [(name(page), link) for page, link in links
            if "://" not in link and not (page.parent / link).exists()] == []  # fmt: skip


def test_the_readme_leads_to_every_page() -> None:
    """In one step or several, or by the folder that a page lies in."""
    reached, new = set(), {ROOT / "README.md"}
    while new:
        reached |= new
        new = {
            (page.parent / link).resolve()
            for page in new if page.suffix == ".md"
            for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
        } - reached  # fmt: skip
    assert [name(p) for p in PAGES if not reached & {p, *p.parents}] == []


def test_glossary_has_both_languages() -> None:
    rows = re.findall(
        r"^\| (.+?) \| (.+?) \|", (ROOT / "docs/glossary.md").read_text("utf-8"), re.M
    )
    terms = rows[1:]
    assert len(terms) >= 40
    assert all(re.search(r"[ぁ-んァ-ン一-龥]", ja) and re.search(r"[a-z]", en) for ja, en in terms)


def test_every_parameter_of_the_law_is_documented() -> None:
    from diversion_flow import processes

    text = (ROOT / "docs/processes/entry_support.md").read_text("utf-8")
    undocumented = [
        p.id for p in processes.get("entry_support").parameters if f"`{p.id}`" not in text
    ]
    assert undocumented == []


def test_whoever_writes_a_story_finds_each_code_of_a_refusal() -> None:
    from diversion_flow import Code

    text = (ROOT / "docs/change_the_rules.md").read_text("utf-8")
    assert [code.value for code in Code if f"`{code.value}`" not in text] == []
