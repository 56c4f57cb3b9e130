"""Static files of two versions lie beside each other: pages that are open during an upgrade still find theirs."""

import json

import pytest
from django.conf import settings as django_settings

from meedoen.config import preparation


@pytest.fixture
def version(settings, tmp_path):
    """A function that gathers a version with these files, and gives the names under which they are served."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STORAGES = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

    def gather(number, **files):
        source = tmp_path / "source"
        source.mkdir(exist_ok=True)
        for path in source.iterdir():
            path.unlink()
        for name, content in files.items():
            (source / f"{name}.css").write_text(content * 200, encoding="utf-8")
        settings.VERSION = number
        preparation.gather_static_files()
        paths = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
        return {name.removesuffix(".css"): hashed for name, hashed in paths.items()}

    return gather


def test_the_files_of_the_version_before_stay_and_those_of_before_that_go(version, settings):
    def there():
        return {path.name for path in settings.STATIC_ROOT.iterdir() if not path.name.startswith(".")}

    first = version("1", page="a{color:red}", gone="b{color:red}")
    second = version("2", page="a{color:blue}")
    assert {first["page"], first["gone"], second["page"]} <= there()
    assert {f"{first['page']}.gz", f"{first['page']}.br"} <= there()
    third = version("3", page="a{color:green}")
    names = {second["page"], third["page"], "page.css"}
    assert there() == {f"{name}{end}" for name in names for end in ("", ".gz", ".br")} | {"staticfiles.json"}
