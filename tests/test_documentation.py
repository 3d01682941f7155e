"""What can be set, called or seen is documented; what is documented exists."""

import re
from pathlib import Path

from psoas.charts import ALL_CHARTS
from psoas.cli import environment
from psoas.cli.main import VERBS

ROOT = Path(__file__).parent.parent


def test_every_setting_is_documented_and_every_documented_one_is_read():
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(PSOAS_\w+)`", page, re.M)) == set(environment.NAMES)


def test_the_environment_reads_no_setting_beyond_its_list():
    source = Path(environment.__file__).read_text(encoding="utf-8")
    assert set(re.findall(r'"(PSOAS_\w+)"', source)) == set(environment.NAMES)


def test_every_command_has_a_heading():
    page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## psoas (\w+)", page, re.M)) == {name for name, _ in VERBS}


def test_every_chart_has_a_heading():
    page = (ROOT / "docs/charts.md").read_text(encoding="utf-8")
    files = {chart.__module__.rpartition(".")[2] for chart in ALL_CHARTS}
    assert set(re.findall(r"^`charts/(\w+)\.py`", page, re.M)) == files
    assert len(re.findall(r"^## ", page, re.M)) == len(files)


def test_links_between_the_documents_lead_somewhere():
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert target.startswith("http") or (page.parent / target).exists(), (page, target)


def test_make_help_lists_every_target_and_plain_make_shows_it():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (targets,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.M)
    listed = re.findall(r'^\t@echo "make (\w+)', makefile, re.M)
    assert set(listed) == set(targets.split()) - {"help"}
    assert ".DEFAULT_GOAL := help" in makefile
