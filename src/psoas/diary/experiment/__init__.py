"""An experiment on oneself: a schedule drawn beforehand, and what it showed."""
