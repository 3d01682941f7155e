"""Static files under names that carry their content's hash."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatics(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    # Our scripts import one another; their names are rewritten with the rest.
    support_js_module_import_aggregation = True
