"""Static files under names that carry their content's hash."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatics(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    support_js_module_import_aggregation = True
    # Django looks for imports in *.js alone. Ours are modules and are called so: without this
    # one script would be loaded under two names, and run twice.
    _js_module_import_aggregation_patterns: tuple[str, Any] = (
        "*.mjs",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )
