"""What each condition takes out, written down a second time by hand from the clinical facts."""

DEEP = {"E02", "E04", "E05", "E06", "E07", "E08", "E09"}
BY_CONDITION = {
    "thr": DEEP | {"E21"},
    "thr-anterior": DEEP | {"E21", "E01", "E03"},
    "fai": DEEP,
    "gtp": {"E04", "E05", "E06", "E07", "E08"},
    "pregnancy": {"E08", "E09", "E12", "E13", "E26"},
    "pelvic-girdle-pain": {"E04", "E21"},
    "prolapse": {"E08"},
    "blood-thinners": {"E35"},
}
LOADS = {"strength", "stretch", "walking", "water", "yoga", "massage"}
