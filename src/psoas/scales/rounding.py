"""Numbers as they are shown. Nothing is ever worked out with a rounded number."""

from decimal import ROUND_HALF_UP, Decimal


def half_up(value: float, places: int = 1) -> float:
    """Round for display: a half goes away from zero, as people do it by hand.

    Python's own ``round`` takes 0.25 to 0.2 and 2.675 to 2.67; a score worked out by hand would
    then differ from the one on the screen.

    Args:
        value: a finite number.
        places: decimals to keep.

    Examples:
        >>> half_up(0.25), half_up(66.65), half_up(-0.05)
        (0.3, 66.7, -0.1)
    """
    # The shortest text of a float is the number people mean: 0.05, not 0.05000000000000000277.
    text = Decimal(repr(float(value)))
    return float(text.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)) + 0.0
